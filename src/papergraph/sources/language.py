"""How likely Chinese text is, from the counts of Chinese words and from clean notes."""

from __future__ import annotations

import gzip
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from papergraph.resources import resource

#: What a character of a clean note weighs, and what a word's count is divided by to be weighed against it.
_NOTE_WEIGHT, _WORDS_SHARE = 10, 2000


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """How likely words are, and characters after each other."""

    words: dict[str, float]
    """Natural logarithm of each word's share."""
    unknown: float
    """For a character that is in no word."""
    pairs: Counter[str]
    triples: Counter[str]
    singles: Counter[str]
    total: int


@lru_cache(maxsize=2)
def language_model(clean_texts: tuple[str, ...]) -> LanguageModel:
    """Return the model of Chinese words and of `clean_texts`, whose characters count more.

    >>> model = language_model(())
    >>> model.words["淘汰"] > model.words["注意力"] > model.unknown
    True
    """
    model = _model_of_words()
    singles, pairs, triples = Counter(model.singles), Counter(model.pairs), Counter(model.triples)
    for text in clean_texts:
        for i, character in enumerate(text):
            if not character.isascii():
                _count(text, i, _NOTE_WEIGHT, (singles, pairs, triples))
    return LanguageModel(model.words, model.unknown, pairs, triples, singles, int(singles.total()))


@cache
def _model_of_words() -> LanguageModel:
    counts = word_counts()
    total = sum(counts.values())
    words = {word: math.log(count / total) for word, count in counts.items()}
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for word, count in counts.items():
        for i in range(len(word)):
            _count(word, i, count / _WORDS_SHARE, (singles, pairs, triples))
    return LanguageModel(words, math.log(0.5 / total), pairs, triples, singles, int(singles.total()))


def _count(text: str, place: int, weight: float, counters: Iterable[Counter[str]]) -> None:
    """Add `weight` to the character at `place`, and to the pair and the triple that end there."""
    for before, counter in enumerate(counters):
        if place >= before:
            counter[text[place - before : place + 1]] += weight  # type: ignore[assignment]  # shares, not whole counts


def word_counts() -> dict[str, int]:
    """Return how often each of some 349,000 Chinese words was counted; data/words/README.md says where.

    Raises:
        ConfigError: if this installation does not hold the counts.

    >>> word_counts()["注意力"]
    678
    """
    text = gzip.decompress(resource("data/words/zh.tsv.gz").read_bytes()).decode("utf-8")
    return {word: int(count) for word, _, count in (line.partition("\t") for line in text.splitlines())}
