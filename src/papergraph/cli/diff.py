"""`papergraph diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, output_option, paint, store_option, terminal_width, write_output
from papergraph.insight.diff import diff_graphs
from papergraph.report.diff import DIFF_FORMATS, render_diff
from papergraph.text.terminal import printable

if TYPE_CHECKING:
    from papergraph.model import Graph

#: A file that every store has.
_POINTER = "CURRENT"


@click.command(short_help="Show what the notes learned between two git revisions or two stores.")
@click.argument("before", required=False, metavar="[BEFORE]")
@click.argument("after", required=False, metavar="[AFTER]")
@click.option(
    "--notes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder or file of the repository to read. May be repeated.  [default: notes in papergraph.toml, or .]",
)
@click.option("--format", "form", type=click.Choice(DIFF_FORMATS), default=DIFF_FORMATS[0], show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@output_option
@store_option
@click.pass_obj
def diff(
    session: Session,
    before: str | None,
    after: str | None,
    notes: tuple[Path, ...],
    form: str,
    as_json: bool,
    output: Path | None,
    store: Path | None,
) -> None:
    """Show what the notes learned, lost and changed between BEFORE and AFTER.

    Each is a revision of the git repository of the notes, such as HEAD~30 or a tag, or the folder of a store. Notes of
    a revision are read from git's objects; nothing is checked out, and the store is not changed. Without AFTER, BEFORE
    is compared with the notes as they are now, or, if it is a store, with the store of the settings. BEFORE is HEAD by
    default. `--format markdown` writes a report to send to others.
    """
    session = session.with_store(store)
    paths = notes or tuple(Path(p) for p in session.config.notes) or (Path(),)
    older = before or "HEAD"
    newer = after or (session.config.store if _is_store(older) else "")
    found = diff_graphs(_graph(session, older, paths), _graph(session, newer, paths))
    text = render_diff(
        found,
        "json" if as_json else form,
        since=_named(older, paths),
        width=terminal_width(),
        style=None if output else paint,
    )
    write_output(output, text)


def _is_store(name: str) -> bool:
    return (Path(name) / _POINTER).is_file()


def _graph(session: Session, name: str, paths: tuple[Path, ...]) -> Graph:
    """Return the graph of a store, of a revision, or, for no name, of the notes as they are."""
    if name and _is_store(name):
        return session.open_source(Path(name)).read_graph()
    from papergraph.cli.build import progress_bar
    from papergraph.pipeline.revisions import build_revision

    cache = Path(session.config.store) / "cache"
    graph, problems = build_revision(paths, name, session.config, cache=cache, progress=progress_bar(session))
    unread = [problem for problem in problems if problem.kind == "unread"]
    if unread:
        session.say(f"{name or 'notes'}: {len(unread)} problems, the first: {printable(str(unread[0]))}")
    return graph


def _named(name: str, paths: tuple[Path, ...]) -> str:
    if _is_store(name):
        return Path(name).name
    from papergraph.pipeline.revisions import describe_revision

    return describe_revision(paths[0], name)
