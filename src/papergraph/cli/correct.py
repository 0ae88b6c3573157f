"""`papergraph correct`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.cli.session import Session, json_option, store_option
from papergraph.cli.suggestions import entity_names, predicates
from papergraph.correction import Decision
from papergraph.errors import ConfigError
from papergraph.model import ENTITY_TYPES
from papergraph.text.terminal import json_text, printable

if TYPE_CHECKING:
    from papergraph.correction import Correction

_Command = Callable[..., Any]


@click.group(short_help="Decide what the graph has wrong, once and for all builds.")
def correct() -> None:
    """Write decisions about the graph to corrections.tsv, which every build honours.

    A name that several entities have is refused; write its type before it, as in Method:H2O.
    """


def _claim_arguments(command: _Command) -> _Command:
    """Add what names a claim, and the note and the sentence that are meant."""
    for option in (
        store_option,
        click.option("--comment", default="", metavar="TEXT", help="Why, for people who read the file."),
        click.option("--sentence", default="", metavar="TEXT", help="Only the evidence with this sentence."),
        click.option("--note", default="", metavar="PATH", help="Only the evidence in this note."),
        click.argument("object", metavar="OBJECT", shell_complete=entity_names),
        click.argument("predicate", shell_complete=predicates),
        click.argument("subject", shell_complete=entity_names),
    ):
        command = option(command)
    return command


@correct.command(short_help="A claim is wrong.")
@_claim_arguments
@click.pass_obj
def reject(session: Session, /, store: Path | None, **cells: str) -> None:
    """Leave the claim SUBJECT PREDICATE OBJECT out of the graph.

    Example: papergraph correct reject H2O extends SnapKV. The PREDICATE of a negated claim begins with not, in one
    argument: "not extends".
    """
    _write(session, store, ("reject", cells))


@correct.command(short_help="A claim is right.")
@_claim_arguments
@click.pass_obj
def accept(session: Session, /, store: Path | None, **cells: str) -> None:
    """Make the claim SUBJECT PREDICATE OBJECT certain, as long as a note states it."""
    _write(session, store, ("accept", cells))


@correct.command(short_help="A claim says something else.")
@_claim_arguments
@click.option("--to", default="", metavar="PREDICATE", help="The relation that the notes mean.")
@click.option("--reverse", is_flag=True, help="Swap subject and object.")
@click.pass_obj
def change(session: Session, /, store: Path | None, to: str, reverse: bool, **cells: str) -> None:
    """Give the claim SUBJECT PREDICATE OBJECT another predicate, another direction, or both."""
    if not (to or reverse):
        raise click.UsageError("give --to PREDICATE, --reverse, or both")
    target = " ".join(filter(None, ("reverse" if reverse else "", to)))
    _write(session, store, ("change", {**cells, "to": target}))


@correct.command(short_help="A claim is missing.")
@click.argument("subject", shell_complete=entity_names)
@click.argument("predicate", shell_complete=predicates)
@click.argument("object", metavar="OBJECT", shell_complete=entity_names)
@click.option("--note", required=True, metavar="PATH", help="The note that states it.")
@click.option("--sentence", required=True, metavar="TEXT", help="The words of the note that state it.")
@click.option("--comment", default="", metavar="TEXT", help="Why, for people who read the file.")
@store_option
@click.pass_obj
def add(session: Session, /, store: Path | None, **cells: str) -> None:
    """Add the claim SUBJECT PREDICATE OBJECT, as long as its sentence stands in the note."""
    _write(session, store, ("add", cells))


@correct.command(short_help="Leave out an entity, or correct its type or label.")
@click.argument("name", shell_complete=entity_names)
@click.option("--not", "none", is_flag=True, help="It is not an entity: leave it out, with all claims about it.")
@click.option("--type", "kind", type=click.Choice(ENTITY_TYPES), help="Its type.")
@click.option("--label", metavar="TEXT", help="What it is called.")
@store_option
@click.pass_obj
def entity(session: Session, name: str, none: bool, kind: str | None, label: str | None, store: Path | None) -> None:
    """Correct the entity NAME."""
    if none == bool(kind or label):
        raise click.UsageError("give --not, or --type and --label, or one of them")
    rows: list[tuple[Decision, dict[str, str]]] = [("not-entity", {"subject": name})] if none else []
    rows += [("type", {"subject": name, "to": kind})] if kind else []
    rows += [("label", {"subject": name, "to": label})] if label else []
    _write(session, store, *rows)


@correct.command(short_help="Two entities are one.")
@click.argument("name", shell_complete=entity_names)
@click.argument("other", shell_complete=entity_names)
@store_option
@click.pass_obj
def merge(session: Session, name: str, other: str, store: Path | None) -> None:
    """Make OTHER and NAME one entity, called NAME."""
    _write(session, store, ("same", {"subject": name, "object": other}))


@correct.command(short_help="Two names are not of one entity.")
@click.argument("name", shell_complete=entity_names)
@click.argument("other", shell_complete=entity_names)
@store_option
@click.pass_obj
def split(session: Session, name: str, other: str, store: Path | None) -> None:
    """Keep what is called NAME apart from what is called OTHER."""
    _write(session, store, ("different", {"subject": name, "object": other}))


@correct.command(short_help="Remove a decision.")
@click.argument("line", type=click.IntRange(1), required=False)
@click.pass_obj
def undo(session: Session, line: int | None) -> None:
    """Remove the decision in LINE of corrections.tsv, the last one by default."""
    from papergraph.pipeline.corrections.write import undo_correction
    from papergraph.sources.corrections import shown_path

    path = Path(session.config.corrections)
    number, row = undo_correction(path, line)
    session.say(f"{shown_path(path)}:{number}: removed: {' '.join(row.split())}")
    session.say("the next papergraph build does without it")


@correct.command("list", short_help="List all decisions, and what became of them.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def list_(ctx: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """List the decisions and their state: applied, not needed, gone or refused.

    They are tried on the notes in PATHS, by default those set in papergraph.toml; the store is not changed. Exits with
    1 if one does not hold, or a line cannot be read.
    """
    from papergraph.pipeline.corrections.outcomes import report_corrections
    from papergraph.report.corrections import corrections_record, render_corrections

    session: Session = ctx.obj
    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("no notes given: name folders or files, or set notes = [...] in papergraph.toml")
    report = report_corrections(chosen, session.config)
    if as_json:
        click.echo(json_text(corrections_record(report.outcomes, report.unread), indent=2))
    else:
        click.echo(render_corrections(report.outcomes, report.unread), nl=False)
    problems = (*report.unread, *filter(None, (outcome.problem for outcome in report.outcomes)))
    ctx.exit(1 if any(problem.kind != "repaired" for problem in problems) else 0)


def _write(session: Session, store: Path | None, *rows: tuple[Decision, dict[str, str]]) -> None:
    """Write decisions about entities and claims of the store."""
    from papergraph.pipeline.corrections.decide import decide
    from papergraph.pipeline.corrections.write import write_corrections

    source = session.open_source(store)
    made: list[Correction] = [decide(source, decision, cells, session.config) for decision, cells in rows]
    for row, _ in write_corrections(Path(session.config.corrections), made):
        click.echo(printable(f"{row.path}:{row.line}: {row}"))
    session.say("the next papergraph build applies it")
