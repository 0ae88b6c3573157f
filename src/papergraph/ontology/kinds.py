"""The kinds of things: their places in IRIs, which of them counts as another, and the order in which they are taken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from papergraph.model import ENTITY_TYPES, EntityType

#: The path segment of each kind of thing below the base; also its prefix in queries and exports.
KINDS: Final[dict[str, str]] = {
    "Paper": "paper",
    "Method": "method",
    "Model": "model",
    "Institution": "inst",
    "Hardware": "hw",
    "Dataset": "dataset",
    "Topic": "topic",
    "Person": "person",
    "Note": "note",
    "Statement": "st",
    "Evidence": "ev",
}
#: What a paper may introduce.
THINGS: Final[frozenset[EntityType]] = frozenset({"Method", "Model", "Dataset"})
#: What has a name of its own that vocabularies list; papers have titles, topics are said in many ways.
LISTED: Final[frozenset[EntityType]] = THINGS | {"Institution", "Hardware"}
#: The order in which a name is taken for a thing: people mean the method before the paper that shares its name.
LIKELIEST: Final[tuple[EntityType, ...]] = (
    "Method",
    "Model",
    "Dataset",
    "Hardware",
    "Institution",
    "Paper",
    "Topic",
    "Person",
)
_WIDER: Final[dict[str, str]] = {"Model": "Method"}
_NARROWEST: Final = (*(t for t in ENTITY_TYPES if t in _WIDER), *(t for t in ENTITY_TYPES if t not in _WIDER))


def group_of(kind: str) -> str:
    """Return the kind as which another counts: within it names meet, and queries for it find the other.

    >>> group_of("Model"), group_of("Paper")
    ('Method', 'Paper')
    """
    return _WIDER.get(kind, kind)


def narrowest(kinds: Collection[str]) -> EntityType | None:
    """Return the most specific of `kinds`; None if none of them is a kind of entity.

    >>> narrowest({"Entity", "Method", "Model"})
    'Model'
    """
    return next((kind for kind in _NARROWEST if kind in kinds), None)
