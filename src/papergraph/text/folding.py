"""Normal forms of names, so that the same name written twice is the same key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from papergraph.text.scripts import without_script_marks
from papergraph.text.traditional import in_simplified

_SEPARATORS = re.compile(
    r"""[\s\-\u2010-\u2015_\u00b7\u2022/\\.,:;'"\u201c\u201d\u2018\u2019()\[\]\u3010\u3011\u300c\u300d\u300a\u300b<>|`~$^]+"""
)
#: Between the lines of one block of Markdown: the indent and quote marks of the next line.
_BREAK = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*")
#: A sign that Markdown would read otherwise, behind its backslash (CommonMark 0.31, section 2.4).
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ASCII_SEPARATORS = {i: None for i in range(128) if _SEPARATORS.match(chr(i))}
#: Invisible characters that people paste along with a name: soft hyphen, zero-width characters, BOM, bidi marks.
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
#: All of these words meet, so that a word like `denoising` does no harm.
_SPELLINGS = tuple((f"is{ending}", f"iz{ending}") for ending in ("ation", "ed", "er", "ing"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@lru_cache(maxsize=65_536)
def tidy(name: str) -> str:
    r"""Return `name` on one line in NFC, without invisible characters, Markdown's escapes and marks around scripts.

    >>> tidy("  Heavy-Hitter\n   Oracle ")
    'Heavy-Hitter Oracle'
    """
    plain = without_script_marks(_ESCAPED.sub(r"\1", name) if "\\" in name else name)
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", plain)).split())


def compatible(text: str) -> str:
    """Return `text` in plain characters: NFKC, simplified Chinese, and the letter x for the sign of multiplication.

    >>> compatible("Ｈ₂O 8×7B"), compatible("獎勵模型")
    ('H2O 8x7B', '奖励模型')
    """
    if text.isascii():
        return text
    return in_simplified(unicodedata.normalize("NFKC", text).replace("×", "x"))


def american(text: str) -> str:
    """Return `text` with the American spelling of words in -ise, in as many characters.

    >>> american("a quantised tokeniser; normalisation"), american("noise is")
    ('a quantized tokenizer; normalization', 'noise is')
    """
    if "is" in text:
        for british, ours in _SPELLINGS:
            text = text.replace(british, ours)
    return text


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return the key under which spellings of one name meet: plain characters, case-folded, without separators.

    British and American spellings meet, as do traditional and simplified Chinese. `+`, `#` and `*` are kept, since they
    distinguish names (H2O and H2O+).

    >>> fold("H₂O"), fold("Mixtral-8x7B") == fold("Mixtral 8×7B"), fold("LoRA+") == fold("LoRA")
    ('h2o', True, False)
    """
    if name.isascii():
        return american(name).lower().translate(_ASCII_SEPARATORS)
    return _SEPARATORS.sub("", compatible(_INVISIBLE.sub("", american(name))).casefold())


def is_chinese(text: str) -> bool:
    """Tell whether `text` holds a Chinese character.

    >>> is_chinese("清华 THU"), is_chinese("THU")
    (True, False)
    """
    return not text.isascii() and _CHINESE.search(text) is not None


def one_line(text: str) -> str:
    r"""Return a piece of a block on one line: line breaks, with the indent and quote marks after them, become a space.

    >>> one_line("heavy\n\t  > hitters")
    'heavy hitters'
    """
    return " ".join(_BREAK.sub(" ", text).split())
