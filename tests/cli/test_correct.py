"""`papergraph correct`: decisions are written, last, and can be undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.config import Config
from papergraph.errors import ConfigError, CorrectionError, UnknownNameError
from papergraph.pipeline import watch
from tests.cli.corrected import built_folder
from tests.conftest import Run

NOTE = """SnapKV extends H2O.

SnapKV outperforms StreamingLLM. Heavy-Hitter Oracle is old.

LoRA is evaluated on LongBench.
"""
EXTENDS = ("SnapKV", "extends", "H2O")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with notes, settings and their graph."""
    return built_folder(tmp_path_factory.mktemp("built"), NOTE)


@pytest.fixture
def vault(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built, tmp_path / "vault")
    monkeypatch.chdir(tmp_path / "vault")
    return tmp_path / "vault"


def rows(vault: Path) -> list[str]:
    lines = (vault / "corrections.tsv").read_text(encoding="utf-8").splitlines()
    return [" ".join(line.split("\t")) for line in lines if not line.startswith(("#", "decision"))]


def stated(run: Run) -> str:
    return run("query", "SELECT ?s ?p ?o { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }").out


@pytest.mark.parametrize("builds", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_a_rejected_claim_stays_away_through_rebuilds_and_a_new_name_of_its_note_until_it_is_undone(
    run: Run, vault: Path, builds: int
) -> None:
    assert run("correct", "reject", *EXTENDS, "--note", "cache.md", "--sentence", "SnapKV extends H2O").code == 0
    for number in range(builds):
        if number == builds // 2:
            (vault / "notes" / "cache.md").rename(vault / "notes" / "kv.md")
            (vault / "notes" / "more.md").write_text("LoRA is fine.\n", encoding="utf-8")
        outcome = run("build")
        assert (outcome.code, "not applied" in outcome.err) == (0, False)
        assert "method:h2o" not in stated(run)
    assert "corrections.tsv:3: removed: reject Method:SnapKV" in run("correct", "undo").err
    run("-q", "build")
    assert "method:h2o" in stated(run)
    assert rows(vault) == []


def test_a_change_of_corrections_reads_no_note_again(run: Run, vault: Path) -> None:
    def kept() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (vault / ".papergraph" / "cache").iterdir()}

    run("-q", "build")
    before = kept()
    run("correct", "accept", *EXTENDS)
    assert run("-q", "build").code == 0
    assert kept() == before
    shown = run("show", "H2O").out
    assert "SnapKV  1.00  corrected" in shown


def test_equal_notes_and_corrections_give_equal_graphs(run: Run, vault: Path) -> None:
    def digest() -> str:
        run("-q", "build", "--jobs", "1")
        return run("export", "--format", "nquads", "-o", "-").out

    first = digest()
    run("correct", "reject", *EXTENDS)
    run("correct", "entity", "LoRA", "--label", "Low rank")
    corrected = digest()
    assert corrected == digest()
    run("correct", "undo")
    run("correct", "undo")
    assert digest() == first != corrected


def test_every_command_writes_its_line(run: Run, vault: Path) -> None:
    sentence = "SnapKV outperforms StreamingLLM"
    for words in (
        ("accept", "SnapKV", "outperforms", "StreamingLLM", "--note", "cache.md"),
        ("change", *EXTENDS, "--to", "improvesOn", "--reverse", "--comment", "the other way"),
        ("add", "StreamingLLM", "comparedWith", "SnapKV", "--note", "cache.md", "--sentence", sentence),
        ("entity", "LoRA", "--type", "Model", "--label", "Low rank"),
        ("entity", "StreamingLLM", "--not"),
        ("split", "H2O", "Heavy-Hitter Oracle"),
        ("merge", "SnapKV", "LoRA"),
    ):
        outcome = run("correct", *words)
        assert outcome.code == 0, outcome.err
        assert outcome.out.startswith("corrections.tsv:")
    assert rows(vault) == [
        "accept Method:SnapKV outperforms Method:StreamingLLM  cache.md",
        "change Method:SnapKV extends Method:H2O reverse improvesOn   the other way",
        f"add Method:StreamingLLM comparedWith Method:SnapKV  cache.md {sentence}",
        "type Method:LoRA   Model",
        "label Method:LoRA   Low rank",
        "not-entity Method:StreamingLLM",
        "different Method:H2O  Method:Heavy-Hitter Oracle",
        "same Method:SnapKV  Method:LoRA",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("reject", "H2O", "extends", "SnapKV"), "no claim 'H2O extends SnapKV'; it has: SnapKV extends H2O"),
        (("reject", "SnapKV", "uses", "LoRA"), "it has: none between the two"),
        (("reject", "SnapKW", "extends", "H2O"), "no entity named 'SnapKW'; did you mean SnapKV"),
        (("reject", "Dataset:SnapKV", "extends", "H2O"), "no Dataset is called 'SnapKV'"),
        (("reject", "SnapKV", "extend", "H2O"), "unknown predicate 'extend'; did you mean 'extends'?"),
        (("reject", *EXTENDS, "--note", "cache"), "no note 'cache' in the graph; did you mean 'cache.md'?"),
        (("reject", *EXTENDS, "--sentence", "zzz"), "no such sentence states this claim; its evidence: SnapKV extends"),
        (("change", *EXTENDS), "give --to PREDICATE, --reverse, or both"),
        (("change", *EXTENDS, "--to", "evaluatedOn"), "evaluatedOn does not relate a Method to a Method"),
        (("add", *EXTENDS, "--note", "cache.md", "--sentence", "zzz"), "cache.md does not contain this sentence"),
        (("add", "H2O", "uses", "H2O", "--note", "cache.md", "--sentence", "H2O"), "both names mean H2O"),
        (("merge", "H2O", "Heavy-Hitter Oracle"), "both names mean H2O already"),
        (("merge", "H2O", "LongBench"), "H2O is a Method, LongBench a Dataset; correct the type of one first"),
        (("split", "H2O", "h2o"), "both names are the same"),
        (("entity", "H2O"), "give --not, or --type and --label"),
        (("entity", "H2O", "--not", "--type", "Model"), "give --not, or --type and --label"),
        (("undo",), "corrections.tsv: no corrections"),
    ],
)
def test_what_cannot_be_decided_is_explained_and_nothing_is_written(
    run: Run, vault: Path, words: tuple[str, ...], message: str
) -> None:
    outcome = run("correct", *words)
    assert outcome.code == 2
    assert message in outcome.err
    assert not (vault / "corrections.tsv").exists()


