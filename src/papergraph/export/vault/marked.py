"""A page that papergraph and its user share: whose are which of its properties, and which of its lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from papergraph.text.marks import IRI, find_iri, find_part

_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[^\s#:\"'\[\]{}-][^:\r\n]*?)(?P=quote)::?(?=\s|$)")
#: What goes on with the property above: indented lines, items of lists, ends of values in brackets.
_GOES_ON = re.compile(r"[\s\]}-]")
_IRI_LINE = re.compile(rf"^{IRI}(?P<colons>::?)[ \t]", re.MULTILINE)


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


def is_fenced(text: str) -> bool:
    """Tell whether the properties of a page of ours stand between lines of hyphens, as Obsidian has them."""
    match = _IRI_LINE.search(text)
    return match is None or match["colons"] == ":"


def _entries(head: str) -> Iterator[tuple[str, str]]:
    """Yield each property with all of its lines; a comment, and what cannot be read as a property, has no name."""
    key, lines = "", ""
    for line in head.splitlines(keepends=True):
        if line.startswith("#"):
            yield "", line
            continue
        if not _GOES_ON.match(line):
            if lines:
                yield key, lines
            match = _KEY.match(line)
            key, lines = match["key"].strip() if match else "", ""
        lines += line
    if lines:
        yield key, lines
