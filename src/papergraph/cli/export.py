"""`papergraph export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from papergraph.cli.session import Session, store_option
from papergraph.export import EXPORT_FORMATS, export_graph, export_tables
from papergraph.system.files import write_whole

#: What ends the name of a folder.
_SLASHES = tuple(filter(None, (os.sep, os.altsep)))


@click.command(short_help="Write the graph in another format.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    required=True,
    help="File to write; - is stdout. For csv also a folder, which a slash at its end makes where there is none.",
)
@store_option
@click.pass_obj
def export(session: Session, form: str, output: str, store: Path | None) -> None:
    """Write the whole graph.

    CSV has one row per relation and piece of evidence, with the names of both ends; into a folder it becomes
    relations.csv and entities.csv.
    """
    opened = session.with_store(store).open_store()
    is_folder = output.endswith(_SLASHES) or Path(output).is_dir()
    if form == "csv" and is_folder:
        Path(output).mkdir(parents=True, exist_ok=True)
        for name, data in export_tables(opened):
            _write(session, Path(output) / name, data)
    elif is_folder:
        raise click.UsageError(f"{output} is a folder; {form} is one file: give its name")
    elif output == "-":
        sys.stdout.buffer.write(export_graph(opened, form))
    else:
        _write(session, Path(output), export_graph(opened, form))


def _write(session: Session, path: Path, data: bytes) -> None:
    write_whole(path, data)
    session.say(f"{path}: {len(data):,} bytes")
