"""What decides on a claim: how strongly it is affirmed and denied, as a sum of what notes say, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papergraph.assemble.claims import Claim, Key
from papergraph.assemble.witness import witness
from papergraph.correction import CORRECTED
from papergraph.model import Evidence, Polarity

#: No amount of evidence that rules find makes a claim certain.
_MOST = 0.99
#: How much a further witness counts: of claims with several, 0.88 were right where the full noisy-or said 0.96.
_FURTHER = 0.25
#: A claim that is less sure wins over no other.
ASSERTED = 0.5
#: So many notes with evidence are named: whether it is one or several decides where a statement stands.
_NAMED = 2


@dataclass(slots=True)
class Side:
    """All that affirms a claim, or all that denies it."""

    witnesses: dict[tuple[str, bool], float] = field(default_factory=dict)
    """How sure each witness is, and whether it is a language model."""
    corrected: bool = False
    """Whether a person decided so."""
    dataset: str = ""
    metric: str = ""
    notes: set[str] = field(default_factory=set)
    """Of the notes with evidence the first two."""

    def add(self, claim: Claim) -> None:
        """Add a claim of this side."""
        evidence = claim.evidence
        self._hear((witness(evidence.sentence), evidence.tier == "model"), evidence.confidence)
        self._gather(evidence.extractor == CORRECTED, claim.dataset, claim.metric, (evidence.note,))

    def merge(self, other: Side) -> None:
        """Add what speaks for the same side elsewhere."""
        for heard, confidence in other.witnesses.items():
            self._hear(heard, confidence)
        self._gather(other.corrected, other.dataset, other.metric, other.notes)

    def _hear(self, heard: tuple[str, bool], confidence: float) -> None:
        self.witnesses[heard] = max(self.witnesses.get(heard, 0.0), confidence)

    def _gather(self, corrected: bool, dataset: str, metric: str, notes: Iterable[str]) -> None:
        self.corrected |= corrected
        self.dataset = min(filter(None, (self.dataset, dataset)), default="")
        self.metric = min(filter(None, (self.metric, metric)), default="")
        if not self.notes.issuperset(notes):
            self.notes = set(sorted({*self.notes, *notes})[:_NAMED])

    @property
    def has_rules(self) -> bool:
        """Whether anything but a language model says so."""
        return any(not is_model for _, is_model in self.witnesses)

    def confidence(self, *, of_rules: bool = False) -> float:
        """Return how sure the witnesses are together, or those among them that are no language model."""
        if self.corrected:
            return 1.0
        return noisy_or(c for (_, is_model), c in self.witnesses.items() if not (of_rules and is_model))


@dataclass(slots=True)
class Tally:
    """Both sides of a claim."""

    positive: Side = field(default_factory=Side)
    negative: Side = field(default_factory=Side)

    def add(self, claim: Claim) -> None:
        """Add a claim to its side."""
        self.side(claim.polarity).add(claim)

    def merge(self, other: Tally) -> None:
        """Add what is said of the same claim elsewhere."""
        self.positive.merge(other.positive)
        self.negative.merge(other.negative)

    def side(self, polarity: Polarity) -> Side:
        """Return one of the sides."""
        return self.positive if polarity == "positive" else self.negative

    @property
    def has_rules(self) -> bool:
        """Whether anything but a language model says anything of it."""
        return self.positive.has_rules or self.negative.has_rules

    @property
    def polarity(self) -> Polarity:
        """The stronger side, the positive one of equals; rules outweigh whatever a language model says."""
        of_rules = self.has_rules
        negative, positive = (side.confidence(of_rules=of_rules) for side in (self.negative, self.positive))
        return "negative" if negative > positive else "positive"

    @property
    def kept(self) -> Side:
        """The side that stands."""
        return self.side(self.polarity)


def tally_of(claims: Iterable[Claim]) -> Tally:
    """Return the sum of claims with one key."""
    tally = Tally()
    for claim in claims:
        tally.add(claim)
    return tally


def beaten(tallies: Mapping[Key, Tally]) -> set[Key]:
    """Return the claims that two things were compared, where it is as sure as not that one of them is better."""
    lost: set[Key] = set()
    for (subject, predicate, obj), tally in tallies.items():
        better = tally.positive
        if predicate != "outperforms" or tally.polarity != "positive" or better.confidence() < ASSERTED:
            continue
        compared: tuple[Key, Key] = ((subject, "comparedWith", obj), (obj, "comparedWith", subject))
        for key in compared:
            beside = tallies.get(key, Tally())
            decided = beside.positive.corrected or beside.negative.corrected
            if key in tallies and not decided and (better.has_rules or not beside.has_rules):
                lost.add(key)
    return lost


def combined_confidence(evidence: Iterable[Evidence]) -> float:
    """Return how sure several pieces of evidence make a claim: noisy-or over distinct sentences, at most 0.99.

    The surest sentence counts in full, each further one as a quarter: rules err in the same way on many sentences.
    Two rules that read the same sentence are one witness, the surer of the two; so are copies of a sentence that differ
    in their marks, links, dates and tags only. A model is a witness of its own. Rounded to 4 places. What a person
    decided is certain.
    """
    side = Side()
    for item in evidence:
        side.add(Claim(("", "uses", ""), item, "positive"))
    return side.confidence()


def noisy_or(confidences: Iterable[float]) -> float:
    """Return how sure several witnesses are together; 0 without any."""
    surest, *others = sorted(confidences, reverse=True) or [0.0]
    doubt = 1.0 - surest
    for confidence in others:
        doubt *= 1.0 - _FURTHER * confidence
    return round(min(_MOST, 1.0 - doubt), 4)
