"""`papergraph export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, endpoint_options, store_option, without_model_option
from papergraph.export import EXPORT_FORMATS, FOLDER_FORMATS, export_graph, export_tables
from papergraph.model import Graph
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint

#: What ends the name of a folder.
_SLASHES = tuple(filter(None, (os.sep, os.altsep)))


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return a day as it is written, or fail with a usage error."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day such as 2026-01-31.", context, parameter) from None


@click.command(short_help="Export the graph to another format.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    required=True,
    help="Output file, or - for stdout. With csv also a folder, with parquet always; end the name with / to create it.",
)
@click.option("--spreadsheet", is_flag=True, help="With csv: for Excel and the like; no cell runs as a formula.")
@click.option(
    "--describe",
    callback=_day,
    metavar="DATE",
    help="Also write a description beside the output (RO-Crate, ro-crate-metadata.json), dated DATE.",
)
@without_model_option
@store_option
@endpoint_options
@click.pass_obj
def export(
    session: Session,
    form: str,
    output: str,
    spreadsheet: bool,
    describe: str | None,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Export the whole graph.

    CSV has one row for each relation and piece of evidence; in a folder, it is split into relations.csv and
    entities.csv. SQLite has tables, views and search in the sentences, and Parquet the tables. With --endpoint, all
    formats except the RDF formats are available.
    """
    if spreadsheet and form != "csv":
        raise click.UsageError("--spreadsheet is for csv")
    if describe and output == "-":
        raise click.UsageError("--describe needs an output file")
    is_folder = output.endswith(_SLASHES) or Path(output).is_dir() or form == "parquet"
    if is_folder and form not in FOLDER_FORMATS:
        raise click.UsageError(f"{output} is a folder, but {form} needs a file name")
    if form == "parquet" and (output == "-" or Path(output).is_file()):
        raise click.UsageError("parquet writes several files: give a folder, such as tables/")
    opened = session.open_source(store, endpoint, without_model=without_model)
    if is_folder:
        folder, files = Path(output), export_tables(opened, form, spreadsheet=spreadsheet)
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder, files = Path(output).parent, ((Path(output).name, export_graph(opened, form, spreadsheet=spreadsheet)),)
    if output == "-":
        sys.stdout.buffer.write(files[0][1])
        return
    if describe:
        _describe(folder, files, opened.read_graph(), describe)
    for name, data in files:
        _write(session, folder / name, data)


def _describe(folder: Path, files: Sequence[tuple[str, bytes]], graph: Graph, day: str) -> None:
    """Write the description of the files in a folder; other files that it describes stay described."""
    from papergraph.export.crate import CRATE, describe_files

    path = folder / CRATE
    before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    write_whole(path, describe_files(files, graph, date=day, before=before))


def _write(session: Session, path: Path, data: bytes) -> None:
    write_whole(path, data)
    session.say(f"{path}: {len(data):,} bytes")
