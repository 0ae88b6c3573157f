"""`papergraph view`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.choice import choose_entity
from papergraph.cli.session import Session, endpoint_options, store_option, write_output
from papergraph.model import ENTITY_TYPES

if TYPE_CHECKING:
    from papergraph.lineage import Direction
    from papergraph.model import EntityType
    from papergraph.remote import Endpoint


@click.command(short_help="Write the interactive page.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("graph.html"), show_default=True
)
@click.option("--focus", metavar="NAME", help="Only the neighbourhood of this entity.")
@click.option("--hops", type=click.IntRange(1), default=2, show_default=True, help="How far the neighbourhood reaches.")
@click.option("--lineage", metavar="NAME", help="Only what builds on this and what it builds on; opens in layers.")
@click.option("--upstream", "direction", flag_value="upstream", help="With --lineage: only what it builds on.")
@click.option("--downstream", "direction", flag_value="downstream", help="With --lineage: only what builds on it.")
@click.option("--topic", metavar="NAME", help="Only what is filed under this topic or a narrower one.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(ENTITY_TYPES),
    metavar="T",
    help="Only entities of this type; may be given several times.",
)
@click.option(
    "--note-url",
    default="",
    metavar="TEMPLATE",
    help="Address that opens a note: vscode://file/home/me/notes/{path}:{line}.",
)
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
    lineage: str | None,
    direction: Direction | None,
    topic: str | None,
    types: tuple[EntityType, ...],
    note_url: str,
    title: str,
    open_page: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Write the graph, or a part of it, as one HTML page that works offline.

    Several of --focus, --lineage, --topic and --type narrow the graph one after the other.
    """
    if direction and not lineage:
        raise click.UsageError(f"--{direction} goes with --lineage NAME")
    from papergraph.view import render_view
    from papergraph.view.selection import filed_under, lineage_of, neighbourhood, of_types

    opened = session.open_source(store, endpoint)
    graph, centre = opened.read_graph(), None
    if topic:
        centre = choose_entity(session, opened, topic, "Topic")
        graph = filed_under(graph, centre)
    if lineage:
        centre = choose_entity(session, opened, lineage)
        graph = lineage_of(graph, centre, (direction,) if direction else ("upstream", "downstream"))
    if focus:
        centre = choose_entity(session, opened, focus)
        graph = neighbourhood(graph, centre, hops)
    if types:
        graph = of_types(graph, types, (centre,) if centre else ())
    if centre and all(e.iri != centre for e in graph.entities):
        raise click.UsageError(f"{focus or lineage} does not stand in what the other options leave of the graph")
    write_output(output, render_view(graph, title=title, focus=centre, layers=bool(lineage), note_url=note_url))
    if str(output) != "-":
        click.echo(output)
        if open_page:
            webbrowser.open(output.resolve().as_uri())
