"""What commands that draw nothing leave out: the drawing library and all that it brings along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = {
    "lineage": ["lineage", "H2O"],
    "show": ["show", "H2O"],
    "query": ["query", "what-builds-on"],
    "export": ["export", "--format", "nquads", "-o", "-"],
    "check": ["check", "--no-shacl"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_draws_nothing_imports_nothing_to_draw_with(command: str, demo_store: Path) -> None:
    code = (
        "import sys\nfrom papergraph.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as stop: assert stop.code in ((0, 1) if sys.argv[1] == 'check' else (0, None)), stop.code\n"
        "assert not {'pyvis', 'IPython', 'httpx2', 'papergraph.store.ruled'} & set(sys.modules), 'imported'\n"
        "assert not [name for name in sys.modules if 'propose' in name]"
    )
    words = [*COMMANDS[command], "--store", str(demo_store)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_build_imports_nothing_to_draw_with(own_store: Path) -> None:
    notes = Path(__file__).parents[2] / "data" / "notes"
    code = (
        "import sys\nfrom papergraph.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as stop: assert not stop.code\n"
        "assert not {'pyvis', 'IPython'} & set(sys.modules)"
    )
    words = ["-q", "build", str(notes), "--store", str(own_store)]
    subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True)
