"""One way of naming a thing: a mention without its place."""

from __future__ import annotations

from typing import NamedTuple

from papergraph.model import EntityType, Mention


class Naming(NamedTuple):
    """What a mention says, wherever it stands; the fields are those of `Mention`."""

    type: EntityType
    name: str
    surface: str
    confidence: float
    vocabulary: str
    identifiers: tuple[str, ...]
    recorded: bool

    @classmethod
    def of(cls, m: Mention) -> Naming:
        """Return what a mention says."""
        return cls(m.type, m.name, m.surface, m.confidence, m.vocabulary, m.identifiers, m.recorded)
