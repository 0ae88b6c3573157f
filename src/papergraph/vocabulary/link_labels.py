"""What names no work: labels of links such as `Paper PDF`, and titles that any work may have such as `Introduction`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from papergraph.resources import read_yaml

_FILE = "data/patterns/labels.yaml"
_KINDS = ("documents", "addresses", "companions", "sites", "fillers")
_BLANKS = "blanks"
#: No label is longer, in characters.
_LONGEST = 60
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@lru_cache(maxsize=65_536)
def is_label(text: str) -> bool:
    """Tell whether `text` only says what a link leads to; the words are those of data/patterns/labels.yaml.

    >>> [is_label(t) for t in ("[Paper PDF]", "论文链接", "Link to the paper", "code & data", "v2", "Semantic Scholar")]
    [True, True, True, True, True, True]
    >>> [is_label(t) for t in ("Paper Gestalt", "BERT", "论文写作指南", "")]
    [False, False, False, False]
    """
    return len(text) <= _LONGEST and _labels(_KINDS).fullmatch(text) is not None


def names_document(text: str) -> bool:
    """Tell whether a label calls what it leads to a document.

    >>> names_document("the paper"), names_document("原文"), names_document("link")
    (True, True, False)
    """
    words = set(_EDGES.sub("", text).casefold().split())
    return is_label(text) and not words.isdisjoint(_lists()["documents"])


@lru_cache(maxsize=65_536)
def is_no_institution(text: str) -> bool:
    """Tell whether `text` is a label other than the name of a site, which may be an organisation, or a blank to fill.

    >>> is_no_institution("Project page"), is_no_institution("Hugging Face"), is_no_institution("（待填）")
    (True, False, True)
    """
    kinds = tuple(kind for kind in _KINDS if kind != "sites")
    return len(text) <= _LONGEST and (_labels(kinds).fullmatch(text) is not None or is_blank(text))


def names_site(text: str) -> bool:
    """Tell whether `text` is the name of a site, some of which are organisations too.

    >>> names_site("Twitter"), names_site("[Hugging Face]"), names_site("Microsoft")
    (True, True, False)
    """
    return len(text) <= _LONGEST and _EDGES.sub("", text).casefold() in _lists()["sites"]


def is_blank(text: str) -> bool:
    """Tell whether `text` is what people write where nothing is known yet: `TBD`, `未知`.

    >>> is_blank("N/A"), is_blank("（待填）"), is_blank("Nara")
    (True, True, False)
    """
    return _EDGES.sub("", text).casefold() in _lists()[_BLANKS]


@lru_cache(maxsize=65_536)
def is_generic_title(text: str) -> bool:
    """Tell whether any work may be called `text`, so that two works are not one for it.

    >>> is_generic_title("Introduction"), is_generic_title("技术报告"), is_generic_title("GPT-4 Technical Report")
    (True, True, False)
    """
    return _EDGES.sub("", text).casefold() in _lists()["generic_titles"]


def names_a_work(text: str) -> bool:
    """Return whether `text` identifies a work: it is neither a label nor a title that any work may have.

    >>> names_a_work("Attention Is All You Need"), names_a_work("[Paper PDF]"), names_a_work("Abstract")
    (True, False, False)
    """
    return not is_label(text) and not is_generic_title(text)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(word.casefold() for word in words) for name, words in read_yaml(_FILE).items()}


@cache
def _labels(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for texts of words of these kinds; its quantifiers never give back, so that it stays linear."""
    words = sorted({word for kind in kinds for word in _lists()[kind]}, key=lambda w: (-len(w), w))
    one = "|".join(re.escape(word).replace(r"\ ", r"[\s_-]+") for word in words)
    return re.compile(rf"[\W_]*+(?:(?:(?:{one})(?![a-z])|v?\d{{1,2}}(?![a-z\d]))[\W_]*+)++", re.IGNORECASE)
