"""What the parts of a note are for."""

from __future__ import annotations

import pytest

from papergraph.extract import RULES, annotate
from papergraph.extract.context import Context
from papergraph.extract.sections import heading_role
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("3.1 Experimental Setup", "experiments"),
        ("四、消融实验", "ablation"),
        ("Training Data", "training_data"),
        ("Related-work", "related"),
        ("模型的整体架构", "method"),
        ("Limitations and future work", "limits"),
        ("个人思考", "thoughts"),
        ("2 研究背景与动机", "background"),
        ("Comparison with existing methods", "comparison"),
        ("Mixture of Experts", ""),
        ("Language Models are Few-Shot Learners", ""),
        ("A Small Network That Tells Zebras From Horses", ""),
    ],
)
def test_a_heading_tells_what_its_section_is_for(heading: str, role: str) -> None:
    assert heading_role(heading) == role


def roles(note: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return what each block is for, by its text."""
    annotation = annotate(parse_document(note, "a.md"), vocabulary)
    context = Context.of(annotation, RULES)
    return {b.span.of(context.text): context.role_of(n) for n, b in enumerate(annotation.document.blocks)}


def test_subsections_and_items_share_the_role_of_what_they_hang_under(vocabulary: Vocabulary) -> None:
    note = "# Zorb\n\n## Experiments\n\n### Vision\n\n- one\n  - two\n\n## Zebras\n\nthree\n"
    found = roles(note, vocabulary)
    assert (found["one"], found["two"], found["three"]) == ("experiments", "experiments", "")


def test_labels_and_bold_lines_do_the_work_of_headings(vocabulary: Vocabulary) -> None:
    lines = "**实验**\n\none\n\n**其他事情**\n\ntwo\n\n"
    note = lines + "- 相关工作：three\n- **Method**\n  - four\n- A model of zebras: five\n"
    found = roles(note, vocabulary)
    assert (found["one"], found["two"], found["four"]) == ("experiments", "", "method")
    assert (found["相关工作：three"], found["A model of zebras: five"]) == ("related", "")


def test_headings_above_a_work_in_a_list_say_nothing_of_its_parts(vocabulary: Vocabulary) -> None:
    title = "[Zorb: A Fast Method for Everything in Language Models](https://arxiv.org/abs/2401.00001)"
    found = roles(f"# Reading\n\n## Evaluation\n\n- {title}\n  - one\n  - Results: two\n", vocabulary)
    assert (found["one"], found["Results: two"]) == ("", "experiments")
