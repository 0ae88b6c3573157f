"""Folders and notes that settings exclude: those of papergraph, and those of an Obsidian vault for its search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

#: The settings of a vault, below its folder.
VAULT_SETTINGS = ".obsidian/app.json"
_MOST_BYTES = 1_000_000
_WILDCARD = re.compile(r"\*\*/?|\*|\?")
_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def excluded_by_patterns(patterns: Sequence[str]) -> Callable[[str, bool], bool]:
    """Return what tells of a path, and whether it is a folder, if one of the patterns names it.

    A pattern with a slash before its end counts from the folder that is read, any other one at every depth; with a
    slash at its end it names folders only. `*` and `?` stand for what is no slash, `**` for anything.

    >>> is_excluded = excluded_by_patterns(["templates/", "*.draft.md", "journal/2023*"])
    >>> [is_excluded(n, n.endswith("s")) for n in ("a/templates", "a/b.draft.md", "journal/2023-01.md", "templates.md")]
    [True, True, True, False]
    """
    files = [_expression(p) for p in patterns if not p.endswith("/")]
    anywhere = re.compile("|".join([*files, *(_expression(p) for p in patterns if p.endswith("/"))]) or "(?!)")
    only_files = re.compile("|".join(files) or "(?!)")
    return lambda name, is_folder: (anywhere if is_folder else only_files).fullmatch(name) is not None


def _expression(pattern: str) -> str:
    plain = pattern.strip("/")
    pieces, position = list[str](), 0
    for wild in _WILDCARD.finditer(plain):
        pieces += [re.escape(plain[position : wild.start()]), _WILD[wild[0]]]
        position = wild.end()
    expression = "".join([*pieces, re.escape(plain[position:])])
    return f"(?:{expression})" if "/" in pattern.rstrip("/") else f"(?:(?:.*/)?{expression})"


def excluded_by_vault(root: Path) -> Callable[[str, bool], bool]:
    """Return what tells of a path, and whether it is a folder, if the settings of the vault `root` exclude it.

    Filters that are regular expressions are not followed.
    """
    prefixes = _prefixes(root / VAULT_SETTINGS)

    def is_excluded(name: str, is_folder: bool) -> bool:
        return f"{name}/".startswith(prefixes) if is_folder else name in prefixes

    return is_excluded


def _prefixes(settings: Path) -> tuple[str, ...]:
    if not settings.is_file():
        return ()
    try:
        with settings.open("rb") as stream:
            read = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return ()
    listed = read.get("userIgnoreFilters") if isinstance(read, dict) else None
    filters = [f for f in listed if isinstance(f, str)] if isinstance(listed, list) else []
    return tuple(f for f in filters if f.strip("/") and not (f.startswith("/") and f.endswith("/")))
