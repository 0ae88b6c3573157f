"""Nothing that a note, a file name, a setting or a query says reaches the terminal unescaped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from papergraph.model import Graph
from papergraph.model import Run as Made
from papergraph.store import write_generation
from tests.conftest import Outcome, Run

#: Controls of a terminal: C1, escape, turns of direction; in a name, a break that would begin a line of its own.
EVIL = "Evil\x9b2J\x1b[31m\u202eKV"
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    text = f"# {EVIL}\n\n## [{EVIL}: a method](https://arxiv.org/abs/2401.12345)\n\nSnapKV extends H2O, {EVIL} says.\n"
    (folder / "\x9b2J\x1b[31m\u202e\nlist.md").write_text(text, encoding="utf-8")
    (folder / "broken\x9b2J\u202e.md").write_bytes(b"\x00\x01\x02" * 400)
    return folder


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("lineage", "H2O"),
    ("lineage", "H2O", "--json"),
    ("lineage", "H2O", "--format", "markdown"),
    ("lineage", "H2O", "--format", "mermaid"),
    ("lineage", "H2O", "--format", "dot"),
    ("lineage", EVIL),
    ("show", "SnapKV", "--why"),
    ("show", "SnapKV", "--json"),
    ("show", EVIL),
    ("query", "SELECT * { ?s ?p ?o }"),
    ("query", "SELECT * { ?s ?p ?o }", "--json"),
    ("query", f"SELECT ?x {{ VALUES ?x {{ '{EVIL}' }} }}"),
    ("query", f"SELECT ?x {{ VALUES ?x {{ '{EVIL}' }} }}", "--json"),
    ("query", f"SELECT ?x {{ ?x '{EVIL}' oops }}"),
    ("query", f"SELECT ?x {{ ?x ?y '{EVIL}' }}", "--explain"),
    ("query", EVIL),
    ("query", "where-from", "--param", f"{EVIL}=x"),
    ("query", "where-from", "--param", f"method={EVIL}"),
    ("query", "-f", f"/no/{EVIL}.rq"),
    *(("compare", "H2O", "SnapKV", "--format", form) for form in ("table", "markdown", "json")),
    ("compare", "H2O", EVIL),
    *(("timeline", "H2O", "--format", form) for form in ("text", "markdown", "json")),
    *((command, "--format", form) for command in ("conflicts", "gaps") for form in ("text", "json")),
    ("diff", "{empty}"),
    ("diff", "{empty}", "--format", "markdown"),
    ("diff", "{empty}", "--json"),
    ("diff", EVIL),
    ("check", "--no-shacl"),
    ("check", "--no-shacl", "--json"),
    ("show", "x", f"--{EVIL}"),
    (EVIL,),
    ("--config", f"{EVIL}.toml", "show", "x"),
    ("export", "--format", EVIL),
)


#: Commands that take the folder of a store.
STORED = {"lineage", "show", "query", "check", "compare", "timeline", "conflicts", "gaps", "diff"}


def _is_safe(outcome: Outcome) -> bool:
    return bool(outcome.out or outcome.err) and not _UNSAFE.search(outcome.out + outcome.err)


@pytest.mark.slow
def test_no_command_prints_what_moves_the_cursor(run: Run, notes: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for command in (("build", notes, "--store", store), ("extract", notes)):
        outcome = run(*command)
        assert _is_safe(outcome), command
        assert "broken\\x9b2J" in outcome.err
        assert not any(line.startswith("list.md") for line in outcome.err.splitlines())
    empty = tmp_path / "empty"
    write_generation(empty, Graph(), Made("0", ""))
    for words in COMMANDS:
        where = ("--store", store) if words[0] in STORED else ()
        shown = run(*(word.replace("{empty}", str(empty)) for word in words), *where)
        assert _is_safe(shown) or (words[0] == "conflicts" and not shown.out), words


def test_json_says_exactly_what_the_note_says(run: Run, demo_store: Path) -> None:
    outcome = run("query", f"SELECT ?x {{ VALUES ?x {{ '{EVIL}' }} }}", "--json", "--store", demo_store)
    assert json.loads(outcome.out)["results"]["bindings"][0]["x"]["value"] == EVIL
    assert "\\u009b2J" in outcome.out


def test_data_for_machines_is_left_as_it_is(run: Run, demo_store: Path) -> None:
    outcome = run("query", f"SELECT ?x {{ VALUES ?x {{ '{EVIL}' }} }}", "--format", "csv", "--store", demo_store)
    assert outcome.out.splitlines()[1:] == [EVIL]


def test_a_store_in_a_folder_of_an_evil_name_is_told_in_safe_characters(run: Run, tmp_path: Path) -> None:
    outcome = run("show", "H2O", "--store", tmp_path / f"{EVIL}\npapergraph: all is well")
    assert outcome.code == 1
    assert not _UNSAFE.search(outcome.err)
    assert not any(line.startswith("papergraph: all") for line in outcome.err.splitlines())
