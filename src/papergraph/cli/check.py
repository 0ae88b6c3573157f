"""`papergraph check`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, json_option, store_option
from papergraph.doubts import find_doubts
from papergraph.terminal import json_text, printable

if TYPE_CHECKING:
    from papergraph.validate import Violation


@click.command(short_help="Report SHACL violations and the graph's own doubts.")
@click.option("--shacl/--no-shacl", default=True, help="Validate against the shapes too (needs papergraph[check]).")
@json_option
@store_option
@click.pass_context
def check(ctx: click.Context, shacl: bool, as_json: bool, store: Path | None) -> None:
    """Report what is wrong with the graph (SHACL) and what looks doubtful in the notes, each with file and line."""
    session: Session = ctx.obj.with_store(store)
    opened = session.open_store()
    violations: tuple[Violation, ...] = ()
    if shacl:
        from papergraph.validate import validate

        violations = validate(opened.quads()).violations
    doubts = find_doubts(opened.read_graph())
    if as_json:
        record = {"violations": [asdict(v) for v in violations], "doubts": [asdict(d) for d in doubts]}
        click.echo(json_text(record, indent=2))
    else:
        for violation in violations:
            click.echo(printable(f"{violation.severity}: {violation.focus_node}: {violation.message}"))
        for doubt in doubts:
            click.echo(printable(f"{doubt.place}: {doubt.kind}: {doubt.message}"))
        session.say(f"{len(violations)} violations, {len(doubts)} doubts")
    ctx.exit(1 if violations or doubts else 0)
