"""English phrases of the trade: a head noun with what modifies it, such as `expert routing`.

What a sentence says of a thing (new, our, better) or of its place is outside of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from papergraph.extract.literals import Literals
from papergraph.extract.word_lists import word_set
from papergraph.model import Span
from papergraph.text.folding import is_chinese

Head = Literal["head", "placed", "part"]

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[-‐‑/'’.][A-Za-z0-9]+)*+")
#: Modifiers that a phrase has at most.
_MOST = 3
#: Endings of adjectives and participles that are the trade's, unless they are listed as plain.
_ENDING = re.compile(
    r"[a-z]{3,}(?:ional|ative|ctive|stic|etric|arial|onic|ular|ised|ized|iable|able|wise|free|ogonal)$"
)
#: An acronym (KV, LoRA), a letter with a number (L2), a size (3x3, 8-bit, 3D).
_FORM = re.compile(r"[A-Z][A-Za-z]{0,4}[A-Z0-9][A-Za-z0-9]{0,2}$|[A-Z]\d?$|\d+(?:x\d+)+$|\d+D$|\d+-?bits?$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, and how much its head says of its being a technique."""

    span: Span
    head: Head


def phrases_in(text: str, place: Span) -> Iterator[Phrase]:
    """Yield the phrases in a place, in order; none overlaps another.

    >>> text = "We use a load balancing loss and the new expert routing mechanism."
    >>> [p.span.of(text) for p in phrases_in(text, Span(0, len(text)))]
    ['load balancing loss', 'expert routing']
    """
    words = _Words(text, tuple(m.span() for m in _TOKEN.finditer(text, place.start, place.end)))
    floor = number = 0
    while number < len(words.spans):
        if not words.kinds[number]:
            number += 1
            continue
        last = number
        while last + 1 < len(words.spans) and words.kinds[last + 1] and words.is_joined(last):
            last += 1
        if phrase := _ending_at(words, floor, last):
            yield phrase
        floor = number = last + 1


@dataclass(frozen=True)
class _Words:
    """The words of a place."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def kinds(self) -> tuple[Head | None, ...]:
        """For each word what kind of head it is; None for no head."""
        heads = _heads()
        return tuple(heads.get(self.text[start:end].casefold()) for start, end in self.spans)

    def word(self, number: int) -> str:
        """Return a word."""
        return self.text[slice(*self.spans[number])]

    def is_joined(self, number: int) -> bool:
        """Tell whether nothing but a space stands between a word and the next; a capital may begin the next item."""
        between = self.text[self.spans[number][1] : self.spans[number + 1][0]]
        begins = self.word(number)[0].islower() and self.word(number + 1)[0].isupper()
        return between == " " or (between == "\n" and not begins)


def _ending_at(words: _Words, floor: int, last: int) -> Phrase | None:
    """Return the phrase whose head is the word `last`, or a stronger one before; None where nothing modifies it."""
    end = last
    while last > floor and words.kinds[last - 1] == "head" and words.is_joined(last - 1) and _carries(words.word(last)):
        last -= 1
    begin = _begin(words, floor, last)
    if begin == last or last - begin > _MOST + 1 or (last == end and _goes_on(words, end)):
        return None
    if begin > floor and words.word(begin - 1).isdigit() and words.is_joined(begin - 1):
        return None  # so many of them
    span = Span(words.spans[begin][0], words.spans[last][1])
    if re.sub(r"\s+", " ", span.of(words.text)).casefold() in word_set("techniques", "generic"):
        return None
    kind = words.kinds[last] or "part"
    if kind == "placed" and last - begin > 1 and words.word(last).casefold() in word_set("techniques", "told"):
        kind = "head"
    return Phrase(span, kind)


def _begin(words: _Words, floor: int, last: int) -> int:
    """Return where the modifiers of a head begin."""
    begin = last
    while begin > floor and words.is_joined(begin - 1) and is_modifier(words.word(begin - 1)):
        begin -= 1
    if words.text[words.spans[begin][0] : words.spans[last][0]].casefold().startswith("language model "):
        begin += 2  # `language model decoding` is what the decoding is for
    if begin == last:
        return begin - 1 if _is_eponym(words, floor, last - 1) else begin
    return _spelt_from(words, floor, begin, last)


def _is_eponym(words: _Words, floor: int, number: int) -> bool:
    """Tell whether a word is capitalised in the middle of a sentence, before a head that is not: `Huber loss`."""
    if number < floor or not words.is_joined(number) or not _is_titled(words.word(number)):
        return False
    start = words.spans[number][0]
    before = words.text[max(0, start - 2) : start]
    opens = (
        number == 0 or not (before[-1:] in {" ", "、", "和", "的"} or is_chinese(before)) or before[:1] in ".!?:;\n*-#"
    )
    return words.word(number + 1).islower() and not opens


def _spelt_from(words: _Words, floor: int, begin: int, last: int) -> int:
    """Return where a phrase in title case begins: capitalised words before it belong to it, such as `Additive`."""
    if not all(words.word(n)[0].isupper() for n in range(begin, last + 1)):
        return begin
    while begin > floor and words.is_joined(begin - 1) and _is_titled(words.word(begin - 1)):
        begin -= 1
    return begin


def _is_titled(word: str) -> bool:
    folded = word.casefold()
    return (
        word[0].isupper()
        and word[1:].islower()
        and not folded.endswith("ing")
        and folded not in word_set("techniques", "plain")
    )


def _goes_on(words: _Words, last: int) -> bool:
    """Tell whether a name goes on behind its head: `Depth Distribution Network`, `attention scores`."""
    if last + 1 >= len(words.spans) or not words.is_joined(last):
        return False
    following = words.word(last + 1)
    if following.casefold() in word_set("techniques", "followers"):
        return True
    return words.word(last)[0].isupper() and _is_titled(following)


def _carries(word: str) -> bool:
    return word.casefold() in word_set("techniques", "carriers")


@cache
def is_modifier(word: str) -> bool:
    """Tell whether a word modifies a technique wherever it stands.

    >>> [is_modifier(w) for w in ("contrastive", "rank-based", "KV", "better")]
    [True, True, True, False]
    """
    folded = word.casefold()
    if folded in word_set("techniques", "plain"):
        return False
    if folded in word_set("techniques", "modifiers") or folded in _heads():
        return True
    if folded.startswith(("high-", "low-")):
        return False  # how good it is
    return ("-" in word and word[0].isalpha()) or bool(_FORM.match(word)) or bool(_ENDING.match(folded))


def is_head(word: str) -> bool:
    """Tell whether a case-folded word is what a phrase of the trade may end with."""
    return word in _heads()


def head_kind(word: str) -> Head | None:
    """Return how much a case-folded word says of a phrase that ends with it being a technique; None for nothing."""
    return _heads().get(word)


def is_strong_head(word: str) -> bool:
    """Tell whether a case-folded word makes a technique of what stands before it, wherever that is."""
    return _heads().get(word) == "head"


@cache
def head_words() -> Literals:
    """Return the heads with the automaton that finds them: where none begins, no phrase ends."""
    return Literals(_heads())


@cache
def _heads() -> dict[str, Head]:
    kinds: tuple[tuple[str, Head], ...] = (("parts", "part"), ("placed", "placed"), ("heads", "head"))
    return {word: kind for key, kind in kinds for word in word_set("techniques", key)}
