"""A name says nothing of itself: claims between the short and the long form of one name are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_set
from papergraph.model import RelationMention
from papergraph.text.folding import fold

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
#: Letters of a short form, and words of a long one.
_FEWEST = 2
_MADE = frozenset({"uses", "extends", "improvesOn", "outperforms", "comparedWith"})


def drop_own_names(context: Context) -> Iterator[RelationMention]:
    """Yield all claims but those of a name with itself: `ToT` of `Test of Time`, a phrase that `introduces` itself."""
    for claim in context.relations:
        subject, obj = context.mentions[claim.subject].name, context.mentions[claim.object].name
        if claim.predicate in _MADE and (is_short_for(subject, obj) or is_short_for(obj, subject)):
            continue
        if claim.predicate == "introduces" and fold(subject) == fold(obj) and _is_phrase(subject):
            continue
        yield claim


def is_short_for(short: str, long: str) -> bool:
    """Tell whether a name is made of the first letters of the words of another.

    >>> is_short_for("ToT", "Test of Time"), is_short_for("SFT", "Supervised Fine-Tuning"), is_short_for("RL", "RLHF")
    (True, True, False)
    """
    words = [word.casefold() for word in _WORD.findall(long)]
    short = short[:-1] if short.endswith("s") else short  # of several: `RNNs`
    if len(words) < _FEWEST or not short.isalpha() or sum(map(str.isupper, short)) < _FEWEST:
        return False
    told = [word for word in words if word not in word_set("generic", "function_words")]
    return short.casefold() in {"".join(word[0] for word in kept) for kept in (words, told)}


def _is_phrase(name: str) -> bool:
    """Tell whether a name is a phrase in running text, `striped properties`, whose last word is an ordinary one."""
    words = name.split()
    if len(words) < 2 or ":" in name:
        return False
    last = words[-1]
    return len(last) >= 4 and last.isascii() and last.isalpha() and last.islower()
