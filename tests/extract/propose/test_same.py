"""Mentions of one entry or spelling name the same, and those that the note equates."""

from __future__ import annotations

from papergraph.extract import extract
from papergraph.extract.propose.same import same_names
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary


def groups(note: str) -> list[list[str]]:
    found = extract(parse_document(note, "a.md"), load_vocabulary())
    return [[found.mentions[i].surface for i in group] for group in same_names(found)]


def test_spellings_of_an_entry_are_one_name() -> None:
    assert groups("H2O and SnapKV.\n\nThe Heavy-Hitter Oracle is fast.") == [["H2O", "Heavy-Hitter Oracle"], ["SnapKV"]]


def test_a_definition_makes_one_name_of_two() -> None:
    assert groups("We propose Murky Lantern Attention (MLAN). MLAN is fast.") == [
        ["Murky Lantern Attention", "MLAN", "MLAN"]
    ]
