"""Quality of extraction against gold: scores, how honest the confidence is, and what each rule is worth.

    python benchmarks/quality.py [--set NAME=GOLD:NOTES ...] [--out docs/quality.md] [--keep-ablation]

The gold of the repository is always measured, the sample notes apart from those of other kinds; further sets stay
outside of the repository. The ablation leaves out one recogniser or relater at a time and measures all sets together,
which takes most of the time; the section on confidence of the page stays as `benchmarks/calibrate.py` wrote it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from calibrate import HEADING as CONFIDENCE

from papergraph.export.record import note_record
from papergraph.extract import RULES, Rules, extract
from papergraph.model import Document
from papergraph.quality.evaluate import Evaluation, Facts, Score, evaluate, facts_of_record, read_gold
from papergraph.resolve import resolve
from papergraph.sources import find_notes, read_bytes, read_document
from papergraph.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
VOCABULARY = load_vocabulary()
WORTH = "## What each rule is worth"
GOLD = ROOT / "data" / "gold"
#: The sets of the repository, by name: gold and notes.
OWN = {
    "Sample notes (data/notes)": (GOLD, ROOT / "data" / "notes"),
    "Notes of other kinds (data/gold/notes)": (GOLD, GOLD / "notes"),
}


def read_set(gold_folder: Path, notes_folder: Path) -> tuple[tuple[Facts, ...], list[Document]]:
    """Return the gold of a set and its notes as read: what is in both folders."""
    notes = {Path(n.name).name: n for n in find_notes([notes_folder]).notes}
    gold = tuple(facts for facts in read_gold(gold_folder) if Path(facts.note).name in notes)
    found = (notes[Path(facts.note).name] for facts in gold)
    return gold, [read_document(n.name, read_bytes(n)) for n in found]


def measure(gold: Iterable[Facts], documents: Iterable[Document], rules: Rules = RULES) -> Evaluation:
    """Extract from notes and compare with gold."""
    extractions = (extract(document, VOCABULARY, rules) for document in documents)
    records = (note_record(e, resolve([e], VOCABULARY)) for e in extractions)
    return evaluate(gold, map(facts_of_record, records))


def table(header: str, rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {header} |"
    yield "|" + " --- |" * (header.count("|") + 1)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"
    yield ""


def cells(score: Score) -> tuple[object, ...]:
    """Return the cells of one score."""
    return (
        score.name,
        f"{score.precision:.3f}",
        f"{score.recall:.3f}",
        f"{score.f1:.3f}",
        score.right,
        score.extra,
        score.missed,
    )


def scores(name: str, result: Evaluation) -> Iterator[str]:
    """Yield the tables of one set."""
    header = "{} | P | R | F1 | right | extra | missed"
    yield f"## {name}\n"
    yield from table(header.format("entities"), map(cells, (*result.entities, result.entity_total)))
    yield from table(header.format("relations"), map(cells, (*result.relations, result.relation_total)))
    yield from table(header.format("relations by language"), map(cells, result.languages))
    if len(result.kinds) > 1:
        yield from table(header.format("relations by kind of note"), map(cells, result.kinds))
    rows = ((s.name, f"{s.precision:.3f}", s.right, s.extra) for s in result.tiers)
    yield from table("relations by tier | P | right | extra", rows)


def ablation(sets: list[tuple[tuple[Facts, ...], list[Document]]]) -> Iterator[str]:
    """Yield F1 without each recogniser and each relater in turn, over all sets together."""
    gold = [facts for one, _ in sets for facts in one]
    documents = [document for _, some in sets for document in some]
    whole = measure(gold, documents)
    rows = [("nothing", f"{whole.entity_total.f1:.3f}", f"{whole.relation_total.f1:.3f}")]
    for rule in (*RULES.steps("recogniser"), *RULES.steps("relater")):
        result = measure(gold, documents, Rules(tuple(r for r in RULES.rows if r.find is not rule.find)))
        entities = f"{result.entity_total.f1:.3f} ({result.entity_total.f1 - whole.entity_total.f1:+.3f})"
        relations = f"{result.relation_total.f1:.3f} ({result.relation_total.f1 - whole.relation_total.f1:+.3f})"
        rows.append((f"{rule.kind} {rule.find.__name__.partition('_')[2]}", entities, relations))
    yield from table("left out | entities F1 | relations F1", rows)


def kept(page: str, heading: str) -> list[str]:
    """Return a section of the page as it is; nothing if it has none."""
    found = re.search(rf"{re.escape(heading)}\n.*?(?=\n## |\Z)", page, flags=re.DOTALL)
    return [found[0].rstrip() + "\n"] if found else []


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=GOLD:NOTES")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "quality.md")
    parser.add_argument("--keep-ablation", action="store_true")
    arguments = parser.parse_args()
    named = dict(OWN)
    for one in arguments.set:
        name, _, places = one.partition("=")
        gold, _, notes = places.partition(":")
        named[name] = (Path(gold), Path(notes))
    sets = {name: read_set(*places) for name, places in named.items()}
    results = {name: measure(*one) for name, one in sets.items()}
    lines = [
        "# Quality of extraction\n",
        "Written by `python benchmarks/quality.py`. Notes are compared with gold as described in data/README.md;",
        "Topic and hasTopic are not in the totals. The rules were developed with these annotations, and the model",
        "(data/models) learned from some of them, so expect lower scores on other notes.\n",
    ]
    for name, result in results.items():
        lines += scores(name, result)
    page = arguments.out.read_text(encoding="utf-8") if arguments.out.is_file() else ""
    lines += kept(page, CONFIDENCE)
    if arguments.keep_ablation:
        lines += kept(page, WORTH)
    else:
        lines += [
            f"{WORTH}\n",
            "F1 over all sets above with one rule left out at a time.\n",
            *ablation(list(sets.values())),
        ]
    arguments.out.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
