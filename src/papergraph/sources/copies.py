"""Copies of notes that other programs leave beside them: they say nothing that the notes do not say."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

#: How programs that keep folders in step name what they could not merge.
_CONFLICTED = re.compile(
    r"(?P<stem>.+?)(?:\s?\([^()/]{0,60}\b(?:conflicted copy|conflict)\b[^()/]{0,60}\)"
    r"|\s?[(（][^()（）/]{0,20}冲突[^()（）/]{0,60}[)）]"
    r"|\.sync-conflict-[\w-]{1,40})(?P<suffix>\.\w{1,10})",
    re.IGNORECASE,
)
#: How file managers and editors name a copy; a note may be called so too, so that the text must be the same.
_COPIED = re.compile(
    r"(?P<folder>(?:[^/]+/)*)(?:copy of |副本 ?)?(?P<stem>[^/]+?)"
    r"(?: ?-? ?(?:copy|副本|kopie|copie|копия)(?: ?[(（]?\d{1,3}[)）]?)?| ?[(（]\d{1,3}[)）]| \d{1,3})?"
    r"(?P<suffix>\.\w{1,10})",
    re.IGNORECASE,
)


def find_copies(notes: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Yield, in order, the name of each note that is a copy of another one, and why it is left out."""
    for name in sorted(notes):
        if (original := conflicted_original(name)) in notes:
            yield name, f"is a conflicted copy of {original} and was left out; merge the two, or remove one"
        elif (original := copied_original(name)) in notes and _is_same(notes[name], notes[original]):
            yield name, f"is a copy of {original} with the same text and was left out; remove one of the two"


def conflicted_original(name: str) -> str:
    """Return the name of the note that a file is a conflicted copy of; the empty string for any other file.

    >>> conflicted_original("a/Mamba (conflicted copy 2024-05-01).md")
    'a/Mamba.md'
    """
    match = _CONFLICTED.fullmatch(name)
    return match["stem"] + match["suffix"] if match else ""


def copied_original(name: str) -> str:
    """Return the name of the note that a file is called a copy of; the empty string for any other file.

    >>> [copied_original(n) for n in ("a/kv (1).md", "kv copy.md", "kv - 副本.md", "Copy of kv.md", "kv.md")]
    ['a/kv.md', 'kv.md', 'kv.md', 'kv.md', '']
    """
    match = _COPIED.fullmatch(name)
    original = match["folder"] + match["stem"] + match["suffix"] if match else ""
    return original if original != name else ""


def _is_same(left: Path, right: Path) -> bool:
    try:
        return filecmp.cmp(left, right, shallow=False)
    except OSError:
        return False
