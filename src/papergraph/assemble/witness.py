"""Which sentences are one witness: the same words in an index, in a list of things to do, and in a note."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from papergraph.text.tasks import TASK_STATES

_DATE = r"\d{4}(?:[-/.]\d{1,2}){1,2}|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}:\d{2}"
_REMARKS = "new|note|notes|nb|tip|important|待办|待读|已读|在读|备注|注|笔记|要点"
_TO_DO = f"{'|'.join(TASK_STATES)}|{_REMARKS}"
_OPEN, _CLOSE = r"[\[(（【<]*", r"[\])）】>]*[:,，.。]?"
#: A word before what a sentence says: a mark, a check box, a number, a date, what is to be done.
_BEFORE = re.compile(
    rf"[\W_]+|\[[xX]\]|[(（]?\d{{1,3}}[.)、）]|{_OPEN}(?:{_DATE}|{_TO_DO}){_CLOSE}",
    re.IGNORECASE,
)
#: A word after it: a mark, a tag, the id of a block, a field of an outliner, a date.
_AFTER = re.compile(rf"[\W_]+|[#^@]\S+|[\[(]?\w+::\S*|{_OPEN}(?:{_DATE}){_CLOSE}")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)|\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
#: One that ends a word, without the space that Chinese does not put there.
_COLON = re.compile(r"(?<![:\d]):(?![:\d\s])")
_BRACKET = re.compile(r"【[^【】]*】")
_ADDRESS = re.compile(r"https?://\S+")


@lru_cache(maxsize=65_536)
def witness(sentence: str) -> str:
    """Return the key under which copies of a sentence meet: its letters and digits, without what notes put around it.

    Marks of lists, links, dates and tags do not make another witness; another word or number does.

    >>> one = witness("SnapKV outperforms H2O.")
    >>> one == witness("- [x] DONE: [SnapKV](https://a.org) outperforms **H2O** #kv 2024-05-01")
    True
    >>> one == witness("SnapKV outperforms H2O by 3%.")
    False
    """
    text = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", _LINK.sub(r"\1\2", sentence)))
    words = _BRACKET.sub(r" \g<0> ", _COLON.sub(": ", text)).split()
    start, end = 0, len(words)
    while start < end and _BEFORE.fullmatch(words[start]):
        start += 1
    while end > start and _AFTER.fullmatch(words[end - 1]):
        end -= 1
    letters = "".join(c for c in "".join(words[start:end]).casefold() if c.isalnum() or c == "+")
    return letters or " ".join(sentence.split())
