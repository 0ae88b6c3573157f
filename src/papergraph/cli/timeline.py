"""`papergraph timeline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, report_options, terminal_width, write_output
from papergraph.cli.suggestions import entity_names
from papergraph.insight.timeline import PREFERRED, read_timeline
from papergraph.model import ENTITY_TYPES, EntityType
from papergraph.report.timeline import TIMELINE_FORMATS, render_timeline

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show the works on a topic, of a method's family or of an institution by year.")
@click.argument("name", shell_complete=entity_names)
@click.option("--type", "kind", type=click.Choice(ENTITY_TYPES), help="Prefer the entity of this type.")
@report_options(TIMELINE_FORMATS)
@click.pass_obj
def timeline(
    session: Session,
    name: str,
    kind: EntityType | None,
    form: str,
    output: Path | None,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Show how NAME developed: works by year, each with the line that says why it is listed.

    Of a topic these are the works on it and on narrower topics; of an institution or a person their works; of hardware
    and datasets the works on them; of a method, model or paper what builds on it, directly or by way of others. Works
    without a year are listed apart.
    """
    opened = session.open_source(store, endpoint)
    answer = read_timeline(opened, session.choose(opened, name, kind or PREFERRED))
    write_output(output, render_timeline(answer, form, width=terminal_width(), style=None if output else paint))
