"""`papergraph lineage`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import (
    Session,
    endpoint_options,
    paint,
    store_option,
    terminal_width,
    without_model_option,
    write_output,
)
from papergraph.insight.lineage import lineage_predicates, trace_lineage
from papergraph.model import PREDICATES, Predicate
from papergraph.report import LINEAGE_FORMATS, render_lineage

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show what builds on a method, or what it builds on.")
@click.argument("name")
@click.option("--upstream", "direction", flag_value="upstream", help="Show what NAME builds on.")
@click.option(
    "--downstream",
    "direction",
    flag_value="downstream",
    default="downstream",
    help="Show what builds on NAME (default).",
)
@click.option("--depth", type=click.IntRange(1), metavar="N", help="Maximum number of steps.  [default: all]")
@click.option(
    "--relation",
    "relations",
    multiple=True,
    type=click.Choice(PREDICATES),
    metavar="RELATION",
    help=f"Relation to follow: {', '.join(PREDICATES)}. May be repeated.  [default: extends, improvesOn]",
)
@click.option("--uses", is_flag=True, help="Also follow the relation uses.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="C",
    help="Minimum confidence of the claims to follow.  [default: the threshold of the graph]",
)
@click.option("--format", "form", type=click.Choice(LINEAGE_FORMATS), default="tree", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead of stdout."
)
@without_model_option
@store_option
@endpoint_options
@click.pass_obj
def lineage(
    session: Session,
    name: str,
    direction: str,
    depth: int | None,
    relations: tuple[Predicate, ...],
    uses: bool,
    min_confidence: float | None,
    form: str,
    as_json: bool,
    output: Path | None,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Show what builds on NAME, or what NAME builds on, with the sentence behind every step."""
    opened = session.open_source(store, endpoint, without_model=without_model)
    answer = trace_lineage(
        opened,
        session.choose(opened, name),
        direction="upstream" if direction == "upstream" else "downstream",
        depth=depth,
        predicates=relations or lineage_predicates(with_uses=uses),
        min_confidence=min_confidence,
    )
    text = render_lineage(answer, "json" if as_json else form, width=terminal_width(), style=None if output else paint)
    write_output(output, text)
