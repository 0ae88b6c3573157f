"""Names that notes use often and no vocabulary lists: what deserves an entry of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papergraph.model import EntityType, Extraction, Mention
from papergraph.ontology.kinds import LISTED
from papergraph.text.folding import fold


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that may deserve an entry, and where it was seen."""

    name: str
    """As it is written most often."""
    type: EntityType
    """What most of its mentions were taken for."""
    aliases: tuple[str, ...]
    """What the notes define as the same, sorted; spellings that differ in hyphens or case need no alias."""
    mentions: int
    notes: int
    note: str
    """Path of the first note that names it, with the line below."""
    line: int


def suggest_entries(extractions: Iterable[Extraction], *, least: int = 3) -> tuple[Suggestion, ...]:
    """Return the names of at least `least` mentions that no vocabulary knows, those in most notes first.

    Anonymous devices such as `single 80GB GPU` are no names.

    >>> from papergraph.model import Span
    >>> mention = Mention(Span(0, 4), "Zorb", 1, "Method", "Zorb", "shape", 0.55)
    >>> [(s.name, s.mentions) for s in suggest_entries([Extraction("a.md", "", (mention,) * 3)])]
    [('Zorb', 3)]
    """
    seen: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    same: dict[str, str] = {}
    for extraction in sorted(extractions, key=lambda e: e.path):
        described = {a.mention for a in extraction.attributes if a.key == "hardwareClass"}
        for index, mention in enumerate(extraction.mentions):
            if mention.type in LISTED and not mention.vocabulary and index not in described:
                seen[_key(mention)].append((extraction.path, mention))
        for pair in extraction.coreferences:
            left, right = _key(extraction.mentions[pair.left]), _key(extraction.mentions[pair.right])
            same.setdefault(max(left, right), min(left, right))
    for key in sorted(seen.keys() & same.keys()):
        if key != same[key] and same[key] in seen:
            seen[same[key]] += seen.pop(key)
    found = (_suggestion(places) for places in seen.values() if len(places) >= least)
    return tuple(sorted(found, key=lambda s: (-s.notes, -s.mentions, s.name)))


def rows_of(suggestions: Iterable[Suggestion]) -> Iterator[tuple[str, ...]]:
    """Yield the suggestions as the rows of a vocabulary file, header first."""
    yield "name", "aliases", "type"
    for one in suggestions:
        yield _cell(one.name), " | ".join(map(_cell, one.aliases)), one.type


def _key(mention: Mention) -> str:
    return fold(mention.name) or mention.name


def _suggestion(places: list[tuple[str, Mention]]) -> Suggestion:
    spellings = Counter(mention.name for _, mention in places)
    types = Counter(mention.type for _, mention in places)
    name = min(spellings, key=lambda n: (-spellings[n], n))
    note, first = min(places, key=lambda p: (p[0], p[1].span.start))
    return Suggestion(
        name=name,
        type=min(types, key=lambda t: (-types[t], t)),
        aliases=tuple(sorted(alias for alias in spellings if fold(alias) != fold(name))),
        mentions=len(places),
        notes=len({path for path, _ in places}),
        note=note,
        line=first.line,
    )


def _cell(text: str) -> str:
    return text.replace("\t", " ").replace("|", "/")
