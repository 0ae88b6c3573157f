"""`papergraph extract` and `papergraph evaluate`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.conftest import NOTES, ROOT, Run


def test_extract_prints_one_object_per_note(run: Run) -> None:
    lines = run("extract", NOTES, "--format", "jsonl").out.splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == len(list(NOTES.glob("*.md")))
    for record in records:
        text = (NOTES / record["note"]).read_text(encoding="utf-8")
        ids = {e["id"] for e in record["entities"]}
        for entity in record["entities"]:
            assert set(entity) == {"id", "type", "name", "aliases", "identifiers", "mentions"}
            for mention in entity["mentions"]:
                assert text[mention["start"] : mention["end"]] == mention["text"]
                assert text.count("\n", 0, mention["start"]) + 1 == mention["line"]
        for relation in record["relations"]:
            assert {relation["subject"], relation["object"]} <= ids
            assert 0 < relation["confidence"] <= 1
            assert relation["evidence"][0]["text"]


def test_extract_reads_stdin_and_indents(run: Run, monkeypatch: object, tmp_path: Path) -> None:
    import io
    import sys

    sys.stdin = io.TextIOWrapper(io.BytesIO(b"- SnapKV improves on H2O, a KV cache method\n"), encoding="utf-8")
    try:
        record = json.loads(run("extract", "-", "--format", "json").out)
    finally:
        sys.stdin = sys.__stdin__
    assert {e["name"] for e in record["entities"]} >= {"SnapKV", "H2O"}


def test_extract_reports_what_it_could_not_read(run: Run, tmp_path: Path) -> None:
    outcome = run("extract", tmp_path / "missing.md")
    assert (outcome.code, "does not exist" in outcome.err) == (1, True)


@pytest.mark.parametrize(("text", "reason"), [("   ", "is empty"), ("a" * 2_000_001, "larger than max_bytes")])
def test_a_fault_of_stdin_loses_no_other_note(
    text: str, reason: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("H2O evicts the KV cache\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    outcome = run("extract", tmp_path / "a.md", "-")
    assert (outcome.code, len(outcome.out.splitlines())) == (1, 1)
    assert f"stdin: {reason}" in outcome.err


def test_a_closed_stdin_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    outcome = run("extract", "-")
    assert (outcome.code, outcome.err) == (1, "stdin: is closed\n")


@pytest.mark.slow
def test_our_own_gold_holds_its_floor(run: Run) -> None:
    gold = ROOT / "data" / "gold"
    outcome = run("evaluate", gold, NOTES, gold / "notes", "--floors", gold / "floors.toml", "--differences")
    assert outcome.code == 0, outcome.err
    record = json.loads(run("evaluate", gold, gold / "notes", "--json", "--strict").out)
    assert record["entities"][-1]["name"] == "all"


@pytest.mark.slow
def test_a_score_below_its_floor_fails(run: Run, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[relations]\nall = 1.0\n", encoding="utf-8")
    outcome = run("evaluate", ROOT / "data" / "gold", NOTES, "--floors", floors)
    assert (outcome.code, "below 1.0" in outcome.err) == (1, True)
    floors.write_text("[relations", encoding="utf-8")
    assert "invalid TOML" in run("evaluate", ROOT / "data" / "gold", NOTES, "--floors", floors).err


@pytest.mark.slow
def test_the_seeds_are_read_well(run: Run, shared: Path) -> None:
    seeds, gold = shared / "notes" / "seeds", shared / "gold" / "seeds"
    outcome = run("evaluate", gold, seeds, "--json")
    totals = {row["name"]: row["f1"] for row in json.loads(outcome.out)["relations"]}
    assert totals["all"] >= 0.8
    assert totals["hasTopic"] >= 0.85
