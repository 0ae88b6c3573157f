"""How the code is cut: files and functions that fit on a screen, rooms that say what they are for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "papergraph"
FILES = sorted(SOURCE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in FILES})


def function_lengths(path: Path) -> list[tuple[int, str]]:
    """How many lines each function of a file takes, decorators left out."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [((n.end_lineno or n.lineno) - n.lineno + 1, f"{path.relative_to(SOURCE)}:{n.lineno}") for n in functions]


def test_no_file_has_more_than_400_lines() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_function_has_more_than_60_lines_and_nine_of_ten_have_25_at_most() -> None:
    lengths = sorted(length for path in FILES for length in function_lengths(path))
    assert [found for found in lengths if found[0] > 60] == []
    assert lengths[len(lengths) * 9 // 10][0] <= 25


def test_at_most_eight_files_lie_at_the_top() -> None:
    assert len([path for path in SOURCE.iterdir() if path.is_file()]) <= 8


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(SOURCE).as_posix())
def test_every_room_says_what_it_is_for(folder: Path) -> None:
    text = (folder / "__init__.py").read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
