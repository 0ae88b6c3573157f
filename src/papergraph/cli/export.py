"""`papergraph export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, endpoint_options, store_option, without_model_option
from papergraph.export import EXPORT_FORMATS, export_graph, export_tables
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint

#: What ends the name of a folder.
_SLASHES = tuple(filter(None, (os.sep, os.altsep)))


@click.command(short_help="Export the graph to another format.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    required=True,
    help="Output file, or - for stdout. With csv also a folder; end the name with / to create it.",
)
@without_model_option
@store_option
@endpoint_options
@click.pass_obj
def export(
    session: Session, form: str, output: str, without_model: bool, store: Path | None, endpoint: Endpoint | None
) -> None:
    """Export the whole graph.

    CSV has one row for each relation and piece of evidence; in a folder, it is split into relations.csv and
    entities.csv. With --endpoint, all formats except the RDF formats are available.
    """
    opened = session.open_source(store, endpoint, without_model=without_model)
    is_folder = output.endswith(_SLASHES) or Path(output).is_dir()
    if form == "csv" and is_folder:
        Path(output).mkdir(parents=True, exist_ok=True)
        for name, data in export_tables(opened):
            _write(session, Path(output) / name, data)
    elif is_folder:
        raise click.UsageError(f"{output} is a folder, but {form} needs a file name")
    elif output == "-":
        sys.stdout.buffer.write(export_graph(opened, form))
    else:
        _write(session, Path(output), export_graph(opened, form))


def _write(session: Session, path: Path, data: bytes) -> None:
    write_whole(path, data)
    session.say(f"{path}: {len(data):,} bytes")
