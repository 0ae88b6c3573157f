"""`papergraph extract`."""

from __future__ import annotations

from pathlib import Path

import click

from papergraph.cli.session import Session, jobs_option, read_input
from papergraph.errors import NoteError
from papergraph.model import Problem
from papergraph.text.terminal import json_text


@click.command(short_help="Print what each note says as JSON lines, without a store.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "form", type=click.Choice(["jsonl", "json"]), default="jsonl", show_default=True)
@jobs_option
@click.pass_context
def extract(ctx: click.Context, paths: tuple[Path, ...], form: str, jobs: int | None) -> None:
    """Print one JSON object per note: its mentions, and its relations with their evidence. `-` reads stdin."""
    from papergraph.pipeline.readers import stand_by

    stand_by()
    from papergraph.pipeline.steps import extract_bytes, extract_records

    session: Session = ctx.obj.with_jobs(jobs)
    files = [p for p in paths if str(p) != "-"]
    records, problems = extract_records(files, session.config)
    if len(files) < len(paths):
        try:
            records.append(extract_bytes("stdin", read_input(session.config.max_bytes), session.config))
        except NoteError as error:
            problems = (*problems, Problem("stdin", str(error).removeprefix("stdin: ")))
    for record in records:
        click.echo(json_text(record, indent=2 if form == "json" else None))
    for problem in problems:
        session.say(str(problem))
    ctx.exit(1 if any(problem.kind == "unread" for problem in problems) else 0)
