"""`papergraph vocabulary`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from papergraph.cli.session import Session, jobs_option, json_option
from papergraph.errors import ConfigError
from papergraph.text.terminal import json_text, printable, shorten


@click.group(short_help="Check vocabulary files, and find names that deserve an entry.")
def vocabulary() -> None:
    """Look after the names that papergraph knows: its own and those in your files."""


@vocabulary.command(short_help="Report clashes, misspellings and ambiguity that nothing settles.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Report what looks wrong in vocabulary FILES, those of papergraph.toml and our own, each with file and line.

    Exits 1 if anything is found.
    """
    from papergraph.vocabulary import load_vocabulary, vocabulary_doubts

    session: Session = ctx.obj
    known = load_vocabulary([*files, *map(Path, session.config.vocabulary)])
    doubts = vocabulary_doubts(known)
    if as_json:
        click.echo(json_text({"entries": len(known.entries), "doubts": list(doubts)}, indent=2))
    else:
        for doubt in doubts:
            click.echo(printable(doubt))
        session.say(f"{len(known.entries):,} entries, {len(doubts)} {'doubt' if len(doubts) == 1 else 'doubts'}")
    ctx.exit(1 if doubts else 0)


@vocabulary.command(short_help="List frequent names in notes that no vocabulary knows.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--min", "least", type=click.IntRange(1), default=3, show_default=True, help="Fewest mentions.")
@click.option("--format", "form", type=click.Choice(["table", "tsv"]), default="table", show_default=True)
@jobs_option
@json_option
@click.pass_context
def suggest(
    ctx: click.Context, paths: tuple[Path, ...], least: int, form: str, jobs: int | None, as_json: bool
) -> None:
    """List the names in PATHS that deserve an entry: how often and where they stand, and what they seem to be.

    `--format tsv` prints rows for a vocabulary file of your own; look at the types before you use it.
    """
    from papergraph.pipeline.steps import suggest_for
    from papergraph.vocabulary.suggest import rows_of

    session: Session = ctx.obj.with_jobs(jobs)
    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("which notes? Name folders or files, or set notes = [...] in papergraph.toml")
    suggestions, sentences, problems = suggest_for(chosen, session.config, least=least)
    for problem in problems:
        session.say(printable(str(problem)))
    if as_json:
        rows = [{**asdict(s), "sentence": sentences[s.note, s.line]} for s in suggestions]
        click.echo(json_text(rows, indent=2))
    elif form == "tsv":
        for row in rows_of(suggestions):
            click.echo("\t".join(map(printable, row)))
    else:
        for one in suggestions:
            where = f"{one.notes} note{'s' * (one.notes > 1)}"
            click.echo(f"{one.mentions:5} in {where:10}{one.type:13}{printable(one.name)}")
            sentence = shorten(printable(sentences[one.note, one.line]), 100)
            click.echo(f"      {printable(one.note)}:{one.line}  {sentence}")
        session.say(f"{len(suggestions)} {'name' if len(suggestions) == 1 else 'names'} of {least} mentions or more")
    ctx.exit(1 if any(problem.kind == "unread" for problem in problems) else 0)
