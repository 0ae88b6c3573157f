"""`papergraph conflicts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, report_options, terminal_width, without_model_option, write_output
from papergraph.insight.conflicts import find_conflicts
from papergraph.report.conflicts import CONFLICT_FORMATS, render_conflicts

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show where the notes contradict each other.")
@report_options(CONFLICT_FORMATS)
@without_model_option
@click.pass_context
def conflicts(
    ctx: click.Context,
    form: str,
    output: Path | None,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Show where the notes contradict each other, with both sentences, file and line.

    Examples are works that build on each other or win against each other on the same dataset, two figures for one
    comparison, a claim that is negated elsewhere, a work with two years, identifiers or sets of institutions, and one
    name or abbreviation for two things. Exits with 1 if there are any conflicts.
    """
    session: Session = ctx.obj
    found = find_conflicts(session.open_source(store, endpoint, without_model=without_model).read_graph())
    text = render_conflicts(found, form, width=terminal_width(), style=None if output else paint)
    write_output(output, text)
    session.say(f"{len(found)} {'conflict' if len(found) == 1 else 'conflicts'}")
    ctx.exit(1 if found else 0)
