"""A conflict as a value: its kind, its message, and the places that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papergraph.model import Entity

#: How many identifiers, papers or places one conflict lists.
SHOWN = 5


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """One of the places that contradict each other."""

    note: str
    line: int
    sentence: str
    """The sentence, or the name as it is written there."""

    @property
    def place(self) -> str:
        """`note.md:12`."""
        return f"{self.note}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """One thing to look at."""

    place: str
    """`note.md:12`."""
    kind: str
    """`mutual` with a predicate, or the name of another row of `CONFLICTS`."""
    message: str
    about: tuple[str, ...] = ()
    """IRIs of the entities that it is about."""
    sides: tuple[Side, ...] = ()
    """What contradicts what: one place for each side, in the order of the message."""
    wording: str = ""
    """Which of the wordings of its kind the message has; "" for the usual one."""
    facts: tuple[tuple[str, str], ...] = ()
    """The names and numbers of the message, by what they are; `relation` is a predicate. For other languages."""

    @property
    def key(self) -> tuple[str, ...]:
        """The kind and the entities: what stays the same when a note is edited, and may be used to keep a decision."""
        return (self.kind, *self.about)


def first_place(entity: Entity) -> str:
    """Return where an entity is first named; the empty string where no place is known."""
    return f"{entity.places[0].note}:{entity.places[0].line}" if entity.places else ""


def named_at(entities: Iterable[Entity]) -> tuple[Side, ...]:
    """Return where each entity is first named, at most as many as a message lists."""
    firsts = (e.places[0] for e in entities if e.places)
    return tuple(Side(p.note, p.line, p.surface) for p in firsts)[:SHOWN]


def iris_of(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Return the IRIs of entities."""
    return tuple(e.iri for e in entities)
