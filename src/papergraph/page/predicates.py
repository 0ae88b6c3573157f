"""The relations that the page knows, in the order of its own table, see viz/page/src/kinds.ts."""

from __future__ import annotations

from typing import Final

from papergraph.model import Predicate

PREDICATES: Final[tuple[Predicate, ...]] = (
    "extends",
    "improvesOn",
    "uses",
    "introduces",
    "affiliatedWith",
    "authoredBy",
    "outperforms",
    "comparedWith",
    "targetsHardware",
    "measuredOn",
    "evaluatedOn",
    "trainedOn",
    "hasTopic",
    "broader",
)
