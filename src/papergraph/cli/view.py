"""`papergraph view`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.choice import choose_entity
from papergraph.cli.session import Session, endpoint_options, store_option, write_output

if TYPE_CHECKING:
    from papergraph.remote import Endpoint


@click.command(short_help="Write the interactive page.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("graph.html"), show_default=True
)
@click.option("--focus", metavar="NAME", help="Only the neighbourhood of this entity.")
@click.option("--hops", type=click.IntRange(1), default=2, show_default=True, help="How far the neighbourhood reaches.")
@click.option("--title", default="papergraph", show_default=True, help="Title of the page.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@store_option
@endpoint_options
@click.pass_obj
def view(
    session: Session,
    output: Path,
    focus: str | None,
    hops: int,
    title: str,
    open_page: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Write the graph as one HTML page that works offline."""
    from papergraph.view import render_view

    opened = session.open_source(store, endpoint)
    iri = choose_entity(session, opened, focus) if focus else None
    write_output(output, render_view(opened.read_graph(), title=title, focus=iri, hops=hops))
    if str(output) != "-":
        click.echo(output)
        if open_page:
            webbrowser.open(output.resolve().as_uri())
