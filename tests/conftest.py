"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from papergraph.cli import main
from papergraph.vocabulary import Vocabulary, load_vocabulary

# How long a single example takes says more about what else the machine does than about the code.
settings.register_profile("papergraph", deadline=None)
settings.load_profile("papergraph")

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "data" / "notes"


@dataclass(frozen=True)
class Outcome:
    """What one call of the command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


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
    """A store built from the sample notes."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    with pytest.raises(SystemExit) as stop:
        main(["-q", "build", str(NOTES), "--store", str(folder)])
    assert not stop.value.code
    return folder
