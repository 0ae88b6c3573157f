"""What the words of a phrase say of its being a name, wherever it stands: features of the model `names`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from papergraph.extract.phrases import head_kind, is_modifier
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import is_generic, is_task, word_set
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary

#: A longer phrase is as long as this.
_MOST_WORDS, _MOST_LETTERS = 6, 12
_LATIN = re.compile("[A-Za-z0-9-]{1,60}+")
#: Lists of data/patterns/techniques.yaml whose words say something at the end of a phrase.
_LISTS = ("followers", "carriers", "fields")
#: Counts are told by the largest of these that they reach.
_STEPS = (30, 10, 4, 2, 1)


def form_features(surface: str) -> Iterator[str]:
    """Yield what the words of a phrase say.

    >>> [f for f in form_features("context preserving loss") if f.startswith(("last", "head"))]
    ['last=loss', 'last2=preserving loss', 'head=head/3']
    """
    return _chinese(surface) if is_chinese(surface) else _english(surface)


def _english(surface: str) -> Iterator[str]:
    words = surface.lower().split()
    last, first = words[-1], words[0]
    yield from (
        f"words={min(len(words), _MOST_WORDS)}",
        f"last={last}",
        f"end={last[-3:]}",
        f"phrase={' '.join(words)}",
    )
    if len(words) > 1:
        yield from (f"first={first}", f"start={first[-3:]}", f"last2={words[-2]} {last}")
        yield from (f"in={word}" for word in dict.fromkeys(words[:-1]))
        yield f"modifiers={sum(map(is_modifier, surface.split()[:-1]))}/{len(words) - 1}"
    yield from (f"head={head_kind(last)}/{min(len(words), 3)}", f"shape={_shape(surface)}")
    yield from (name for name in _LISTS if last in word_set("techniques", name))
    if is_task(surface):
        yield "task"
    if is_generic(surface) or " ".join(words) in word_set("techniques", "generic"):
        yield "generic"


def _chinese(surface: str) -> Iterator[str]:
    yield from (f"zh-length={min(len(surface), _MOST_LETTERS)}", f"zh-phrase={surface}")
    yield from (f"zh-end={surface[-n:]}" for n in (1, 2, 3, 4) if n < len(surface))
    yield from (f"zh-start={surface[:n]}" for n in (1, 2) if n < len(surface))
    yield from dict.fromkeys(f"zh-in={surface[n : n + 2]}" for n in range(len(surface) - 1))
    latin = _LATIN.findall(surface)
    yield "zh-mixed" if latin else "zh-only"
    yield from dict.fromkeys(f"zh-word={word.lower()}" for word in latin)


def _shape(surface: str) -> str:
    shapes = [_word_shape(word) for word in surface.split()]
    if len(set(shapes)) == 1:
        return shapes[0] + ("+" if len(shapes) > 1 else "")
    return f"{shapes[0]}..{shapes[-1]}"


@lru_cache(maxsize=1 << 14)
def _word_shape(word: str) -> str:
    """Return how a word is written: `Name` for what only names are, else its letters, with its hyphen and digits."""
    if is_name_shaped(word):
        return "Name"
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "0"
    capitals = "AB" if all(c.isupper() for c in letters) else "Ab" if word[0].isupper() else "aB"
    kind = "a" if word.islower() else capitals
    return kind + ("-" if "-" in word else "") + ("0" if any(c.isdigit() for c in word) else "")


@dataclass(frozen=True)
class Lexicon:
    """How often the names of methods in a vocabulary have a word at their end or before."""

    vocabulary: Vocabulary
    ends: Counter[str] = field(default_factory=Counter)
    """Last words, and the last two and three characters of Chinese names."""
    befores: Counter[str] = field(default_factory=Counter)
    """All words but the last."""

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Lexicon:
        """Return the words of a vocabulary."""
        found = cls(vocabulary)
        for form in (form for entry in vocabulary.entries if entry.type == "Method" for form in entry.forms):
            if is_chinese(form):
                found.ends.update((form[-2:], form[-3:]))
            elif " " in form:
                *before, last = form.lower().split()
                found.ends[last] += 1
                found.befores.update(set(before))
        return found

    def features(self, surface: str) -> Iterator[str]:
        """Yield how well the vocabulary knows the words of a phrase, by its other names."""
        own = 1 if self.vocabulary.find(surface) else 0
        if is_chinese(surface):
            yield f"zh-known-end={_step(self.ends[surface[-2:]] - own)}"
            yield f"zh-known-end3={_step(self.ends[surface[-3:]] - own)}"
            return
        *before, last = surface.lower().split()
        end = _step(self.ends[last] - own)
        yield f"known-end={end}"
        if before:
            rarest = _step(min(self.befores[word] for word in before) - own)
            yield from (f"known-before={rarest}", f"known={rarest}/{end}")


def _step(count: int) -> str:
    return next((f"{step}+" for step in _STEPS if count >= step), "0")
