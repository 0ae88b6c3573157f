"""Predicates that say much the same of two works."""

from __future__ import annotations

#: Predicates that say much the same; a name that one of a family took is not taken again by a later one.
FAMILIES = {
    "extends": "builds",
    "improvesOn": "builds",
    "uses": "builds",
    "outperforms": "compares",
    "comparedWith": "compares",
    "targetsHardware": "hardware",
    "measuredOn": "hardware",
    "evaluatedOn": "data",
    "trainedOn": "data",
}
#: What is said of the subject that a clause has; parts of a work use what the work uses.
RELATED = frozenset({"outperforms", "comparedWith", "improvesOn", "extends", "measuredOn", "targetsHardware"})
BUILDS = frozenset(p for p, family in FAMILIES.items() if family == "builds")
