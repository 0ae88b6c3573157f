"""`papergraph export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from papergraph.cli.session import Session, store_option
from papergraph.export import EXPORT_FORMATS, export_graph


@click.command(short_help="Write the graph in another format.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write; - is stdout.")
@store_option
@click.pass_obj
def export(session: Session, form: str, output: Path, store: Path | None) -> None:
    """Write the whole graph. CSV has one row per relation and piece of evidence, with the names of both ends."""
    data = export_graph(session.with_store(store).open_store(), form)
    if str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        session.say(f"{output}: {len(data):,} bytes")
