"""Names made of the letters of a title, which the work goes by: DSZNet of `Densely Striped Zebra Networks`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from papergraph.extract.origin import is_common
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.title_shapes import LONGEST_TITLE
from papergraph.extract.word_lists import word_set
from papergraph.model import Mention
from papergraph.ontology.identifiers import CITATION_KEY, find_scheme
from papergraph.ontology.kinds import THINGS

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_LETTERS = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*s?")
#: Letters of such a name, capitals among them, and words of the title inside that may have none of it.
_FEWEST, _FEWEST_CAPITALS, _MOST_LEFT_OUT = 3, 2, 2
#: No such name has more letters, and none of them stands for a later word.
_LONGEST, _MOST_WORDS = 16, 16
_OPENERS = frozenset({"a", "an", "the", "towards", "toward", "on"})


def lettered_names(reading: Reading, places: Placed, blocks: Iterable[int], paper: int) -> Iterator[int]:
    """Yield the first name in some blocks that stands for the beginning of the title of their paper."""
    mention = places.mentions[paper]
    if len(mention.name) > LONGEST_TITLE:
        return
    for block in blocks:
        for index in places.of_type(block, *THINGS):
            thing = places.mentions[index]
            if is_short_for_title(thing.surface, mention.name) and _may_come_from(reading, mention, thing):
                yield index
                return


def is_short_for_title(name: str, title: str) -> bool:
    """Tell whether a name is made of the first letters of the words with which a title begins, a few left out.

    >>> [is_short_for_title(n, "Densely Striped Zebra Networks for Tracking") for n in ("DSZNet", "DenseZeb", "ZebNet")]
    [True, True, False]
    >>> is_short_for_title("SimZLR", "A Simple Framework for Zebra Learning of Visual Representations")
    True
    >>> is_short_for_title("Zebra", "Zebra Counting Made Easy"), is_short_for_title("CNN", "Striped CNN")
    (False, False)
    """
    if not _LETTERS.fullmatch(name):
        return False
    letters = name.replace("-", "")
    letters = letters[:-1] if letters.endswith("s") else letters
    if not _FEWEST <= len(letters) <= _LONGEST or sum(map(str.isupper, letters)) < _FEWEST_CAPITALS:
        return False
    short = letters.casefold()
    words = [word.casefold() for word in _WORD.findall(title)]
    if short in "".join(words):
        return False  # the title says it itself
    while words and words[0] in _OPENERS:
        words = words[1:]
    return bool(words) and words[0][0] == short[0] and _is_spelt(short, tuple(words[:_MOST_WORDS]), _MOST_LEFT_OUT)


@lru_cache(maxsize=4096)
def _is_spelt(short: str, words: tuple[str, ...], left_out: int) -> bool:
    """Tell whether words begin with the parts of a short form, in order, so many and words of grammar left out."""
    if not short or not words:
        return not short
    first = words[0]
    size = next((n for n in range(min(len(short), len(first)), -1, -1) if short[:n] == first[:n]), 0)
    if any(_is_spelt(short[n:], words[1:], left_out) for n in range(size, 0, -1)):
        return True
    free = first in word_set("generic", "function_words")
    return (free or left_out > 0) and _is_spelt(short, words[1:], left_out if free else left_out - 1)


def _may_come_from(reading: Reading, paper: Mention, thing: Mention) -> bool:
    """Tell whether a thing is no common property, and not known to come from another paper or to mean other words."""
    if not thing.vocabulary:
        return not reading.has_role(thing, "technique")
    if is_common(reading.vocabulary, thing):
        return False
    entry = reading.vocabulary.by_id(thing.vocabulary)
    identifiers = [i for i in paper.identifiers if find_scheme(i) is not CITATION_KEY]
    if entry.source and identifiers:
        return entry.source in identifiers
    first = [words[0] for form in entry.forms if len(words := form.casefold().split()) > 1]
    return not first or not set(first).isdisjoint(_WORD.findall(paper.name.casefold()))
