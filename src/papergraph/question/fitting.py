"""Which names of a question stand for which parameters of a query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papergraph.ask.named import NamedQuery
from papergraph.question.names import Named
from papergraph.question.phrasing import Phrasing, kind
from papergraph.store import Candidate

#: The types of entities that may stand for a parameter of a type.
_FITS = {"Method": ("Method", "Model"), "Model": ("Model", "Method")}
_SINCE = re.compile(r"(?:since|(after)|from)\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|(before)|till|up to|to|[-–—]|到|至)\s*$", re.IGNORECASE)
_SINCE_BEHIND = re.compile(
    r"^\s*(?:年)?\s*(?:以来|以后|之后|起|至今|及以后|到|至|[-–—]|or later|or newer|onwards?|to\b|until\b)",
    re.IGNORECASE,
)
_UNTIL_BEHIND = re.compile(r"^\s*(?:年)?\s*(?:(以前|之前)|为止)")


@dataclass(frozen=True, slots=True)
class Filled:
    """One parameter, with what the question names for it."""

    parameter: str
    named: Named
    value: str
    """The number, or the IRI of the entity."""
    label: str
    second: bool = False
    """Whether the name rather means another entity, of a type that does not fit."""


def fit(
    question: str, phrasing: Phrasing, names: Sequence[Named]
) -> tuple[tuple[Filled, ...], tuple[Named, ...]] | None:
    """Return the parameters with the names that fill them, and the names that are left over; None if one lacks.

    Names fill the places of their type in order; a name behind an enumeration goes to the last place. Parameters that
    the phrasing does not name take what is left and fits.
    """
    query, left = phrasing.query, list(names)
    filled: list[Filled] = []
    for parameter in phrasing.places:
        found = next(_fillings(question, query, parameter, left), None)
        if found is None:
            return None
        filled.append(found)
        left.remove(found.named)
    if len(phrasing.places) > 1 and kind(query, phrasing.places[-1]) == kind(query, phrasing.places[-2]):
        more = [f for n in left if (f := next(_fillings(question, query, phrasing.places[-1], [n]), None))]
        filled += more
        left = [n for n in left if all(n != f.named for f in more)]
    years = [f.named for f in filled if f.named.kind == "year"]
    for parameter in (p for p, _ in query.parameters if p not in phrasing.places):
        filled += list(_fillings(question, query, parameter, [*left, *years]))[:1]
    taken = [f.named for f in filled]
    return tuple(filled), tuple(n for n in left if n not in taken)


def _fillings(question: str, query: NamedQuery, parameter: str, names: Sequence[Named]) -> Iterator[Filled]:
    wanted = kind(query, parameter)
    for named in names:
        if named.kind == wanted == "memory":
            yield Filled(parameter, named, named.surface, named.surface)
        elif named.kind == wanted == "year" and (year := _bound(question, parameter, named)):
            yield Filled(parameter, named, year, year)
        elif named.kind == "entity" and wanted not in {"memory", "year"}:
            chosen = _candidate(named.candidates, wanted)
            if chosen is not None:
                yield Filled(parameter, named, chosen.iri, chosen.label, chosen is not named.candidates[0])


def _candidate(candidates: Sequence[Candidate], wanted: str) -> Candidate | None:
    types = _FITS.get(wanted, (wanted,))
    return next((c for c in candidates if wanted == "entity" or c.type in types), None)


def _bound(question: str, parameter: str, named: Named) -> str:
    """Return the year that a parameter is bound by, empty for none.

    `since 2023` has no end, and `before 2023` ends with 2022.
    """
    before, behind = question[: named.start], question[named.end :]
    since = _SINCE.search(before) or _SINCE_BEHIND.match(behind)
    until = _UNTIL.search(before) or _UNTIL_BEHIND.match(behind)
    if (parameter == "until" and since) or (parameter == "since" and until):
        return ""
    bound = since or until
    apart = bool(bound and bound.re.groups and bound[1])
    return str(int(named.surface) + (0 if not apart else 1 if since else -1))
