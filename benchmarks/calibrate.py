"""Calibration of the rules: how often each is right on annotated notes, and whether that holds for other authors.

    python benchmarks/calibrate.py [--set GOLD:NOTES ...] [--page docs/quality.md]

Writes data/patterns/calibration.yaml from the gold of the sets, and puts a table into the page: each author's claims
with the confidence that they have when the notes of all others alone are known. Without a set it takes the sample
notes, which say too much: the rules were written with their gold at hand. An author is told by the name of the file:
what stands before its first hyphen, or before the second where many authors share a first word.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.assemble.relations import combined_confidence
from papergraph.export.record import note_record
from papergraph.extract import RULES, Rules, extract
from papergraph.extract.score.calibration import FAMILIES, MOST, Calibration, Family, calibrate_claims, family_of
from papergraph.model import Document, Evidence
from papergraph.quality.evaluate import Facts, evaluate, facts_of_record, read_gold
from papergraph.resolve import resolve
from papergraph.sources import find_notes, read_bytes, read_document
from papergraph.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
VOCABULARY = load_vocabulary()
UNCALIBRATED = Rules(tuple(rule for rule in RULES.rows if rule.find is not calibrate_claims))
SHARED_WORDS = frozenset({"more", "vault", "action", "topic"})
#: Claims of one author by one rule count as so many at most: a long list is one habit.
MOST_OF_ONE = 6.0
#: Judged claims that a share of all rules counts as, when the curve of a family is drawn.
PRIOR = 6.0
#: Other people's notes are read a little worse: the rules were written with much of this gold at hand.
DISCOUNT = 0.12
#: The same of a rule's own claims. Fresh readers found 130 of 188 claims right that were sampled from notes that nobody
#: had looked at, relations of all kinds in like parts, where 0.82 was stated: this is between those notes and the gold.
OF_ITS_OWN = 0.08
BAND = 0.1
HEADING = "## Confidence"
HEAD = """\
# How often the claims of rules are right, as benchmarks/calibrate.py measures on gold annotations; written by it.
# `families` are curves from how sure a rule is by its author (`said`) to how often it is right (`is`): `structure`,
# and sentences whose subject is `written` or `inferred`. `rules` are the right and the judged claims of a rule in the
# case in which it is so sure; a share of the right ones is taken off, since other notes are read a little worse.
"""


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence: a rule in one sentence, as sure as its author said."""

    rule: str
    family: Family
    said: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that gold decides."""

    author: str
    signs: tuple[Sign, ...]
    is_right: bool


def author_of(note: str) -> str:
    """Return who wrote a note, as far as the name of its file tells."""
    words = Path(note).stem.split("-")
    return "-".join(words[:2] if words[0] in SHARED_WORDS else words[:1])


def judge(gold: tuple[Facts, ...], documents: Iterable[Document]) -> Iterator[Judged]:
    """Yield every claim of the notes that gold decides, with all that speaks for it."""
    for document in documents:
        extraction = extract(document, VOCABULARY, UNCALIBRATED)
        record = note_record(extraction, resolve([extraction], VOCABULARY))
        said = {(c.span.start, c.span.end, c.extractor): c for c in extraction.relations}
        signs = {}
        for relation in record["relations"]:
            found = (said[e["start"], e["end"], e["extractor"]] for e in relation["evidence"])
            key = relation["subject"], relation["predicate"], relation["object"]
            signs[key] = tuple(Sign(c.extractor, family_of(c), c.confidence, c.sentence) for c in found)
        of_note = [facts for facts in gold if Path(facts.note).name == Path(document.path).name]
        for judgement in evaluate(of_note, [facts_of_record(record)]).judgements:
            if claim := judgement.claim:
                key = claim.subject, claim.predicate, claim.object
                yield Judged(author_of(document.path), signs[key], judgement.outcome == "right")


def read_set(gold_folder: Path, notes_folder: Path) -> Iterator[Judged]:
    """Return the judged claims of a set."""
    gold = read_gold(gold_folder)
    wanted = {Path(facts.note).name for facts in gold}
    notes = (n for n in find_notes([notes_folder]).notes if Path(n.name).name in wanted)
    return judge(gold, (read_document(n.name, read_bytes(n)) for n in notes))


def fit(judged: Iterable[Judged]) -> Calibration:
    """Return the calibration that judged claims give."""
    counts: dict[tuple[str, Family, float], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for claim in judged:
        for sign in set(claim.signs):
            counts[sign.rule, sign.family, round(sign.said, 2)][claim.author].append(claim.is_right)
    rules: dict[tuple[str, float], tuple[float, float]] = {}
    levels: dict[Family, dict[float, tuple[float, float]]] = {f: {} for f in FAMILIES}
    for (rule, family, said), authors in counts.items():
        right = judged_count = 0.0
        for outcomes in authors.values():
            weight = min(1.0, MOST_OF_ONE / len(outcomes))
            right, judged_count = right + weight * sum(outcomes), judged_count + weight * len(outcomes)
        rules[rule, said] = (round(max(right - OF_ITS_OWN * judged_count, 0.0), 2), round(judged_count, 2))
        before = levels[family].get(said, (0.0, 0.0))
        levels[family][said] = (before[0] + right, before[1] + judged_count)
    return Calibration({f: curve(levels[f]) for f in FAMILIES}, rules)


def curve(levels: dict[float, tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the points of a family, from 0 to 1, which never fall: levels that would fall share one height."""
    share = sum(r for r, _ in levels.values()) / max(1.0, sum(n for _, n in levels.values()))
    pools: list[tuple[float, float, list[float]]] = []
    for said, (right, judged) in sorted(levels.items()):
        pools.append((right + PRIOR * share, judged + PRIOR, [said]))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            (r1, n1, s1), (r2, n2, s2) = pools[-2:]
            pools[-2:] = [(r1 + r2, n1 + n2, s1 + s2)]
    inner = [(said, round(right / judged - DISCOUNT, 3)) for right, judged, group in pools for said in group]
    return ((0.0, 0.0), *inner, (1.0, MOST))


