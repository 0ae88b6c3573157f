"""What the rules left unsaid and the model `relations` finds likely, from annotated notes of many authors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from papergraph.extract.context import Context, readable
from papergraph.extract.learned.linear import read_model
from papergraph.extract.learned.pairs import Place, kin_of, pairs_of
from papergraph.extract.learned.relations import pair_features
from papergraph.extract.relate.families import FAMILIES
from papergraph.extract.relate.struck_out import is_struck_out
from papergraph.extract.score.calibration import height_at
from papergraph.extract.score.veto import is_vetoed
from papergraph.model import Predicate, RelationMention
from papergraph.resources import read_yaml

Labels = dict[str, tuple[Predicate, ...]]
_OF_WORKS: Labels = {"builds": ("uses", "extends", "improvesOn"), "compares": ("outperforms", "comparedWith")}
#: For each type of object the labels of the model that may hold, and the predicates that each stands for.
LABELS: dict[str, Labels] = {
    "Method": _OF_WORKS,
    "Model": _OF_WORKS,
    "Dataset": {"evaluatedOn": ("evaluatedOn",), "trainedOn": ("trainedOn",)},
    "Hardware": {"hardware": ("targetsHardware",)},
}


class Guess(NamedTuple):
    """A claim that the model finds likely."""

    probability: float
    label: str
    places: tuple[Place, ...]
    features: dict[str, float]


class Likelihood(NamedTuple):
    """How far the model is to be believed."""

    least: float
    """A claim that is less probable is not made."""
    points: tuple[tuple[float, float], ...]
    """From how probable the model finds claims to how often such claims are right."""


def label_of(predicate: Predicate) -> str:
    """Return which label of the model stands for a predicate.

    >>> label_of("extends"), label_of("measuredOn"), label_of("trainedOn")
    ('builds', 'hardware', 'trainedOn')
    """
    family = FAMILIES.get(predicate, predicate)
    return predicate if family == "data" else family


def add_learned(context: Context) -> Iterator[RelationMention]:
    """Yield all claims, and for each name the likeliest of each kind that nobody made and that is likely enough."""
    yield from context.relations
    best: dict[tuple[int, str], Guess] = {}
    for guess in _guesses(context):
        key = context.identities[guess.places[0].object], guess.label
        if key not in best or guess.probability > best[key].probability:
            best[key] = guess
    for guess in best.values():
        yield from _claim(context, guess)


def _guesses(context: Context) -> Iterator[Guess]:
    model, least = read_model("relations"), read_likelihood().least
    told = told_of(context)
    for pair, places in pairs_of(context).items():
        labels = possible_labels(context, places[0], told.get(pair, frozenset()))
        if not labels:
            continue
        features = pair_features(context, places)
        for label, probability in model.scores(features, labels).items():
            if probability >= least:
                yield Guess(probability, label, tuple(places), features)


def possible_labels(context: Context, place: Place, told: frozenset[str]) -> list[str]:
    """Return the labels that suit the types of a pair; none where a rule claimed or denied one of them."""
    labels = LABELS[context.mentions[place.object].type]
    return [] if told.intersection(labels) else list(labels)


def told_of(context: Context) -> dict[tuple[int, int], frozenset[str]]:
    """Return the labels of the claims about each pair; what is said of a paper is said of what it introduces too."""
    found: dict[tuple[int, int], set[str]] = {}
    kin = context.once(kin_of, None)
    for claim in context.relations:
        subject, obj = context.identities[claim.subject], context.identities[claim.object]
        label = label_of(claim.predicate)
        for one in kin.get(subject, {subject}):
            found.setdefault((one, obj), set()).add(label)
            if label in {"builds", "compares"}:
                found.setdefault((obj, one), set()).update({"builds", "compares"})
    return {pair: frozenset(labels) for pair, labels in found.items()}


def _claim(context: Context, guess: Guess) -> Iterator[RelationMention]:
    """Yield the claim of a guess, with the place that speaks most for it, unless its sentence doubts it."""
    obj = guess.places[0].object
    model, predicates = read_model("relations"), LABELS[context.mentions[obj].type][guess.label]
    scores = model.scores(guess.features, predicates) if len(predicates) > 1 else {predicates[0]: 1.0}
    predicate = max(predicates, key=lambda p: scores[p])
    place = max(guess.places, key=lambda p: model.scores(pair_features(context, (p,)), (guess.label,))[guess.label])
    if not context.fits(predicate, place.subject, place.object) or is_vetoed(context, place, guess.label):
        return
    claim = RelationMention(
        subject=place.subject,
        predicate=predicate,
        object=place.object,
        span=place.sentence,
        line=context.document.line_of(place.sentence.start),
        sentence=readable(context.document, place.sentence),
        extractor=f"learned-{predicate}",
        tier="prose",
        confidence=round(height_at(read_likelihood().points, guess.probability), 2),
        inferred=True,
    )
    if not is_struck_out(context, claim):
        yield claim


@cache
def read_likelihood() -> Likelihood:
    """Return what was measured of the model on notes that it was not made from; see data/models/relations.yaml.

    Raises:
        ConfigError: if this installation does not hold the file.
    """
    lists = read_yaml("data/models/relations.yaml")
    return Likelihood(
        float(lists["least"]), tuple(zip(map(float, lists["said"]), map(float, lists["is"]), strict=True))
    )
