"""`papergraph conflicts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, endpoint_options, store_option, without_model_option, write_output
from papergraph.insight.conflicts import find_conflicts
from papergraph.report.conflicts import CONFLICT_FORMATS, render_conflicts

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show where the notes contradict each other.")
@click.option("--format", "form", type=click.Choice(CONFLICT_FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead of stdout."
)
@without_model_option
@store_option
@endpoint_options
@click.pass_context
def conflicts(
    ctx: click.Context,
    form: str,
    as_json: bool,
    output: Path | None,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Show where the notes contradict each other, with file and line.

    Examples are works that build on each other, a work with two years or two identifiers, and one name for two
    entities. Exits with 1 if there are any conflicts.
    """
    session: Session = ctx.obj
    found = find_conflicts(session.open_source(store, endpoint, without_model=without_model).read_graph())
    write_output(output, render_conflicts(found, "json" if as_json else form))
    session.say(f"{len(found)} {'conflict' if len(found) == 1 else 'conflicts'}")
    ctx.exit(1 if found else 0)