def stated(calibration: Calibration, claim: Judged) -> float:
    """Return the confidence that a graph states for a claim."""
    evidence = [
        Evidence("", "", 0, 0, 0, s.sentence, s.rule, "prose", calibration.confidence(s.rule, s.family, s.said))
        for s in claim.signs
    ]
    return combined_confidence(evidence)


def left_out(judged: list[Judged]) -> Iterator[tuple[float, Judged]]:
    """Yield each claim with the confidence that it has when its author's notes are not known."""
    for author in sorted({claim.author for claim in judged}):
        calibration = fit(claim for claim in judged if claim.author != author)
        yield from ((stated(calibration, claim), claim) for claim in judged if claim.author == author)


def reliability(judged: list[Judged]) -> Iterator[str]:
    """Yield the table of how often claims are right, by the confidence stated for them, on authors left out."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, claim in left_out(judged):
        bands[int(confidence / BAND + 1e-9)].append((confidence, claim.is_right))
    yield "| confidence | claims | stated, mean | right | difference |"
    yield "|" + " --- |" * 5
    rows = [*sorted(bands.items()), (-1, [pair for band in bands.values() for pair in band])]
    for number, pairs in rows:
        mean, right = sum(c for c, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)
        name = f"{number * BAND:.1f} to {(number + 1) * BAND:.1f}" if number >= 0 else "all"
        yield f"| {name} | {len(pairs)} | {mean:.2f} | {right:.2f} | {mean - right:+.2f} |"
    yield ""


def section(judged: list[Judged]) -> list[str]:
    """Return the section of the page on confidence."""
    return [
        f"{HEADING}\n",
        "How often claims are right, by the confidence that the graph states for them. Each author's claims carry",
        "the confidence that they have when only the notes of the others are known (`benchmarks/calibrate.py`).\n",
        *reliability(judged),
    ]


def write(calibration: Calibration, path: Path) -> None:
    """Write what extraction reads."""
    lines = [HEAD + "families:"]
    for family in FAMILIES:
        points = calibration.curves[family]
        lines += [f"  {family}:", f"    said: {[x for x, _ in points]}", f"    is: {[y for _, y in points]}"]
    lines.append("rules:")
    for (rule, said), (right, count) in sorted(calibration.rules.items()):
        lines.append(f'  "{rule} {said:.2f}": [{right:g}, {count:g}]')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Calibrate, and put the table into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="GOLD:NOTES")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "quality.md")
    arguments = parser.parse_args()
    judged: list[Judged] = []
    for one in arguments.set or [f"{ROOT / 'data' / 'gold'}:{ROOT / 'data' / 'notes'}"]:
        gold, _, notes = one.partition(":")
        judged += read_set(Path(gold), Path(notes))
    write(fit(judged), ROOT / "data" / "patterns" / "calibration.yaml")
    table = "\n".join(section(judged))
    print(table)
    page = arguments.page.read_text(encoding="utf-8")
    changed = re.sub(rf"{HEADING}\n.*?(?=\n## |\Z)", lambda _: table, page, count=1, flags=re.DOTALL)
    arguments.page.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main()
