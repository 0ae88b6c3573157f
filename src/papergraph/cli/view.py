"""`papergraph view`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.cli.session import (
    Session,
    endpoint_options,
    note_url_option,
    store_option,
    without_model_option,
    write_output,
)
from papergraph.cli.suggestions import entity_names
from papergraph.model import ENTITY_TYPES

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint
    from papergraph.insight.lineage import Direction
    from papergraph.model import EntityType, Graph


@click.command(short_help="Write the interactive page.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("graph.html"),
    show_default=True,
    help="File to write.",
)
@click.option(
    "--focus", metavar="NAME", shell_complete=entity_names, help="Show only the neighbourhood of this entity."
)
@click.option(
    "--hops",
    type=click.IntRange(1),
    metavar="N",
    default=2,
    show_default=True,
    help="Size of the neighbourhood, in steps.",
)
@click.option("--lineage", metavar="NAME", shell_complete=entity_names, help="Show only the lineage of this entity.")
@click.option("--upstream", "direction", flag_value="upstream", help="With --lineage: show only what it builds on.")
@click.option("--downstream", "direction", flag_value="downstream", help="With --lineage: show only what builds on it.")
@click.option(
    "--topic", metavar="NAME", shell_complete=entity_names, help="Show only works on this topic or a narrower one."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(ENTITY_TYPES),
    metavar="TYPE",
    help=f"Show only entities of this type: {', '.join(ENTITY_TYPES)}. May be repeated.",
)
@note_url_option
@click.option("--fresh", is_flag=True, help="Compute a new layout instead of keeping positions.")
@click.option("--title", default="papergraph", show_default=True, help="Title of the page.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser.")
@without_model_option
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
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Write the graph, or a part of it, as a single HTML page that works offline.

    Combined, --focus, --lineage, --topic and --type each narrow the selection further. The layout of the whole graph
    is saved in the store: existing entities keep their positions when new ones are added.
    """
    if direction and not lineage:
        raise click.UsageError(f"--{direction} needs --lineage NAME")
    from papergraph.insight.part import Part, cut
    from papergraph.page.note_links import note_template
    from papergraph.page.opening import opening_of

    part = Part(focus, hops, lineage, direction, topic, types)
    template = note_template(session.config.note_url if note_url is None else note_url)
    source = session.open_source(store, endpoint, without_model=without_model)
    found = cut(source.read_graph(), part, lambda name, prefer: session.choose(source, name, prefer))
    keeper = source.folder if part == Part(hops=hops) else None
    opening = opening_of(part, found.centre)
    options = {"title": title, "opening": opening, "note_url": template, "source": source}
    write_output(output, _page(session, found.graph, keeper, fresh, **options))
    if str(output) != "-":
        click.echo(output)
        if open_page:
            webbrowser.open(output.resolve().as_uri())


def _page(session: Session, graph: Graph, store: Path | None, fresh: bool, **options: Any) -> str:
    """Return the page; with a `store`, its saved layout is used and updated."""
    from papergraph.page import make_page
    from papergraph.page.keeping import keep_map, kept_map
    from papergraph.page.layout import write_kept

    if store is None:
        return make_page(graph, **options).html
    page = make_page(graph, kept=None if fresh else kept_map(store), **options)
    try:
        keep_map(store, write_kept(page.graph, page.layout))
    except OSError as error:
        session.say(f"{store}: cannot save the layout, so positions may change next time: {error.strerror}")
    return page.html
