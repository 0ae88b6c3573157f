"""The words of a question as features: single words, characters of Chinese, and pairs of neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from papergraph.text.folding import american, compatible

#: The places of an entity, of an amount of memory and of a year among the words.
ENTITY, MEMORY, YEAR = "<entity>", "<memory>", "<year>"
PLACES = frozenset({ENTITY, MEMORY, YEAR})
_TOKEN = re.compile(r"<(?:entity|memory|year)>|[a-z][a-z'’]*|[0-9]+|[\u3400-\u9fff]")
_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:'s|’s|ing|ed|es|s|e|er|ers)$")
#: Words between the names of a list; commas are no words.
_JOINING = frozenset(("and", "or", "和", "与", "跟", "及", "以"))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case without endings, each Chinese character by itself, places as they are.

    >>> tokens("Which methods extended <entity>? 谁改进了")
    ('which', 'method', 'extend', '<entity>', '谁', '改', '进', '了')
    """
    plain = american(compatible(text).lower())
    return _shortened(_stem(t) for t in _TOKEN.findall(plain))


def _stem(token: str) -> str:
    return _ENDINGS.sub("", token) if token[0].isascii() and token not in PLACES else token


def _shortened(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words with every list of entities cut to two: a list of three asks for the same."""
    kept: list[str] = []
    for word in words:
        if word == ENTITY and len(run := _list_at_end(kept)) > 1:
            del kept[run[-1] :]
        kept.append(word)
    return tuple(kept)


def _list_at_end(words: list[str]) -> list[int]:
    """Return where the entities of a list stand that the words end with."""
    found = []
    for at in range(len(words) - 1, -1, -1):
        if words[at] == ENTITY:
            found.append(at)
        elif words[at] not in _JOINING:
            break
    return found[::-1]


def features(words: Iterable[str]) -> frozenset[str]:
    """Return the words and the pairs of neighbours, with the beginning and the end as neighbours too."""
    listed = list(words)
    return frozenset([*listed, *_pairs(["^", *listed, "$"])])


def _pairs(words: list[str]) -> Iterator[str]:
    return (f"{a} {b}" for a, b in pairwise(words))
