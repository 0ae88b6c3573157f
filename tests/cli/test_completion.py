"""`papergraph completion`, and what shells are offered."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.cli import COMMANDS, cli
from papergraph.cli.completion import SHELLS
from papergraph.cli.suggestions import entity_names
from papergraph.model import Entity, Graph
from papergraph.store.build import write_generation
from tests.conftest import Run
from tests.graphs import RUN

PROGRAM = Path(sys.executable).with_name("papergraph")


def offered(run: Run, monkeypatch: pytest.MonkeyPatch, *words: str, of: str = "fish") -> list[str]:
    """What a shell is offered for the last of the words."""
    monkeypatch.setenv("_PAPERGRAPH_COMPLETE", f"{of}_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(["papergraph", *words]))
    monkeypatch.setenv("COMP_CWORD", words[-1] if of == "fish" else str(len(words)))
    outcome = run()
    assert outcome.code == 0
    return [line.partition(",")[2].partition("\t")[0] for line in outcome.out.splitlines() if line]


@pytest.fixture
def inside(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the graph of the sample notes."""
    shutil.copytree(demo_store, tmp_path / ".papergraph")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("line",), "lineage"),
        (("lineage", "--up"), "--upstream"),
        (("show", "keyf"), "Keyformer"),
        (("show", "KV"), "KV Cache"),
        (("compare", "H2O", "Snap"), "SnapKV"),
        (("lineage", "--between", "H2O", "Stream"), "StreamingLLM"),
        (("timeline", "Jam"), "Jamba"),
        (("view", "--focus", "Jam"), "Jamba"),
        (("query", "what"), "what-builds-on"),
        (("ask", "--as", "com"), "compare"),
        (("correct", "accept", "Keyformer", "improves"), "improvesOn"),
        (("export", "--format", "sq"), "sqlite"),
    ],
)
def test_what_begins_so_is_offered(
    run: Run, inside: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], expected: str
) -> None:
    assert expected in offered(run, monkeypatch, *words)


def test_names_that_bash_would_split_or_run_are_escaped_or_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    labels = ("Key Value", "Key$(touch x)", "Key`id`", "Key;ls", "Key\nls", "Key*", "-Key", "Key, more", "Key值")
    entities = tuple(Entity(f"urn:{n}", "Method", label) for n, label in enumerate(labels))
    write_generation(tmp_path / ".papergraph", Graph(entities), RUN)
    assert sorted(offered(run, monkeypatch, "show", "Key", of="bash")) == ["Key\\\\ Value", "Key值"]
    assert sorted(offered(run, monkeypatch, "show", "Key")) == ["Key Value", "Key值"]


def test_without_a_graph_or_with_broken_settings_nothing_is_offered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert offered(run, monkeypatch, "show", "K") == []
    (tmp_path / "papergraph.toml").write_text("nonsense", encoding="utf-8")
    assert offered(run, monkeypatch, "show", "K") == []
    assert offered(run, monkeypatch, "query", "w") == []


def test_another_store_and_the_settings_are_heeded(
    run: Run, demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Keyformer" in offered(run, monkeypatch, "show", "--store", str(demo_store), "Keyf")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own-query.rq").write_text("# Mine?\nSELECT * { ?s ?p ?o }\n", encoding="utf-8")
    (tmp_path / "papergraph.toml").write_text(f"store = {str(demo_store)!r}\nqueries = ['mine']\n", encoding="utf-8")
    assert "Keyformer" in offered(run, monkeypatch, "show", "Keyf")
    assert "own-query" in offered(run, monkeypatch, "query", "own")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_and_installed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    script = run("completion").out
    assert "_PAPERGRAPH_COMPLETE" in script
    assert script == run("completion", shell).out
    for _ in range(2):
        assert run("completion", "--install").code == 0
    (path,) = (path for path in tmp_path.rglob("*papergraph*") if path.is_file())
    assert path.read_text(encoding="utf-8") == script
    start = tmp_path / ".zshrc"
    assert start.exists() == (shell == "zsh")
    if shell == "zsh":
        assert start.read_text(encoding="utf-8").count("fpath=") == 1


def test_a_start_file_in_another_encoding_keeps_its_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "my home's"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (home / ".zshrc").write_bytes(b"# caf\xe9\r\n")
    for _ in range(2):
        assert run("completion", "zsh", "--install").code == 0
    start = (home / ".zshrc").read_bytes()
    assert start.startswith(b"# caf\xe9\r\n\n# Added by")
    assert start.count(b"fpath=(" + shlex.quote(f"{home}/.local/share/zsh/site-functions").encode()) == 1


def test_a_shell_that_is_not_known_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    outcome = run("completion")
    assert (outcome.code, "name it: bash, zsh, fish" in outcome.err) == (2, True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_puts_a_name_with_a_space_into_the_line(inside: Path) -> None:
    program = f"""
        source <({PROGRAM} completion bash)
        COMP_WORDS=(papergraph show 'KV\\ Cach'); COMP_CWORD=2
        _papergraph_completion {PROGRAM}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    assert "KV\\ Cache" in done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_takes_the_script(run: Run, tmp_path: Path) -> None:
    (tmp_path / "_papergraph").write_text(run("completion", "zsh").out, encoding="utf-8")
    subprocess.run(["zsh", "-n", str(tmp_path / "_papergraph")], check=True)


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_takes_the_script(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papergraph.fish").write_text(run("completion", "fish").out, encoding="utf-8")
    subprocess.run(["fish", "--no-execute", str(tmp_path / "papergraph.fish")], check=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures time as Linux does")
def test_completion_and_the_version_are_there_at_once(inside: Path) -> None:
    def seconds(command: list[str], **asked: str) -> float:
        """Processor time of a command, the least of eight tries."""

        def once() -> float:
            before = os.times()
            subprocess.run(command, env={**os.environ, **asked}, capture_output=True, check=True)
            after = os.times()
            return after.children_user + after.children_system - before.children_user - before.children_system

        return min(once() for _ in range(8))

    # On a machine that does other things too, everything takes longer: also what cannot be done without.
    bound = max(0.15, 4 * seconds([sys.executable, "-c", "import click"]))
    assert seconds([str(PROGRAM), "--version"]) < bound
    for words, number in (("papergraph show Key", "2"), ("papergraph li", "1"), ("papergraph query w", "2")):
        asked = {"_PAPERGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": number}
        assert seconds([str(PROGRAM)], **asked) < bound, words


def test_every_name_of_an_entity_in_a_command_is_completed() -> None:
    import click

    context = click.Context(cli)
    for name in ("show", "lineage", "compare", "timeline"):
        assert name in COMMANDS
        command = cli.get_command(context, name)
        assert command is not None
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        assert [a._custom_shell_complete for a in arguments] == [entity_names]


def test_the_version_names_the_engine_without_loading_it() -> None:
    code = (
        "import sys\nfrom papergraph.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass\n"
        "assert 'pyoxigraph' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("papergraph 0.")
    assert "(pyoxigraph 0." in done.stdout
