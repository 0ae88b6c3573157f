"""The figures that a sentence gives: how many times, per cent or points; a cell of a table is one by itself."""

from __future__ import annotations

import re

_FIGURE = re.compile(
    r"(?<![A-Za-z0-9_.,])(?P<number>\d{1,9}(?:[.,]\d{1,9})?|[一二两三四五六七八九十百千半数几]{1,6})"
    r"(?P<unit>\s?(?:%|％|[x×X](?![A-Za-z0-9-])|倍|个百分点|个点|percent\b|(?:percentage )?points?\b|pp\b|times\b|"
    r"tokens?/s\b|ms\b))"
)
_ALONE = re.compile(r"[*_~<>≈+-]{0,4}\s?\d{1,9}(?:[.,]\d{1,9})?\s?(?:%|[x×])?\s?[*_~]{0,4}")
#: Where a clause ends; not inside 1,024 or 3.5.
_CLAUSE = re.compile(r"[，；。：;\n]|[,.:] ")
_ONE = re.compile(r"\s")
#: Ways to write one unit.
_UNITS = {
    **dict.fromkeys(("％", "percent"), "%"),
    **dict.fromkeys(("×", "X", "倍", "times"), "x"),
    **dict.fromkeys(("个百分点", "个点", "pp", "point", "percentage points", "percentage point"), "points"),
}


def figures(sentence: str) -> tuple[str, ...]:
    """Return the figures of a sentence as they are written, in their order, each once.

    >>> figures("up to 29x over the latter two, 3x over FlexGen, with 20% of the cache of OPT-6.7B")
    ('29x', '3x', '20%')
    >>> figures("TokenTrim | LongBench: 43.0"), figures("H2O | 41.2 | 9 GB")
    (('43.0',), ())
    >>> figures("推理吞吐是同规模 Transformer 的五倍"), figures("5.69"), figures("Llama 3.1")
    (('五倍',), ('5.69',), ())
    """
    if is_score_alone(sentence):
        return (_cell(sentence).strip(" *_~"),)
    return tuple(dict.fromkeys(match[0] for match in _FIGURE.finditer(sentence)))


def is_score_alone(sentence: str) -> bool:
    """Tell whether a sentence is a cell of a table with nothing but a figure in it, with its row and column or without.

    >>> is_score_alone("43.0"), is_score_alone("TokenTrim | LongBench: 43.0"), is_score_alone("It reaches 43.0.")
    (True, True, False)
    """
    return bool(_ALONE.fullmatch(_cell(sentence).strip()))


def _cell(sentence: str) -> str:
    return sentence.rpartition(": ")[2] if " | " in sentence else sentence


def figures_about(sentence: str, name: str) -> tuple[str, ...]:
    """Return the figures in the clauses of a sentence that hold a name; those of other clauses measure other things.

    >>> figures_about("用 20% 的缓存就够，吞吐比 FlexGen 高 3 倍", "FlexGen")
    ('3 倍',)
    """
    return tuple(dict.fromkeys(figure for clause in _clauses(sentence, name) for figure in figures(clause)))


def _clauses(sentence: str, name: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(sentence) if name and name.casefold() in clause.casefold()]


def measured(sentence: str) -> tuple[tuple[float, str, str], ...]:
    """Return the figures in digits as number, unit, and the words around that say what is measured.

    >>> measured("It is 2.5x faster than FlexGen."), measured("It is 3 times faster than FlexGen.")
    (((2.5, 'x', 'faster'),), ((3.0, 'x', 'faster'),))
    """
    found = []
    for match in _FIGURE.finditer(sentence):
        if match["number"][0].isdecimal():
            unit = _ONE.sub(" ", match["unit"]).strip()
            number = float(match["number"].replace(",", "" if _is_thousands(match["number"]) else "."))
            found.append((number, _UNITS.get(unit, unit), _beside(sentence, match.start(), match.end())))
    return tuple(found)


def _is_thousands(number: str) -> bool:
    return len(number.partition(",")[2]) == 3


_AFTER = re.compile(r"\s?(?:of the |of |the |的)?\s?([a-z]{3,30}|[\u4e00-\u9fff]{1,4})", re.IGNORECASE)
_BEFORE = re.compile(r"([a-z]{3,30}|[\u4e00-\u9fff]{2})(?: by| up to| to)?\s?$", re.IGNORECASE)


def _beside(sentence: str, start: int, end: int) -> str:
    """Return the word behind a figure, else the word before it; the empty string where there is none."""
    if match := _AFTER.match(sentence, end, min(len(sentence), end + 48)):
        return match[1].lower()
    before = _BEFORE.search(sentence[max(0, start - 40) : start])
    return before[1].lower() if before else ""


def measured_about(sentence: str, name: str) -> tuple[tuple[float, str, str], ...]:
    """Return the figures in digits, as `measured` does, in the clauses of a sentence that hold a name.

    >>> measured_about("It uses 20% of the cache, and is 3x faster than FlexGen.", "FlexGen")
    ((3.0, 'x', 'faster'),)
    """
    return tuple(found for clause in _clauses(sentence, name) for found in measured(clause))
