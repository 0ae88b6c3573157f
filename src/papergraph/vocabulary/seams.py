"""Where a name may be parted: `Llama 2-70B` is `Llama 2 70B`, but `LoRA is` is no `LoRAis`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from papergraph.text.folding import is_chinese
from papergraph.vocabulary.offsets import FoldedText, fold_text

_NOTHING = re.compile("[\\\\\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"[^\S\r\n]+|[^\S\r\n]*(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*")
_HYPHEN = re.compile(r"[^\S\r\n]?[-\u2010-\u2015_\u00b7\u2022](?:[^\S\r\n]|\r?\n[ \t]*)?")
_SLASH = re.compile(r"[^\S\r\n]?/[^\S\r\n]?")
#: Sub- and superscript in Markdown and TeX: H~2~O, H$_2$O.
_SCRIPT = re.compile(r"[$^~_]{1,2}")
#: What may stand apart behind a number: 70 B, 80 GB, 2080 Ti, 8 x 7B.
_UNITS = frozenset({"b", "k", "m", "x", "gb", "tb", "mb", "bit", "ti"})
#: A capitalised part of a name such as FlashAttention, and the next; too short a part is none: not Lo RA.
_PART = re.compile(r"[A-Z]+[a-z]{2,}$")
_NEXT_PART = re.compile(r"(?!LLM)[A-Z][A-Za-z]{2,}")
#: What people join by a hyphen or not: pre-training, warm-up, drop-out.
_PREFIX = re.compile(
    r"(?<![a-z])(?:pre|post|re|self|multi|non|auto|back|super|sub|over|under|semi|anti|hyper|meta|cross|inter|intra|co|"
    r"de|bi|warm|fine|up|down|mini|soft|hard|drop|check|dis|un|look|batch|layer|token|word|mix|cut)$"
)
#: From so many letters on, a part may be joined to the next by a hyphen without capitals: deep-speed, not one-bit.
_LONG_PART = 4


class _Seam(NamedTuple):
    """What stands between two characters of a listed name."""

    separator: str
    numeric: bool
    """A number starts or ends here."""
    prefixed: bool
    """A prefix such as `pre` ends here, which people also join by a hyphen."""
    part: int
    """Length of the capitalised part that ends here where another starts, or 0."""


def is_parted_well(text: str, folded: FoldedText, start: int, end: int, form: str) -> bool:
    """Tell whether the folded characters from `start` to `end` are parted in `text` where `form` may be parted.

    >>> text = "Flash Attention"
    >>> is_parted_well(text, fold_text(text), 0, 14, "FlashAttention")
    True
    """
    if folded.original(start, end) == (folded.offsets[start], folded.offsets[start] + len(form)):
        first = folded.offsets[start]
        if text[first : first + len(form)] == form:
            return True
    seams = _seams(form)
    if len(seams) != end - start:
        return False
    for i in range(start + 1, end):
        stop = folded.ends[i - 1] if folded.ends else folded.offsets[i - 1] + 1
        gap = _NOTHING.sub("", text[stop : folded.offsets[i]])
        seam = seams[i - start]
        if not gap and seam.separator and folded.text[i - 1 : i + 1].isdigit():
            return False  # Llama 38B is no Llama 3 8B
        if gap and not _may_part(text, folded, i, gap, seam):
            return False
        if i == start + 1 and _is_lettered(form, seam):
            joined = gap and (_HYPHEN.fullmatch(gap) or text[folded.offsets[start]].isupper())
            if not joined:
                return False
    return True


def _is_lettered(form: str, seam: _Seam) -> bool:
    """Tell whether a hyphen behind a single first letter makes the name: `A-Softmax` is no softmax, `m-a-p` no map."""
    return seam.separator == "-" and form[1:2] == "-" and form[0].isalpha() and form[2:3].isalpha()


def _may_part(text: str, folded: FoldedText, i: int, gap: str, seam: _Seam) -> bool:
    if _SLASH.fullmatch(gap):
        return "/" in seam.separator
    if _SCRIPT.fullmatch(gap) and _changes(folded.text[i - 1 : i + 1]):
        return True
    space = _SPACE.fullmatch(gap)
    if not space and not _HYPHEN.fullmatch(gap):
        return False
    if seam.separator or seam.numeric or (space and is_chinese(folded.text[i - 1 : i + 1])):
        return True
    if seam.prefixed and not space:
        return True
    capital = text[folded.offsets[i]].isupper() and text[folded.offsets[max(0, i - seam.part)]].isupper()
    return bool(seam.part) and (capital or (not space and seam.part >= _LONG_PART))


@lru_cache(maxsize=4096)
def _seams(form: str) -> tuple[_Seam, ...]:
    """Return for each folded character of `form` the seam before it."""
    folded = fold_text(form)
    seams = [_Seam("", False, False, 0)]
    for i, offset in enumerate(folded.offsets[1:], 1):
        separator = form[folded.offsets[i - 1] + 1 : offset]
        seams.append(
            _Seam(separator, _is_numeric(folded.text, i), _is_prefixed(form, offset), _part_before(form, offset))
        )
    return tuple(seams)


def _changes(pair: str) -> bool:
    return len(pair) == 2 and pair[0].isdigit() != pair[1].isdigit()


def _is_numeric(folded: str, i: int) -> bool:
    if not _changes(folded[i - 1 : i + 1]):
        return False
    if folded[i].isdigit():
        before = folded[max(0, i - 2) : i]
        return len(before) == 2 and (before.isalpha() or (before[0].isdigit() and before[1] == "x"))
    word = re.match("[a-z]*", folded[i:])
    return word is not None and word[0] in _UNITS


def _is_prefixed(form: str, offset: int) -> bool:
    """Tell whether a prefix ends at `offset` and a word of some length goes on: in lower case, so not in BiLSTM."""
    rest = form[offset : offset + 2]
    return rest.isalpha() and rest.islower() and _PREFIX.search(form[:offset].lower()) is not None


def _part_before(form: str, offset: int) -> int:
    """Return the length of the capitalised word that ends at `offset` where another starts, as in FlashAttention."""
    before = _PART.search(form, 0, offset)
    return len(before[0]) if before and _NEXT_PART.match(form, offset) else 0
