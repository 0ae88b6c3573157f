"""Whether a clause says what it seems to say: it may deny it, wish for it, or hold something else against it.

All functions work on masked sentences, in which every mention is one private-use character: see
`sentence_patterns.py`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from papergraph.extract.literals import Literals
from papergraph.extract.relate.discourse import clause_start
from papergraph.extract.word_lists import either_language, read_lists, word_pattern

#: A question in brackets at the end of a sentence that is none itself.
_ASIDE = re.compile(r"\S\s*[(（][^()（）]{1,200}[?？]\s*[)）]\s*$")
#: A clause that begins so, and goes on so behind a name, only says what something is held against.
_AGAINST = re.compile(r"[^\w\ue000-\uf8ff]*(?:但|而|此外|这)?(?:与|和|跟|同|不同于|区别于|有别于|相比|相较)")
_HELD = re.compile(r"[^，。；]{0,20}?(?:类似|不同|相比|相较|一样|相同|有别|比较|对比)")
#: The same within a clause, `它可与使用 X 的模型相媲美`, and what stands before that which a clause says to be beaten.
_BESIDE = re.compile(r"(?:[与跟][^，。；与跟]{0,8}|[和同])$")
_ON_A_PAR = re.compile(r"[^，。；]{0,20}?(?:类似|相似|相近|相当|媲美|持平|可比|匹敌|同等|相比|相较|接近|比较|对比)")
_BEATEN = re.compile(
    r"(?:优于|超过|超越|胜过|好于|高于|强于|击败|媲美|匹配|(?<![对相])比(?![例如较重率]))[^，。；]{0,40}$"
)
#: A thing that is done only at times, and what ends such a clause in Chinese: `when using X`, 当使用 X 时.
_AT_TIMES = re.compile(r"(?:\b(?:when|if)\s+(?:[a-z]{2,12}ly\s+)?|(?:当|在)\s?)$", re.IGNORECASE)
_AT_TIMES_ZH = re.compile(r"[^，。；]{0,16}?时(?=\s*[，,。；]|$)")
#: Behind a clause that says when, this denies what it says: 在 X 上训练时，目前不支持.
_THEN_ZH = re.compile(r"[^，。；]{0,30}?时\s*[，,]\s*(?P<then>[^，。；]{0,8})")
_DOING = re.compile(r"\s*(?:[a-z]+ing|combined|equipped|paired)\b", re.IGNORECASE)
#: Behind these, a clause tells what its subject is measured against.
_COMPARES = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beats?|beating|(?:compared|relative|superior|inferior) to|"
    r"compared with|better than|worse than|faster than|slower than|higher than|lower than|comparable to|on par with)\b",
    re.IGNORECASE,
)
#: Between such a comparison and what is said of those that it is with: `beats models trained with X`, but not
#: `is better because it uses X` and `outperforms Y by using X`.
_COMPARED = re.compile(
    r"\s*(?:(?!(?:by|via|through|with|because|since|as|thanks|due|and|while|it|they)\b)[\w-]+\s+){0,4}"
)
#: How far before a match a negation counts, within its clause.
_REACH_ZH, _REACH_EN = 8, 40
#: Right behind what a pattern matches, this makes it a thought: `comparing against X would be unfair`.
_DOUBTED_BEHIND = re.compile(r"\s*(?:would|could|might)\b")
#: What a sentence opens with before it says whose doing follows: `Instead of X they use Y` denies X only.
_REPLACED = re.compile(
    r"\W*(?:instead\s+of|rather\s+than|unlike|without)\s[^,.;，。]{1,60}?\b(?P<who>(?:they|we|it|the\s+authors?|the\s+model)\s)",
    re.IGNORECASE,
)
#: Around a name that is left out of what is said: 除了 X 以外的算子.
_EXCEPT, _EXCEPTED = re.compile(r"除了?\s?$"), re.compile(r"\s?(?:[之以]外|外)的")
#: How far before a name the word may stand that denies it.
_REACH_PRIVATIVE = 12


def is_held_against(text: str, start: int, end: int) -> bool:
    """Tell whether a clause holds its subject against something: `与使用 X 的基线相比`, `beats models trained with X`.

    >>> text = "与采用 X 的方法相比，Z 采用 Y"
    >>> is_held_against(text, 1, 5), is_held_against(text, 14, 18)
    (True, False)
    >>> is_held_against("Z 优于经过 X 微调的模型", 4, 8), is_held_against("Z 可与采用 X 的模型相媲美", 4, 8)
    (True, True)
    >>> is_held_against("作者还和使用 X 的方法进行了比较", 4, 8)
    True
    """
    clause = clause_start(text, start)
    if _BEATEN.search(text, clause, start) or (_BESIDE.search(text, clause, start) and _ON_A_PAR.match(text, end)):
        return True
    if any(_COMPARED.fullmatch(text, m.end(), start) for m in _COMPARES.finditer(text, clause, start)):
        return True
    return bool(_AGAINST.match(text, clause, start)) and bool(_HELD.match(text, end))


def is_at_times(text: str, start: int, end: int) -> bool:
    """Tell whether what a match from `start` to `end` says is done only at times: `when using X`, 当使用 X 时.

    >>> is_at_times("It is faster when using X", 18, 25), is_at_times("训练时使用 X", 3, 7)
    (True, False)
    >>> is_at_times("在使用 X 时", 1, 5)
    True
    """
    found = _AT_TIMES.search(text, clause_start(text, start), start)
    if found is None:
        return False
    behind = _DOING.match(text, start) if found[0].isascii() else _AT_TIMES_ZH.match(text, end)
    return behind is not None


def is_denied(text: str, position: int) -> bool:
    """Tell whether the name at `position` is only there to be denied: 无辅助损失, `non-maximum`, `without`.

    >>> is_denied("the 无X loss", 5), is_denied("the X loss", 4)
    (True, False)
    >>> is_denied("融合除了 X 以外的算子", 5), is_denied("除了 X 之外，还用 Y", 3)
    (True, False)
    """
    if _EXCEPT.search(text, max(0, position - _REACH_PRIVATIVE), position) and _EXCEPTED.match(text, position + 1):
        return True
    return _privative().search(text, max(0, position - _REACH_PRIVATIVE), position) is not None


def is_possible(text: str, start: int, end: int) -> bool:
    """Tell whether the clause of a match from `start` to `end` only says what a work can be put together with.

    >>> is_possible("It can easily be combined with X", 24, 32), is_possible("It is combined with X", 6, 21)
    (True, False)
    >>> is_possible("它可以与 X 结合", 3, 9), is_possible("它与 X 结合", 1, 7)
    (True, False)
    """
    opening = clause_start(text, start)
    return bool(_possible_en().search(text, opening, end) or _possible_zh().search(text, opening, end + _REACH_ZH))


def is_negated(match: re.Match[str]) -> bool:
    """Tell whether what a pattern states is denied: in its match, right before it in its clause, behind its `when`.

    >>> [
    ...     is_negated(re.search("X", text))
    ...     for text in ("在 X 上训练时，目前不支持", "在 X 上训练时，速度更快，但不支持 Y")
    ... ]
    [True, False]
    """
    if not _may_be_unreal(match.string).negated:
        return False
    if (when := _THEN_ZH.match(match.string, match.end())) and _negation_zh().search(when["then"]):
        return True
    text, start = match.string, clause_start(match.string, match.start())
    start = max(start, _open_bracket(text, start, match.start()))
    if replaced := _REPLACED.match(text, start, match.end()):
        start = replaced.end() - len(replaced["who"])
    near = text[max(start, match.start() - _REACH_ZH) : match.end()]
    wide = text[max(start, match.start() - _REACH_EN) : match.end()]
    return bool(_negation_zh().search(near) or _negation_en().search(wide))


def _open_bracket(text: str, start: int, position: int) -> int:
    """Return where a bracket opens that is still open at `position`; `start` for none."""
    opened = max(text.rfind(sign, start, position) for sign in "(（")
    return opened if opened >= 0 and not any(sign in text[opened:position] for sign in ")）") else start


def is_unreal(match: re.Match[str]) -> bool:
    """Tell whether a match stands in a question, behind an `if`, or in a clause about what might or should be."""
    text = match.string
    if _DOUBTED_BEHIND.match(text, match.end()):
        return True
    doubts = _may_be_unreal(text)
    if doubts.asked or not (doubts.conditional or doubts.hypothetical):
        return doubts.asked
    clause = text[clause_start(text, match.start()) : match.end()]
    return bool(
        either_language("discourse", "condition").search(text, 0, match.end())
        or either_language("discourse", "hypothesis").search(clause)
    )


class _Doubts(NamedTuple):
    """What a sentence holds signs of, wherever in it; most sentences hold none."""

    asked: bool
    conditional: bool
    hypothetical: bool
    negated: bool


@lru_cache(maxsize=256)
def _may_be_unreal(text: str) -> _Doubts:
    edges = " \t\n」”\"'" if _ASIDE.search(text) else " \t\n」”\"')）"
    asked = text.rstrip(edges).endswith(("?", "？", "吗", "吗。"))
    kinds = ("condition", "hypothesis", "negation")
    held = _signs(*kinds).places(text)  # one pass is enough for most sentences
    return _Doubts(asked, *(bool(held and _signs(kind).places(text)) for kind in kinds))


@cache
def _signs(*kinds: str) -> Literals:
    """Return the words of `_condition`, `_hypothesis` and the negations wherever they stand, inside of words too.

    Where a match ends a word ends as well, so that a word of the sentence may be cut short.
    """
    lists = read_lists("discourse")
    return Literals(word for kind in kinds for language in ("zh", "en") for word in lists[f"{kind}_{language}"])


@cache
def _possible_en() -> re.Pattern[str]:
    words = word_pattern("discourse", "together_en")
    return re.compile(rf"\b(?:can|could|may|might)\s+(?:\w+\s+)?be\s+(?:\w+\s+)?(?:{words})\b", re.IGNORECASE)


@cache
def _possible_zh() -> re.Pattern[str]:
    words = word_pattern("discourse", "together_zh")
    return re.compile(
        rf"(?:(?:可以|能够)[^，。；将把]{{0,6}}?|[可能][^，。；]{{0,1}})(?:与|和|跟|同)[^，。；]{{0,30}}?(?:{words})"
    )


@cache
def _privative() -> re.Pattern[str]:
    words = word_pattern("discourse", "privatives")
    return re.compile(rf"(?:{words})[\s*_`]{{0,3}}$", re.IGNORECASE)


@cache
def _negation_zh() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "negation_zh"))


@cache
def _negation_en() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern('discourse', 'negation_en')})\b(?! only)", re.IGNORECASE)
