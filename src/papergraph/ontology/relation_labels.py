"""How people call a relation, read from either end: one list for commands, notebooks, the server and the page."""

from __future__ import annotations

import json
from functools import cache
from typing import Literal

from papergraph.model import Predicate
from papergraph.resources import read_resource

Language = Literal["en", "zh"]


def relation_key(predicate: Predicate, *, outgoing: bool) -> str:
    """Return the key of a relation in `ontology/relations.json`.

    >>> relation_key("extends", outgoing=False)
    'inverse-extends'
    """
    return predicate if outgoing else f"inverse-{predicate}"


def relation_label(predicate: Predicate, *, outgoing: bool, language: Language = "en") -> str:
    """Return the label of a relation as seen from its subject (`outgoing`) or from its object.

    >>> relation_label("introduces", outgoing=True), relation_label("introduces", outgoing=False)
    ('introduces', 'introduced by')
    """
    return relation_labels()[relation_key(predicate, outgoing=outgoing)][language]


@cache
def relation_labels() -> dict[str, dict[Language, str]]:
    """Return the labels of every relation by key and language."""
    labels: dict[str, dict[Language, str]] = json.loads(read_resource("ontology/relations.json"))
    return labels
