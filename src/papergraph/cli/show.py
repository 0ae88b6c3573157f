"""`papergraph show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import (
    Session,
    endpoint_options,
    json_option,
    paint,
    store_option,
    terminal_width,
    without_model_option,
)
from papergraph.cli.suggestions import entity_names
from papergraph.insight.show import read_profile
from papergraph.report import profile_record, render_profile
from papergraph.text.terminal import json_text

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Show one entity with its relations and their evidence.")
@click.argument("name", shell_complete=entity_names)
@click.option("--why", is_flag=True, help="Explain why its names were merged, and what was corrected.")
@json_option
@without_model_option
@store_option
@endpoint_options
@click.pass_obj
def show(
    session: Session,
    name: str,
    why: bool,
    as_json: bool,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Show the entity NAME: its names, papers and relations both ways, each with its evidence."""
    opened = session.open_source(store, endpoint, without_model=without_model)
    profile = read_profile(opened, session.choose(opened, name))
    if as_json:
        click.echo(json_text(profile_record(profile), indent=2))
    else:
        click.echo(render_profile(profile, width=terminal_width(), why=why, style=paint), nl=False)
