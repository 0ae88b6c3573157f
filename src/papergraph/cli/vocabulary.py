"""`papergraph vocabulary`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from papergraph.cli.session import Session, jobs_option, json_option
from papergraph.errors import ConfigError
from papergraph.text.terminal import json_text, printable, shorten


@click.group(short_help="Check vocabulary files, and suggest new entries.")
def vocabulary() -> None:
    """Check and extend the vocabulary: the names that papergraph knows."""


@vocabulary.command(short_help="Report clashes, misspellings and unresolved ambiguity.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Check vocabulary FILES, those set in papergraph.toml, and the built-in ones.

    Problems are shown with file and line. Exits with 1 if anything is found.
    """
    from papergraph.vocabulary import load_vocabulary, vocabulary_problems

    session: Session = ctx.obj
    known = load_vocabulary([*files, *map(Path, session.config.vocabulary)])
    problems = vocabulary_problems(known)
    if as_json:
        click.echo(json_text({"entries": len(known.entries), "doubts": list(problems)}, indent=2))
    else:
        for problem in problems:
            click.echo(printable(problem))
        session.say(
            f"{len(known.entries):,} entries, {len(problems)} {'problem' if len(problems) == 1 else 'problems'}"
        )
    ctx.exit(1 if problems else 0)


@vocabulary.command(short_help="List frequent names in notes that are in no vocabulary.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--min",
    "least",
    type=click.IntRange(1),
    metavar="N",
    default=3,
    show_default=True,
    help="Minimum number of mentions.",
)
@click.option("--format", "form", type=click.Choice(["table", "tsv", "yaml"]), default="table", show_default=True)
@click.option("--propose", "proposed", is_flag=True, help="List what only the language model of the settings finds.")
@jobs_option
@json_option
@click.pass_context
def suggest(
    ctx: click.Context,
    paths: tuple[Path, ...],
    least: int,
    form: str,
    proposed: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """List frequent names in PATHS that are in no vocabulary, with count, place and likely type.

    `--format tsv` prints rows for your own vocabulary file; check the types before you use them. `--propose --format
    yaml` prints sentences that state a relation, as examples for your own patterns.
    """
    from papergraph.pipeline.steps import suggest_for
    from papergraph.vocabulary.suggest import rows_of

    session: Session = ctx.obj.with_jobs(jobs)
    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("no notes given: name folders or files, or set notes = [...] in papergraph.toml")
    if proposed and not session.config.propose:
        raise ConfigError('no model given: set propose = "NAME" in papergraph.toml')
    if form == "yaml":
        _print_examples(ctx, session, chosen, proposed=proposed)
        return
    suggestions, sentences, problems = suggest_for(chosen, session.config, least=least, proposed=proposed)
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
        session.say(f"{len(suggestions)} {'name' if len(suggestions) == 1 else 'names'} with at least {least} mentions")
    ctx.exit(1 if any(problem.kind == "unread" for problem in problems) else 0)


def _print_examples(ctx: click.Context, session: Session, paths: tuple[Path, ...], *, proposed: bool) -> None:
    """Print sentences that state a relation as the beginning of a pattern file."""
    from papergraph.pipeline.steps import suggest_patterns

    if not proposed:
        raise click.UsageError("--format yaml needs --propose")
    examples, problems = suggest_patterns(paths, session.config)
    for predicate, sentences in examples.items():
        click.echo(f"- predicate: {predicate}\n  examples:")
        for sentence in sentences:
            click.echo(f"    - {json_text(sentence)}")
    for problem in problems:
        session.say(printable(str(problem)))
    ctx.exit(1 if any(problem.kind == "unread" for problem in problems) else 0)
