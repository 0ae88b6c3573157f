"""A note on one paper whose file is called as the paper's work says what the paper introduces."""

from __future__ import annotations

import pytest

from papergraph.extract import extract
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

NOTE = (
    "# [Reading Long Notes in One Single Pass](https://arxiv.org/abs/2401.00014)\n\n"
    "tl;dr: ZorbNet keeps few rows. It uses LoRA.\n"
)


@pytest.mark.parametrize(("path", "introduced"), [("zorbnet.md", ["ZorbNet"]), ("lora.md", []), ("note.md", [])])
def test_the_file_names_the_work(vocabulary: Vocabulary, path: str, introduced: list[str]) -> None:
    extraction = extract(parse_document(NOTE, path), vocabulary)
    claims = [r for r in extraction.relations if r.predicate == "introduces"]
    assert [extraction.mentions[r.object].name for r in claims] == introduced
