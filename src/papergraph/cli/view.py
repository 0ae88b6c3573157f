"""`papergraph view`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.cli.session import Session, endpoint_options, note_url_option, store_option, write_output
from papergraph.model import ENTITY_TYPES

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint
    from papergraph.insight.lineage import Direction
    from papergraph.model import EntityType, Graph


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
@note_url_option
@click.option("--fresh", is_flag=True, help="Lay the map out anew instead of keeping things where they were.")
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
    note_url: str | None,
    fresh: bool,
    title: str,
    open_page: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Write the graph, or a part of it, as one HTML page that works offline.

    Several of --focus, --lineage, --topic and --type narrow the graph one after the other. The map of the whole graph
    is kept in the store: things stay where they were, and new ones find a place among them.
    """
    if direction and not lineage:
        raise click.UsageError(f"--{direction} goes with --lineage NAME")
    from papergraph.insight.part import Part, cut
    from papergraph.page.note_links import note_template
    from papergraph.page.opening import opening_of

    part = Part(focus, hops, lineage, direction, topic, types)
    template = note_template(session.config.note_url if note_url is None else note_url)
    source = session.open_source(store, endpoint)
    found = cut(source.read_graph(), part, lambda name, prefer: session.choose(source, name, prefer))
    keeper = source.folder if part == Part(hops=hops) else None
    opening = opening_of(part, found.centre)
    write_output(output, _page(session, found.graph, keeper, fresh, title=title, opening=opening, note_url=template))
    if str(output) != "-":
        click.echo(output)
        if open_page:
            webbrowser.open(output.resolve().as_uri())


def _page(session: Session, graph: Graph, store: Path | None, fresh: bool, **options: Any) -> str:
    """Return the page, with the map that a store keeps; None for one that no store keeps."""
    from papergraph.page import make_page
    from papergraph.page.keeping import keep_map, kept_map
    from papergraph.page.layout import write_kept

    if store is None:
        return make_page(graph, **options).html
    page = make_page(graph, kept=None if fresh else kept_map(store), **options)
    try:
        keep_map(store, write_kept(page.graph, page.layout))
    except OSError as error:
        session.say(f"{store}: the map cannot be kept there, things may move next time: {error.strerror}")
    return page.html
