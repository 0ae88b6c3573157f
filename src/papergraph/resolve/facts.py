"""What a note says that decides on the keys of other notes too: small records under names and identifiers.

What all notes say together is the sum of what each says, in any order and grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from papergraph.model import Extraction
from papergraph.ontology.identifiers import is_untitled
from papergraph.ontology.kinds import group_of
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.text.folding import fold
from papergraph.vocabulary.link_labels import names_a_work

#: Kinds between which only a guess may have decided.
GUESSED = frozenset({"Method", "Dataset"})


class Titled(NamedTuple):
    """That a mention with an identifier has a title."""

    identifier: str
    folded: str
    """The title, folded."""
    title: str
    """As written; empty where it is no title of a work."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one note says, or several together."""

    seen: Mapping[tuple[str, str], int | None]
    """For each folded name and kind how sure its mentions are of the kind, together; None where that is no guess."""
    titles: frozenset[Titled]


def facts_of(extraction: Extraction) -> Facts:
    """Return what a note says."""
    seen: dict[tuple[str, str], int | None] = {}
    titles: set[Titled] = set()
    for mention in extraction.mentions:
        group, folded = group_of(mention.type), fold(mention.name)
        guess = not mention.vocabulary and group in GUESSED
        votes = seen.setdefault((folded, group), None)
        if guess:
            seen[folded, group] = (votes or 0) + round(100 * mention.confidence)
        if identifiers := stated_identifiers(mention):
            is_title = mention.type == "Paper" and not is_untitled(mention.name) and names_a_work(mention.name)
            titles.update(Titled(i, folded, mention.name if is_title else "") for i in identifiers)
    return Facts(seen, frozenset(titles))


def together(facts: Iterable[Facts]) -> Facts:
    """Return what several notes say together."""
    seen: dict[tuple[str, str], int | None] = {}
    titles: set[Titled] = set()
    for of_note in facts:
        for key, votes in of_note.seen.items():
            known = seen.get(key)
            seen[key] = known if votes is None else votes + (known or 0)
        titles |= of_note.titles
    return Facts(seen, frozenset(titles))


def consulted_names(folded: str) -> tuple[str, ...]:
    """Return the names on which the key of a mention with this folded name depends: it may be a plural."""
    return (folded, folded[:-1]) if folded.endswith("s") else (folded,)


def names_that_consult(folded: str) -> Iterator[str]:
    """Yield the folded names of the mentions whose keys depend on what is known of a name."""
    yield from (folded, f"{folded}s")
