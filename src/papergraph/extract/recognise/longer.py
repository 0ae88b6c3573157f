"""Names that the text makes longer than the vocabulary lists them: `3D R-CNN`, `Zebra-4 Omni`, 对比式思维链."""

from __future__ import annotations

import re

from papergraph.model import Span
from papergraph.vocabulary import VocabularyEntry

#: Right before the name of a work, which makes it the name of another, and so many characters that may hold it.
_DIMENSION, _REACH = re.compile(r"(?<![\w-])[234]D[ -]$"), 8
#: Before a model, the language that somebody taught it; before a technique, of which kind it is.
_LANGUAGE = re.compile(r"(?:中文|汉化|Chinese[ -])$")
_KIND = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}式$|(?<=[用与和是对，。])[\u4e00-\u9fff]{2}式$")
#: Behind a model, which of its family it is; behind the name of a work that opens a title, which one of several.
_EDITION = re.compile(
    r"[ -](?:Omni|Turbo|Pro|Plus|Ultra|Nano|Mini|Max|Flash|Lite|Instruct|Chat|Coder|Vision|Preview|Medium|XL|XXL)"
    r"(?![\w-])"
)
#: Right before a family of models, its size; a name that holds one is a member's.
_SIZE, _MEMBER = re.compile(r"(?<![\w.-])(\d{1,4}(?:\.\d)?[BM])[ -]$"), re.compile(r"\d[BM]\b")
_NUMBER = re.compile(r" \d(?:\.\d)?(?=[:：])")


def longer_name(text: str, span: Span, entry: VocabularyEntry) -> Span:
    """Return the place of the name that stands at `span` in full; it is longer than `span` where it is another's.

    >>> from papergraph.vocabulary import load_vocabulary
    >>> known = {e.name: e for e in load_vocabulary().entries}
    >>> longer_name("beats GPT-4 Omni.", Span(6, 11), known["GPT-4"])
    Span(start=6, end=16)
    >>> longer_name("beats GPT-4.", Span(6, 11), known["GPT-4"])
    Span(start=6, end=11)
    """
    start, end = span.start, span.end
    near = max(0, start - _REACH)
    before = _DIMENSION.search(text, near, start) if entry.work else None
    if entry.type == "Model":
        before = before or _LANGUAGE.search(text, near, start)
    elif entry.type == "Method" and not entry.work:
        before = before or _KIND.search(text, near, start)
    behind = _EDITION.match(text, end) if entry.type == "Model" else _NUMBER.match(text, end) if entry.work else None
    return Span(before.start() if before else start, behind.end() if behind else end)


def size_before(text: str, span: Span, entry: VocabularyEntry) -> str:
    """Return the size of the member of a family of models that stands at `span`: `13B` for `a 13B LLaMA`.

    >>> from papergraph.vocabulary import load_vocabulary
    >>> known = {e.name: e for e in load_vocabulary().entries}
    >>> size_before("a 13B GPT-4", Span(6, 11), known["GPT-4"])
    '13B'
    """
    if entry.type != "Model" or _MEMBER.search(span.of(text)):
        return ""
    size = _SIZE.search(text, max(0, span.start - _REACH), span.start)
    return size[1] if size else ""
