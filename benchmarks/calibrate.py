"""Calibration of the rules: how often each is right on annotated notes, and whether that holds for other authors.

    python benchmarks/calibrate.py [--set GOLD:NOTES ...] [--unseen VERDICTS:NOTES ...] [--page docs/quality.md]

Writes data/patterns/calibration.yaml from the gold of the sets, and puts a table into the page: each author's claims
with the confidence that they have when the notes of all others alone are known. Without a set it takes the sample
notes, which say too much: the rules were written with their gold at hand. An author is told by the name of the file:
what stands before its first hyphen, or before the second where many authors share a first word.

The rules were written with much of the gold at hand, so that other people's notes are read a little worse. How much
worse, claims sampled from notes that nobody had looked at tell: a JSON list, each with its `evidence` (`file`, `line`,
`rule`), its `predicate` and a reader's `verdict`. Their shares set the discount on gold, and their counts stand beside
those of gold. What the rules of today no longer claim is passed over.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from papergraph.assemble.tally import combined_confidence
from papergraph.export.record import note_record
from papergraph.extract import RULES, Rules, extract
from papergraph.extract.score.calibration import FAMILIES, MOST, Calibration, Family, calibrate_claims, family_of
from papergraph.extract.score.learned import add_learned
from papergraph.model import Document, Evidence, Extraction, Mention
from papergraph.quality.evaluate import Facts, evaluate, facts_of_record, read_gold
from papergraph.resolve import resolve
from papergraph.sources import find_notes, read_bytes, read_document
from papergraph.text.folding import fold
from papergraph.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
VOCABULARY = load_vocabulary()
#: The rules by their authors' word; what a model adds says itself how often it is right.
UNCALIBRATED = Rules(tuple(rule for rule in RULES.rows if rule.find not in {calibrate_claims, add_learned}))
SHARED_WORDS = frozenset({"more", "vault", "action", "topic"})
#: Claims of one author by one rule count as so many at most: a long list is one habit.
MOST_OF_ONE = 6.0
#: Judged claims that a share of all rules counts as, when the curve of a family is drawn.
PRIOR = 6.0
#: What is taken off a rule's share on gold, where no claims from unseen notes tell it; and how much more of a family's.
DISCOUNT, OF_FAMILY = 0.04, 1.5
#: No discount is larger; it is found by halving so many times.
MOST_DISCOUNT, HALVINGS = 0.4, 12
BAND = 0.1
#: Parts into which unseen notes are put, each judged by the others.
FOLDS = 5
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


def read_unseen(verdicts: Path, notes_folder: Path) -> Iterator[Judged]:
    """Yield the claims that readers judged on notes nobody had looked at, as far as the rules still state them."""
    for row in json.loads(verdicts.read_text(encoding="utf-8")):
        signs: list[Sign] = []
        for evidence in row["evidence"]:
            extraction = _extraction(notes_folder, Path(evidence["file"]).relative_to(notes_folder).as_posix())
            signs += (
                Sign(c.extractor, family_of(c), c.confidence, c.sentence)
                for c in extraction.relations
                if (c.predicate, c.line) == (row["predicate"], evidence["line"])
                and _names(extraction.mentions[c.subject], row["subject"])
                and _names(extraction.mentions[c.object], row["object"])
            )
        if signs:
            yield Judged(row["evidence"][0]["file"], tuple(signs), row["verdict"] == "right")


@cache
def _extraction(folder: Path, note: str) -> Extraction:
    return extract(read_document(note, (folder / note).read_bytes()), VOCABULARY, UNCALIBRATED)


def _names(mention: Mention, label: str) -> bool:
    """Tell whether a mention may be of the thing with a label, which may be the name of its paper or of its method."""
    name = VOCABULARY.by_id(mention.vocabulary).name if mention.vocabulary else mention.name
    return fold(name) in fold(label) or fold(label) in fold(name) or mention.type == "Paper"


def fit(judged: Iterable[Judged], unseen: Iterable[Judged] = (), discount: float = DISCOUNT) -> Calibration:
    """Return the calibration that judged claims give: those of gold less a discount, those of unseen notes as they are.

    >>> one = Judged("a", (Sign("chain", "structure", 0.8, "X"),), is_right=True)
    >>> fit([one], [one], 0.1).rules["chain", 0.8]
    (1.9, 2.0)
    """
    gold, fresh = _counts(judged), _counts(unseen)
    rules: dict[tuple[str, float], tuple[float, float]] = {}
    levels: dict[Family, dict[float, tuple[float, float]]] = {f: {} for f in FAMILIES}
    for rule, family, said in gold.keys() | fresh.keys():
        right, judged_count = gold.get((rule, family, said), (0.0, 0.0))
        more_right, more = fresh.get((rule, family, said), (0.0, 0.0))
        kept = max(right - discount * judged_count, 0.0)
        before = rules.get((rule, said), (0.0, 0.0))
        own = before[0] + kept + more_right, before[1] + judged_count + more
        rules[rule, said] = (round(own[0], 2), round(own[1], 2))
        kept = max(right - OF_FAMILY * discount * judged_count, 0.0)
        before = levels[family].get(said, (0.0, 0.0))
        levels[family][said] = before[0] + kept + more_right, before[1] + judged_count + more
    return Calibration({f: curve(levels[f]) for f in FAMILIES}, rules)


def _counts(judged: Iterable[Judged]) -> dict[tuple[str, Family, float], tuple[float, float]]:
    """Return the right and the judged claims of each rule in each case; of one author's, so many at most."""
    counts: dict[tuple[str, Family, float], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for claim in judged:
        for sign in set(claim.signs):
            counts[sign.rule, sign.family, round(sign.said, 2)][claim.author].append(claim.is_right)
    found = {}
    for case, authors in counts.items():
        right = judged_count = 0.0
        for outcomes in authors.values():
            weight = min(1.0, MOST_OF_ONE / len(outcomes))
            right, judged_count = right + weight * sum(outcomes), judged_count + weight * len(outcomes)
        found[case] = right, judged_count
    return found


def measured_discount(judged: list[Judged], unseen: list[Judged]) -> float:
    """Return the discount with which gold alone states, on average, the share that is right on unseen notes."""
    if not unseen:
        return DISCOUNT
    share = sum(claim.is_right for claim in unseen) / len(unseen)
    low, high = 0.0, MOST_DISCOUNT
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        calibration = fit(judged, discount=middle)
        too_sure = sum(stated(calibration, claim) for claim in unseen) / len(unseen) > share
        low, high = (middle, high) if too_sure else (low, middle)
    return round((low + high) / 2, 3)


def curve(levels: dict[float, tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the points of a family, from 0 to 1, which never fall: levels that would fall share one height."""
    share = sum(r for r, _ in levels.values()) / max(1.0, sum(n for _, n in levels.values()))
    pools: list[tuple[float, float, list[float]]] = []
    for said, (right, judged) in sorted(levels.items()):
        pools.append((right + PRIOR * share, judged + PRIOR, [said]))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            (r1, n1, s1), (r2, n2, s2) = pools[-2:]
            pools[-2:] = [(r1 + r2, n1 + n2, s1 + s2)]
    inner = [(said, round(right / judged, 3)) for right, judged, group in pools for said in group]
    return ((0.0, 0.0), *inner, (1.0, MOST))


def stated(calibration: Calibration, claim: Judged) -> float:
    """Return the confidence that a graph states for a claim."""
    evidence = [
        Evidence("", "", 0, 0, 0, s.sentence, s.rule, "prose", calibration.confidence(s.rule, s.family, s.said))
        for s in claim.signs
    ]
    return combined_confidence(evidence)


def left_out(judged: list[Judged], unseen: list[Judged], discount: float) -> Iterator[tuple[float, Judged]]:
    """Yield each claim of gold with the confidence that it has when its author's notes are not known."""
    for author in sorted({claim.author for claim in judged}):
        calibration = fit((claim for claim in judged if claim.author != author), unseen, discount)
        yield from ((stated(calibration, claim), claim) for claim in judged if claim.author == author)


def reliability(judged: list[Judged], unseen: list[Judged], discount: float) -> Iterator[str]:
    """Yield the table of how often claims are right, by the confidence stated for them, on authors left out."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, claim in left_out(judged, unseen, discount):
        bands[int(confidence / BAND + 1e-9)].append((confidence, claim.is_right))
    yield "| confidence | claims | stated, mean | right | difference |"
    yield "|" + " --- |" * 5
    rows = [*sorted(bands.items()), (-1, [pair for band in bands.values() for pair in band])]
    for number, pairs in rows:
        mean, right = sum(c for c, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)
        name = f"{number * BAND:.1f} to {(number + 1) * BAND:.1f}" if number >= 0 else "all"
        yield f"| {name} | {len(pairs)} | {mean:.2f} | {right:.2f} | {mean - right:+.2f} |"
    yield ""


def told_of_unseen(judged: list[Judged], unseen: list[Judged], discount: float) -> Iterator[str]:
    """Yield a sentence on claims of unseen notes, with the confidence that the others of them and gold give each."""
    if not unseen:
        return
    notes = sorted({claim.author for claim in unseen})
    folds = [notes[start::FOLDS] for start in range(FOLDS)]
    total = 0.0
    for fold_of_notes in folds:
        known = [claim for claim in unseen if claim.author not in fold_of_notes]
        calibration = fit(judged, known, discount)
        total += sum(stated(calibration, claim) for claim in unseen if claim.author in fold_of_notes)
    right = sum(claim.is_right for claim in unseen)
    yield f"Of {len(unseen)} claims sampled from notes that nobody had looked at, {right / len(unseen):.2f} are right;"
    yield f"{total / len(unseen):.2f} is stated for them where gold and the judged claims of other notes are known.\n"


def section(judged: list[Judged], unseen: list[Judged], discount: float) -> list[str]:
    """Return the section of the page on confidence."""
    return [
        f"{HEADING}\n",
        "How often claims are right, by the confidence that the graph states for them. Each author's claims carry",
        "the confidence that they have when only the notes of the others are known (`benchmarks/calibrate.py`).\n",
        *reliability(judged, unseen, discount),
        *told_of_unseen(judged, unseen, discount),
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
    parser.add_argument("--unseen", action="append", default=[], metavar="VERDICTS:NOTES")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "quality.md")
    arguments = parser.parse_args()
    judged: list[Judged] = []
    for one in arguments.set or [f"{ROOT / 'data' / 'gold'}:{ROOT / 'data' / 'notes'}"]:
        gold, _, notes = one.partition(":")
        judged += read_set(Path(gold), Path(notes))
    unseen: list[Judged] = []
    for one in arguments.unseen:
        verdicts, _, notes = one.partition(":")
        unseen += read_unseen(Path(verdicts), Path(notes))
    discount = measured_discount(judged, unseen)
    write(fit(judged, unseen, discount), ROOT / "data" / "patterns" / "calibration.yaml")
    table = "\n".join(section(judged, unseen, discount))
    print(table)
    page = arguments.page.read_text(encoding="utf-8")
    changed = re.sub(rf"{HEADING}\n.*?(?=\n## |\Z)", lambda _: table, page, count=1, flags=re.DOTALL)
    arguments.page.write_text(changed, encoding="utf-8")


if __name__ == "__main__":
    main()
