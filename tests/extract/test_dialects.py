"""Notes as other programs write them: tests/cases/dialects holds one of each, and what is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.extract import extract
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

NOTES = sorted((Path(__file__).parents[1] / "cases" / "dialects").glob("*.md"))


@pytest.mark.parametrize("note", NOTES, ids=[n.stem for n in NOTES])
def test_dialect(note: Path, vocabulary: Vocabulary) -> None:
    extraction = extract(parse_document(note.read_text(encoding="utf-8"), note.name), vocabulary)
    names = [m.name for m in extraction.mentions]
    read = {f"{names[r.subject]} {r.predicate} {names[r.object]}" for r in extraction.relations}
    facts = note.with_suffix(".facts").read_text(encoding="utf-8").splitlines()
    assert [f for f in facts if not f.startswith("not ") and f not in read] == [], sorted(read)
    assert [f for f in facts if f.startswith("not ") and f[4:] in read] == []
