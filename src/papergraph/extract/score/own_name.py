"""A name says nothing of itself: claims between the short and the long form of one name are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_set
from papergraph.model import Mention, RelationMention
from papergraph.text.folding import fold

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
#: Letters of a short form, and words of a long one.
_FEWEST = 2
_BRACKET = re.compile(r"[\s*_`]{0,4}[(（][*_`]{0,3}")
_MADE = frozenset({"uses", "extends", "improvesOn", "outperforms", "comparedWith"})


def drop_own_names(context: Context) -> Iterator[RelationMention]:
    """Yield all claims but those of a name with itself: `ToT` of `Test of Time`, a phrase that `introduces` itself."""
    for claim in context.relations:
        subject, obj = context.mentions[claim.subject].name, context.mentions[claim.object]
        if claim.predicate in _MADE and (_names_itself(context, subject, obj) or _is_spelt_out(context, claim)):
            continue
        if claim.predicate == "introduces" and fold(subject) == fold(obj.name) and _is_phrase(subject):
            continue
        yield claim


def _names_itself(context: Context, subject: str, obj: Mention) -> bool:
    """Tell whether two names are one, by the name that the vocabulary gives the object if it knows it."""
    other = context.vocabulary.by_id(obj.vocabulary).name if obj.vocabulary else obj.name
    return is_short_for(subject, other) or is_short_for(other, subject)


def _is_spelt_out(context: Context, claim: RelationMention) -> bool:
    """Tell whether the object ends what the subject stands for: `Quick Zebra Optimization (QZO)`."""
    subject, obj = context.mentions[claim.subject].surface, context.mentions[claim.object]
    behind = _BRACKET.match(context.text, obj.span.end)
    initials = "".join(word[0] for word in _WORD.findall(obj.name))
    is_behind = behind is not None and context.text.startswith(subject, behind.end())
    return is_behind and subject.isupper() and subject.endswith(initials.upper())


def is_short_for(short: str, long: str) -> bool:
    """Tell whether a name is made of the beginnings of the words of another, first letters most of the time.

    >>> (
    ...     is_short_for("ToT", "Test of Time"),
    ...     is_short_for("SFT", "Supervised Fine-Tuning"),
    ...     is_short_for("RL", "RL-Large"),
    ... )
    (True, True, False)
    >>> is_short_for("ZebNorm", "Zebra Normalization"), is_short_for("ZebNorm", "Normalization")
    (True, False)
    """
    words = [word.casefold() for word in _WORD.findall(long)]
    short = short[:-1] if short.endswith("s") else short  # of several: `RNNs`
    if len(words) < _FEWEST or not short.isalpha() or sum(map(str.isupper, short)) < _FEWEST:
        return False
    told = [word for word in words if word not in word_set("generic", "function_words")]
    return short.casefold() not in words and any(_is_blend(short.casefold(), tuple(kept)) for kept in (words, told))


def _is_blend(short: str, words: tuple[str, ...]) -> bool:
    """Tell whether a short form is made of the beginnings of all of these words, one letter or more of each."""
    if not short or not words:
        return not short and not words
    sizes = range(1, min(len(short), len(words[0])) + 1)
    return any(short[:size] == words[0][:size] and _is_blend(short[size:], words[1:]) for size in sizes)


def _is_phrase(name: str) -> bool:
    """Tell whether a name is a phrase in running text, `striped properties`, whose last word is an ordinary one."""
    words = name.split()
    if len(words) < 2 or ":" in name:
        return False
    last = words[-1]
    return len(last) >= 4 and last.isascii() and last.isalpha() and last.islower()
