"""The paper that a note is on is found where no link or field gives its title: in a heading, or in the file's name."""

from __future__ import annotations

import pytest

from papergraph.extract import extract
from papergraph.model import Extraction
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary


def papers(extraction: Extraction) -> list[str]:
    return [m.name for m in extraction.mentions if m.type == "Paper"]


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("a.md", "# Zorb: Finding Zebras in the Dark\n\nThis paper uses LoRA.\n\n## Abstract\n\nStripes.\n", ""),
        ("a.md", "# Zorb: Finding Zebras in the Dark阅读笔记\n\n本文使用 LoRA。\n\n## 摘要\n\n斑马。\n", ""),
        (
            "a.md",
            "# Review of the paper - Zorb: Finding Zebras in the Dark\n\nThe authors use LoRA.\n\n## Method\n\nx\n",
            "",
        ),
        (
            "2021_Find_zebras_with_long_stripes.md",
            "# Find zebras with long stripes\n\nx\n",
            "Find zebras with long stripes",
        ),
        (
            "zebra.md",
            "# Towards Striped Image Translation\nUC Berkeley and Adobe, ICLR 2017.\n\n## Introduction\n\nx\n",
            "Towards Striped Image Translation",
        ),
        (
            "zebra.md",
            "#Finding Zebras by Their Stripes at Night\n\n##Abstract\n\nThis paper uses LoRA.\n",
            "Finding Zebras by Their Stripes at Night",
        ),
        (
            "zebra.md",
            "# FINDING ZEBRAS BY STRIPES(用条纹寻找斑马)\n\n## 摘要\n\n作者使用 LoRA。\n",
            "FINDING ZEBRAS BY STRIPES",
        ),
        (
            "zebra.md",
            "# Zorb\n\n- **标题 (Title):** **ZORB: FINDING ZEBRAS IN THE DARK**\n",
            "ZORB: FINDING ZEBRAS IN THE DARK",
        ),
        (
            "zebra.md",
            "> 论文标题：Striped Zorb Transformer\n> 时间：2021\n\nIt uses LoRA.\n",
            "Striped Zorb Transformer",
        ),
    ],
)
def test_title_of_a_note_on_one_work(vocabulary: Vocabulary, path: str, text: str, title: str) -> None:
    assert (title or "Zorb: Finding Zebras in the Dark") in papers(extract(parse_document(text, path), vocabulary))


@pytest.mark.parametrize(
    "text",
    [
        "# Mixture of Zebras\n\nA topic of mine.\n\n## Related work\n\n- LoRA\n",
        "# Efficient Zebra Learning\n\nThe paper is old.\n",
        "# Papers on Finding Zebras by Night\n\n- [Zorb](https://arxiv.org/abs/2401.00001)\n- LoRA\n",
        "# How do I find zebras with LoRA?\n\nStripes.\n",
    ],
)
def test_a_note_on_a_topic_has_no_paper_of_its_own(vocabulary: Vocabulary, text: str) -> None:
    heading = text[2 : text.index("\n")]
    assert heading not in papers(extract(parse_document(text, "mixture-of-zebras.md"), vocabulary))


@pytest.mark.parametrize(
    ("path", "text", "surface"),
    [
        ("[ICLR 2021] Finding Zebras by Night with Stripes.md", "## Abstract\n\nThis paper uses LoRA.\n", "This paper"),
        ("Zorb：Finding Zebras by Night.md", "文章提出的 Zorb 使用 LoRA。\n", "文章"),
    ],
)
def test_a_title_that_only_the_file_has(vocabulary: Vocabulary, path: str, text: str, surface: str) -> None:
    extraction = extract(parse_document(text, path), vocabulary)
    (paper,) = (m for m in extraction.mentions if m.type == "Paper")
    assert paper.surface == paper.span.of(text) == surface
    assert "Finding Zebras by Night" in paper.name
    (entity,) = (e for e in resolve([extraction], vocabulary).entities if e.type == "Paper")
    assert surface not in entity.aliases  # it marks the place, and is no name


def test_front_matter_with_an_address_and_no_title(vocabulary: Vocabulary) -> None:
    text = "---\ntitle: Zorbula\nsource: https://arxiv.org/abs/2401.00001\n---\n\n# Zorbula\n\nZorbula uses LoRA.\n"
    extraction = extract(parse_document(text, "a.md"), vocabulary)
    assert [m.identifiers for m in extraction.mentions if m.type == "Paper"] == [("arXiv:2401.00001",)]


def test_a_common_word_is_no_name_that_is_spelt_with_capitals(vocabulary: Vocabulary) -> None:
    assert not vocabulary.find("quality")
    assert vocabulary.find("QuALITY")
