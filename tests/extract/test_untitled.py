"""Papers that are only linked are called by what they introduce."""

from __future__ import annotations

import pytest

from papergraph.extract import extract
from papergraph.model import Extraction
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary


def papers(vocabulary: Vocabulary, *texts: str) -> list[str]:
    extractions: list[Extraction] = [extract(parse_document(t, f"{n}.md"), vocabulary) for n, t in enumerate(texts)]
    return [e.label for e in resolve(extractions, vocabulary).entities if e.type == "Paper"]


LINKED = "- **TokenTrim** ([paper](https://arxiv.org/abs/2402.00001)): evicts what nobody attends to.\n"


def test_a_paper_without_a_title_is_called_by_its_work_and_address(vocabulary: Vocabulary) -> None:
    assert papers(vocabulary, LINKED) == ["TokenTrim (https://arxiv.org/abs/2402.00001)"]


def test_a_title_in_another_note_counts_more(vocabulary: Vocabulary) -> None:
    titled = "- [Trimming What Nobody Attends To in Long Contexts](https://arxiv.org/abs/2402.00001)\n"
    assert papers(vocabulary, LINKED, titled) == ["Trimming What Nobody Attends To in Long Contexts"]


@pytest.mark.parametrize("text", ["- See https://arxiv.org/abs/2402.00001\n", "https://arxiv.org/abs/2402.00001\n"])
def test_a_paper_that_introduces_nothing_keeps_its_address(vocabulary: Vocabulary, text: str) -> None:
    assert papers(vocabulary, text) == ["https://arxiv.org/abs/2402.00001"]
