"""A work as a bibliography records it, whatever the format of that bibliography."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from papergraph.model import Span
from papergraph.ontology.identifiers import ARXIV, DOI
from papergraph.text.folding import is_chinese


@dataclass(frozen=True, slots=True)
class Author:
    """One author; an organisation, or a name whose parts are not known, has a family name only."""

    family: str
    """With the particles before it: `van der Maaten`."""
    given: str = ""
    suffix: str = ""
    """`Jr.`, `III`."""
    span: Span | None = None
    """Where the file names the author; None if only a shorthand stands there."""

    @property
    def name(self) -> str:
        """The name as people say it.

        >>> Author("Zhang", "Zhenyu").name, Author("李", "飞飞").name, Author("King", "Martin", "Jr.").name
        ('Zhenyu Zhang', '李飞飞', 'Martin King Jr.')
        """
        if is_chinese(self.family + self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def index_name(self) -> str:
        """The name as a bibliography sorts it, its parts between commas; empty where a comma is part of the name.

        >>> Author("van der Maaten", "Laurens").index_name, Author("King", "Martin", "Jr.").index_name
        ('van der Maaten, Laurens', 'King, Jr., Martin')
        """
        parts = [part for part in (self.family, self.suffix, self.given) if part]
        return "" if any("," in part for part in parts) else ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of a bibliography."""

    key: str
    """The citation key; in a library without keys the identifier of its item."""
    title: str
    authors: tuple[Author, ...] = ()
    """In their order."""
    year: str = ""
    """Four digits, or empty."""
    venue: str = ""
    """Journal or conference as written; of a preprint server none."""
    identifiers: tuple[str, ...] = ()
    """`arXiv:2306.14048`, a DOI, another scheme; each scheme once."""
    url: str = ""
    tags: tuple[str, ...] = ()
    collections: tuple[tuple[str, ...], ...] = ()
    """For each collection that holds it the names down to that collection."""
    other_keys: tuple[str, ...] = ()
    """Further citation keys."""
    file: str = ""
    """Name of the bibliography, as evidence shows it."""
    line: int = 1
    span: Span = field(default_factory=lambda: Span(0, 1))
    """The entry in the text of the file."""
    title_span: Span | None = None
    is_keyed: bool = True
    """Whether the key is one that people cite by."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation keys, the main one first."""
        return (self.key, *self.other_keys) if self.is_keyed else self.other_keys

    @property
    def place(self) -> str:
        """`refs.bib:12`."""
        return f"{self.file}:{self.line}"

    @property
    def summary(self) -> str:
        """The work on one line, as evidence shows it: its key, what it is, and who wrote it."""
        parts = [self.title, f"{self.venue} {self.year}".strip(), *self.identifiers]
        parts.append("; ".join(author.index_name or author.name for author in self.authors))
        text = ". ".join(part.rstrip(".") for part in parts if part)
        return f"[{'@' if self.is_keyed else ''}{self.key}] {text}"


def sort_identifiers(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return identifiers by scheme in one order: arXiv, DOI, then the others by name."""
    order = (ARXIV.start, DOI.start, *sorted(found.keys() - {ARXIV.start, DOI.start}))
    return tuple(found[scheme] for scheme in order if scheme in found)
