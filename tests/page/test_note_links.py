"""Addresses that open notes."""

from __future__ import annotations

import pytest

from papergraph.errors import ConfigError
from papergraph.page.note_links import note_template


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("file:/home/me/notes", "file:///home/me/notes/{path}"),
        ("vscode:/home/me/my notes/", "vscode://file/home/me/my%20notes/{path}:{line}"),
        ("vscode:C:\\notes", "vscode://file/C:/notes/{path}:{line}"),
        ("obsidian:读书 笔记", "obsidian://open?vault=%E8%AF%BB%E4%B9%A6%20%E7%AC%94%E8%AE%B0&file={path}"),
        ("github:me/notes", "https://github.com/me/notes/blob/HEAD/{path}?plain=1#L{line}"),
        ("github:me/notes@main", "https://github.com/me/notes/blob/main/{path}?plain=1#L{line}"),
        ("https://example.org/{path}#{line}", "https://example.org/{path}#{line}"),
    ],
)
def test_short_forms_and_templates(given: str, expected: str) -> None:
    assert note_template(given) == expected


@pytest.mark.parametrize(
    "given",
    ["javascript:alert({path})", "DATA:text/html,{path}", "vbscript:{path}", "notes", "vscode:", "x:y", "{path}"],
)
def test_what_cannot_open_a_note_is_refused(given: str) -> None:
    with pytest.raises(ConfigError, match="vscode:FOLDER"):
        note_template(given)
