"""The work that a note is on, in the layouts that people use: a case file of made-up notes, each with its file name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from papergraph.extract import annotate, relate
from papergraph.extract.annotation import Annotation
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

CASES = Path(__file__).parents[1] / "cases" / "own_work.md"


class Case(NamedTuple):
    """A note in one layout, and what must be found in it."""

    title: str
    path: str
    note: str
    facts: list[str]


def read_cases() -> list[Case]:
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("\n\n.\n\n")[1:]:
        title, path, note, facts = part.split("\n.\n")
        cases.append(Case(title.strip(), path.strip(), note.strip("\n") + "\n", facts.strip().splitlines()))
    return cases


def found(annotation: Annotation) -> set[str]:
    """Return the paper of the whole note, what it introduces, and each claim about either of them as `it uses LoRA`."""
    mentions = annotation.mentions
    whole = next((e for e in annotation.entries if e.whole), None)
    facts = {f"{m.type} {m.name}" for m in mentions}
    if whole is None:
        return facts | {"no subject", "no paper"}
    things = [mentions[c].name for c in whole.contributions]
    facts |= {f"introduces {name}" for name in things or ["none"]}
    facts.add(f"paper {mentions[whole.paper].name}" if whole.paper >= 0 else "no paper")
    own = {*things, *([mentions[whole.paper].name] if whole.paper >= 0 else [])}
    stated = (r for r in relate(annotation) if r.polarity == "positive" and mentions[r.subject].name in own)
    return facts | {f"it {r.predicate} {mentions[r.object].name}" for r in stated}


@pytest.mark.parametrize("case", read_cases(), ids=[c.title for c in read_cases()])
def test_case(case: Case, vocabulary: Vocabulary) -> None:
    facts = found(annotate(parse_document(case.note, case.path), vocabulary))
    for fact in case.facts:
        if fact.startswith("not "):
            assert fact.removeprefix("not ") not in facts
        else:
            assert fact in facts, sorted(facts)
