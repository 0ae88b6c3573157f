"""`papergraph export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from papergraph.cli.session import Session, store_option
from papergraph.export import EXPORT_FORMATS, export_graph, export_tables


@click.command(short_help="Write the graph in another format.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write; - is stdout. For csv also a folder.",
)
@store_option
@click.pass_obj
def export(session: Session, form: str, output: Path, store: Path | None) -> None:
    """Write the whole graph.

    CSV has one row per relation and piece of evidence, with the names of both ends; into a folder it becomes
    relations.csv and entities.csv.
    """
    opened = session.with_store(store).open_store()
    if form == "csv" and output.is_dir():
        for name, data in export_tables(opened):
            _write(session, output / name, data)
    elif str(output) == "-":
        sys.stdout.buffer.write(export_graph(opened, form))
    else:
        _write(session, output, export_graph(opened, form))


def _write(session: Session, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    session.say(f"{path}: {len(data):,} bytes")
