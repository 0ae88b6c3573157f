"""Where a name stands alone: never inside a Latin word, a number or a longer name."""

from __future__ import annotations

import re
from collections.abc import Container

from papergraph.vocabulary.offsets import fold_form

_WORD = re.compile(r"[A-Za-z0-9.]+")
#: Behind a name, these make it an address, a file or another name: llama.cpp, cohere.com.
_ENDING = re.compile(r"\.(?:com|org|net|edu|ai|io|cn|cpp|py|js|rs|md|pdf|html|txt|ipynb)(?![A-Za-z0-9])")
#: A sign that makes another name of the name before it; Markdown may escape it.
_PLUS = re.compile(r"\\?\+(?![A-Za-z])")
#: Mark-up around sub- and superscripts: S$^4$C is no S4.
_SCRIPT = re.compile(r"(?:[\\$^~]+|\}\$|</?su[bp]>)[A-Za-z]")
#: How these two begin.
_SIGNS = frozenset("\\+$^~}<")
#: What has a plural: several words, a long one, or one of two parts such as ResNet.
_PARTED = re.compile(r"[A-Za-z][\s-]+[A-Za-z]{4,}$")
_LONG_WORD = re.compile(r"(?:[A-Za-z][a-z]{7,}|[A-Z][a-z]+[A-Z][a-z]+)$")
_PLURAL = re.compile(r"(?:s|(?<=[sx])es|(?<=sh)es|(?<=ch)es)(?![A-Za-z0-9])")


def stands_alone(text: str, start: int, end: int, known: Container[str]) -> bool:
    """Tell whether the name from `start` to `end` is a whole one; `known` holds the folded names of the vocabulary.

    >>> stands_alone("使用LoRA微调", 2, 6, ()), stands_alone("LoRA+ is", 0, 4, ()), stands_alone("fragment", 1, 4, ())
    (True, False, False)
    """
    if start > 1 and text[start - 1] == "." and _is_in_path(text, start, end):
        return False
    return _free_before(text, start, known) and _free_after(text, start, end, known)


def goes_on(text: str, end: int) -> bool:
    """Tell whether a hyphen or a number follows, so that the name may be the start of a longer one.

    >>> goes_on("Claude 2.1", 6), goes_on("Claude is", 6)
    (True, False)
    """
    return re.match(r"[-_]|\s?\d", text[end : end + 2]) is not None


def is_latin(character: str) -> bool:
    """Tell whether a character belongs to a word of an alphabet or a number; a Chinese character is a word itself.

    >>> is_latin("é"), is_latin("₂"), is_latin("清"), is_latin("-")
    (True, True, False, False)
    """
    if character.isascii():
        return character.isalnum()
    return (character.isalnum() and not "\u2e80" <= character <= "\ufaff") or "\u0300" <= character <= "\u036f"


def _free_before(text: str, start: int, known: Container[str]) -> bool:
    if start == 0 or not is_latin(text[start]):
        return True
    before = text[start - 1]
    if is_latin(before):
        return False
    if before == "." and text[start].isdigit():
        return not (start > 1 and text[start - 2].isdigit())
    if before in "-_" and start > 1 and is_latin(text[start - 2]):
        word = _last_word(text, start - 1)
        return word.islower() or fold_form(word) in known
    return True


def _is_in_path(text: str, start: int, end: int) -> bool:
    """Tell whether a name is a part of a name with dots in it: torch.cuda.amp."""
    around = (text[start - 2 : start - 1], text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2])
    return around[1] == around[2] == "." and around[0].isalnum() and around[3].isalpha()


def _free_after(text: str, start: int, end: int, known: Container[str]) -> bool:
    last, following = text[end - 1], text[end : end + 1]
    if not following or not (is_latin(last) or last in "+)"):
        return True
    if is_latin(following):
        plural = _PLURAL.match(text, end)
        if plural is None or is_latin(text[plural.end() : plural.end() + 1]):
            return False
        is_code = last.isupper() or (last.isdigit() and text[start].isupper())
        return is_code or bool(_PARTED.search(text, start, end) or _LONG_WORD.search(text, start, end))
    if following in _SIGNS and (_PLUS.match(text, end) or _SCRIPT.match(text, end)):
        return False
    if last.isdigit() and following == "." and text[end + 1 : end + 2].isdigit():
        return False
    if following == ".":
        return not _ENDING.match(text, end)
    if following in "-_" and (word := _WORD.match(text, end + 1)):
        rest = word[0].rstrip(".")
        return (rest.islower() and not any(c.isdigit() for c in rest)) or fold_form(rest) in known
    return True


def _last_word(text: str, end: int) -> str:
    start = end
    while start > 0 and is_latin(text[start - 1]):
        start -= 1
    return text[start:end]
