"""How likely a Chinese character is after others, from the counts in data/words and from the notes at hand."""

from __future__ import annotations

import lzma
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from papergraph.resources import resource
from papergraph.text.traditional import SIMPLIFIED

#: How many characters are looked at together.
LONGEST = 5
#: What is taken from each count for characters that were not counted in its place, by the length of the n-gram.
_DISCOUNTS = (0.0, 1.0, 1.0, 2.0, 2.5, 3.0)
#: How many counts in the notes outweigh the counts in data/words, by the length of the n-gram.
_INERTIA = (0, 0, 90, 18, 9, 6)
#: The bytes of UTF-8 that wrong decoding loses. N-grams of three and more without a character that has one decide
#: nothing and are not counted; the share of characters that have one.
LOST = frozenset(b"\x81\x8d\x8e\x8f\x90\x9d\x9e\xad")
_DAMAGED_SHARE = 0.3
#: The vocabulary of characters, and what an unseen one counts.
_CHARACTERS, _UNSEEN = 6000, 0.3
_RUNS = re.compile(r"[A-Za-z_]+|[0-9]+|[ \t\r]+")
_WIDE = {ord(narrow): wide for narrow, wide in zip(",;:?!()", "，；：？！（）", strict=True)}
_SPELLED = _WIDE | SIMPLIFIED


class LanguageModel:
    """The probabilities of characters, made more exact by the counts in clean notes and in the undamaged parts of one.

    >>> LanguageModel().log("注意力") > LanguageModel().log("注意功")
    True
    """

    def __init__(self, *nearer: Counts) -> None:
        """Follow the counts in data/words, and those `nearer` to the note, the nearest last."""
        self._nearer = nearer
        self._known: dict[str, float] = {}

    def log(self, gram: str) -> float:
        """Return the natural logarithm of the probability of the last character of `gram` after those before it."""
        known = self._known.get(gram)
        if known is None:
            probability = _probability(gram)
            for counts in self._nearer:
                probability = counts.adapted(gram, probability)
            known = self._known[gram] = math.log(probability)
        return known


class Counts:
    """How often each n-gram occurs in some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the n-grams of `texts`, which `spell` spelled; no n-gram goes across a U+FFFD."""
        self._grams: Counter[str] = Counter()
        self._contexts: Counter[str] = Counter()
        for text in texts:
            first = 0
            for place, character in enumerate(text):
                if character == "\ufffd":
                    first = place + 1
                for start in range(max(first, place - LONGEST + 1), place):
                    self._grams[text[start : place + 1]] += 1
                    self._contexts[text[start:place]] += 1

    def adapted(self, gram: str, probability: float) -> float:
        """Return the probability of the last character of `gram` by these counts, of those that had another."""
        for length in range(2, len(gram) + 1):
            total = self._contexts.get(gram[-length:-1])
            if total:
                weight = _INERTIA[length]
                probability = (self._grams.get(gram[-length:], 0) + weight * probability) / (total + weight)
        return probability


def spell(text: str) -> str:
    """Return `text` as it is counted: runs of Latin letters as `A`, of digits as `0`, without spaces, simplified.

    >>> spell("用 FP16 訓練(8 卡)")
    '用A0训练（0卡）'
    """
    return _RUNS.sub(lambda run: _spell_run(run[0]), text).translate(_SPELLED)


def _spell_run(run: str) -> str:
    return "0" if run[0].isdigit() else "" if run[0].isspace() else "A"


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Return the characters that follow each context, and their counts as characters.

    Raises:
        ConfigError: if this installation does not hold the counts.
    """
    text = lzma.decompress(resource("data/words/zh-ngrams.tsv.xz").read_bytes()).decode("utf-8")
    table = {}
    for row in text.split("\n"):
        context, characters, counts = row.replace("\r", "\n").split("\t")
        table[context] = (characters, counts)
    return table


@lru_cache(maxsize=100_000)
def _total(context: str) -> tuple[float, float]:
    """Return how often any character was counted after `context`, and what is taken from that for the others."""
    row = _table().get(context)
    if row is None:
        return (0.0, 0.0)
    counts = [_count(character) for character in row[1]]
    total = sum(counts)
    discount = _DISCOUNTS[len(context) + 1]
    left_out = 0.0
    if len(context) > 1:
        share = _DAMAGED_SHARE if LOST.isdisjoint(context.encode()) else 1.0
        left_out = max(0.0, share * _counted(context) - total)
    return (total + left_out, sum(min(discount, count) for count in counts) + left_out)


def _counted(gram: str) -> float:
    """Return how often `gram` was counted, 0 if it is not listed."""
    characters, counts = _table().get(gram[:-1], ("", ""))
    place = characters.find(gram[-1])
    return _count(counts[place]) if place >= 0 else 0.0


def _count(character: str) -> float:
    """Return the count that a character of the table stands for, as data/words/make.py writes it."""
    return float(2 ** ((ord(character) - 48) / 2))


@lru_cache(maxsize=400_000)
def _probability(gram: str) -> float:
    """Return the probability of the last character of `gram` after those before it (absolute discounting)."""
    context = gram[:-1]
    count = _counted(gram)
    total, taken = _total(context)
    if not context:
        return (count + _UNSEEN) / (total + _UNSEEN * _CHARACTERS)
    shorter = _probability(gram[1:])
    if not total:
        return shorter
    return (max(0.0, count - _DISCOUNTS[len(gram)]) + taken * shorter) / total
