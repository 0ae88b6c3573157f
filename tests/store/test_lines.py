from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papergraph.store.lines import SortedLines, field, join_lines, map_file, text_of

TEXTS = st.text(st.sampled_from("ab\\\t\n\r\ud800注"), max_size=5)


@given(texts=st.sets(TEXTS), start=TEXTS)
def test_lines_are_found_by_their_beginning_and_by_any_part(texts: set[str], start: str) -> None:
    lines = SortedLines(join_lines(map(field, texts)))
    assert {text_of(line) for line in lines.starting(field(start))} == {t for t in texts if t.startswith(start)}
    part = field(start) or b"a"
    assert list(lines.holding(part, b"")) == sorted(field(t) for t in texts if part in field(t))


@given(TEXTS)
def test_a_field_gives_back_its_text(text: str) -> None:
    assert text_of(field(text)) == text
    assert not {b"\t"[0], b"\n"[0]} & set(field(text))


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "one").write_bytes(join_lines([b"x"]))
    assert list(SortedLines(map_file(tmp_path / "empty")).starting(b"")) == []
    assert list(SortedLines(map_file(tmp_path / "one")).starting(b"")) == [b"x"]
