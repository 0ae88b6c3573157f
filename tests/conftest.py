"""Fixtures that several test files share."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from papergraph.cli import main
from papergraph.pipeline.readers import reader
from papergraph.vocabulary import Vocabulary, load_vocabulary
from tests.repeats import repeats

# How long a single example takes says more about what else the machine does than about the code. CI looks further
# than everyday runs: pytest --hypothesis-profile=thorough.
settings.register_profile("quick", deadline=None, max_examples=20)
settings.register_profile("thorough", deadline=None, max_examples=200)
settings.load_profile("quick")

#: Seconds after which a slow test hangs, even on a machine that does other things too.
SLOW_SECONDS = max(1200, repeats(1200))

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "data" / "notes"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give slow tests more time than the others."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(SLOW_SECONDS))


@dataclass(frozen=True)
class Outcome:
    """What one call of the command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
Install = Callable[[str, str], str]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notes and gold beside the repository, where there is one."""
    folder = ROOT.parent / "shared"
    if not (folder / "notes" / "seeds").is_dir():
        pytest.skip("needs the real notes in ../shared, which a plain clone does not have")
    return folder


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary that papergraph ships."""
    return load_vocabulary()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in this process."""

    def call(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Outcome(int(stop.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the sample notes, once for all processes of a run; copy it to change it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    try:
        folder.mkdir()
    except FileExistsError:
        while not (folder / "built").exists():
            time.sleep(0.05)
    else:
        _build(NOTES, folder / "store", folder / "built")
    assert (folder / "built").read_text(encoding="utf-8") == "0"
    return folder / "store"


def _build(notes: Path, store: Path, built: Path) -> None:
    """Build `store` and leave the exit code in the file `built`, whatever happens."""
    code: object = "none"
    try:
        main(["-q", "build", str(notes), "--store", str(store)])
    except SystemExit as stop:
        code = stop.code or 0
    finally:
        scratch = built.with_suffix(".part")
        scratch.write_text(str(code), encoding="utf-8")
        scratch.replace(built)


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    """A copy of that store: a build of the sample notes in it reads none of them again."""
    return Path(shutil.copytree(demo_store, tmp_path / "own"))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a third-party extractor, the `recognise` of a module, for this process and those that it starts."""
    folder = tmp_path / "installed"
    names: list[str] = []

    def add(name: str, source: str) -> str:
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        point = f"[papergraph.extractors]\n{name} = {name}:recognise\n"
        (info / "entry_points.txt").write_text(point, encoding="utf-8")
        names.append(name)
        return name

    reader.dismiss_standby()  # it would not know what is installed now
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    yield add
    reader.dismiss_standby()
    for name in names:
        sys.modules.pop(name, None)
