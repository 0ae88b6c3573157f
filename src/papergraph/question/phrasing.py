"""The phrasings of the ready-made queries, and how much a question is like one of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from papergraph.ask.named import NamedQuery
from papergraph.ask.parameters import kind_of
from papergraph.errors import ConfigError
from papergraph.question.words import ENTITY, MEMORY, PLACES, YEAR, features, tokens

_PLACE = re.compile(r"\{(\w+)\}")
_CHINESE = re.compile("[\u3400-\u9fff]+")
#: What a word that no phrasing has weighs, against the rarest that some has: a question may be about something else.
_UNHEARD = 0.4
#: How much the nearest phrasing counts against all phrasings of a query taken together.
_NEAREST = 0.6


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask a ready-made query."""

    query: NamedQuery
    text: str
    places: tuple[str, ...]
    """The query's parameters in the order in which the phrasing names them."""
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All phrasings, with what their words weigh."""

    all: tuple[Phrasing, ...]
    weights: dict[str, float]
    words: frozenset[str]
    """The words of all phrasings."""
    together: dict[str, frozenset[str]]
    """The features of all phrasings of a query."""

    def use(self, surface: str) -> bool:
        """Return whether questions are asked with this word, so that it names nothing by itself."""
        if _CHINESE.fullmatch(surface):
            return any(surface in phrasing.text for phrasing in self.all)
        return all(token in self.words for token in tokens(surface))


@lru_cache(maxsize=4)
def read_phrasings(queries: tuple[NamedQuery, ...]) -> Phrasings:
    """Return the phrasings of the queries; raises ConfigError for a place that is no parameter."""
    found = tuple(phrasing for query in queries for phrasing in _of(query))
    together: dict[str, frozenset[str]] = {}
    for phrasing in found:
        together[phrasing.query.name] = together.get(phrasing.query.name, frozenset()) | phrasing.features
    counts = Counter(f for listed in together.values() for f in listed)
    weights = {f: math.log((1 + len(together)) / n) for f, n in counts.items()}
    return Phrasings(found, weights, frozenset(f for f in counts if " " not in f) - PLACES, together)


def _of(query: NamedQuery) -> Iterator[Phrasing]:
    for text in query.phrasings:
        places = tuple(_PLACE.findall(text))
        if unknown := sorted(set(places) - dict(query.parameters).keys()):
            name = unknown[0]
            raise ConfigError(f"{query.name}.rq: {name} in {text!r} is not a parameter; add # @param {name}")
        words = tokens(_PLACE.sub(lambda m: _token(kind(query, m[1])), text))
        yield Phrasing(query, text, places, features(words))


def kind(query: NamedQuery, parameter: str) -> str:
    """Return what a parameter stands for: `memory`, `year`, `entity`, or a type of entities."""
    return dict(query.kinds).get(parameter) or kind_of(dict(query.parameters)[parameter]) or "entity"


def _token(what: str) -> str:
    return {"memory": MEMORY, "year": YEAR}.get(what, ENTITY)


def likenesses(phrasings: Phrasings, words: Iterable[str]) -> Iterator[tuple[float, Phrasing]]:
    """Yield how much the words of a question are like each phrasing, from 0 to 1: the cosine of their features."""
    asked = features(words)
    most = max(phrasings.weights.values(), default=1.0)
    weight = {f: phrasings.weights.get(f, _UNHEARD * most if " " not in f else 0.0) for f in sorted(asked)}
    size = _size(weight.values())
    share = {name: _size(weight[f] for f in sorted(asked & known)) / size for name, known in phrasings.together.items()}
    for phrasing in phrasings.all:
        common = sum(weight[f] ** 2 for f in sorted(asked & phrasing.features))
        cosine = common / (size * _size(phrasings.weights[f] for f in sorted(phrasing.features)))
        yield _NEAREST * cosine + (1 - _NEAREST) * share[phrasing.query.name] ** 2, phrasing


def _size(weights: Iterable[float]) -> float:
    return math.sqrt(sum(w * w for w in weights)) or 1.0
