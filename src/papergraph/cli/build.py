"""`papergraph build`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from papergraph.cli.session import Session, jobs_option, json_option, store_option
from papergraph.errors import BusyError, ConfigError, LossError, NoteError, PapergraphError, StoreError
from papergraph.model import Problem
from papergraph.text.terminal import json_text, message_lines, printable, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from papergraph.store import Seal

#: Seconds between two tries while another build holds the store.
_WAIT = 0.5


@click.command(short_help="Build the graph from notes.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Keep running, and rebuild whenever a note changes.")
@click.option("--allow-empty", is_flag=True, help="Build even if a folder no longer contains notes.")
@click.option("--restore", is_flag=True, help="Restore the graph before the last build; run it again to undo.")
@click.option(
    "--library",
    multiple=True,
    metavar="FILE",
    help="A bibliography (.bib or CSL .json), or zotero; may be repeated. Default: library in the settings.",
)
@click.option("--propose", "asking", is_flag=True, help="Ask the language model of the settings first.")
@click.option("--without-model", is_flag=True, help="Leave out what a language model proposed.")
@click.option(
    "--with-parent", type=int, hidden=True, help="Exit when the process with this id is no longer the parent."
)
@jobs_option
@json_option
@store_option
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[Path, ...],
    watch: bool,
    allow_empty: bool,
    restore: bool,
    library: tuple[str, ...],
    asking: bool,
    without_model: bool,
    with_parent: int | None,
    jobs: int | None,
    as_json: bool,
    store: Path | None,
) -> None:
    """Build the graph from the notes in PATHS (folders or files) and print what it contains.

    The new graph replaces the previous one. Without PATHS, build uses the notes set in papergraph.toml. Only changed
    notes are read again. A note that cannot be read, and a claim that contradicts stronger evidence, are reported and
    left out. If a path yields no notes at all, the graph is not changed. Exits with 1 if a note could not be read.
    """
    if asking and without_model:
        raise click.UsageError("--propose and --without-model exclude each other")
    session: Session = ctx.obj.with_store(store).with_jobs(jobs).with_model("" if without_model else None)
    session = session.with_library(library)
    if restore:
        if paths or watch:
            raise click.UsageError("--restore takes neither PATHS nor --watch")
        _restore(session, as_json=as_json)
        return
    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("no notes given: name folders or files, or set notes = [...] in papergraph.toml")
    if not Path(session.config.store).exists():  # nothing is known yet, so there is something to read
        from papergraph.pipeline.readers import stand_by

        stand_by()
    if asking:
        from papergraph.cli.propose import ask_first

        ask_first(session, chosen)
    if watch:
        _watch(session, chosen, with_parent, allow_empty=allow_empty, as_json=as_json)
    problems = _build(session, chosen, allow_empty=allow_empty, as_json=as_json)
    ctx.exit(1 if any(problem.kind == "unread" for problem in problems) else 0)


def _restore(session: Session, *, as_json: bool) -> None:
    """Restore the previous graph and report what it contains."""
    from papergraph.store import restore_previous

    _report(session, restore_previous(Path(session.config.store)), (), as_json=as_json)


def _watch(
    session: Session, paths: tuple[Path, ...], parent: int | None, *, allow_empty: bool, as_json: bool
) -> NoReturn:
    """Build, and rebuild after every change; an error is reported, and the next change is awaited."""
    from papergraph.pipeline.watch import look, watch_notes
    from papergraph.sources.bibliography.library import library_files

    def wait(seconds: float) -> bool:
        time.sleep(seconds)
        return parent is None or os.getppid() == parent

    config = session.config
    replies = (config.proposals,) if config.propose else ()
    extra = [Path(p) for p in (config.corrections, *config.vocabulary, *config.patterns, *replies)]
    extra += library_files(config.library)
    before = look(paths, extra)
    try:
        _build_patiently(session, paths, wait, allow_empty=allow_empty, as_json=as_json)
    except (NoteError, StoreError) as error:
        click.echo(message_lines(f"papergraph: {error}"), err=True)
    session.say("watching for changes (press Ctrl-C to stop)")
    for _ in watch_notes(paths, before, extra=extra, wait=wait):
        try:
            _build_patiently(session, paths, wait, allow_empty=allow_empty, as_json=as_json)
        except PapergraphError as error:
            click.echo(message_lines(f"papergraph: {error}"), err=True)
    sys.exit(0)


def _build_patiently(
    session: Session, paths: tuple[Path, ...], wait: Callable[[float], bool], *, allow_empty: bool, as_json: bool
) -> None:
    """Build once; if another build holds the store, report that and wait, so that no change is lost.

    `wait` returns False when the build is no longer needed.
    """
    reported = False
    while True:
        try:
            _build(session, paths, allow_empty=allow_empty, as_json=as_json)
            return
        except BusyError as error:
            if not reported:
                click.echo(message_lines(f"papergraph: {error}"), err=True)
            reported = True
            if not wait(_WAIT):
                return


def _build(session: Session, paths: tuple[Path, ...], *, allow_empty: bool, as_json: bool) -> tuple[Problem, ...]:
    """Build once, report what the graph contains, and return the problems."""
    from papergraph.pipeline.steps import build_store

    try:
        seal, problems = build_store(paths, session.config, progress=progress_bar(session), allow_empty=allow_empty)
    except LossError as error:
        for message in error.problems:
            click.echo(f"papergraph: {printable(message)}", err=True)
        raise
    for problem in problems:
        click.echo(f"papergraph: {printable(str(problem))}", err=True)
    _report(session, seal, problems, as_json=as_json)
    return problems


def _report(session: Session, seal: Seal, problems: tuple[Problem, ...], *, as_json: bool) -> None:
    """Report what the graph contains."""
    notes = len(seal.run.inputs)
    session.say(f"{notes} {'note' if notes == 1 else 'notes'} -> {session.config.store} ({seal.quads:,} quads)")
    if as_json:
        counts = {"notes": notes, "entities": dict(seal.entities), "relations": dict(seal.relations)}
        click.echo(json_text({**counts, "problems": [str(p) for p in problems]}, indent=2))
    else:
        click.echo(_counts("entities", seal.entities) + _counts("relations", seal.relations), nl=False)


def _counts(title: str, counts: tuple[tuple[str, int], ...]) -> str:
    rows = sorted(counts, key=lambda row: (-row[1], row[0]))
    return "".join([f"{title:18}{sum(n for _, n in counts):6}\n", *(f"  {name:16}{n:6}\n" for name, n in rows)])


def progress_bar(session: Session):  # type: ignore[no-untyped-def]  # a Progress or None, without importing the pipeline
    """Return the function that draws the progress line; None without a terminal, under CI and with --quiet."""
    if session.quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        return None

    begun = time.monotonic()

    def draw(name: str, number: int, total: int) -> None:
        left = (time.monotonic() - begun) / number * (total - number)
        estimate = f", about {left:.0f} s left" if left >= 2 else ""
        text = shorten(f"{number}/{total}{estimate}  {printable(name)}", 78)
        click.echo(f"\r\x1b[2K{text}" if number < total else "\r\x1b[2K", nl=False, err=True)

    return draw
