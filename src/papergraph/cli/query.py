"""`papergraph query`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.ask.answer import FORMATS
from papergraph.ask.explain import explain
from papergraph.ask.guard import MOST_BYTES, check_query
from papergraph.ask.limits import MOST_ROWS, OWN_LIMITS
from papergraph.ask.named import NamedQuery, find_query, parse_query, read_queries
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.statements import read_labels
from papergraph.ask.unknown_terms import unknown_terms
from papergraph.cli.session import (
    Seconds,
    Session,
    endpoint_options,
    json_option,
    read_input,
    store_option,
    terminal_width,
    without_model_option,
    write_output,
)
from papergraph.cli.suggestions import query_names
from papergraph.errors import LimitError, QueryError
from papergraph.text.terminal import printable

if TYPE_CHECKING:
    from papergraph.ask.limits import Limits
    from papergraph.ask.remote import Endpoint
    from papergraph.ask.source import Source

#: What a person at a terminal can do about a limit.
_HINTS = {
    "time": "; raise --timeout, or use --timeout 0 for no limit",
    "memory": "; raise --memory",
    "large": "; raise --rows, or use --format csv or tsv, which have no row limit",
}


@click.command(short_help="Query the graph in SPARQL, or run a ready-made query.")
@click.argument("question", required=False, shell_complete=query_names)
@click.option(
    "-f",
    "--file",
    "path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read the query from FILE; - for stdin.",
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Parameter of a ready-made query; VALUE is the name of an entity.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--timeout",
    type=Seconds(),
    metavar="SECONDS",
    help="Stop the query after this time; 0 for no limit.  [default: 60]",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    metavar="MB",
    help=f"Memory limit of the query, in MB.  [default: {OWN_LIMITS.megabytes}]",
)
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Maximum number of rows.  [default: {MOST_ROWS:,}; no limit for csv and tsv]",
)
@click.option("--explain", "explained", is_flag=True, help="Explain the query in words instead of running it.")
@click.option("--list", "list_queries", is_flag=True, help="List the ready-made queries.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead of stdout."
)
@json_option
@without_model_option
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
    memory: int | None,
    rows: int | None,
    explained: bool,
    list_queries: bool,
    output: Path | None,
    as_json: bool,
    without_model: bool,
    store: Path | None,
    endpoint: Endpoint | None,
) -> None:
    """Run QUESTION: a SPARQL query, `-` for stdin, or the name of a ready-made query.

    Common prefixes (pg, rdfs, method, model, paper, inst, hw, dataset, topic and others) need no declaration.
    """
    queries = read_queries([Path(p) for p in session.config.queries])
    if list_queries:
        click.echo("".join(map(_listed, queries)), nl=False)
        return
    given = _parameters(parameters)
    asked = _asked(question, path, queries)
    chosen = "json" if as_json else form
    for term in unknown_terms(asked.text):
        click.echo(printable(f"papergraph: {term}"), err=True)
    source = session.open_source(store, endpoint, at_once=explained, without_model=without_model)
    if explained:
        text = _explained(source, asked, given)
    else:
        limits = source.limits(seconds=timeout, megabytes=memory, rows=rows or 0)
        text = _answer(source, asked, given, chosen, limits)
    write_output(output, text, exact=chosen != "table" and not explained)


def _explained(opened: Source, asked: NamedQuery, given: dict[str, str]) -> str:
    sparql = fill_parameters(opened, asked, given)
    check_query(sparql)
    return explain(sparql, opened.base, lambda iri: printable(read_labels(opened, [iri]).get(iri, "")))


def _answer(source: Source, asked: NamedQuery, given: dict[str, str], form: str, limits: Limits) -> str:
    """Return the answer as text; an error about a limit names the option that raises it."""
    try:
        return source.answer(asked, given, form, limits=limits, width=terminal_width() if sys.stdout.isatty() else 0)
    except LimitError as error:
        hint = _HINTS.get(error.status, "")
        raise LimitError(f"{error}{hint}", error.status) from error


def _listed(ready: NamedQuery) -> str:
    values = "".join(f"  --param {name}=... (default: {printable(value)})" for name, value in ready.parameters)
    lines = [
        ready.name,
        f"  {printable(ready.question)}",
        f"  {printable(ready.question_zh)}",
        *([values] if values else []),
    ]
    return "\n".join(lines) + "\n"


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("stdin: not valid UTF-8") from error


def _asked(question: str | None, path: Path | None, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query from text, a file or a name; each may have parameters."""
    if path is not None and str(path) != "-":
        try:
            return parse_query(path.stem, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: not valid UTF-8") from error
    if path is not None or question == "-":
        return parse_query("stdin", _text(read_input(MOST_BYTES)))
    if question is None:
        raise QueryError(
            "no query given: pass SPARQL, -f FILE or the name of a ready-made query (papergraph query --list)"
        )
    return find_query(question, queries)


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in given]
    for name, sign, _ in pairs:
        if not sign:
            raise click.UsageError(f"--param {name}: expected NAME=VALUE")
    values = {name: value for name, _, value in pairs}
    for name in values:
        twice = [value for other, _, value in pairs if other == name]
        if len(twice) > 1:
            raise click.UsageError(
                f"--param {name} is given {len(twice)} times; for several entities: --param '{name}={'|'.join(twice)}'"
            )
    return values
