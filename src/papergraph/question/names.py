"""The names of entities in a question, and its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from papergraph.ask.source import Nameable
from papergraph.store import Candidate
from papergraph.text.folding import fold

#: A word of more letters may be a slip of the pen even beside names that the graph has.
_LONG = 5
#: Tells whether a word is one that questions are asked with.
AskedWith = Callable[[str], bool]
#: Words of a name at most, a Chinese character being a word.
_MOST_WORDS = 12
#: How alike an unknown word and a name must be spelt to be taken for it.
_ALIKE = 0.8
_WORD = re.compile(r"[A-Za-z0-9Ψ][A-Za-z0-9Ψ_.+#-]*(?<![.-])|[\u3400-\u9fff]|[^\s\w]")
_EDGE = re.compile(r"[\w+#]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_QUOTED = re.compile(r"[\"“”《「]([^\"“”《》「」]{1,200})[\"“”》」]")
_OPENING = frozenset('"“”《「')
_MEMORY = re.compile(r"(?<![A-Za-z0-9.-])([0-9]{1,4})\s*(?:GB|G|gigabytes?|gigs?)(?![A-Za-z0-9])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![A-Za-z0-9.-])((?:19|20)[0-9]{2})(?![0-9A-Za-z-])\s*年?")
#: A word that looks like a name: with a capital, a digit or a sign behind its first letter.
_NAME_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_.+#-]*[A-Z0-9#+][A-Za-z0-9_.+#-]*")
#: English words that are names too (LESS, REST), and hardly ever meant in small letters.
_ORDINARY = frozenset(("less", "rest", "more", "most", "best", "fast", "step", "self", "data"))


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a question where entities are named, or a number stands."""

    start: int
    end: int
    surface: str
    kind: Literal["entity", "memory", "year", "unknown"]
    candidates: tuple[Candidate, ...] = ()
    """What it may mean, likeliest first; empty for a number and for an unknown name."""
    suggestions: tuple[str, ...] = ()
    """For an unknown name: names that are spelt like it."""
    corrected: bool = False
    """Whether the candidates are only spelt like it."""


def find_names(source: Nameable, question: str, asked_with: AskedWith) -> tuple[Named, ...]:
    """Return the names and numbers of a question in their order.

    `asked_with` tells the words that questions are asked with, which are no names by themselves.

    The longest name that the graph has is taken, from the left. A word that is a name only for its looks is taken for
    the entity that is spelt almost like it, or else is unknown.
    """
    found = [*_numbers(question)]
    found += _known(source, question, asked_with, found)
    found += _unknown(source, question, asked_with, found)
    return tuple(sorted(found, key=lambda n: n.start))


def _numbers(question: str) -> Iterator[Named]:
    for match in _MEMORY.finditer(question):
        yield Named(*match.span(), match[1], "memory")
    for match in _YEAR.finditer(question):
        yield Named(*match.span(), match[1], "year")


def _free(start: int, end: int, taken: Sequence[Named]) -> bool:
    return all(end <= n.start or n.end <= start for n in taken)


def _known(source: Nameable, question: str, asked_with: AskedWith, taken: Sequence[Named]) -> Iterator[Named]:
    """Yield the names that the graph has."""
    parts = list(_WORD.finditer(question))
    at = 0
    while at < len(parts):
        for last in range(min(len(parts), at + _MOST_WORDS) - 1, at - 1, -1):
            start, end = parts[at].start(), parts[last].end()
            surface = question[start:end]
            if _free(start, end, taken) and _may_name(surface, asked_with) and (candidates := source.named(surface)):
                yield Named(start, end, surface, "entity", candidates)
                at = last
                break
        at += 1


def _may_name(surface: str, asked_with: AskedWith) -> bool:
    """Return whether a part of a question may be a name: more than a word that questions are asked with."""
    if not (_EDGE.match(surface[0]) and _EDGE.match(surface[-1])) or len(fold(surface)) < 2:
        return False
    if surface.islower() and surface in _ORDINARY:
        return False
    return not asked_with(surface)


def _unknown(source: Nameable, question: str, asked_with: AskedWith, taken: Sequence[Named]) -> Iterator[Named]:
    """Yield what looks like a name or is quoted, but is none in the graph; a slip of the pen is put right."""
    spans = [m.span(1) for m in _QUOTED.finditer(question)]
    parts = [m for m in _WORD.finditer(question) if not _CJK.match(m[0]) and len(m[0]) > 2]
    parts = [m for m in parts if not asked_with(m[0])]
    spans += [m.span() for m in parts if _NAME_LIKE.fullmatch(m[0])]
    spans += [m.span() for m in parts if len(m[0]) > (_LONG if taken else 3)]
    seen: list[Named] = []
    for start, end in spans:
        surface = question[start:end]
        if not _free(start, end, [*taken, *seen]):
            continue
        suggestions = source.suggest(surface)
        candidates = next((source.named(s) for s in suggestions if _alike(s, surface)), ())
        if candidates or _NAME_LIKE.fullmatch(surface) or (start and question[start - 1] in _OPENING):
            kind: Literal["entity", "unknown"] = "entity" if candidates else "unknown"
            seen.append(Named(start, end, surface, kind, candidates, suggestions, bool(candidates)))
    yield from seen


def _alike(name: str, surface: str) -> bool:
    return SequenceMatcher(None, fold(name), fold(surface)).ratio() >= _ALIKE
