"""A page that papergraph and its user share: whose are which of its properties, and which of its lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from papergraph.text.marks import find_iri, find_part

_KEY = re.compile(r"(?P<key>[^\s#:\"'\[\]{}-][^:\r\n]*?)::?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a page of ours holds beside our part."""

    iri: str
    properties: str
    """Lines of the user's own properties."""
    before: str
    """What stands between the properties and our part."""
    after: str

    @property
    def is_ours_alone(self) -> bool:
        """Whether the user has added nothing."""
        return not (self.properties + self.before + self.after).strip()


def read_page(text: str, ours: Collection[str], *, fenced: bool) -> Shared | None:
    """Return what a page holds beside our part; None if it is not a page of ours, or its marks are damaged.

    `ours` are the properties that we write; `fenced` says whether they stand between lines of hyphens.
    """
    iri, part = find_iri(text), find_part(text)
    if not iri or part is None:
        return None
    head, rest = split_properties(text[: part[0]], fenced=fenced)
    kept = "".join(lines for key, lines in _entries(head) if key not in ours)
    return Shared(iri, kept, rest, text[part[1] :])


def split_properties(text: str, *, fenced: bool) -> tuple[str, str]:
    r"""Return the lines of the properties at the start of a page, without their fence, and what follows.

    >>> split_properties("---\na: 1\n---\nText\n", fenced=True)
    ('a: 1\n', 'Text\n')
    >>> split_properties("a:: 1\n\n- Text\n", fenced=False)
    ('a:: 1\n', '\n- Text\n')
    """
    lines = text.splitlines(keepends=True)
    if fenced:
        if not lines or lines[0].rstrip() != "---":
            return "", text
        close = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
        return ("".join(lines[1:close]), "".join(lines[close + 1 :])) if close else ("", text)
    count = next((n for n, line in enumerate(lines) if "::" not in line or line[0] in " \t-"), len(lines))
    return "".join(lines[:count]), "".join(lines[count:])


def _entries(head: str) -> Iterator[tuple[str, str]]:
    """Yield each property with all of its lines."""
    key, lines = "", ""
    for line in head.splitlines(keepends=True):
        match = _KEY.match(line)
        if match:
            if lines:
                yield key, lines
            key, lines = match["key"].strip(), ""
        lines += line
    if lines:
        yield key, lines
