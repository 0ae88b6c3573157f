"""Calibration of a language model: how often what it proposes and the notes prove is right on annotated notes.

    python benchmarks/calibrate_model.py --model NAME --replies proposals.jsonl [--set GOLD:NOTES ...] [--file FILE]

Writes the row of the model in FILE, which is data/propose/confidence.yaml unless said otherwise, and prints how often
its claims are right by the confidence stated for them, each author's with what the notes of all others alone say. Only
notes of the sets with a reply count.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from calibrate import MOST_OF_ONE, ROOT, VOCABULARY, author_of

from papergraph.export.record import note_record
from papergraph.extract import extract
from papergraph.extract.propose import add_proposals
from papergraph.extract.propose.trust import Counts, Trust, read_trust
from papergraph.model import Document, Extraction
from papergraph.pipeline.propose.replies import read_replies
from papergraph.quality.evaluate import Evaluation, Facts, evaluate, facts_of_record, read_gold
from papergraph.resolve import resolve
from papergraph.sources import find_notes, read_bytes, read_document

FILE = ROOT / "data" / "propose" / "confidence.yaml"
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal that gold decides."""

    author: str
    predicate: str
    """Empty for a name."""
    agreed: bool
    is_right: bool


def judge(
    gold: tuple[Facts, ...], documents: Iterable[Document], replies: Mapping[str, str], model: str
) -> Iterator[Judged]:
    """Yield every claim of the model that gold decides, and the names that it adds to those of the rules."""
    for document in documents:
        of_note = [facts for facts in gold if Path(facts.note).name == Path(document.path).name]
        ruled = extract(document, VOCABULARY)
        proposed = add_proposals(document, ruled, replies, model)
        if not proposed.answered:
            continue
        author = author_of(document.path)
        record, both = _evaluated(proposed.extraction, of_note)
        signs = {
            (r["subject"], r["predicate"], r["object"]): {e["tier"] == "model" for e in r["evidence"]}
            for r in record["relations"]
        }
        for judgement in both.judgements:
            if claim := judgement.claim:
                tiers = signs[claim.subject, claim.predicate, claim.object]
                if True in tiers:
                    yield Judged(author, claim.predicate, False in tiers, judgement.outcome == "right")
        yield from _names(author, _evaluated(ruled, of_note)[1], both)


def _evaluated(extraction: Extraction, gold: list[Facts]) -> tuple[dict[str, Any], Evaluation]:
    record = note_record(extraction, resolve([extraction], VOCABULARY))
    return record, evaluate(gold, [facts_of_record(record)])


def _names(author: str, ruled: Evaluation, both: Evaluation) -> Iterator[Judged]:
    """Yield for each outcome as many names as there are more with the model than without."""
    for outcome in ("right", "extra"):
        before, after = (sum(j.outcome == outcome and not j.claim for j in e.judgements) for e in (ruled, both))
        yield from [Judged(author, "", False, outcome == "right")] * (after - before)


def read_set(gold_folder: Path, notes_folder: Path, replies: Mapping[str, str], model: str) -> Iterator[Judged]:
    """Yield the judged proposals of a set."""
    gold = read_gold(gold_folder)
    wanted = {Path(facts.note).name for facts in gold}
    notes = (n for n in find_notes([notes_folder]).notes if Path(n.name).name in wanted)
    return judge(gold, (read_document(n.name, read_bytes(n)) for n in notes), replies, model)


def fit(judged: Collection[Judged]) -> Trust:
    """Return how far judged proposals say that their model is to be trusted; no author counts too much."""
    claims = [j for j in judged if j.predicate]
    alone = [j for j in claims if not j.agreed]
    relations = {p: _weighed([j for j in alone if j.predicate == p]) for p in sorted({j.predicate for j in alone})}
    names, agreed = [j for j in judged if not j.predicate], [j for j in claims if j.agreed]
    return Trust(_weighed(names), _weighed(agreed), _weighed(alone), relations)


def _weighed(judged: Iterable[Judged]) -> Counts:
    authors: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        authors[one.author].append(one.is_right)
    weights = {author: min(1.0, MOST_OF_ONE / len(found)) for author, found in authors.items()}
    right = sum(weights[author] * sum(found) for author, found in authors.items())
    return round(right, 2), round(sum(weights[author] * len(found) for author, found in authors.items()), 2)


def left_out(judged: Collection[Judged]) -> Iterator[tuple[float, Judged]]:
    """Yield each claim with the confidence that it has when its author's notes are not known."""
    for author in sorted({j.author for j in judged}):
        trust = fit([j for j in judged if j.author != author])
        of_author = (j for j in judged if j.author == author and j.predicate)
        yield from ((trust.of_claim(j.predicate, agreed=j.agreed), j) for j in of_author)


def reliability(judged: Collection[Judged]) -> Iterator[str]:
    """Yield the table of how often claims are right, by the confidence stated for them, on authors left out."""
    pairs = list(left_out(judged))
    yield "| claims | number | stated, mean | right |"
    yield "| --- | --- | --- | --- |"
    groups = [(f"{low:.1f} to {high:.1f}", [p for p in pairs if low <= p[0] < high]) for low, high in pairwise(BANDS)]
    groups += [("as the rules", [p for p in pairs if p[1].agreed]), ("alone", [p for p in pairs if not p[1].agreed])]
    for name, found in [*groups, ("all", pairs)]:
        if found:
            stated, right = sum(c for c, _ in found) / len(found), sum(j.is_right for _, j in found) / len(found)
            yield f"| {name} | {len(found)} | {stated:.2f} | {right:.2f} |"


def write(model: str, trust: Trust, path: Path) -> None:
    """Put the row of a model into the file; the others and the words at its top stay."""
    text = path.read_text(encoding="utf-8")
    rows = {name: read_trust(row) for name, row in (yaml.safe_load(text)["models"] or {}).items()}
    rows = {model: trust, **{name: row for name, row in rows.items() if name != model}}
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    path.write_text(f"{head}models:\n" + "".join(_row(name, row) for name, row in rows.items()), encoding="utf-8")


def _row(model: str, trust: Trust) -> str:
    fields = (("names", trust.names), ("agreed", trust.agreed), ("alone", trust.alone))
    lines = [f"  {_quoted(model)}:", *(f"    {key}: {_counts(counts)}" for key, counts in fields)]
    if trust.relations:
        lines += ["    relations:", *(f"      {key}: {_counts(c)}" for key, c in sorted(trust.relations.items()))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _counts(counts: Counts) -> str:
    right, judged = counts
    return f"[{right:g}, {judged:g}]"


def main() -> None:
    """Calibrate a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--replies", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="GOLD:NOTES")
    parser.add_argument("--file", type=Path, default=FILE)
    arguments = parser.parse_args()
    replies = read_replies(arguments.replies)
    judged: list[Judged] = []
    for one in arguments.set or [f"{ROOT / 'data' / 'gold'}:{ROOT / 'data' / 'notes'}"]:
        gold, _, notes = one.partition(":")
        judged += read_set(Path(gold), Path(notes), replies, arguments.model)
    if not judged:
        raise SystemExit("no reply of this model to an annotated note; check --model, --replies and --set")
    print("\n".join(reliability(judged)))
    write(arguments.model, fit(judged), arguments.file)


if __name__ == "__main__":
    main()
