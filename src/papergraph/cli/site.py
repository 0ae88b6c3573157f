"""`papergraph site`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, note_url_option, store_option, without_model_option

if TYPE_CHECKING:
    from papergraph.ontology.relation_labels import Language


def web_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return an address of the web, or fail with a usage error."""
    del ctx, param
    if value and not re.fullmatch(r"https?://[^\s<>\"?#]+", value):
        raise click.BadParameter(f"{value!r} is not an address such as https://example.org/notes/")
    return value or ""


@click.command(short_help="Write a static web site of all pages.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder of the site."
)
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of the pages at the top; those of the other language lie in a folder of its name.",
)
@click.option("--base-url", metavar="URL", callback=web_address, help="Where the site will stand; adds a sitemap.xml.")
@click.option("--no-map", is_flag=True, help="Leave out the interactive page.")
@click.option("--no-data", is_flag=True, help="Leave out the Turtle and JSON-LD beside the pages.")
@note_url_option
@without_model_option
@store_option
@click.pass_obj
def site(
    session: Session,
    output: Path,
    language: Language,
    base_url: str,
    no_map: bool,
    no_data: bool,
    note_url: str | None,
    without_model: bool,
    store: Path | None,
) -> None:
    """Write the pages of `papergraph serve` as files, in English and Chinese, that work without a server.

    Links are relative and nothing is loaded from elsewhere, so the site works from a disk and on any host; its search
    needs no server either. In a folder that has the site already, only what changed is written, and only files that
    papergraph made are removed. What the notes say is in these files: publish them only if everybody may read it.
    """
    from papergraph.ask.opening import open_stored
    from papergraph.page.note_links import note_template
    from papergraph.site import SiteOptions, write_site

    stored = open_stored(Path(session.with_store(store).config.store))
    graph = (stored.without_model() if without_model else stored).store
    template = note_template(session.config.note_url if note_url is None else note_url)
    options = SiteOptions(language, base_url, template, with_map=not no_map, with_data=not no_data)
    written = write_site(graph, output, options)
    for name in written.kept:
        session.say(f"{output / name}: no longer part of the site, and edited; remove it yourself")
    session.say(
        f"{output}: {written.files} files: {written.written} written, {written.unchanged} unchanged, "
        f"{written.removed} removed"
    )
    click.echo(output / "index.html")
