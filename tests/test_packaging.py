"""What stands around the package: the manual page, the container file, and installation by the usual tools."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from papergraph.cli import COMMANDS
from tests.conftest import NOTES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_manual_page_is_what_the_help_says() -> None:
    spec = importlib.util.spec_from_file_location("manual", ROOT / "docs" / "man.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = script.TARGET.read_text(encoding="utf-8")
    assert page == script.page(), "run: python docs/man.py"
    for name in COMMANDS:
        assert f'.SS "papergraph {name}' in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_manual_page_has_no_faults() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8", str(ROOT / "docs" / "papergraph.1")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    assert b"--upstream" in re.sub(rb".\x08|\x1b\[[0-9;]*m", b"", done.stdout)


CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_the_container_is_not_root_and_has_everything_that_the_wheel_is_made_of() -> None:
    last = CONTAINER.rpartition("FROM ")[2]
    assert re.search(r"^USER (?!root|0\b)\w+$", last, re.MULTILINE)
    copied = {
        source for line in re.findall(r"^COPY (?!--)(.+)$", CONTAINER, re.MULTILINE) for source in line.split()[:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"], *wheel["shared-data"], PROJECT["project"]["readme"]]
    for source in needed:
        assert any(source == place or source.startswith(f"{place}/") for place in copied), source
    extras = re.search(r'"\.\[([\w,]+)\]"', CONTAINER)
    assert extras
    assert set(extras[1].split(",")) <= PROJECT["project"]["optional-dependencies"].keys()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("papergraph-*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_what_is_read_at_run_time(wheel: Path, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "unpacked")
    assert any(name.endswith("share/man/man1/papergraph.1") for name in names)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")}
    shutil.copytree(NOTES, tmp_path / "notes")
    for arguments in (
        ["init"],
        ["-q", "build", "notes"],
        ["show", "H2O"],
        ["export", "--format", "sqlite", "-o", "graph.db"],
    ):
        command = [sys.executable, "-P", "-m", "papergraph", *arguments]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    where = [sys.executable, "-P", "-c", "import papergraph; print(papergraph.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert found.stdout.startswith(str(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("uv", ["uv", "tool", "install", "--python", sys.executable]),
        ("pipx", ["pipx", "install", "--python", sys.executable]),
    ],
)
def test_people_can_install_it_by_their_tool(wheel: Path, tmp_path: Path, tool: str, command: list[str]) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"needs {tool}")
    environment = {
        **os.environ,
        "UV_TOOL_DIR": str(tmp_path / "tools"),
        "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_HOME": str(tmp_path / "tools"),
        "PIPX_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_MAN_DIR": str(tmp_path / "man"),
        "PYTHONPATH": "",
    }
    subprocess.run([*command, str(wheel)], env=environment, check=True, capture_output=True)
    program = str(tmp_path / "bin" / "papergraph")
    shutil.copytree(NOTES, tmp_path / "notes")
    for arguments in (["--version"], ["-q", "build", "notes"], ["lineage", "H2O"]):
        done = subprocess.run([program, *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert b"Keyformer" in done.stdout
