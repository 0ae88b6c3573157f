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
from papergraph.cli.suggestions import entity_names
from papergraph.insight.lineage import lineage_predicates, trace_lineage
from papergraph.model import PREDICATES, Predicate
from papergraph.report import LINEAGE_FORMATS, render_lineages

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show what builds on a method, or what it builds on.")
@click.argument("names", nargs=-1, metavar="NAME...", shell_complete=entity_names)
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    shell_complete=entity_names,
    help="Show the best ways between two entities instead, whatever the direction.",
)
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
    names: tuple[str, ...],
    between: tuple[str, str] | None,
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
    """Show what builds on NAME, or what NAME builds on, with the sentence behind every step; of several, one by one.

    With --between A B, show how two entities are connected: the shortest ways of well-founded claims, avoiding what
    everything is connected with. Only --min-confidence, --format tree, markdown and json apply then.
    """
    if bool(names) == bool(between):
        raise click.UsageError("give either NAME or --between A B")
    opened = session.open_source(store, endpoint, without_model=without_model)
    chosen = "json" if as_json else form
    if between:
        from papergraph.insight.between import find_ways
        from papergraph.report.between import render_between

        one, other = (session.choose(opened, end) for end in between)
        ways = find_ways(opened, one, other, min_confidence=min_confidence)
        write_output(output, render_between(ways, chosen, width=terminal_width()))
        return
    answers = [
        trace_lineage(
            opened,
            session.choose(opened, name),
            direction="upstream" if direction == "upstream" else "downstream",
            depth=depth,
            predicates=relations or lineage_predicates(with_uses=uses),
            min_confidence=min_confidence,
        )
        for name in names
    ]
    write_output(output, render_lineages(answers, chosen, width=terminal_width(), style=None if output else paint))
