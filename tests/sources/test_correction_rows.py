"""Changing the text of corrections.tsv."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.correction import DECISIONS, OF_CLAIMS, Correction, Reference
from papergraph.sources.correction_rows import add_rows, remove_line
from papergraph.sources.corrections import parse_corrections

A, B = Reference("A", "Method"), Reference("B")
REJECT = Correction("reject", A, "extends", B, note="a.md", sentence="A\textends B.")


def test_a_new_file_says_what_it_is() -> None:
    text = add_rows("", [REJECT])
    assert text.startswith("# Corrections of the graph")
    assert text.endswith("\nreject\tMethod:A\textends\tB\t\ta.md\tA extends B.\n")


def test_everything_else_in_a_file_stays_as_it_is() -> None:
    before = "# mine\n\nsubject\tdecision\tcomment\n# first\nA\tnot-entity\twhy\nbroken"
    after = add_rows(before, [Correction("not-entity", B)])
    assert after == before + "\nB\tnot-entity\n"
    assert remove_line(after, 7) == before + "\n"


def test_line_ends_of_a_file_are_kept() -> None:
    text = add_rows("decision\tsubject\r\n", [Correction("not-entity", B)])
    assert text == "decision\tsubject\r\nnot-entity\tB\r\n"


def test_a_column_that_the_file_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no column 'predicate'; add it to the header"):
        add_rows("decision\tsubject\n", [REJECT])


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=8)


@given(st.sampled_from(DECISIONS), words, words, words, words)
def test_what_is_written_is_read_again(decision: str, one: str, other: str, note: str, comment: str) -> None:
    kind = next(d for d in DECISIONS if d == decision)
    is_claim = kind in OF_CLAIMS
    row = Correction(
        kind,
        Reference(one, "Method"),
        "uses" if is_claim else "",
        Reference(other, "Model") if is_claim or kind in {"same", "different"} else Reference(""),
        to={"type": "Model", "label": other, "change": "extends"}.get(kind, ""),
        note=note if is_claim else "",
        sentence=other if is_claim else "",
        comment=comment,
    )
    (again,) = parse_corrections(add_rows("", [row]), "").corrections
    assert str(again) == str(row)
    assert (again.note, again.sentence, again.comment) == (row.note, row.sentence, row.comment)


def test_a_header_may_end_in_empty_cells_or_be_missing() -> None:
    before = "decision\tsubject\t\t\n"
    assert add_rows(before, [Correction("not-entity", B)]) == before + "not-entity\tB\n"
    (row,) = parse_corrections(add_rows("# mine\n", [REJECT]), "").corrections
    assert row.decision == "reject"
