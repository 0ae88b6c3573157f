"""`papergraph check`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, json_option, paint, store_option, terminal_width
from papergraph.insight.conflicts import Conflict, find_conflicts
from papergraph.report.conflicts import conflict_record, render_conflicts
from papergraph.text.terminal import json_text, printable

if TYPE_CHECKING:
    from papergraph.quality.shapes import Violation
    from papergraph.store import Verification


@click.command(short_help="Check the store for damage, and the graph for violations and conflicts.")
@click.option(
    "--shacl/--no-shacl", default=True, help="Validate against the SHACL shapes as well; needs papergraph[check]."
)
@click.option("--only-store", is_flag=True, help="Check the files of the store only.")
@json_option
@store_option
@click.pass_context
def check(ctx: click.Context, shacl: bool, only_store: bool, as_json: bool, store: Path | None) -> None:
    """Check the store for damage, and the graph for SHACL violations and conflicts between notes.

    Every file and quad of the store is verified first; a damaged graph is not checked further. Conflicts are shown
    with file and line. Exits with 1 if anything is found.
    """
    from papergraph.store import verify_store

    session: Session = ctx.obj.with_store(store)
    verified = verify_store(Path(session.config.store))
    violations, conflicts = ((), ()) if only_store or verified.damage else _findings(session, shacl=shacl)
    if as_json:
        record = {
            "store": asdict(verified),
            "violations": [asdict(v) for v in violations],
            "conflicts": [conflict_record(c) for c in conflicts],
        }
        click.echo(json_text(record, indent=2))
    else:
        for fault in verified.damage:
            click.echo(printable(f"damage: {fault}"))
        for violation in violations:
            click.echo(printable(f"{violation.severity}: {violation.focus_node}: {violation.message}"))
        click.echo(render_conflicts(conflicts, width=terminal_width(), style=paint), nl=False)
    session.say(_verdict(verified, session.config.store))
    if not (only_store or verified.damage):
        session.say(f"{len(violations)} violations, {len(conflicts)} conflicts")
    ctx.exit(1 if verified.damage or violations or conflicts else 0)


def _findings(session: Session, *, shacl: bool) -> tuple[tuple[Violation, ...], tuple[Conflict, ...]]:
    opened = session.open_source()
    violations: tuple[Violation, ...] = ()
    if shacl:
        from papergraph.quality.shapes import validate

        violations = validate(opened.quads()).violations
    return violations, find_conflicts(opened.read_graph())


def _verdict(verified: Verification, store: str) -> str:
    """Return the result of the verification as text."""
    if verified.damage:
        return f"{store}: damaged; rebuild it with papergraph build, or try papergraph build --restore"
    files = f"{verified.files} files ({verified.size:,} bytes)"
    return f"{store}: intact: {files}, the seal, the table of names, {verified.quads:,} quads"
