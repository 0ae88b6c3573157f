"""What the name of a note's file says: signs, numbers and marks around a name are no part of it."""

from __future__ import annotations

import pytest

from papergraph.extract import extract
from papergraph.extract.file_name import name_of_file
from papergraph.model import Document
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

NOTE = "ZorbNet is a frame for zebras. It performs knowledge distillation and uses LoRA.\n"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("vision/🦖 DINO.md", "DINO"),
        ("018_zorb.md", "zorb"),
        ("3. Zorb.md", "Zorb"),
        ("@Zorb2021.md", "Zorb2021"),
        ("Zorb%3A Striped Nets ⭐.md", "Zorb: Striped Nets"),
        ("3D Zorb.md", "3D Zorb"),
        ("2024-05-01.md", "2024-05-01"),
        ("[2020] Zorb (v2).md", "[2020] Zorb (v2)"),
        ("🦖.md", "🦖"),
    ],
)
def test_name(path: str, name: str) -> None:
    assert name_of_file(Document(path, "", "")) == name


@pytest.mark.parametrize("path", ["🦓 ZorbNet.md", "02_ZorbNet.md", "zorb/ZorbNet.md"])
def test_a_note_without_a_title_is_about_what_its_file_is_called(vocabulary: Vocabulary, path: str) -> None:
    extraction = extract(parse_document(NOTE, path), vocabulary)
    names = {(extraction.mentions[r.subject].name, extraction.mentions[r.object].name) for r in extraction.relations}
    assert ("ZorbNet", "LoRA") in names


def test_an_ambiguous_name_is_meant_where_the_file_bears_it(vocabulary: Vocabulary) -> None:
    text = "DINO looks at zebras. It uses LoRA.\n"
    called, other = (extract(parse_document(text, path), vocabulary) for path in ("🦖 DINO.md", "zebras.md"))
    assert [m.name for m in called.mentions if m.surface == "DINO"] == ["DINO"]
    assert not [m for m in other.mentions if m.surface == "DINO"]
