"""The likeliest characters of a text of which some may have been any of a few candidates.

The text is read from left to right, with the last characters of every reading that is still likely. Wherever a few
certain characters follow each other all readings agree, and what lies between two such places is decided: each
character by all readings that it is in, as likely as they are together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from papergraph.sources.language import LONGEST, LanguageModel, spell

#: A restored character counts as certain from this probability on.
_CERTAIN = 0.9
#: What an unlikely character costs (natural logarithm).
_PENALTY = -4.0
#: How much worse than the best a reading may be and still be followed.
_HOPELESS = 9.0
_LINE = "\n"


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to go on from one reading by one character; a reading is named by its last characters."""

    before: str
    character: str
    after: str
    past: float
    """Score of the reading before."""
    gain: float


def choose(
    slots: Sequence[tuple[str, ...]], model: LanguageModel, width: int, unlikely: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bool]]:
    """Yield a character for each of `slots`, and whether it is doubtful, following `width` readings at a time.

    >>> list(choose([("注",), ("意",), ("刘", "力")], LanguageModel(), 8))
    [('注', False), ('意', False), ('力', False)]
    """
    readings = {_LINE: 0.0}
    undecided: list[list[_Step]] = []
    for options in slots:
        if len(options) > 1 or len(readings) > 1:
            steps = [step for option in options for step in _steps(readings, option, model)]
            if len(options) > 1:
                steps = [_less(step) if step.character in unlikely else step for step in steps]
            readings, steps = _best(steps, width)
            undecided.append(steps)
            continue
        yield from _decide(undecided)
        undecided = []
        yield options[0], False
        readings = {_last(_after(next(iter(readings)), options[0])): 0.0}
    yield from _decide(undecided)


def _after(reading: str, character: str) -> str:
    """Return the characters that the model counts with one more; runs of letters, digits and spaces are one."""
    spelled = _spelled(character)
    same = not spelled or (spelled in "A0" and reading.endswith(spelled))
    return reading if same else reading + spelled


@lru_cache(maxsize=10_000)
def _spelled(character: str) -> str:
    return spell(character)


def _last(text: str) -> str:
    """Return as much of `text` as the next character depends on."""
    return _LINE if text[-1] == _LINE else text[1 - LONGEST :]


def _steps(readings: dict[str, float], character: str, model: LanguageModel) -> Iterator[_Step]:
    for reading, score in readings.items():
        gram = _after(reading, character)
        gain = model.log(gram[-LONGEST:]) if len(gram) > len(reading) else 0.0
        yield _Step(reading, character, _last(gram), score, gain)


def _less(step: _Step) -> _Step:
    return _Step(step.before, step.character, step.after, step.past, step.gain + _PENALTY)


def _best(steps: list[_Step], width: int) -> tuple[dict[str, float], list[_Step]]:
    """Return the `width` best readings after `steps`, and the steps that lead to them."""
    found: dict[str, list[float]] = {}
    for step in steps:
        found.setdefault(step.after, []).append(step.past + step.gain)
    scores = {reading: _sum(values) for reading, values in found.items()}
    least = max(scores.values()) - _HOPELESS
    hopeful = [reading for reading, score in scores.items() if score > least]
    best = sorted(hopeful, key=lambda reading: (-scores[reading], reading))[:width]
    kept = {reading: scores[reading] for reading in best}
    return kept, [step for step in steps if step.after in kept]


def _sum(values: Sequence[float]) -> float:
    """Return the logarithm of the sum of what `values` are the logarithms of."""
    most = max(values)
    return most if len(values) == 1 else most + math.log(math.fsum(math.exp(value - most) for value in values))


def _decide(undecided: list[list[_Step]]) -> Iterator[tuple[str, bool]]:
    """Yield the likeliest character of each place, and whether it is doubtful."""
    future: dict[str, float] = {}
    decided: list[tuple[str, bool]] = []
    for steps in reversed(undecided):
        readings: dict[str, list[float]] = {}
        characters: dict[str, list[float]] = {}
        for step in steps:
            if future and step.after not in future:
                continue
            ahead = step.gain + future.get(step.after, 0.0)
            readings.setdefault(step.before, []).append(ahead)
            characters.setdefault(step.character, []).append(step.past + ahead)
        future = {reading: _sum(values) for reading, values in readings.items()}
        scores = {character: _sum(values) for character, values in characters.items()}
        best = min(scores, key=lambda character: (-scores[character], character))
        decided.append((best, scores[best] - _sum(list(scores.values())) < math.log(_CERTAIN)))
    return reversed(decided)
