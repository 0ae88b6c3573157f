"""Reading corrections.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.correction import Correction, Reference
from papergraph.errors import ConfigError
from papergraph.sources.corrections import parse_corrections, read_corrections

HEADER = "decision\tsubject\tpredicate\tobject\tto\tnote\tsentence\tcomment\n"


def test_comments_empty_lines_and_either_line_end_are_fine() -> None:
    text = f"# mine\r\n\r\n{HEADER}\r\n# why\r\nreject\tMethod:H2O\textends\tSnapKV\t\t\t\tno\r\n".replace("\r\r", "\r")
    (row,) = parse_corrections(text, "c.tsv").corrections
    assert (row.subject, row.object) == (Reference("H2O", "Method"), Reference("SnapKV"))
    assert (row.comment, row.path, row.line) == ("no", "c.tsv", 6)


def test_columns_may_be_fewer_and_in_any_order() -> None:
    text = "subject\tobject\tdecision\tpredicate\nA\tB\taccept\tuses\n"
    assert [str(row) for row in parse_corrections(text, "c.tsv").corrections] == ["accept A uses B"]


def test_a_header_that_a_merge_repeats_is_no_correction() -> None:
    found = parse_corrections(f"{HEADER}not-entity\tA\n{HEADER}not-entity\tB\n", "c.tsv")
    assert [str(row.subject) for row in found.corrections] == ["A", "B"]
    assert found.problems == ()


def test_a_change_has_a_predicate_a_direction_or_both() -> None:
    lines = "".join(f"change\tA\textends\tB\t{to}\n" for to in ("uses", "reverse", "reverse uses"))
    rows = parse_corrections(HEADER + lines, "c.tsv").corrections
    assert [(row.to, row.reverse) for row in rows] == [("uses", False), ("", True), ("uses", True)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("rejct\tA\tuses\tB", "unknown decision 'rejct'; did you mean 'reject'?"),
        ("zzz\tA", "unknown decision 'zzz'; known: reject, accept"),
        ("reject\tA\tuse\tB", "unknown predicate 'use'; did you mean 'uses'?"),
        ("reject\tA\tuses", "reject needs a value for 'object'"),
        ("reject\tA\tuses\tB\tuses", "reject takes no value for 'to'; leave the cell empty"),
        ("add\tA\tuses\tB\t\ta.md", "add needs a value for 'sentence'"),
        ("change\tA\tuses\tB", "change needs a value for 'to'"),
        ("change\tA\tuses\tB\treverse us", "unknown predicate 'us'"),
        ("type\tA\t\t\tModle", "unknown type 'Modle'; did you mean 'Model'?"),
        ("same\tA\tB", "same needs a value for 'object'; the columns are: decision"),
        ("not-entity\tA\t\t\t\ta.md", "takes no value for 'note'"),
        ("<<<<<<< HEAD", "a conflict marker of git; resolve the conflict"),
        ("reject\tA\tuses\tB\t\t\t\t\t\tx", "10 cells for 8 columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_reported_and_the_others_hold(line: str, message: str) -> None:
    found = parse_corrections(f"{HEADER}not-entity\tA\n{line}\nnot-entity\tB\n", "c.tsv")
    assert [row.line for row in found.corrections] == [2, 4]
    (problem,) = found.problems
    assert str(problem).startswith("c.tsv:3: ")
    assert message in problem.message
    assert problem.kind == "unread"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dec\udcffision\tsubject\n", "c.tsv:1: not valid UTF-8; save the file as UTF-8"),
        ("decision\tsubjct\n", "did you mean 'subject'"),
        ("decision\tsubject\tsubject\n", "duplicate column 'subject'"),
        ("subject\tobject\n", "not the header of corrections; the columns are: decision, subject"),
    ],
)
def test_with_another_header_no_file_is_read(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_corrections(text, "c.tsv")


def test_without_its_header_a_file_is_read_as_if_it_stood_there() -> None:
    found = parse_corrections("# mine\nreject\tH2O\textends\tSnapKV\nnot-entity\tOurs\n", "c.tsv")
    assert [str(row) for row in found.corrections] == ["reject H2O extends SnapKV", "not-entity Ours"]
    (problem,) = found.problems
    assert (problem.line, problem.kind) == (2, "repaired")
    assert "put this line first, with tabs: decision subject predicate" in problem.message


def test_a_line_that_is_not_utf_8_is_reported_and_the_others_hold(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    path.write_bytes("decision\tsubject\nnot-entity\t清华\nnot-entity\tOurs\n".encode("gb18030"))
    found = read_corrections(path)
    assert [row.line for row in found.corrections] == [3]
    (problem,) = found.problems
    assert (problem.line, "save the file as UTF-8; the other lines hold" in problem.message) == (2, True)
    path.write_bytes("decision\tsubject\n# 清华\nnot-entity\tOurs\n".encode("gb18030"))
    assert read_corrections(path).problems == ()


def test_a_file_that_is_not_there_has_none_and_one_of_utf_16_is_refused(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "c.tsv").corrections == ()
    (tmp_path / "c.tsv").write_bytes("decision\tsubject\nnot-entity\tA\n".encode("utf-16"))
    with pytest.raises(ConfigError, match=r"c\.tsv:1: not valid UTF-8; save the file as UTF-8"):
        read_corrections(tmp_path / "c.tsv")
    with pytest.raises(ConfigError, match="cannot read the file"):
        read_corrections(tmp_path)


def test_a_type_stands_before_a_name_and_a_title_may_have_a_colon() -> None:
    assert Reference.read("SnapKV: LLM Knows") == Reference("SnapKV: LLM Knows")
    assert Reference.read("Paper:SnapKV: LLM Knows") == Reference("SnapKV: LLM Knows", "Paper")
    assert str(Correction("reject", Reference("A", "Method"), "uses", Reference("B"), polarity="negative")) == (
        "reject Method:A not uses B"
    )


def test_the_path_of_a_note_is_taken_as_it_is() -> None:
    (row,) = parse_corrections(f"{HEADER}reject\tA  B\tuses\tC\t\tmy  notes/a.md\tA  B\n", "c.tsv").corrections
    assert (row.note, row.sentence) == ("my  notes/a.md", "A B")


def test_empty_cells_at_the_end_of_lines_as_spreadsheets_write_them_are_fine() -> None:
    text = "decision\tsubject\tcomment\t\t \nnot-entity\tA\t\t\t\t\t\nnot-entity\tB\twhy\t\n"
    found = parse_corrections(text, "c.tsv")
    assert [(str(row.subject), row.comment) for row in found.corrections] == [("A", ""), ("B", "why")]
    assert found.problems == ()
    with pytest.raises(ConfigError, match="unknown column ''"):
        parse_corrections("decision\t\tsubject\n", "c.tsv")
