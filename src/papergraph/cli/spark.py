"""`papergraph spark`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session
from papergraph.text.terminal import message_lines

if TYPE_CHECKING:
    from papergraph.spark.build import NamesOn


def _memory(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Return an amount of memory in Spark's words, or fail with a usage error."""
    if value and not re.fullmatch(r"[1-9]\d*[kmgt]", value, re.IGNORECASE):
        raise click.BadParameter(f"{value!r} is not an amount of memory such as 2g or 512m.", context, parameter)
    return value


@click.command(short_help="Build the graph of very many notes on Apache Spark.")
@click.argument("notes", metavar="INPUT")
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Folder of the output, or its address.")
@click.option("--master", default="", metavar="URL", help="Spark master.  [default: all cores of this machine]")
@click.option("--memory", default="", callback=_memory, metavar="SIZE", help="Memory of Spark's driver.  [default: 2g]")
@click.option(
    "--names-on",
    type=click.Choice(["driver", "workers"]),
    default="driver",
    show_default=True,
    help="Where names are resolved; on workers if there are more than the driver can hold.",
)
@click.pass_context
def spark(ctx: click.Context, notes: str, output: str, master: str, memory: str, names_on: NamesOn) -> None:
    """Build the graph of the notes in INPUT as N-Quads and Parquet tables, on Apache Spark.

    INPUT is a folder or a file of notes, or a table (.parquet, .jsonl) with the columns path and content; an address
    such as hdfs:// or s3a:// too. The N-Quads are those of `papergraph build` and `papergraph export`, in sorted parts;
    manifest.json is written last. A job that was stopped goes on where it was when it is run again. Needs the extra
    `spark` and Java 17; see docs/scale.md. Exits with 1 if a note could not be read.
    """
    from papergraph.spark import build_on_spark, open_session

    session: Session = ctx.obj
    opened = open_session(master, memory=memory)
    try:
        manifest = build_on_spark(opened, notes, output, session.config, names_on=names_on, say=session.say)
    finally:
        opened.stop()
    for kind, count in manifest.problems.items():
        session.say(f"problems: {count:,} {kind}; see {output}/problems.parquet")
    click.echo(message_lines(f"{manifest.notes:,} notes -> {output} ({manifest.quads:,} quads)"))
    ctx.exit(1 if manifest.problems.get("unread") else 0)
