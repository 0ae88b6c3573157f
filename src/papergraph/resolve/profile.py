"""What all mentions of a thing say of it, without all their places: the sum of what notes say, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from papergraph.model import Extraction, Mention, Place
from papergraph.ontology.identifiers import identifier_rank
from papergraph.resolve.naming import Naming
from papergraph.text.folding import tidy

LONGEST_IN_REASON = 60


@dataclass(slots=True)
class Profile:
    """What mentions say: it grows with the ways in which they name the thing, not with their number."""

    namings: dict[Naming, tuple[int, Place]] = field(default_factory=dict)
    """How often it is named in each way, and where first."""
    identifiers: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)

    def add(self, mention: Mention, place: Place) -> None:
        """Add a mention, which stands at a place."""
        self._count(Naming.of(mention), 1, place)

    def merge(self, other: Profile) -> None:
        """Add what other mentions of the same thing say."""
        for naming, (count, first) in other.namings.items():
            self._count(naming, count, first)
        self.identifiers |= other.identifiers
        self.attributes |= other.attributes

    def _count(self, naming: Naming, count: int, place: Place) -> None:
        known = self.namings.get(naming)
        self.namings[naming] = (known[0] + count, min(known[1], place)) if known else (count, place)

    @property
    def count(self) -> int:
        """How many mentions there are."""
        return sum(count for count, _ in self.namings.values())

    @property
    def first(self) -> Place:
        """The first place of all."""
        return min(place for _, place in self.namings.values())

    @property
    def uses(self) -> Counter[str]:
        """How often it is written in which way."""
        uses: Counter[str] = Counter()
        for naming, (count, _) in self.namings.items():
            uses[naming.surface] += count
        return uses

    @property
    def named(self) -> str:
        """Its best identifier, else its first name, with the first place that names it."""
        naming, (_, place) = min(self.namings.items(), key=lambda item: item[1][1])
        name = min(self.identifiers, key=identifier_rank, default="") or tidy(naming.name)[:LONGEST_IN_REASON]
        return f"{name} ({place.note}:{place.line})"

    def firsts(self) -> Iterator[tuple[Naming, Place]]:
        """Yield each name as it stands at the first place that has it."""
        found: dict[str, tuple[Place, Naming]] = {}
        for naming, (_, place) in self.namings.items():
            if naming.name not in found or place < found[naming.name][0]:
                found[naming.name] = place, naming
        yield from ((naming, place) for place, naming in found.values())


def place_of(extraction: Extraction, mention: Mention) -> Place:
    """Return where a mention stands."""
    return Place(extraction.path, mention.line, mention.span.start, mention.span.end, mention.surface)
