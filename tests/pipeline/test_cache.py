from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import Attribute, Coreference, Extraction, Mention, RelationMention, Span
from papergraph.pipeline.cache import ExtractionCache, Kept, _digest, replies_to

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
SPAN = st.tuples(st.integers(0, 99), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1]))
SMALL = st.integers(0, 9)
CONFIDENCE = st.floats(0, 1)
MENTION = st.builds(Mention, SPAN, TEXT, SMALL, st.just("Method"), TEXT, TEXT, CONFIDENCE, TEXT, st.tuples(TEXT, TEXT))
RELATION = st.builds(
    RelationMention, SMALL, st.just("uses"), SMALL, SPAN, SMALL, TEXT, TEXT, st.just("prose"), CONFIDENCE
)
EXTRACTION = st.builds(
    Extraction,
    path=TEXT,
    sha256=TEXT,
    mentions=st.lists(MENTION, max_size=3).map(tuple),
    coreferences=st.lists(st.builds(Coreference, SMALL, SMALL, TEXT), max_size=2).map(tuple),
    attributes=st.lists(st.builds(Attribute, SMALL, TEXT, TEXT, SMALL), max_size=2).map(tuple),
    relations=st.lists(RELATION, max_size=2).map(tuple),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
)
PLAIN = Kept(Extraction("a.md", "0" * 64, (Mention(Span(0, 3), "H2O", 1, "Method", "H2O", "gazetteer", 0.9),)))


@given(EXTRACTION)
def test_an_extraction_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, extraction: Extraction) -> None:
    folder = tmp_path_factory.getbasetemp() / "cache"
    ExtractionCache(folder).write("key", Kept(extraction))
    assert ExtractionCache(folder).read("key") == Kept(extraction)


def test_half_a_surrogate_pair_as_in_odd_names_of_files_costs_only_the_keeping(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.write("odd", Kept(Extraction("a\udc80.md", "0" * 64, ())))
    assert cache.read("odd") is None


def test_what_is_not_there_is_none_and_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    assert ExtractionCache(tmp_path / "none").read("key") is None
    cache = ExtractionCache(None)
    cache.write("key", PLAIN)
    assert cache.read("key") is None
    cache.prune()


def stored(text: str) -> str:
    return f"{_digest(text.encode()).decode()}\n{text}"


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", stored("{"), stored("[]"), stored('{"path": 1}'), stored(json.dumps({"path": "a"}))],
)
def test_a_damaged_file_is_none_and_is_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.json").write_text(text)
    cache = ExtractionCache(tmp_path)
    assert cache.read("key") is None
    cache.write("key", PLAIN)
    assert cache.read("key") == PLAIN


def test_one_changed_letter_is_damage_even_where_the_json_stays_valid(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path)
    cache.write("key", PLAIN)
    path = tmp_path / "key.json"
    path.write_text(path.read_text().replace('"surface":"H2O"', '"surface":"H3O"'))
    assert cache.read("key") is None


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_bytes(b"\xff\xfe\x00")
    assert ExtractionCache(tmp_path).read("key") is None


def test_only_replies_to_the_requests_of_a_note_make_it_be_read_again(tmp_path: Path) -> None:
    kept = Kept(PLAIN.extraction, ("part 1", "part 2"), replies_to(("part 1", "part 2"), {"part 1": "{}"}))
    ExtractionCache(tmp_path, {"part 1": "{}"}).write("key", kept)
    for replies, stands in (
        ({"part 1": "{}"}, True),
        ({"part 1": "{}", "of another note": "{}"}, True),
        ({"part 1": "{}", "part 2": "{}"}, False),
        ({"part 1": '{"entities": []}'}, False),
        ({}, False),
    ):
        assert (ExtractionCache(tmp_path, replies).read("key") == kept) == stands


def test_pruning_removes_what_this_build_did_not_use(tmp_path: Path) -> None:
    old = ExtractionCache(tmp_path)
    for key in ("kept", "gone", "new"):
        old.write(key, PLAIN)
    (tmp_path / "kept.99.tmp").write_text("left by a killed build")
    cache = ExtractionCache(tmp_path)
    cache.read("kept")
    cache.write("new", PLAIN)
    cache.prune()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept.json", "new.json"]


def test_a_disk_that_refuses_costs_only_speed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = ExtractionCache(tmp_path / "file")
    cache.write("key", PLAIN)
    assert cache.read("key") is None
    cache.prune()
