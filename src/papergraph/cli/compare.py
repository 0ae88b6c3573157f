"""`papergraph compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, report_options, terminal_width, write_output
from papergraph.cli.suggestions import entity_names
from papergraph.insight.compare import compare_works
from papergraph.report.compare import COMPARISON_FORMATS, render_comparison

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint

#: Works that fit beside each other.
_MOST = 8


@click.command(short_help="Compare works: idea, parents, hardware, datasets, who outperforms whom.")
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...", shell_complete=entity_names)
@report_options(COMPARISON_FORMATS)
@click.pass_obj
def compare(
    session: Session,
    names: tuple[str, ...],
    form: str,
    output: Path | None,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Compare the works NAME NAME..., with note and line for every value.

    Shown are idea, years, papers, institutions, parents, components, hardware, datasets, topics, and who outperforms
    whom, with the figures that the notes give. What the notes do not mention differs from what they deny.
    """
    if not 2 <= len(names) <= _MOST:
        raise click.UsageError(f"compare takes 2 to {_MOST} names")
    opened = session.open_source(store, endpoint)
    answer = compare_works(opened, [session.choose(opened, name) for name in names])
    write_output(output, render_comparison(answer, form, width=terminal_width(), style=None if output else paint))
