"""Who looks at a graph, and how: what every page is made from, and the page as a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from papergraph.model import Evidence
from papergraph.store import GraphStore
from papergraph.web.address import note_path, path_of
from papergraph.web.templates import render
from papergraph.web.words import Words

_T = TypeVar("_T")
#: Notes, which lie in the folder that addresses start from; a library may lie anywhere.
_OPENED = frozenset({".md", ".markdown", ".mdx", ".txt"})


class Remember(Protocol):
    """A memory of what was worked out about a graph, as long as that stays as it is."""

    def __call__(self, key: str, make: Callable[[], _T], /) -> _T:
        """Return what `make` returns, made once under this key."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """A graph as one reader sees it."""

    store: GraphStore
    words: Words
    remember: Remember
    note_url: str = ""
    """Address that opens a note, with `{path}` and `{line}`; "" for its page here."""

    def path(self, iri: str) -> str:
        """Return the address of the page of an IRI; "" for one that is not of the graph."""
        return path_of(iri, self.store.base)

    def link(self, iri: str) -> str:
        """Return the link to the page of an IRI."""
        return self.words.link(self.path(iri))

    def place(self, note: str, line: int, sentence: str = "") -> ShownPlace:
        """Return a line of a note with the address at which it is read."""
        href = self.opened(note, line) or note_path(note, self.store.base)
        return ShownPlace(f"{note}:{line}" if line else note, href, sentence)

    def places(self, evidence: tuple[Evidence, ...]) -> tuple[ShownPlace, ...]:
        """Return where each piece of evidence is read."""
        return tuple(ShownPlace(f"{e.note}:{e.line}", self._line(e), e.sentence) for e in evidence)

    def line(self, evidence: Evidence) -> str:
        """Return the link to the line of a piece of evidence, in the reader's program or on the note's page."""
        return self.words.link(self._line(evidence))

    def _line(self, evidence: Evidence) -> str:
        page = f"{note_path(evidence.note, self.store.base)}#line-{evidence.line}"
        return self.opened(evidence.note, evidence.line) or page

    def opened(self, note: str, line: int) -> str:
        """Return the address that opens a note at a line in the reader's program; "" for none, and for a library."""
        if PurePosixPath(note).suffix.lower() not in _OPENED:
            return ""
        return self.note_url.replace("{path}", quote(note)).replace("{line}", str(line))


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A line of a note, with the sentence that counts there."""

    text: str
    """`note.md:12`."""
    href: str
    """The note in the program of the reader, or else its page."""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows, and the template that shows it."""

    template: str
    here: str
    """Its address."""
    title: str
    values: dict[str, Any] = field(default_factory=dict, repr=False)

    def html(self, words: Words) -> str:
        """Return the page in the language of these words."""
        return render(self.template, words=words, here=self.here, title=self.title, **self.values)
