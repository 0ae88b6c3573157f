"""`papergraph review`: one key decides, and every decision is written at once."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.cli.corrected import built_folder
from tests.conftest import Outcome, Run

NOTE = """A line before.

SnapKV extends H2O.

SnapKV outperforms StreamingLLM.

LoRA is evaluated on LongBench.

We propose ZorbingCache. We propose ZorbinngCache.
"""
Review = Callable[..., Outcome]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"), NOTE)


@pytest.fixture
def review(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Review:
    """Review the claims of a folder with these lines of input."""
    shutil.copytree(built, tmp_path / "vault")
    monkeypatch.chdir(tmp_path / "vault")

    def call(*keys: str, words: tuple[str, ...] = ()) -> Outcome:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
        return run("review", *words)

    return call


def rows() -> list[str]:
    path = Path("corrections.tsv")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [" ".join(line.split("\t")) for line in lines if not line.startswith(("#", "decision"))]


def test_a_claim_is_shown_with_the_lines_around_its_sentence(review: Review) -> None:
    outcome = review("q", words=("--about", "H2O"))
    assert outcome.code == 0
    shown = outcome.out.splitlines()[1:6]
    assert re.fullmatch(r"1/1  SnapKV \(Method\)  extends  H2O \(Method\)  0\.\d+", shown[0])
    assert shown[1:] == [
        "  cache.md:3",
        "    A line before.",
        "  > SnapKV extends H2O.",
        "    SnapKV outperforms StreamingLLM.",
    ]
    assert rows() == []


def test_keys_decide_and_what_is_decided_is_not_asked_again(review: Review) -> None:
    outcome = review("a", "r", "s")
    assert [row.split()[0] for row in rows()] == ["accept", "reject"]
    assert "2 written to corrections.tsv; the next papergraph build applies them" in outcome.err
    again = review("q")
    assert "1/1  " in again.out
    assert review("a").code == 0
    assert "nothing to decide on" in review("a").err


def test_a_change_asks_what_to(review: Review) -> None:
    review("c", "uses", "y", words=("--about", "H2O"))
    assert rows() == ["change Method:SnapKV extends Method:H2O reverse uses"]


def test_a_decision_is_undone_and_asked_again(review: Review) -> None:
    outcome = review("u", "a", "u", "r", "q", words=("--about", "SnapKV"))
    assert "nothing to undo" in outcome.out
    assert "removed: accept" in outcome.out
    assert [row.split()[0] for row in rows()] == ["reject"]


def test_ends_of_a_claim_are_merged_and_split(review: Review) -> None:
    review("m", "s", "StreamingLLM", "x", "o", "Heavy-Hitter Oracle", "q", words=("--about", "H2O"))
    assert rows() == ["same Method:SnapKV  Method:StreamingLLM", "different Method:H2O  Method:Heavy-Hitter Oracle"]


def test_what_cannot_be_is_explained_and_asked_again(review: Review) -> None:
    outcome = review("c", "evaluatedOn", "", "m", "o", "Zorb", "z", "q", words=("--about", "H2O"))
    assert "evaluatedOn does not relate a Method to a Method" in outcome.out
    assert "no entity named 'Zorb'" in outcome.out
    assert outcome.out.count("1/1  ") == 4
    assert rows() == []


def test_the_end_of_input_ends_it_and_keeps_what_was_written(review: Review) -> None:
    assert review("a").code == 0
    assert len(rows()) == 1


def test_on_a_terminal_a_key_needs_no_enter(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter("as")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(click, "getchar", lambda: next(keys, "q"))
    monkeypatch.setattr(io, "StringIO", Terminal)
    assert review().code == 0
    assert len(rows()) == 1


def test_entities_with_similar_names_are_merged_or_kept_apart(review: Review) -> None:
    outcome = review("z", "n", words=("--merges",))
    assert "ZorbingCache (Method)  cache.md:9\n  = ZorbinngCache (Method)  cache.md:9 ?" in outcome.out
    assert rows() == ["different Method:ZorbingCache  Method:ZorbinngCache"]
    assert "nothing to decide on" in review("y", words=("--merges",)).err


def test_undo_takes_nothing_back_that_stood_in_the_file_before(
    review: Review, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter(["a", "u", "q"])

    def key_after_another_run() -> str:
        key = next(keys)
        if key == "a":
            for claim in (("extends", "H2O"), ("outperforms", "StreamingLLM")):
                assert run("correct", "accept", "SnapKV", *claim).code == 0
        return key

    monkeypatch.setattr("papergraph.cli.review._first_letter", key_after_another_run)
    outcome = review(words=("--about", "SnapKV"))
    assert "nothing to undo" in outcome.out
    assert "written to" not in outcome.err
    assert len(rows()) == 2
