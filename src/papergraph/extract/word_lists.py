"""The word lists and cues that recognition goes by, from data/patterns and the user's own files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from papergraph.resources import read_yaml

#: White space before a mark, taken once and whole: `\\s*` would be tried again from each of its characters.
GAP = r"(?:(?<!\s)\s++)?"

_NUMBERING = re.compile(
    r"^(?:[\d一二三四五六七八九十]+(?:[.、:：)）]\d*)*|[（(][\d一二三四五六七八九十]+[)）]|[IVX]+\.)\s*"
)
_PUNCTUATION = re.compile(r"[\W_]+")


@cache
def read_lists(name: str) -> dict[str, Any]:
    """Return the lists of `data/patterns/NAME.yaml`."""
    lists: dict[str, Any] = read_yaml(f"data/patterns/{name}.yaml")
    return lists


@cache
def word_pattern(name: str, key: str) -> str:
    """Return an alternation of one list of a pattern file for a regular expression, longest first."""
    return alternation(map(str, read_lists(name)[key]))


def alternation(words: Iterable[str]) -> str:
    """Return an expression for any of some words, longest first: where no first letter stands, one look tells.

    >>> alternation(["net", "model"])
    '(?=[mn])(?:model|net)'
    """
    longest = sorted(words, key=lambda w: (-len(w), w))
    if not longest:
        return "(?!)"
    letters = "".join(map(re.escape, sorted({word[0] for word in longest})))
    return rf"(?=[{letters}])(?:{'|'.join(map(re.escape, longest))})"


def whole_words(words: Iterable[str], before: str = r"\b", after: str = r"\b") -> str:
    """Return an expression for any of some words; those of ASCII count between these edges only.

    >>> re.findall(whole_words(["net", "网络"]), "the net and 子网络 of planets")
    ['net', '网络']
    """
    listed = list(words)
    latin = [word for word in listed if word[0].isascii()]
    return rf"{before}{alternation(latin)}{after}|{alternation(word for word in listed if word not in latin)}"


@cache
def either_language(name: str, key: str, *, whole: bool = True) -> re.Pattern[str]:
    """Return a pattern for the words of two lists, `KEY_zh` and `KEY_en`; English ones begin a word, or are whole."""
    chinese, english = word_pattern(name, f"{key}_zh"), word_pattern(name, f"{key}_en")
    end = r"\b" if whole else ""
    return re.compile(rf"{chinese}|\b(?:{english}){end}", re.IGNORECASE)


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return one list of a pattern file, case-folded."""
    return frozenset(str(word).casefold() for word in read_lists(name)[key])


@lru_cache(maxsize=16_384)
def is_generic(name: str) -> bool:
    """Tell whether `name` is an everyday word of the field, a measure or a part of a machine, and no name of a thing.

    >>> is_generic("GPU"), is_generic("MRR"), is_generic("Less"), is_generic("LESS"), is_generic("SnapKV")
    (True, True, True, False, False)
    """
    folded = name.strip().casefold()
    return folded in _generic_words() or (folded in word_set("generic", "plain_words") and not name.isupper())


@cache
def _generic_words() -> frozenset[str]:
    return word_set("generic", "words") | word_set("generic", "measures") | word_set("generic", "parts")


def is_template_heading(title: str) -> bool:
    """Tell whether a heading belongs to the template of a note, such as 背景 or Abstract.

    >>> is_template_heading("2. 背景"), is_template_heading("KV Cache")
    (True, False)
    """
    plain = plain_heading(title)
    return plain in word_set("headings", "template") or plain in word_set("headings", "containers") or not plain


def is_container_heading(title: str) -> bool:
    """Tell whether a heading only holds a list, such as Papers or 论文列表, so that it names no topic at all.

    >>> is_container_heading("Paper List"), is_container_heading("Model")
    (True, False)
    """
    return plain_heading(title) in word_set("headings", "containers")


@lru_cache(maxsize=16_384)
def plain_heading(title: str) -> str:
    """Return a heading as it is compared: case-folded, without its number and without punctuation.

    >>> plain_heading("2. Related-Work!")
    'related work'
    """
    return _PUNCTUATION.sub(" ", _NUMBERING.sub("", title.strip())).strip().casefold()


def is_acted_upon(name: str) -> bool:
    """Tell whether a name stands for what methods work on, such as the KV cache, rather than for an ingredient.

    >>> is_acted_upon("KV cache"), is_acted_upon("SVD")
    (True, False)
    """
    return name.casefold().replace("-", " ") in word_set("generic", "acted_upon")


def is_task(name: str) -> bool:
    """Tell whether a name stands for a task, which works are for and not made of.

    >>> is_task("Monocular 3D Object Detection"), is_task("目标检测"), is_task("Detection Transformer")
    (True, True, False)
    """
    return name.casefold().endswith(_tasks())


@cache
def _tasks() -> tuple[str, ...]:
    return tuple(word_set("generic", "tasks"))
