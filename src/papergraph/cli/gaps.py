"""`papergraph gaps`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, report_options, terminal_width, write_output
from papergraph.insight.gaps import MOST, find_gaps
from papergraph.report.gaps import GAP_FORMATS, render_gaps

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show what the notes lack, and what to read next.")
@click.option(
    "--most", type=click.IntRange(0), default=MOST, show_default=True, metavar="N", help="Gaps of each kind; 0 for all."
)
@report_options(GAP_FORMATS)
@click.pass_obj
def gaps(
    session: Session, most: int, form: str, output: Path | None, store: Path | None, endpoint: Endpoint | None
) -> None:
    """Show what the notes lack, ranked, each with a reason that can be checked.

    First come works that others rely on and no note is about: what to read next. Then methods without paper, hardware
    or dataset, papers without a year, topics and hardware that no work has in common, topics without recent work, and
    links between works that rest on a single sentence. A gap in the notes need not be a gap in the field.
    """
    found = find_gaps(session.open_source(store, endpoint), most=most)
    write_output(output, render_gaps(found, form, width=terminal_width(), style=None if output else paint))
