"""`papergraph query`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, endpoint_options, json_option, store_option, terminal_width, write_output
from papergraph.errors import QueryError
from papergraph.explain import explain
from papergraph.lineage import read_labels
from papergraph.query import (
    FORMATS,
    MOST_ROWS,
    NamedQuery,
    ask,
    choose_query,
    fill_parameters,
    parse_query,
    read_queries,
    render_answer,
)
from papergraph.store import GraphStore

if TYPE_CHECKING:
    from papergraph.remote import Endpoint


@click.command(short_help="Ask the graph in SPARQL, or by the name of a ready-made query.")
@click.argument("question", required=False)
@click.option(
    "-f", "--file", "path", type=click.Path(path_type=Path, allow_dash=True), help="Read the SPARQL from here."
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Parameter of a ready-made query: an entity's name.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--timeout", type=click.FloatRange(min=0.01), metavar="SECONDS", help="Stop the query after this time.")
@click.option("--explain", "explained", is_flag=True, help="Tell in words what is asked, and ask nothing.")
@click.option("--list", "list_queries", is_flag=True, help="List the ready-made queries.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of stdout.")
@json_option
@store_option
@endpoint_options
@click.pass_obj
def query(
    session: Session,
    question: str | None,
    path: Path | None,
    parameters: tuple[str, ...],
    form: str,
    timeout: float | None,
    explained: bool,
    list_queries: bool,
    output: Path | None,
    as_json: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Answer QUESTION: SPARQL, `-` for stdin, or the name of a ready-made query.

    The prefixes pg, rdfs, method, model, paper, inst, hw, dataset, topic and more need no declaration.
    """
    queries = read_queries([Path(p) for p in session.config.queries])
    if list_queries:
        for ready in queries:
            values = "".join(f"  --param {n}=... (now {v})" for n, v in ready.parameters)
            click.echo(
                f"{ready.name}\n  {ready.question}\n  {ready.question_zh}\n{values and values + chr(10)}", nl=False
            )
        return
    given = _parameters(parameters)
    asked = _asked(question, path, queries)
    if endpoint and timeout:
        endpoint = replace(endpoint, seconds=timeout)
    opened = session.open_source(store, endpoint)
    chosen = "json" if as_json else form
    width = terminal_width() if sys.stdout.isatty() else 0
    sparql = fill_parameters(opened, asked, given)
    if explained:
        text = explain(sparql, opened.base, lambda iri: read_labels(opened, [iri]).get(iri, ""))
    elif timeout is None or not isinstance(opened, GraphStore):
        answer = ask(opened, sparql) if isinstance(opened, GraphStore) else opened.ask(sparql)
        text = render_answer(answer, chosen, width=width)
    else:
        text = _ask_for(timeout, session.with_store(store).config.store, sparql, chosen, width)
    write_output(output, text)


def _ask_for(seconds: float, store: str, sparql: str, form: str, width: int) -> str:
    """Return the answer from a process that is killed when its time is over."""
    from papergraph.worker import Limits, Task, ask_worker

    limits = Limits(seconds=seconds, rows=MOST_ROWS, answer_bytes=1_000_000_000)
    return ask_worker(Path(store), Task(sparql, form, form, width, limits=limits), limits)


def _asked(question: str | None, path: Path | None, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return what is asked, by text, file or name; any of them may have parameters."""
    if path is not None and str(path) != "-":
        try:
            return parse_query(path.stem, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: is no text in UTF-8") from error
    if path is not None or question == "-":
        return parse_query("stdin", sys.stdin.read())
    if question is None:
        raise QueryError(
            "what should be asked? Give SPARQL, -f FILE, or a name; papergraph query --list shows the names"
        )
    if re.fullmatch(r"[\w-]+", question):
        return choose_query(question, queries)
    return parse_query("query", question)


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in given]
    for name, sign, _ in pairs:
        if not sign:
            raise click.UsageError(f"--param {name}: write NAME=VALUE")
    return {name: value for name, _, value in pairs}
