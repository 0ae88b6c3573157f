"""What names no work."""

from __future__ import annotations

import pytest

from papergraph.extract import extract
from papergraph.model import Extraction
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary
from papergraph.vocabulary.link_labels import is_generic_title, is_label, is_no_institution

LABELS = """Paper PDF|[paper]|paper link|PDF|link|Code|GitHub|论文|链接|原文|Project page|here|HuggingFace|论文地址：
[Semantic Scholar]|Read the full paper on arXiv|paper/code|arXiv v2|代码 1"""


@pytest.mark.parametrize("text", LABELS.replace("\n", "|").split("|"))
def test_labels_are_told_by_their_words(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text", ["Paperspace", "CodeBERT", "LinkBERT: Pretraining Language Models", "论文写作", "GPT-2", "42nd"]
)
def test_a_name_with_another_word_is_no_label(text: str) -> None:
    assert not is_label(text)


def test_a_very_long_text_is_no_label() -> None:
    assert not is_label("paper " * 10_000)


def test_a_site_may_be_an_institution() -> None:
    assert not is_no_institution("GitHub")
    assert is_no_institution("链接")


def test_a_generic_title_is_one_whatever_marks_it_has() -> None:
    assert is_generic_title("**Technical Report.**")
    assert not is_generic_title("Qwen2 Technical Report")


def papers(text: str, vocabulary: Vocabulary) -> list[tuple[str, tuple[str, ...]]]:
    extraction: Extraction = extract(parse_document(text, "a.md"), vocabulary)
    return sorted((e.label, e.identifiers) for e in resolve([extraction], vocabulary).entities if e.type == "Paper")


ARXIV, OTHER = "https://arxiv.org/abs/2306.14048", "https://arxiv.org/abs/2306.14049"
OPENREVIEW = "https://openreview.net/forum?id=wHBfxhZu1u"
TITLE = "Zorb: A Long Title About Many Things in Caches"


@pytest.mark.parametrize(
    "entry",
    [
        f"- [{TITLE}]({ARXIV}) [[OpenReview]]({OPENREVIEW})",
        f"- {TITLE} [pdf]({ARXIV}), [code](https://a.org) | [here]({OPENREVIEW})",
    ],
)
def test_one_entry_with_links_to_two_places_is_one_paper(entry: str, vocabulary: Vocabulary) -> None:
    assert papers(entry, vocabulary) == [(TITLE, ("OpenReview:wHBfxhZu1u", "arXiv:2306.14048"))]


def test_a_second_link_behind_prose_or_of_the_same_scheme_is_another_paper(vocabulary: Vocabulary) -> None:
    for second in (f"unlike the older work ([OpenReview]({OPENREVIEW}))", f"[v2]({OTHER})"):
        found = papers(f"- [{TITLE}]({ARXIV}) {second}", vocabulary)
        assert (TITLE, ("arXiv:2306.14048",)) in found
        assert len(found) == 2


def test_entries_whose_links_have_labels_for_titles_stay_apart(vocabulary: Vocabulary) -> None:
    text = f"- **Zorb**\n\n  [[Paper PDF]]({ARXIV})\n\n- **Quux**\n\n  [[Paper PDF]]({OTHER})\n"
    found = papers(text, vocabulary)
    assert [ids for _, ids in found if len(ids) > 1] == []
    assert len(found) == 2
    assert not any(is_label(label) for label, _ in found)


def test_links_in_lines_of_their_own_below_a_title_are_its_own(vocabulary: Vocabulary) -> None:
    below = f"  [[Paper PDF]]({ARXIV}) [[Code]](https://github.com/a/b) [[OpenReview]]({OPENREVIEW})"
    assert papers(f"- **{TITLE}**\n\n{below}\n", vocabulary) == [(TITLE, ("OpenReview:wHBfxhZu1u", "arXiv:2306.14048"))]
    assert papers(f"- {TITLE}\n  - 论文：[链接]({ARXIV})\n", vocabulary) == [(TITLE, ("arXiv:2306.14048",))]
    two = papers(f"- {TITLE}\n  - [paper]({ARXIV})\n  - [paper]({OTHER})\n", vocabulary)
    assert sorted(ids for _, ids in two) == [(), ("arXiv:2306.14048",), ("arXiv:2306.14049",)]


def test_the_end_of_a_file_name_is_no_part_of_a_title(vocabulary: Vocabulary) -> None:
    assert papers(f"- **{TITLE}**\n  - 论文：[{TITLE}.pdf]({ARXIV})\n", vocabulary) == [(TITLE, ("arXiv:2306.14048",))]


def test_a_label_in_a_field_is_no_institution(vocabulary: Vocabulary) -> None:
    extraction = extract(parse_document("> **机构:** 清华, 链接\n", "a.md"), vocabulary)
    assert [m.surface for m in extraction.mentions if m.type == "Institution"] == ["清华"]
