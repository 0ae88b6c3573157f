"""Which titles under one identifier are titles of one paper.

Notes do give one arXiv id to two papers by mistake; merging them would fuse unrelated works.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from papergraph.model import Mention
from papergraph.resolve.facts import Titled
from papergraph.text.folding import fold, is_chinese
from papergraph.vocabulary.link_labels import names_a_work

#: How much two titles under one identifier must share (of their words) to be titles of one paper.
_SAME_TITLE = 0.3
#: From how many words on what follows the colon of a title is a title by itself.
_SUBTITLE_WORDS = 6
#: A title that is shorter, in words, may differ from others in its brackets alone.
_FEWEST_WORDS = 4
_REMARK = re.compile(r"\s*[(（][^()（）\s]{2,20}[)）]$")

#: Titles under one identifier, and spellings of each, that a further one is compared with.
_MOST = 32

#: For each identifier, each folded title with what keeps it apart from other titles under the same identifier.
Variants = Mapping[str, Mapping[str, str]]


def find_variants(titles: Iterable[Titled]) -> Variants:
    """Return for each identifier and folded title a suffix: empty, or a number for a clearly different title."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for identifier, folded, title in titles:
        if title:
            found[identifier][folded] = min(found[identifier].get(folded, title), title)
    return {identifier: _suffixes(titles) for identifier, titles in found.items()}


def _suffixes(titles: Mapping[str, str]) -> dict[str, str]:
    groups: list[list[str]] = []
    for folded, title in sorted(titles.items()):
        near = (g for g in groups[:_MOST] if any(is_same_title(title, titles[other]) for other in g[:_MOST]))
        home = next(near, None)
        if home is None:
            groups.append([folded])
        else:
            home.append(folded)
    return {f: f" #{number}" if number else "" for number, group in enumerate(groups) for f in group}


def is_same_title(left: str, right: str) -> bool:
    """Tell whether two titles under one identifier may be titles of one paper; a translation counts as the same.

    >>> is_same_title("Attention Is All You Need", "Attention is all you need (2017)")
    True
    >>> is_same_title("Attention Is All You Need", "Deep Residual Learning for Image Recognition")
    False
    """
    if is_chinese(left) != is_chinese(right):
        return True
    if is_chinese(left):
        first, second = set(left), set(right)
    else:
        first, second = set(left.casefold().split()), set(right.casefold().split())
    shared = len(first & second) / max(1, min(len(first), len(second)))
    return shared >= _SAME_TITLE or min(len(first), len(second)) <= 2


def title_keys(mention: Mention) -> tuple[str, str]:
    """Return the keys of a paper's title and of what follows its colon, each empty if it does not identify a work.

    One list writes `InstructGPT: Training language models ...`, another leaves the short name out.
    """
    if not names_a_work(mention.name):
        return "", ""
    name = without_remark(mention.name)
    _, colon, rest = name.partition(":")
    is_title = bool(colon) and len(rest.split()) >= _SUBTITLE_WORDS
    return f"title {fold(name) or name}", f"title {fold(rest)}" if is_title else ""


def without_remark(title: str) -> str:
    """Return a long title without one word in brackets behind it: its short name, its year."""
    shorter = _REMARK.sub("", title)
    return shorter if len(shorter.split()) >= _FEWEST_WORDS else title
