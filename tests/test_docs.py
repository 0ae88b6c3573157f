"""What the documentation says is what happens."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import shlex
import shutil
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.ask.named import read_queries
from papergraph.cli import COMMANDS
from papergraph.config import read_config
from papergraph.correction import DECISIONS
from papergraph.extract import Rule, extract
from papergraph.sources import parse_document
from papergraph.sources.corrections import parse_corrections
from papergraph.vocabulary import load_vocabulary
from tests.ask.remote.own_server import own_server
from tests.conftest import NOTES, ROOT, Run
from tests.pipeline.propose.model_server import model_server, say

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
SHELL = [
    line.split("#")[0].strip() if not line.startswith('papergraph query "') else line
    for kind, text in BLOCKS
    if kind == "bash"
    for line in text.splitlines()
]
# The server runs until it is stopped; tests/cli/test_serve.py starts it as the README does.
COMMAND_LINES = [line for line in SHELL if line.startswith("papergraph ") and not line.startswith("papergraph serve")]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(NOTES, tmp_path / "notes")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_works(run: Run, vault: Path, demo_store: Path) -> None:
    assert len(COMMAND_LINES) >= 8
    shutil.copytree(demo_store, vault / ".papergraph")
    for line in COMMAND_LINES:
        if not line.startswith("papergraph check"):
            outcome = run(*shlex.split(line)[1:])
            assert outcome.code == 0, (line, outcome.err)


@pytest.mark.slow
def test_the_check_of_the_readme_works(run: Run, vault: Path, demo_store: Path) -> None:
    shutil.copytree(demo_store, vault / ".papergraph")
    (line,) = (line for line in COMMAND_LINES if line.startswith("papergraph check"))
    assert run(*shlex.split(line)[1:]).code in {0, 1}


def test_the_python_of_the_readme_runs(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  our own README
    printed = capsys.readouterr().out
    assert "Keyformer" in printed
    assert "Jamba" in printed
    assert (vault / "graph.html").is_file()


GUIDE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_every_example_of_the_guide_to_python_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (note,) = re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "kv-cache.md").write_text(note, encoding="utf-8")
    examples = re.findall(r"```pycon\n(.*?)```", GUIDE, re.DOTALL)
    assert len(examples) >= 12
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    names: dict[str, object] = {}
    with own_server() as server:
        for number, example in enumerate(examples):
            if "to_pandas" in example and importlib.util.find_spec("pandas") is None:
                continue
            text = re.sub(r"http://localhost:7878/\w+", server.url, example)
            test = doctest.DocTestParser().get_doctest(text, names, f"example {number}", "docs/python.md", 0)
            failures: list[str] = []
            runner.run(test, out=failures.append, clear_globs=False)
            assert not failures, "".join(failures)
            names = test.globs


def test_the_reference_is_what_the_public_names_say() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "api.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.TARGET.read_text(encoding="utf-8") == script.reference(), "run: python docs/api.py"
    listed = [name for names in script.SECTIONS.values() for name in names]
    assert sorted([*listed, "__version__"]) == sorted(pg.__all__)


def test_the_sparql_of_the_readme_runs(run: Run, demo_store: Path) -> None:
    (sparql,) = [text for kind, text in BLOCKS if kind == "sparql"]
    assert "Keyformer" in run("query", sparql, "--store", demo_store).out


def test_the_settings_of_the_readme_are_valid(tmp_path: Path) -> None:
    (text,) = [text for kind, text in BLOCKS if kind == "toml"]
    (tmp_path / "papergraph.toml").write_text(text, encoding="utf-8")
    assert read_config(tmp_path / "papergraph.toml").threshold == 0.6


def test_every_command_is_documented() -> None:
    for name in COMMANDS:
        assert f"papergraph {name}" in README


def test_every_make_target_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)\b(?= |`|\n|$)", text)) - {"a", "the"} <= targets


def test_links_of_the_documents_lead_somewhere() -> None:
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("data/**/README.md"),
        ROOT / "ontology" / "README.md",
    ]:
        for target in re.findall(r"\]\(([^)#]+)\)", re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))):
            if "://" not in target and "notes" not in path.parts:
                assert (path.parent / target).exists(), (path, target)


QUERIES = read_queries()


def test_there_are_ten_competency_questions() -> None:
    assert len(QUERIES) >= 10


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_each_query_asks_in_both_languages_and_answers(query: object, run: Run, demo_store: Path) -> None:
    from papergraph.ask.named import NamedQuery

    assert isinstance(query, NamedQuery)
    assert query.question.isascii()
    assert any("\u4e00" <= c <= "\u9fff" for c in query.question_zh)
    outcome = run("query", query.name, "--store", demo_store)
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("what-builds-on", ["Keyformer", "SnapKV", "PyramidKV", "Ada-KV"]),
        ("where-from", ["Keyformer", "improvesOn", "H2O"]),
        ("papers-by-hardware", ["PowerInfer-2", "MobileLLM"]),
        ("evaluated-on", ["QLoRA", "PaLM 2"]),
        ("appears-with", ["SimPO", "KTO", "TDPO"]),
        ("gaps", ["Transformer"]),
        ("runs-in", ["GaLore", "RTX 4090"]),
        ("topic-by-year", ["2023", "H2O"]),
        ("compare", ["Keyformer", "improvesOn"]),
        ("how-related", ["improvesOn"]),
    ],
)
def test_a_query_finds_what_the_sample_says(run: Run, demo_store: Path, name: str, words: list[str]) -> None:
    out = run("query", name, "--store", demo_store).out
    for word in words:
        assert word in out


def test_institutions_are_asked_by_any_of_their_names(run: Run, demo_store: Path) -> None:
    for name in ("Stanford", "斯坦福大学"):
        out = run("query", "papers-by-institution", "--param", f"institution={name}", "--store", demo_store).out
        assert "DPO" in out


def test_the_picture_of_the_layers_is_that_of_the_contracts() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = re.findall(r"^ {4}(\w+(?: \| \w+)*)(?:  .*)?$", text, re.MULTILINE)
    assert picture == layers


EXTENDING = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")


def code_of(kind: str) -> list[str]:
    """Return the blocks of one kind in the page on extending papergraph."""
    return [text for found, text in re.findall(r"```(\w+)\n(.*?)```", EXTENDING, re.DOTALL) if found == kind]


def test_the_python_of_the_page_on_extending_runs_and_prints_what_it_says() -> None:
    session = doctest.DocTestParser().get_doctest("\n".join(code_of("pycon")), {}, "extending.md", None, None)
    assert len(session.examples) > 20
    assert doctest.DocTestRunner().run(session).failed == 0


def test_the_data_of_the_page_on_extending_adds_names_and_claims(tmp_path: Path) -> None:
    (names,), (patterns,) = code_of("tsv"), code_of("yaml")
    (tmp_path / "my-names.tsv").write_text(names, encoding="utf-8")
    (tmp_path / "my-patterns.yaml").write_text(patterns, encoding="utf-8")
    (tmp_path / "papergraph.toml").write_text(code_of("toml")[0], encoding="utf-8")
    config = read_config(tmp_path / "papergraph.toml")
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    document = parse_document("佐布 zorbifies LoRA.\n", "a.md")
    found = extract(document, vocabulary, pattern_files=tuple(map(Path, config.patterns)))
    assert [vocabulary.by_id(m.vocabulary).name for m in found.mentions] == ["Zorb", "LoRA"]
    assert [(r.subject, r.predicate, r.object) for r in found.relations] == [(0, "extends", 1)]


def test_the_query_of_the_page_on_extending_can_be_asked_in_words(run: Run, demo_store: Path, tmp_path: Path) -> None:
    (query,) = code_of("sparql")
    (tmp_path / "relies-on.rq").write_text(query, encoding="utf-8")
    settings = tmp_path / "papergraph.toml"
    settings.write_text(f"queries = [{str(tmp_path)!r}]\n", encoding="utf-8")
    for question in ("which methods does Google rely on", "谷歌依赖哪些方法"):
        outcome = run("--config", settings, "ask", question, "--store", demo_store)
        assert (outcome.code, "query relies-on --param institution=Google" in outcome.err) == (0, True), outcome.err


def test_the_page_on_extending_explains_every_field_of_a_rule_and_every_value() -> None:
    for field in fields(Rule):
        assert field.name == "origin" or f"| `{field.name}` |" in EXTENDING
    for value in ("Document", "Block", "Mention", "Entry", "contributions", "Reading", "Context", "Annotation", "Rule"):
        assert f"**{value}**" in EXTENDING


SAFETY = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")


def test_every_guarantee_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| (\d+) \| .* \| (.+) \|$", SAFETY, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 27))
    for _, tests in rows:
        assert re.findall(r"`(tests/\S+::test_\w+)`", tests)
    for path, name in re.findall(r"`(tests/\S+?)::(test_\w+)`", SAFETY):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)


def test_the_growth_of_every_family_stays_within_its_bound() -> None:
    rows = re.findall(r"^\| ((?:reading|extraction): .+?) \|(.+)\|$", SAFETY, re.MULTILINE)
    assert len(rows) >= 20
    for name, figures in rows:
        growth = [float(cell) for cell in figures.split("|")[3:] if cell.strip() != "-"]
        assert all(factor <= 2.6 for factor in growth), name


PROPOSE = (ROOT / "docs" / "propose.md").read_text(encoding="utf-8")


def test_every_example_of_the_page_on_proposals_gives_what_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("httpx2", reason="needs the extra llm")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    blocks = re.findall(r"```(\w+)\n(.*?)```", PROPOSE, re.DOTALL)
    note, settings, reply = (next(text for kind, text in blocks if kind == k) for k in ("markdown", "toml", "json"))
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "cache.md").write_text(note, encoding="utf-8")
    sessions = "".join(text for kind, text in blocks if kind == "console")
    with model_server(say(reply)) as server:
        (tmp_path / "papergraph.toml").write_text(settings + f'propose_url = "{server.url}"\n', encoding="utf-8")
        for command, out in re.findall(r"^\$ papergraph (.*)\n((?:(?!\$ ).*\n)*)", sessions, re.MULTILINE):
            if "--requests" in command:
                (tmp_path / "proposals.jsonl").unlink()
            outcome = run(*shlex.split(command))
            assert (outcome.code, outcome.out) == (0, out), command
            if "--requests" in command:
                request = json.loads((tmp_path / "requests.jsonl").read_text(encoding="utf-8"))
                body = {"choices": [{"message": {"content": reply}}]}
                result = {"custom_id": request["custom_id"], "response": {"body": body}}
                (tmp_path / "results.jsonl").write_text(json.dumps(result), encoding="utf-8")
        assert len(server.asked) == 1


VAULT = (ROOT / "docs" / "vault.md").read_text(encoding="utf-8")


def test_every_example_of_the_page_on_vaults_gives_what_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    blocks = re.findall(r"```(\w+)(?: title=\S+)?\n(.*?)```", VAULT, re.DOTALL)
    note, library, settings, page = (
        next(text for kind, text in blocks if kind == k) for k in ("markdown", "bibtex", "toml", "text")
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "tables.md").write_text(note, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(library, encoding="utf-8")
    (tmp_path / "papergraph.toml").write_text(settings, encoding="utf-8")
    sessions = "".join(text for kind, text in blocks if kind == "console")
    for command, out in re.findall(r"^\$ papergraph (.*)\n((?:(?!\$ ).*\n)*)", sessions, re.MULTILINE):
        outcome = run(*shlex.split(command))
        assert (outcome.code, outcome.out) == (0, out), command
    assert (tmp_path / "notes" / "Papergraph" / "SAINT.md").read_text(encoding="utf-8") == page
    assert "entities               7" in run("-q", "build").out


CORRECTIONS = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")


def test_every_example_of_the_page_on_corrections_gives_what_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    blocks = re.findall(r"```(\w+)\n(.*?)```", CORRECTIONS, re.DOTALL)
    note, settings, table, code = (
        next(text for kind, text in blocks if kind == k) for k in ("markdown", "toml", "tsv", "python")
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "caches.md").write_text(note, encoding="utf-8")
    (tmp_path / "papergraph.toml").write_text(settings, encoding="utf-8")
    sessions = "".join(text for kind, text in blocks if kind == "console")
    for command, out in re.findall(r"^\$ papergraph (.*)\n((?:(?!\$ ).*\n)*)", sessions, re.MULTILINE):
        outcome = run(*shlex.split(command))
        assert (outcome.code, outcome.out) == (0, out), command
    exec(compile(code, "corrections.md", "exec"), {})  # noqa: S102  our own page
    assert capsys.readouterr().out.count(" applied") == 2
    found = parse_corrections(table, "corrections.tsv")
    assert (len(found.corrections), found.problems) == (7, ())
    for decision in DECISIONS:
        assert re.search(rf"\b{decision}\b", CORRECTIONS)
