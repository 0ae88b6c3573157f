"""Further members of a list in an English sentence: `uses A for images, a masked B and C`.

A pattern takes names that stand side by side; here words of their own stand between them. It works on masked
sentences, in which every name is one private-use character: see `masked.py`.
"""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.relate.sentence_patterns import MARK
from papergraph.extract.word_lists import word_pattern

#: No list has more members with words of their own.
_MOST = 8
_BRACKET = r"(?:\s*[(（][^（）()。]{1,60}[）)])?"
#: `(1)`, `b)` before a member.
_NUMBER = r"(?:[(（]?(?:\d|[ivx]{1,3}|[a-d])[)）]\s*)?"


def listed_on(text: str, end: int) -> str:
    """Return the marks of the names that go on with a list whose first names end at `end`.

    >>> a, b, c = map(chr, range(0xE000, 0xE003))
    >>> listed_on(f"uses {a} on images, a masked {b} and {c}.", 6) == b + c
    True
    >>> listed_on(f"uses {a} for images, and {b} is slower", 6), listed_on(f"uses {a}, where {b} and {c} fail", 6)
    ('', '')
    """
    found, closed = "", ""
    for _ in range(_MOST):
        member = _member().match(text, end)
        if member is None:
            break
        found, end = found + member["name"], member.end()
        if member["last"] or _unknown_last().match(text, end):
            closed = found
    return closed


@cache
def _member() -> re.Pattern[str]:
    """Return what follows the member of a list before the next: words of its own, a comma or `and`, what it is like."""
    stop, word = word_pattern("discourse", "no_member"), r"[A-Za-z][\w-]{0,20}"
    plain = rf"(?!(?:{stop})\b){word}"
    like = rf"(?!(?:{stop}|[\w-]{{2,18}}(?:ing|[^s]s)|in|on|of|for|from|into|over|between|per)\b){word}"
    place = rf"(?:\s+(?:in|on|of|for|from|over|between|per)\s+(?:{plain}\s+){{0,2}}?{plain})?"
    joint = r"(?:(?:\s*[,，;]\s*|\s+)(?P<last>(?:and|or|as\s+well\s+as|plus)\s+)|\s*[,，;]\s*)"
    verb = rf"\s*(?:,\s*)?(?:which\s+|that\s+)?(?:also\s+)?(?:{word_pattern('discourse', 'finite')})\b"
    return re.compile(
        rf"(?:\s+{plain}){{0,2}}?{place}{_BRACKET}{joint}{_NUMBER}(?:(?:an?|the|its|their)\s+)?(?:{like}\s+){{0,3}}?"
        rf"(?P<name>{MARK}){_BRACKET}(?!{verb}|\s+\w+ly\s+\w+s\b)",
        re.IGNORECASE,
    )


@cache
def _unknown_last() -> re.Pattern[str]:
    """Return the last member of a list where it is no name that is known: `and GitHub.`."""
    stop = word_pattern("discourse", "no_member")
    word = rf"(?!(?:{stop})\b)[A-Za-z][\w-]{{0,20}}"
    return re.compile(rf"\s*[,，]?\s*(?:and|or)\s+(?:{word}\s+){{0,2}}?{word}\s*(?:[.;)）]|$)", re.IGNORECASE)
