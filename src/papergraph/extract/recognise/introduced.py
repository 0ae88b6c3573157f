"""The name that a sentence introduces: 提出了名为 X 的方法, we propose X, a model called X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.patterns import read_lists
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, guess_type, is_name_shaped, is_short_name
from papergraph.model import Mention, Span
from papergraph.names import is_chinese

_QUOTED = re.compile(r"[“「\"《]([^“”「」\"《》]{2,40})[”」\"》]")


def recognise_introduced(reading: Reading) -> Iterator[Mention]:
    """Yield the name that a sentence introduces: 提出了名为 X 的方法, we propose X, a model called X."""
    lists = read_lists("introduced")
    chinese, english = _introduction_patterns(tuple(lists["verbs_zh"]), tuple(lists["verbs_en"]))
    for index, block in reading.readable:
        if block.kind == "heading":
            continue
        for sentence in block.sentences:
            text = sentence.of(reading.text)
            for verb in (*chinese.finditer(text), *english.finditer(text)):
                yield from _after_verb(reading, index, sentence, verb, lists)


@cache
def _introduction_patterns(
    chinese: tuple[str, ...], english: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile("|".join(sorted(chinese, key=len, reverse=True))),
        re.compile(rf"\b(?:{'|'.join(english)})\b", re.IGNORECASE),
    )


def _after_verb(
    reading: Reading, index: int, sentence: Span, verb: re.Match[str], lists: dict[str, object]
) -> Iterator[Mention]:
    begin = sentence.start + verb.end()
    chinese = is_chinese(verb[0])
    gap = int(str(lists["gap_zh"])) if chinese else 60
    limit = min(sentence.end, begin + gap + 40)
    stop = re.search(r"[，,。；;]|\bto\b|\bthat\b", reading.text[begin:limit])
    limit = begin + stop.start() if stop else limit
    quoted = _QUOTED.search(reading.text, begin, limit)
    if quoted and quoted.start() - begin <= 12 and _is_quoted_name(quoted[1]):
        span = Span(*quoted.span(1))
        yield _introduced(reading, span)
        return
    for match in NAME_WORD.finditer(reading.text, begin, limit):
        name = match[0].rstrip(".-")
        if match.start() - begin > gap:
            return
        known = any(e.type != "Topic" for e in reading.vocabulary.find(name))
        if not known and is_name_shaped(name) and reading.is_visible(index, match.start(), match.end()):
            yield _introduced(reading, Span(match.start(), match.start() + len(name)))
            return
        if known or is_name_shaped(name):
            return


def _is_quoted_name(name: str) -> bool:
    return 2 <= len(name) <= 10 if is_chinese(name) else is_short_name(name)


def _introduced(reading: Reading, span: Span) -> Mention:
    name = span.of(reading.text)
    kind = guess_type(name, reading.text[max(0, span.start - 16) : span.start], reading.text[span.end : span.end + 16])
    return reading.mention(span, kind, "introduced", 0.8)