def test_a_line_that_contradicts_another_is_not_written(run: Run, vault: Path) -> None:
    run("correct", "accept", *EXTENDS)
    assert run("correct", "accept", *EXTENDS).out == "corrections.tsv:3: accept Method:SnapKV extends Method:H2O\n"
    outcome = run("correct", "reject", *EXTENDS)
    assert outcome.code == 2
    assert "papergraph correct undo 3" in outcome.err
    assert len(rows(vault)) == 1


def test_the_list_says_what_became_of_each_line(run: Run, vault: Path) -> None:
    assert run("correct", "list").out == "no corrections\n"
    run("correct", "reject", *EXTENDS)
    with (vault / "corrections.tsv").open("a", encoding="utf-8") as file:
        file.write("accept\tZorb\tuses\tLoRA\nrejct\tA\n")
    outcome = run("correct", "list")
    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        "    3  applied     reject Method:SnapKV extends Method:H2O",
        "    4  gone        accept Zorb uses LoRA",
        "                   no entity is called 'Zorb'",
        "    5  unreadable  unknown decision 'rejct'; did you mean 'reject'?; the other lines hold",
    ]
    record = json.loads(run("correct", "list", "--json").out)
    assert [row["state"] for row in record["corrections"]] == ["applied", "gone"]
    assert record["unreadable"][0]["line"] == 5
    built = run("build")
    assert built.code == 1
    assert "corrections.tsv:4: 'accept Zorb uses LoRA' was not applied" in built.err
    assert run("correct", "undo", "1").code == 2
    assert run("correct", "undo", "5").code == 0
    assert run("-q", "build").code == 0


def test_claims_are_scored_by_what_was_decided(run: Run, vault: Path) -> None:
    run("correct", "reject", *EXTENDS)
    run("correct", "accept", "SnapKV", "outperforms", "StreamingLLM")
    quote = "Heavy-Hitter Oracle is old"
    run("correct", "add", "SnapKV", "comparedWith", "H2O", "--note", "cache.md", "--sentence", quote)
    lines = run("evaluate", "--from-corrections").out.splitlines()
    assert lines[:5] == [
        "predicates                    P  right/wrong/missed",
        "  comparedWith            0.000  0/0/1",
        "  extends                 0.000  0/1/0",
        "  outperforms             1.000  1/0/0",
        "  all                     0.500  1/1/1",
    ]
    record = json.loads(run("evaluate", "--from-corrections", "notes", "--json").out)
    assert [row["right"] + row["wrong"] for row in record["rules"]] == [1, 1]
    assert {row["name"] for row in record["confidence"]} <= {"0.7-0.8", "0.8-0.9"}
    assert run("evaluate", "--from-corrections", "--strict").code == 2
    assert run("evaluate", "notes").code == 2


def test_the_file_is_found_beside_the_settings_and_named_there(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault / "notes")
    assert run("correct", "reject", *EXTENDS, "--store", str(vault / ".papergraph")).code == 0
    assert rows(vault)
    (vault / "papergraph.toml").write_text('notes = ["notes"]\ncorrections = "mine.tsv"\n', encoding="utf-8")
    assert run("correct", "reject", *EXTENDS, "--store", str(vault / ".papergraph")).code == 0
    assert (vault / "mine.tsv").is_file()


def test_a_build_that_watches_the_notes_watches_the_corrections_too(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def no_change(*_: object, extra: list[Path], **__: object) -> Iterator[None]:
        seen.extend(extra)
        yield from ()

    monkeypatch.setattr(watch, "watch_notes", no_change)
    assert run("-q", "build", "--watch").code == 0
    assert vault / "corrections.tsv" in seen
    before = watch.look([], seen)
    run("correct", "reject", *EXTENDS)
    assert watch.look([], seen) != before


def test_python_writes_and_builds_with_them_too(vault: Path) -> None:
    graph = pg.build("notes")
    row = graph.correct("reject", *EXTENDS, comment="not so")
    assert (row.line, str(row)) == (3, "reject Method:SnapKV extends Method:H2O")
    assert [outcome.state for outcome in pg.corrections()] == ["applied"]
    assert not [r for r in pg.build("notes").to_graph().relations if r.predicate == "extends"]
    with pytest.raises(CorrectionError, match="already says"):
        graph.correct("accept", *EXTENDS)
    with pytest.raises(UnknownNameError):
        graph.correct("not-entity", "Zorb")
    with pytest.raises(ConfigError, match="no notes given"):
        pg.corrections(config=Config())


def test_the_help_says_what_each_command_does(run: Run) -> None:
    assert "Leave out an entity, or correct its type or label." in run("correct", "--help").out
