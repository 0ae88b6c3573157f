"""The name that a sentence introduces: 提出了名为 X 的方法, we propose X, a model called X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from papergraph.extract.context import Context
from papergraph.extract.literals import Literals
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, guess_type, is_name_shaped
from papergraph.extract.title_shapes import is_section_head, is_short_name
from papergraph.extract.word_lists import is_generic, read_lists, word_set
from papergraph.model import EntityType, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import is_chinese

#: Verbs of publishing: what they name is the work's own, however it was made.
_RELEASES = frozenset({"开源", "发布", "推出", "release", "releases", "released"})
#: Between verb and name: the name is what the new thing is made of, not the new thing.
_INGREDIENT = re.compile(
    r"基于|使用|利用|结合|采用|通过|针对|对|在|用|类似|相似|不同于|相比|优于|"
    r"\b(?:with|using|based on|for|of|from|via|by|in|like|similar|than)\b"
)
#: What is introduced ends here, unless its name follows: `a new architecture, the Zorbix`.
_STOP = re.compile(r"[，。；;]|,(?!\s(?:the|called|named|dubbed|termed|namely)\s[A-Z])|\bto\b|\bthat\b")
#: A name in title case that says what the idea of a paper is called.
_IDEA = re.compile(
    r"\b(?:[Ii]dea|[Cc]ontribution|[Pp]roposal|[Mm]ethod|[Aa]pproach)\s(?:of|in|behind)\s(?:this|the)\s(?:paper|work),\s"
    r"(?:the\s|called\s)?(?P<name>[A-Z][\w-]{1,24}(?:\s[A-Z][\w-]{1,24}){1,4}),"
)
#: `our model ZorbNet`, `The proposed approach (ZorbNet)`, 本文的方法 ZorbNet: the name stands right behind.
_OWN = re.compile(
    r"(?=[OoTt本我作该])(?:\b(?:[Oo]ur|[Tt]heir|[Tt]he(?:ir)?\sproposed)\s(?:new\s|novel\s|final\s|full\s)?"
    r"(?:method|model|approach|framework|system|architecture|network|algorithm)s?,?\s?"
    r"|(?:本文|我们|作者|该论文)所?(?:提出)?的(?:方法|模型|框架|算法|网络|系统|架构)\s?)[(（*_`]{0,3}"
    rf"(?P<name>{NAME_WORD.pattern})(?=[\s)）,，。*_`的]|$)"
)
#: Keys of what a note is also called, which need not be what its work introduces; and where a work's fields stand.
_ALIASES, _FIRST_BLOCKS = frozenset({"alias", "aliases", "别名"}), 16
_OWNERS = ("ur ", "heir ", "roposed ", "的")
#: In a sentence that names something by a word that is no name by its form, it is the authors who made it.
_MADE = re.compile(r"\b(?:propos|present|introduc|develop|design|creat|novel\b|new\b|our\b|their\b)", re.IGNORECASE)
#: Right before a verb of naming, these say that a part of the work is named: 这一部分称为.
_PART_OF_IT = re.compile(r"(?:这|该|此)一?个?(?:部分|模块|步骤?|过程|阶段|环节|操作|组件)(?:就|也|被|都)?$")
_NAMING = frozenset({"called", "named", "dubbed", "termed", "call", "coin"})
#: Each match of it holds one of these.
_OF_THE_WORK = ("paper,", "work,")
#: Behind a quoted name: the quotes' rest and its English name in brackets.
_AFTER_QUOTES = re.compile(r"[”」\"》]*\s*([(（][A-Za-z][^()（）\n]{2,40}[)）])?")
_QUOTED = re.compile(r"[“「\"《]([^“”「」\"《》]{2,40})[”」\"》]")


def recognise_introduced(context: Context) -> Iterator[Mention]:
    """Yield the name that a sentence introduces: 提出了名为 X 的方法, we propose X, a model called X."""
    reading, lists = context.reading, read_lists("introduced")
    chinese, english = _introduction_patterns(tuple(lists["verbs_zh"]), tuple(lists["verbs_en"]))
    verbs = _verbs().places(reading.text)
    for index, block in reading.readable:
        if block.kind == "heading" or not verbs.any_in(block.span.start, block.span.end):
            continue
        for sentence in block.sentences:
            if not verbs.any_in(sentence.start, sentence.end):
                continue
            text = sentence.of(reading.text)
            for verb in (*chinese.finditer(text), *english.finditer(text)):
                yield from _after_verb(reading, index, sentence, verb, lists)
    yield from _in_apposition(reading)
    yield from _owned(reading)
    yield from _in_fields(reading)


@cache
def _verbs() -> Literals:
    lists = read_lists("introduced")
    return Literals((*lists["verbs_zh"], *lists["verbs_en"]))


@cache
def _introduction_patterns(
    chinese: tuple[str, ...], english: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile("|".join(sorted(chinese, key=len, reverse=True))),
        re.compile(rf"\b(?:{'|'.join(english)})\b", re.IGNORECASE),
    )


def _after_verb(
    reading: Reading, index: int, sentence: Span, verb: re.Match[str], lists: dict[str, Any]
) -> Iterator[Mention]:
    begin = sentence.start + verb.end()
    if verb[0] in lists["naming"] and _PART_OF_IT.search(reading.text, sentence.start, sentence.start + verb.start()):
        return
    chinese = is_chinese(verb[0])
    gap = int(lists["gap_zh"]) if chinese else 60
    limit = min(sentence.end, begin + gap + 40)
    stop = _STOP.search(reading.text[begin:limit])
    limit = begin + stop.start() if stop else limit
    quoted = _QUOTED.search(reading.text, begin, limit)
    if quoted and quoted.start() - begin <= 12 and _is_quoted_name(reading, quoted, verb[0], lists):
        start, end = quoted.span(1)
        bracket = re.search(r"\s*[(（]", quoted[1])
        span = Span(start, start + bracket.start()) if bracket and bracket.start() else Span(start, end)
        yield _introduced(reading, span)
        return
    for match in NAME_WORD.finditer(reading.text, begin, limit):
        name = match[0].rstrip(".-")
        gap_text = reading.text[begin : match.start()]
        if len(gap_text) > gap or not reading.is_visible(index, match.start(), match.end()):
            return
        entries = (e for e in reading.vocabulary.find(name) if not (e.work and name.islower() and name not in e.forms))
        entry = next((e for e in entries if e.type in THINGS), None)
        released = verb[0].casefold() in _RELEASES
        called = verb[0].casefold() in _NAMING and _MADE.search(reading.text, sentence.start, begin) is not None
        told = is_name_shaped(name) or _is_told(reading, name, gap_text, match.end(), called=called)
        if entry is None and not told:
            continue
        if (_INGREDIENT.search(gap_text) and not released) or (entry and entry.type == "Method" and released):
            continue
        span = Span(match.start(), match.start() + len(name))
        longer = next(iter(reading.vocabulary.scan(reading.text[span.start : span.start + 48])), None)
        if longer and longer.start == 0 and longer.end > len(name):
            entry = reading.vocabulary.by_id(longer.entries[0])
            span = Span(span.start, span.start + longer.end)
        yield reading.mention(
            span,
            entry.type if entry else _type_at(reading, span),
            "introduced",
            vocabulary=entry.id if entry else "",
        )
        return


def _in_apposition(reading: Reading) -> Iterator[Mention]:
    """Yield what a sentence says that the idea of the paper is called: `the idea of this paper, Zebra Dropping,`."""
    if not any(work in reading.text for work in _OF_THE_WORK):
        return
    for index, block in reading.readable:
        for match in _IDEA.finditer(reading.text, block.span.start, block.span.end):
            if reading.is_visible(index, *match.span("name")):
                yield _introduced(reading, Span(*match.span("name")))


def _owned(reading: Reading) -> Iterator[Mention]:
    """Yield the new name that stands right behind what the authors made: `our model ZorbNet`."""
    if not any(owner in reading.text for owner in _OWNERS):
        return
    for index, block in reading.readable:
        for match in _OWN.finditer(reading.text, block.span.start, block.span.end):
            new = is_name_shaped(match["name"]) and not any(reading.vocabulary.find(match["name"]))
            if new and block.kind != "heading" and reading.is_visible(index, *match.span("name")):
                yield _introduced(reading, Span(*match.span("name")))


def _in_fields(reading: Reading) -> Iterator[Mention]:
    """Yield the short name that a field near the title of a work gives it: `Short name: Zorb`, 简称：Zorb."""
    near = (f for f in reading.document.fields if f.meaning == "short" and 0 <= f.block < _FIRST_BLOCKS)
    for field in near:
        name = field.value.of(reading.text)
        other = any(e.type not in THINGS for e in reading.vocabulary.find(name))
        if field.key not in _ALIASES and is_short_name(name) and not other:
            yield _introduced(reading, field.value)


def _is_told(reading: Reading, name: str, gap: str, end: int, *, called: bool) -> bool:
    """Tell whether a plain capitalised word right behind the verb is a name.

    It is if its kind follows (`X, a model that`), or if the verb says that the authors' work is called so.
    """
    if gap.strip(" *_`") or len(name) < 4 or not name[0].isupper() or not name.isalpha() or is_generic(name):
        return False
    after = reading.text[end : end + 24].lstrip("*_`")
    return not is_section_head(name) and (called or bool(_kind_follows().match(after)))


@cache
def _kind_follows() -> re.Pattern[str]:
    kinds = "|".join(sorted(word_set("generic", "method") | word_set("generic", "model"), key=len, reverse=True))
    return re.compile(rf",\s+(?:an?|the|our|which)\b|\s*(?:{kinds})(?![a-z])")


def _is_quoted_name(reading: Reading, quoted: re.Match[str], verb: str, lists: dict[str, Any]) -> bool:
    """Tell whether quotes hold a name: Latin and short, or Chinese with a sign that it is one.

    Such a sign is a verb of naming, a word for its kind, or its English name in brackets.
    """
    name = quoted[1]
    if not is_chinese(name):
        return is_short_name(name)
    if not 2 <= len(name) <= 10 or is_generic(name):
        return False
    before = reading.text[max(0, quoted.start() - 12) : quoted.start()]
    if any(word in before for word in lists["problems"]):
        return False
    after = _AFTER_QUOTES.match(reading.text, quoted.end())
    kinds = word_set("generic", "method") | word_set("generic", "model") | word_set("generic", "dataset") | {"概念"}
    follows = reading.text[after.end() : after.end() + 10] if after else ""
    sign = any(kind in follows.split("，")[0] for kind in kinds) or name.endswith(tuple(kinds))
    return verb in lists["naming"] or sign or bool(after and after[1])


def _introduced(reading: Reading, span: Span) -> Mention:
    return reading.mention(span, _type_at(reading, span), "introduced")


def _type_at(reading: Reading, span: Span) -> EntityType:
    before, after = reading.text[max(0, span.start - 16) : span.start], reading.text[span.end : span.end + 16]
    return guess_type(span.of(reading.text), before, after)
