"""`papergraph evaluate`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from papergraph.cli.session import Session, json_option
from papergraph.errors import ConfigError
from papergraph.quality.evaluate import Evaluation, Score, below, facts_of_record, read_gold
from papergraph.quality.evaluate import evaluate as compare
from papergraph.text.terminal import json_text, printable


@click.command(short_help="Score the extraction against gold annotations.")
@click.argument("paths", nargs=-1, metavar="[GOLD_DIR] NOTES...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from-corrections",
    is_flag=True,
    help="Score against corrections.tsv instead of GOLD_DIR: how many of the claims it decides on are right.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Count extends, improvesOn and uses as different relations, and so outperforms and comparedWith.",
)
@click.option("--differences", is_flag=True, help="List extra (+) and missed (-) entities and relations.")
@click.option(
    "--floors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML file with the minimum score of each row; exit with 1 if a score is lower.",
)
@json_option
@click.pass_context
def evaluate(
    ctx: click.Context,
    paths: tuple[Path, ...],
    from_corrections: bool,
    strict: bool,
    differences: bool,
    floors: Path | None,
    as_json: bool,
) -> None:
    """Score the extraction from NOTES against the annotations in GOLD_DIR: precision, recall and F1.

    With --from-corrections, GOLD_DIR is omitted, and NOTES are by default those set in papergraph.toml. Accepted claims
    count as right, rejected and changed ones as wrong, added ones that no rule finds as missed.
    """
    from papergraph.pipeline.steps import extract_records

    session: Session = ctx.obj
    if from_corrections:
        if strict or differences or floors:
            raise click.UsageError("--from-corrections excludes --strict, --differences and --floors")
        _score_corrections(session, paths, as_json=as_json)
        return
    gold_dir, notes = _gold_and_notes(paths)
    gold = read_gold(gold_dir)
    records, problems = extract_records(notes, session.config)
    for problem in problems:
        session.say(str(problem))
    result = compare(gold, map(facts_of_record, records), strict=strict)
    if as_json:
        click.echo(json_text(_record(result), indent=2))
    else:
        click.echo(_table(result), nl=False)
    if differences:
        click.echo("\n".join(map(printable, result.differences)))
    low = list(below(result, _read_floors(floors))) if floors else []
    for line in low:
        session.say(line)
    ctx.exit(1 if low or problems else 0)


def _gold_and_notes(paths: tuple[Path, ...]) -> tuple[Path, tuple[Path, ...]]:
    if len(paths) < 2:
        raise click.UsageError("give GOLD_DIR and NOTES, or --from-corrections")
    if not paths[0].is_dir():
        raise click.BadParameter(f"{paths[0]} is not a folder.", param_hint="GOLD_DIR")
    return paths[0], paths[1:]


def _score_corrections(session: Session, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Score the claims of notes by what people decided about them."""
    from papergraph.pipeline.corrections.outcomes import report_corrections
    from papergraph.quality.from_corrections import judge_claims

    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("no notes given: name folders or files, or set notes = [...] in papergraph.toml")
    report = report_corrections(chosen, session.config)
    for problem in report.problems:
        session.say(str(problem))
    result = judge_claims(report.outcomes)
    tables = (("predicates", (*result.predicates, result.total)), ("rules", result.rules), ("confidence", result.bands))
    if as_json:
        click.echo(json_text({title: [_row_record(s) for s in scores] for title, scores in tables}, indent=2))
        return
    for title, scores in tables:
        click.echo(f"{title:24} {'P':>6}  right/wrong/missed")
        for s in scores:
            click.echo(f"  {printable(s.name):22} {s.precision:6.3f}  {s.right}/{s.extra}/{s.missed}")


def _read_floors(path: Path) -> dict[str, dict[str, float]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: invalid TOML: {error}") from error


def _table(result: Evaluation) -> str:
    lines: list[str] = []
    for title, scores, total in (
        ("entities", result.entities, result.entity_total),
        ("relations", result.relations, result.relation_total),
    ):
        lines.append(f"{title:18} {'P':>6} {'R':>6} {'F1':>6}  right/extra/missed")
        lines += [_row(s) for s in scores]
        lines.append(_row(total))
    lines.append(f"{'relations by language':18}")
    lines += [_row(s) for s in result.languages]
    if result.kinds:
        lines.append(f"{'relations by kind of note':18}")
        lines += [_row(s) for s in result.kinds]
    lines.append(f"{'relations by tier (precision)':18}")
    lines += [f"  {s.name:16} {s.precision:6.3f} {'':13}  {s.right}/{s.extra}" for s in result.tiers]
    return "\n".join(lines) + "\n"


def _row(score: Score) -> str:
    counts = f"{score.right}/{score.extra}/{score.missed}"
    return f"  {score.name:16} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}  {counts}"


def _row_record(score: Score) -> dict[str, object]:
    return {
        "name": score.name,
        "precision": round(score.precision, 4),
        "right": score.right,
        "wrong": score.extra,
        "missed": score.missed,
    }


def _record(result: Evaluation) -> dict[str, object]:
    def row(score: Score) -> dict[str, object]:
        return {
            "name": score.name,
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": score.f1,
            "right": score.right,
            "extra": score.extra,
            "missed": score.missed,
        }

    return {
        "entities": [row(s) for s in (*result.entities, result.entity_total)],
        "relations": [row(s) for s in (*result.relations, result.relation_total)],
        "languages": [row(s) for s in result.languages],
        "kinds": [row(s) for s in result.kinds],
        "tiers": [row(s) for s in result.tiers],
        "differences": list(result.differences),
    }
