"""`papergraph propose` and builds with its replies: paid once, proved by the notes, the same bytes again."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.pipeline.propose.writer import only_writer
from tests.conftest import Run
from tests.pipeline.propose.model_server import NOTHING, Model, model_server, say

NOTE = """# Cache work

- **Zorbformer** (Harrow Lab): keeps the heavy tokens of SnapKV
  - it is SnapKV with a longer window; much lighter than Quellcache
"""
REPLY = {
    "entities": [
        {"name": "Zorbformer", "type": "Method", "line": 2},
        {"name": "Quellcache", "type": "Method", "line": 3},
        {"name": "SnapKV", "type": "Method", "line": 3},
        {"name": "Invented", "type": "Method", "line": 3},
    ],
    "relations": [
        {
            "subject": "Zorbformer",
            "predicate": "outperforms",
            "object": "Quellcache",
            "line": 3,
            "quote": "much lighter than Quellcache",
        },
        {"subject": "Zorbformer", "predicate": "extends", "object": "SnapKV", "line": 3, "quote": "is built on SnapKV"},
    ],
}
SETTINGS = 'notes = ["notes"]\npropose = "tiny"\n'


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAPERGRAPH_API_KEY", raising=False)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "papergraph.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def model() -> Iterator[Model]:
    pytest.importorskip("httpx2", reason="needs the extra llm")
    with model_server(say(json.dumps(REPLY))) as server:
        yield server


def test_a_run_says_what_the_notes_prove_and_why_not_the_rest(run: Run, vault: Path, model: Model) -> None:
    outcome = run("propose", "--url", model.url)
    assert outcome.code == 0, outcome.err
    assert "6 proposed, 4 found in the notes" in outcome.out
    assert "name not in the text" in outcome.out
    assert "quote not in the text" in outcome.out


def test_a_run_says_what_an_attentive_reply_leaves_out(run: Run, vault: Path, model: Model) -> None:
    note = (
        "We propose MireBridge, a cache that extends SnapKV. MireBridge uses StreamingLLM, Mamba and FlashAttention.\n"
    )
    (vault / "notes" / "a.md").write_text(note, encoding="utf-8")
    names = [{"name": n, "type": "Method", "line": 1} for n in ("SnapKV", "StreamingLLM", "Mamba", "FlashAttention")]
    model.turns[:] = [say(json.dumps({"entities": names, "relations": []}))]
    outcome = run("propose", "--url", model.url)
    assert "and does not list it: 1 name, " in outcome.out
    assert json.loads(run("propose", "--url", model.url, "--json").out)["left_out_names"] == 1
    assert "MireBridge" not in run("extract", "notes", "--format", "jsonl").out
    run("build", "--without-model")
    assert run("show", "MireBridge").code == 0


def test_what_was_answered_is_not_asked_again(run: Run, vault: Path, model: Model) -> None:
    run("propose", "--url", model.url)
    run("propose", "--url", model.url)
    assert len(model.asked) == 1
    (vault / "notes" / "b.md").write_text("# Other\n\nMirebridge is new.\n", encoding="utf-8")
    run("propose", "--url", model.url)
    assert len(model.asked) == 2


def test_a_build_reads_the_replies_with_the_network_off_and_gives_the_same_bytes(
    run: Run, vault: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("propose", "--url", model.url)
    lines = (vault / "proposals.jsonl").read_bytes()
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("the network was used"))
    assert run("build", "--store", "one").code == 0
    (vault / "proposals.jsonl").write_bytes(b'cut {"finger\n' + lines + lines[:40])
    assert run("build", "--store", "two").code == 0
    assert run("build", "--store", "none", "--without-model").code == 0
    one, two, none = (run("export", "--format", "nquads", "-o", "-", "--store", s).out for s in ("one", "two", "none"))
    assert one == two
    assert '"model"' in one
    assert "Quellcache" not in none
    assert '"model"' not in none


def test_sparql_sees_the_tier_and_the_name_of_the_model(run: Run, vault: Path, model: Model) -> None:
    run("propose", "--url", model.url)
    run("build")
    out = run("query", "SELECT ?n ?t { ?e pg:extractor ?n ; pg:tier ?t FILTER(?t = 'model') }").out
    assert "tiny" in out
    assert "much lighter than Quellcache" in run("show", "Zorbformer").out
    assert "Quellcache" in run("query", "model-only").out


def test_answers_may_leave_out_what_a_model_alone_claims(run: Run, vault: Path, model: Model) -> None:
    run("propose", "--url", model.url)
    run("build")
    better = "SELECT ?o { ?s pg:outperforms ?o }"
    for form in ("csv", "json", "table"):
        assert "quellcache" in run("query", better, "--format", form).out
        assert "quellcache" not in run("query", better, "--format", form, "--without-model").out
    for words in (
        ["show", "Zorbformer"],
        ["lineage", "Quellcache", "--relation", "outperforms"],
        ["export", "--format", "turtle", "-o", "-"],
    ):
        assert "much lighter" in run(*words).out
        outcome = run(*words, "--without-model")
        assert outcome.code == 0
        assert "much lighter" not in outcome.out
    graph = pg.open_graph()
    assert len(graph.query("SELECT * { ?s pg:outperforms ?o }")) == 1
    assert len(graph.without_model().query("SELECT * { ?s pg:outperforms ?o }")) == 0
    assert len(graph.without_model().query("SELECT * { ?s pg:outperforms ?o }", timeout=20)) == 0
    assert graph.without_model().to_graph().relations == ()


def test_a_build_may_ask_first(run: Run, vault: Path, model: Model) -> None:
    (vault / "papergraph.toml").write_text(SETTINGS + f'propose_url = "{model.url}"\n', encoding="utf-8")
    assert run("build", "--propose").code == 0
    assert run("build", "--propose").code == 0
    assert len(model.asked) == 1
    assert "outperformed by" in run("show", "Quellcache").out


def test_what_only_the_model_finds_is_suggested(run: Run, vault: Path, model: Model) -> None:
    run("propose", "--url", model.url)
    assert run("vocabulary", "suggest", "--min", "1", "--format", "tsv", "--propose").out.splitlines() == [
        "name\taliases\ttype",
        "Quellcache\t\tMethod",
        "Zorbformer\t\tMethod",
    ]
    assert "Quellcache" not in run("vocabulary", "suggest", "--min", "1").out
    (vault / "notes" / "a.md").write_text("Zorbformer is much lighter than Quellcache.\n", encoding="utf-8")
    run("propose", "--url", model.url)
    assert run("vocabulary", "suggest", "--propose", "--format", "yaml").out == (
        '- predicate: outperforms\n  examples:\n    - "[S Zorbformer] is much lighter than [O Quellcache]."\n'
    )


def test_a_new_reply_makes_its_note_be_read_again_and_no_other(run: Run, vault: Path, model: Model) -> None:
    for name in ("b", "c", "d"):
        (vault / "notes" / f"{name}.md").write_text(NOTE.replace("Cache work", name), encoding="utf-8")
    kept = vault / ".papergraph" / "cache"

    def read_by(*words: str) -> int:
        before = {path.name: path.stat().st_ino for path in kept.glob("*")}
        assert run(*words).code == 0
        return sum(before.get(path.name) != path.stat().st_ino for path in kept.glob("*"))

    assert read_by("build") == 4
    run("propose", "--url", model.url, "--max-requests", "1")
    assert read_by("build") == 1
    assert read_by("build") == 0
    run("propose", "--url", model.url)
    assert read_by("build") == 3
    with (vault / "proposals.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"fingerprint":"of-no-note","model":"other","reply":"{}"}\n')
    digest = run("build", "--json").out
    assert read_by("build") == 0
    assert run("build", "--json").out == digest


def test_a_second_run_meanwhile_pays_nothing_and_says_what_to_do(run: Run, vault: Path, model: Model) -> None:
    with only_writer(vault / "proposals.jsonl"):
        for words in (["propose", "--url", model.url], ["propose", "--replies", "x"], ["build", "--propose"]):
            outcome = run(*words)
            assert outcome.code == 1
            assert "wait for it to finish" in outcome.err
        assert run("propose", "--dry-run").code == 0
    assert model.asked == []
    assert run("propose", "--url", model.url).code == 0
    assert len(model.asked) == 1


def test_a_server_that_is_not_there_is_named_once_and_costs_nothing(run: Run, vault: Path, model: Model) -> None:
    for name in ("b", "c", "d"):
        (vault / "notes" / f"{name}.md").write_text(NOTE.replace("Cache work", name), encoding="utf-8")
    outcome = run("propose", "--url", "http://127.0.0.1:1/v1")
    assert outcome.code == 1
    assert outcome.err.count("cannot connect") == 1
    assert "start the server" in outcome.err
    assert "0 of 4 answered, 0 requests sent, 0 tokens" in outcome.err
    assert not (vault / "proposals.jsonl").exists()


def test_a_model_that_the_settings_do_not_name_is_told_to_be_named(run: Run, vault: Path, model: Model) -> None:
    assert "to build with these replies" not in run("propose", "--url", model.url).err
    outcome = run("propose", "--url", model.url, "--model", "other")
    assert "to build with these replies, set propose = 'other' in papergraph.toml" in outcome.err


def test_a_dry_run_sends_nothing(run: Run, vault: Path, model: Model) -> None:
    outcome = run("propose", "--url", model.url, "--dry-run", "--price", "1000,2000")
    assert outcome.code == 0
    assert "1 request, about" in outcome.out
    assert "cost about" in outcome.out
    estimate = json.loads(run("propose", "--dry-run", "--json").out)
    assert estimate["requests"] == 1
    assert estimate["seconds"] > 0
    assert model.asked == []


def test_a_batch_goes_out_and_comes_back_as_files(run: Run, vault: Path) -> None:
    assert run("propose", "--requests", "batch.jsonl").code == 0
    (line,) = (vault / "batch.jsonl").read_text(encoding="utf-8").splitlines()
    request = json.loads(line)
    assert request["url"] == "/v1/chat/completions"
    assert request["body"]["model"] == "tiny"

    def result(identity: str, content: str) -> str:
        body = {"choices": [{"message": {"content": content}}]}
        return json.dumps({"custom_id": identity, "response": {"status_code": 200, "body": body}, "error": None})

    rows = [result("other", NOTHING), result(request["custom_id"], "{"), "nonsense"]
    rows.append(result(request["custom_id"], json.dumps(REPLY)))
    (vault / "results.jsonl").write_text("\n".join(rows), encoding="utf-8")
    outcome = run("propose", "--replies", "results.jsonl")
    assert outcome.code == 0
    assert "1 replies kept, 2 unusable, 1 not asked for" in outcome.err
    assert "4 found in the notes" in outcome.out


def test_notes_are_not_sent_where_the_settings_do_not_say(run: Run, vault: Path) -> None:
    outcome = run("propose", "--url", "https://models.example.org/v1")
    assert outcome.code == 2
    assert "set propose_url" in outcome.err


def test_the_key_is_in_no_file_and_no_message(
    run: Run, vault: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERGRAPH_API_KEY", "sk-secret")
    outcome = run("propose", "--url", model.url)
    run("build")
    assert model.headers[0]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in outcome.out + outcome.err
    for path in vault.rglob("*"):
        assert path.is_dir() or b"sk-secret" not in path.read_bytes()


def test_a_key_may_stand_in_a_file(run: Run, vault: Path, model: Model) -> None:
    (vault / "key").write_text("sk-file\n", encoding="utf-8")
    run("propose", "--url", model.url, "--key-file", "key")
    assert model.headers[0]["Authorization"] == "Bearer sk-file"
    (vault / "key").write_text("two\nlines\n", encoding="utf-8")
    assert run("propose", "--url", model.url, "--key-file", "key").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["propose", "--dry-run", "--requests", "x"],
        ["propose", "--max-cost", "1"],
        ["propose", "--price", "1"],
        ["build", "--propose", "--without-model"],
        ["vocabulary", "suggest", "--format", "yaml"],
    ],
)
def test_options_that_do_not_go_together_are_refused(words: list[str], run: Run, vault: Path) -> None:
    assert run(*words).code == 2


def test_without_a_model_there_is_nothing_to_ask(run: Run, vault: Path) -> None:
    (vault / "papergraph.toml").write_text("", encoding="utf-8")
    outcome = run("propose", "notes")
    assert outcome.code == 2
    assert "no model given" in outcome.err


def test_without_the_extra_a_message_says_what_to_install(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    outcome = run("propose")
    assert outcome.code == 2
    assert "papergraph[llm]" in outcome.err


def test_a_build_imports_no_client_of_models(vault: Path) -> None:
    code = (
        "import sys\nfrom papergraph.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as stop: assert not stop.code\n"
        "assert not {'httpx2', 'papergraph.pipeline.propose.server'} & set(sys.modules)"
    )
    for words in (["build"], ["build", "--without-model"], ["extract", "notes"]):
        subprocess.run([sys.executable, "-c", code, "-q", *words], check=True, capture_output=True)
