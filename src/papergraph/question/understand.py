"""What a question in words means: a ready-made query and the entities that stand for its parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from papergraph.ask.choose import by_preference
from papergraph.ask.named import NamedQuery
from papergraph.ask.parameters import SEPARATOR
from papergraph.ask.source import Nameable
from papergraph.errors import QuestionError, UnknownNameError
from papergraph.question.fitting import Filled, fit
from papergraph.question.names import Named, find_names
from papergraph.question.phrasing import Phrasings, likenesses, read_phrasings
from papergraph.question.words import ENTITY, MEMORY, YEAR, tokens

#: The length of the longest question, in characters.
MOST_SIGNS = 500
#: Below this a question is like nothing that is known.
_LEAST = 0.25
#: Below this even the nearest query is no help.
_NEARLY = 0.1
#: A word with a capital, other than the first of an English question, which has one by rule.
_CAPITALISED = re.compile(r"(?<![A-Za-z0-9])(?:(?<=.)|(?=\S*\s*[\u3400-\u9fff]))[A-Z][A-Za-z0-9_.+#-]*(?<![.-])")
#: A name that a query has no place for, and one that rather means something else, make it less likely.
_LEFT_OVER, _SECOND = 0.75, 0.9
#: Nearer than this, two queries may both be meant.
_NEAR = 0.97
_TOKENS = {"entity": ENTITY, "unknown": ENTITY, "memory": MEMORY, "year": YEAR}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question."""

    query: NamedQuery
    filled: tuple[Filled, ...]
    likeness: float
    """From 0 to 1."""
    left_over: tuple[Named, ...] = ()
    """What the question names and the query has no place for."""

    @property
    def given(self) -> dict[str, str]:
        """The query's parameters, several entities joined by `|`."""
        values: dict[str, list[str]] = {}
        for each in self.filled:
            values.setdefault(each.parameter, []).append(each.value)
        return {parameter: SEPARATOR.join(listed) for parameter, listed in values.items()}


def understand(source: Nameable, question: str, queries: Sequence[NamedQuery]) -> tuple[Reading, ...]:
    """Return the ways to read a question, the best first; more than one only where they are equally good.

    Raises:
        UnknownNameError: if the question names something that the graph does not have; with suggestions.
        QuestionError: if it is like no phrasing of a query; with the nearest queries.
        ConfigError: if a phrasing of a query names a parameter that it does not have.
    """
    if len(question) > MOST_SIGNS:
        raise QuestionError(question[:40] + " …", reason=f"a question has at most {MOST_SIGNS} characters")
    phrasings = read_phrasings(tuple(queries))
    names = _preferred(find_names(source, question, phrasings.use))
    unknown = next((n for n in names if n.kind == "unknown"), None)
    if unknown is not None:
        raise UnknownNameError("entity", unknown.surface, unknown.suggestions)
    words = tokens(_with_places(question, names))
    readings = _readings(question, words, phrasings, names) if words else []
    if not readings or readings[0].likeness < _LEAST:
        name = _strange_name(question, phrasings, names)
        nearest = tuple(r.query.name for r in readings[:3] if r.likeness >= _NEARLY)
        raise QuestionError(question, nearest, reason=f"no entity is named {name!r}" if name else "")
    return tuple(r for r in readings if r.likeness >= _NEAR * readings[0].likeness)


def _strange_name(question: str, phrasings: Phrasings, names: Sequence[Named]) -> str:
    """Return the first word that is written as a name, and is none in the graph; empty if there is none."""
    for match in _CAPITALISED.finditer(question):
        if not phrasings.use(match[0]) and all(match.end() <= n.start or n.end <= match.start() for n in names):
            return match[0]
    return ""


def _preferred(names: Sequence[Named]) -> tuple[Named, ...]:
    return tuple(replace(n, candidates=by_preference(n.candidates, n.surface)) for n in names)


def _readings(question: str, words: Sequence[str], phrasings: Phrasings, names: Sequence[Named]) -> list[Reading]:
    """Return the best reading for each query, the likeliest first."""
    best: dict[str, Reading] = {}
    for likeness, phrasing in likenesses(phrasings, words):
        fitted = fit(question, phrasing, names)
        if fitted is None:
            continue
        filled, left_over = fitted
        apt = likeness * _LEFT_OVER ** len(left_over) * _SECOND ** sum(f.second for f in filled)
        known = best.get(phrasing.query.name)
        if known is None or apt > known.likeness:
            best[phrasing.query.name] = Reading(phrasing.query, filled, apt, left_over)
    return sorted(best.values(), key=lambda r: (-r.likeness, r.query.name))


def _with_places(question: str, names: Sequence[Named]) -> str:
    """Return the question with a place for each name."""
    pieces, at = [], 0
    for named in names:
        pieces += [question[at : named.start], f" {_TOKENS[named.kind]} "]
        at = named.end
    return "".join([*pieces, question[at:]])
