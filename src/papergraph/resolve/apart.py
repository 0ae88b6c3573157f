"""Why things that share a title or a name were nevertheless taken for two, for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from papergraph.resolve.joins import Partition, Tie
from papergraph.resolve.profile import Profile

#: How many others one reason names.
_NAMED = 3
_SHARED: Mapping[Tie, str] = {
    Tie.IDENTIFIER: "a second identifier of each is the same",
    Tie.COREFERENCE: "a note takes both for one thing",
    Tie.VOCABULARY: "the vocabulary has one entry for both names",
    Tie.TITLE: "the same title",
    Tie.SUBTITLE: "the same title after the colon",
}


def kept_apart(partition: Partition) -> set[str]:
    """Return the keys of the things that were not joined; `reasons_apart` needs the profiles of these."""
    return {partition.owner(key) for refusal in partition.refusals for key in refusal.keys}


def reasons_apart(partition: Partition, profiles: Mapping[str, Profile]) -> dict[str, tuple[str, ...]]:
    """Return for the key of each thing with what it was not joined, and where that is named."""
    names: dict[str, str] = {}
    ties: dict[str, dict[str, Tie]] = defaultdict(dict)
    for refusal in partition.refusals:
        owners = sorted({partition.owner(key) for key in refusal.keys} & profiles.keys())
        for owner in owners if len(owners) > 1 else ():
            others = [o for o in owners[: _NAMED + 1] if o != owner][:_NAMED]
            for other in others:
                names[other] = names.get(other) or profiles[other].named
            left = len(owners) - 1 - len(others)
            listed = ", ".join(names[other] for other in others) + (f" and {left} more" if left else "")
            ties[owner].setdefault(listed, refusal.tie)  # the strongest comes first
    return {owner: tuple(_reason(*pair) for pair in sorted(found.items())) for owner, found in ties.items()}


def _reason(listed: str, tie: Tie) -> str:
    return f"kept apart from {listed}: {_SHARED[tie]}, but identifiers differ"
