"""`papergraph vault`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from papergraph.cli.session import Session, endpoint_options, json_option, store_option, without_model_option
from papergraph.export.vault import FLAVOURS, Flavour, VaultChanges, write_vault
from papergraph.model import EntityType
from papergraph.text.terminal import json_text, printable

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Write entities as pages for Obsidian or Logseq.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder of the pages; made if it is missing."
)
@click.option("--flavour", type=click.Choice(FLAVOURS), default=FLAVOURS[0], show_default=True)
@click.option(
    "--type", "types", type=click.Choice(get_args(EntityType)), multiple=True, help="Only these; may be repeated."
)
@without_model_option
@json_option
@store_option
@endpoint_options
@click.pass_obj
def vault(
    session: Session,
    output: Path,
    flavour: str,
    types: tuple[str, ...],
    without_model: bool,
    as_json: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Write each entity as a Markdown page with its properties, links to others, and the sentences of the notes.

    What you add to a page stays, outside of the part between the two marks; run the command again after each build.
    The folder may lie inside your vault: builds do not read these pages. Pages of what the graph no longer has are
    removed, and with --type those of other types, unless you added to them.
    """
    graph = session.open_source(store, endpoint, without_model=without_model).read_graph()
    chosen = tuple(cast("EntityType", name) for name in types)
    changes = write_vault(graph, output, flavour=cast("Flavour", flavour), types=chosen)
    for name, reason in changes.kept:
        click.echo(f"papergraph: {printable(f'{output}/{name}: {reason}')}", err=True)
    if as_json:
        click.echo(json_text(_record(changes), indent=2))
    else:
        counts = f"{len(changes.written)} written, {changes.unchanged} unchanged, {len(changes.removed)} removed"
        session.say(f"{output}: {counts}")


def _record(changes: VaultChanges) -> dict[str, object]:
    kept = [{"file": name, "reason": reason} for name, reason in changes.kept]
    listed = {"written": list(changes.written), "removed": list(changes.removed)}
    return {**listed, "unchanged": changes.unchanged, "kept": kept}
