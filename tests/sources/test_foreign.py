"""Notes in formats that are not read: what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.sources import find_notes

ROAM = '[{"title": "ZorbNet", "children": [{"string": "extends:: [[LoRA]]"}]}]'


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("graph.json", ROAM, "Roam Research export in JSON, which is not read; export it as Markdown"),
        ("graph.json", "\ufeff\n" + ROAM, "Roam Research"),
        ("zorb.org", "* ZorbNet", "export it as Markdown"),
    ],
)
def test_an_export_that_is_not_read_is_reported(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (problem,) = find_notes([tmp_path]).problems
    assert problem.path == name
    assert words in problem.message
    assert problem.kind == "left out"


@pytest.mark.parametrize("text", ["", "{}", '{"title": 1}', '[{"title": "data"}]', "[1, 2]", "no JSON"])
def test_other_json_is_nobodys_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "data.json").write_text(text, encoding="utf-8")
    assert find_notes([tmp_path]).problems == ()
