"""`papergraph ask`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.ask.named import read_queries
from papergraph.cli.session import (
    Seconds,
    Session,
    endpoint_options,
    json_option,
    store_option,
    terminal_width,
    write_output,
)
from papergraph.cli.suggestions import query_names
from papergraph.insight.ask import read_question
from papergraph.report.ask import ASK_FORMATS, NOTHING, reading_lines, render_asked

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Ask a question in words, in English or Chinese.")
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--as",
    "prefer",
    default="",
    metavar="QUERY",
    shell_complete=query_names,
    help="The ready-made query that the question means.",
)
@click.option("--format", "form", type=click.Choice(ASK_FORMATS), default="table", show_default=True)
@click.option(
    "--timeout", type=Seconds(), metavar="SECONDS", help="Stop after this time; 0 for no limit.  [default: 60]"
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead of stdout."
)
@json_option
@store_option
@endpoint_options
@click.pass_context
def ask(
    ctx: click.Context,
    question: tuple[str, ...],
    prefer: str,
    form: str,
    timeout: float | None,
    output: Path | None,
    as_json: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Answer QUESTION: `papergraph ask what builds on H2O`, `papergraph ask H2O 之后有哪些工作`.

    The question is matched with the phrasings of the ready-made queries (papergraph query --list), and names are
    looked up in the graph. The query that was run is printed on stderr. Exits with 1 if the notes do not answer it.
    """
    session: Session = ctx.obj
    source = session.open_source(store, endpoint)
    queries = read_queries([Path(p) for p in session.config.queries])
    asked = read_question(source, " ".join(question), queries, prefer=prefer).certain()
    for line in reading_lines(asked):
        session.say(line)
    answer = source.ask(asked.sparql, limits=source.limits(seconds=timeout))
    width = terminal_width() if sys.stdout.isatty() else 0
    write_output(output, render_asked(asked, answer, "json" if as_json else form, width=width))
    if not answer.rows:
        session.say(NOTHING)
        ctx.exit(1)
