"""Phrases of a note that may be names, with all that is said of each: what the model `names` judges."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papergraph.extract.context import Context
from papergraph.extract.learned.candidates import Place, places_in
from papergraph.extract.learned.linear import BIAS, LinearModel, read_model
from papergraph.extract.learned.name_form import Lexicon, form_features
from papergraph.extract.learned.name_place import Company, place_features
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary

MODEL, LABEL = "names", "name"
_RULE = "rule="
_STEPS = ((1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"))
#: The first places of a phrase tell enough.
_ENOUGH = 4
#: A mention inside of one of these may be a name all the same.
_FRAMES = frozenset({"Paper", "Topic"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, all its places in a note, and what is said of it at any of them."""

    surface: str
    places: tuple[Place, ...]
    features: tuple[str, ...]
    names: tuple[str, ...] = ()
    """What mentions there stand for, in every form."""
    mentions: tuple[int, ...] = ()
    """Which mentions these are."""


def named_in(context: Context, may_be: Callable[[str, Iterable[str]], bool] = lambda *_: True) -> Iterator[Candidate]:
    """Yield what the mentions of a note name, with the rules that found it.

    `may_be` says by its words and its rules alone whether a name is worth a look.
    """
    groups: dict[str, list[int]] = {}
    for number, mention in enumerate(context.mentions):
        if mention.type in THINGS and context.reading.block_at(mention.span.start) >= 0:
            groups.setdefault(fold(mention.name), []).append(number)
    company = Company([m.span for m in context.mentions if m.type in THINGS])
    titles = _Taken(m.span for m in context.mentions if m.type == "Paper")
    for numbers in groups.values():
        found = [context.mentions[n] for n in numbers]
        signs = list(_signs(context, found, titles))
        if not may_be(found[0].surface, signs):
            continue
        said = [*_said(context, company, [_place(context, m) for m in found]), *signs]
        known = [form for m in found if m.vocabulary for form in context.vocabulary.by_id(m.vocabulary).forms]
        names = dict.fromkeys([*(m.name for m in found), *(m.surface for m in found), *known])
        yield Candidate(found[0].surface, (), tuple(said), tuple(names), tuple(numbers))


def _place(context: Context, mention: Mention) -> Place:
    number = context.reading.block_at(mention.span.start)
    marks = (i.kind for i in context.document.blocks[number].inlines if i.inner == mention.span)
    return Place(number, mention.span, True, next(marks, ""))


def _signs(context: Context, found: list[Mention], titles: _Taken) -> Iterator[str]:
    yield "found=mention"
    yield from sorted({f"{_RULE}{m.extractor}" for m in found})
    yield f"type={found[0].type}"
    entry = found[0].vocabulary
    yield "unknown" if not entry else "known-work" if context.vocabulary.by_id(entry).work else "known-technique"
    if all(titles.overlaps(m.span) for m in found):
        yield "in-titles"


def phrases_of(context: Context, may_be: Callable[[str], bool] = bool, *, covered: bool = False) -> Iterator[Candidate]:
    """Yield the phrases of a note where no other mention stands, or, if `covered`, where just another mention stands.

    `may_be` says by its words alone whether a phrase is worth a look.
    """
    taken = _Taken(m.span for m in context.mentions if m.type not in _FRAMES)
    titles = _Taken(m.span for m in context.mentions if m.type == "Paper")
    names = frozenset(m.span for m in context.mentions if m.type in THINGS)
    found: dict[str, list[Place]] = {}
    for place in places_in(context.reading, may_be):
        span = place.span
        free = span in names if covered else not taken.overlaps(span)
        if free and not titles.overlaps(span):
            found.setdefault(fold(span.of(context.text)), []).append(place)
    company = Company(list(names))
    for places in found.values():
        surface = places[0].span.of(context.text)
        yield Candidate(surface, tuple(places), tuple(_said(context, company, places)))


def _said(context: Context, company: Company, places: list[Place]) -> Iterator[str]:
    blocks = context.document.blocks
    said: set[str] = set()
    for place in places[:_ENOUGH]:
        said.update(place_features(context.reading, place))
        said.update(company.features(blocks[place.block], place.span))
    yield from sorted(said)
    yield f"count={next((name for most, name in _STEPS if len(places) <= most), '9+')}"


class _Taken:
    """Spans, joined where they overlap, for whether another overlaps one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, span: Span) -> bool:
        number = bisect_left(self._starts, span.end)
        return number > 0 and self._ends[number - 1] > span.start


class Judge:
    """The model with a vocabulary: how probable a phrase is a name."""

    def __init__(self, model: LinearModel, vocabulary: Vocabulary) -> None:
        self._weights = {feature: weights[LABEL] for feature, weights in model.weights.items() if LABEL in weights}
        self._lexicon = Lexicon.of(vocabulary)
        self._by_form: dict[str, float] = {}

    def form(self, surface: str) -> float:
        """Return what the words of a phrase add up to, with what is always there."""
        if surface not in self._by_form:
            if len(self._by_form) >= 1 << 16:
                self._by_form.clear()
            self._by_form[surface] = self._sum((BIAS, *form_features(surface), *self._lexicon.features(surface)))
        return self._by_form[surface]

    def probability(self, candidate: Candidate) -> float:
        """Return how probable a phrase is a name, 0 to 1."""
        return 1 / (1 + math.exp(-self.partly(candidate.surface, candidate.features)))

    def partly(self, surface: str, features: Iterable[str]) -> float:
        """Return what the words of a phrase and some features of it add up to."""
        return self.form(surface) + self._sum(features)

    def knows(self, signs: Iterable[str]) -> bool:
        """Tell whether the model has seen all rules that found something."""
        return all(sign in self._weights for sign in signs if sign.startswith(_RULE))

    def _sum(self, features: Iterable[str]) -> float:
        weights = self._weights
        return sum(weights.get(feature, 0.0) for feature in features)


_JUDGES: dict[str, Judge] = {}


def judge_for(vocabulary: Vocabulary) -> Judge:
    """Return the judge that knows the words of a vocabulary, made once."""
    if vocabulary.digest not in _JUDGES:
        _JUDGES[vocabulary.digest] = Judge(read_model(MODEL), vocabulary)
    return _JUDGES[vocabulary.digest]
