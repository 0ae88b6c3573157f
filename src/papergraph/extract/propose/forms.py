"""The forms in which a reader may write a name of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLURAL = re.compile(r"[A-Za-z]{3}[A-Za-rt-z]s$")
_BRACKETED = re.compile(r"([^()（）]{2,80}?)\s*[(（]([^()（）]{2,80})[)）]")
#: A name that is short for another.
_SHORT = re.compile(r"[A-Z][a-z]?[A-Z][A-Za-z]{0,6}")


def forms_of(name: str) -> Iterator[str]:
    """Yield a name, its plural or singular, and the two names of one in brackets if one of them is short for the other.

    >>> list(forms_of("Switch Transformers")), list(forms_of("Sliding Window Attention (SWA)"))[1:]
    (['Switch Transformers', 'Switch Transformer'], ['Sliding Window Attention', 'SWA'])
    """
    yield name
    if _PLURAL.search(name):
        yield name.removesuffix("s")
    elif name[-1:].isascii() and name[-1:].isalpha():
        yield f"{name}s"
    if (match := _BRACKETED.fullmatch(name)) and any(map(_SHORT.fullmatch, match.groups())):
        yield from match.groups()
