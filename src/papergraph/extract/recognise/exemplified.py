"""Names given as examples of their kind, or cited: `tools such as Zorb`, Zorb 等工具, `Hoof (Mane et al., 2020)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.literals import Literals, Places
from papergraph.extract.phrases import is_head
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_venue
from papergraph.extract.word_lists import is_generic, is_task, word_pattern, word_set
from papergraph.model import EntityType, Mention, Span
from papergraph.ontology.kinds import THINGS

#: One name: a capitalised word, or up to three of them.
_NAME = r"[A-Z][A-Za-z0-9]{1,24}+(?:[-.+][A-Za-z0-9]{1,12}+){0,3}\+{0,2}(?:[ ][A-Z][A-Za-z0-9]{1,20}+){0,2}"
_EXAMPLE = re.compile(rf"(?:the[ ])?[*_`\[]{{0,3}}(?P<name>{_NAME})(?![A-Za-z0-9_])[*_`\]]{{0,3}}")
#: Behind a name: where it was published.
_CITED = re.compile(r"(?:\s?[(（\[][^()（）\[\]\n]{1,60}[)）\]])?")
_JOINT = re.compile(r"\s*(?:[,，、/]\s?(?:and\s|or\s)?|\s(?:and|or)\s|和|与|及|以及|或)\s*")
#: One capitalised word that somebody is cited for.
_CREDITED = re.compile(
    r"(?<![A-Za-z0-9.&@#/-])(?P<name>[A-Z][A-Za-z0-9]{2,20}+)[*_`\]]{0,3}\s?[(（\[]"
    r"(?P<who>[A-ZÀ-Þ][\w'’-]{1,30}+)(?:,?\s(?:et\sal\.?|等人?|(?:and|&)\s[A-ZÀ-Þ][\w'’-]{1,30}+))[,，]?\s?(?:19|20)\d\d[a-z]?[)）\]]"
)
#: Without one of these no examples are introduced.
_SUCH = Literals(("such as", "like", "e.g.", "for example", "including", "namely", "有", "如", "像", "包括"))
_PARTLY, _LONGEST = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z-]+ $"), 24
#: Names at the end of what stands before 等工具, and so many characters that may hold them.
_BEFORE = re.compile(rf"{_NAME}(?:\s?(?:[,，、/]|和|与|及|以及|或)\s?{_NAME}){{0,6}}\s?$")
_REACH = 120
_MOST = 8


def recognise_exemplified(context: Context) -> Iterator[Mention]:
    """Yield unknown capitalised names that are examples of methods or datasets by the word for them, or are cited."""
    reading = context.reading
    such = _SUCH.places(reading.text)
    found = [(i, *example) for i, block in reading.readable for example in _examples(reading, block.span, such)]
    if not found:
        return
    taken = {place for m in context.mentions if m.type != "Topic" for place in range(m.span.start, m.span.end)}
    for index, kind, span in found:
        is_free = taken.isdisjoint(range(span.start, span.end))
        if is_free and _is_name(reading, span) and reading.is_visible(index, span.start, span.end):
            yield _mention(reading, span, kind)


def _examples(reading: Reading, block: Span, such: Places) -> Iterator[tuple[EntityType, Span]]:
    """Yield what a block gives as an example, with the kind of thing that it is one of."""
    introducing = _introducing().finditer(reading.text, block.start, block.end)
    for match in introducing if such.any_in(block.start, block.end) else ():
        kind: EntityType = "Dataset" if match["data"] or match["daten"] else "Method"
        yield from ((kind, span) for span in _listed(reading.text, match.end(), block.end))
    for match in _closing().finditer(reading.text, block.start, block.end):
        kind = "Dataset" if match["data"] else "Method"
        start = max(block.start, match.start() - _REACH)
        names = _BEFORE.search(reading.text, start, match.start())
        yield from ((kind, span) for span in (_listed(reading.text, names.start(), match.start()) if names else ()))
    for match in _CREDITED.finditer(reading.text, block.start, block.end):
        start = match.start("name")
        if match["name"] != match["who"] and not _PARTLY.search(
            reading.text, max(block.start, start - _LONGEST), start
        ):
            yield "Method", Span(*match.span("name"))


def _listed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names of a list that begins at a place."""
    for _ in range(_MOST):
        found = _EXAMPLE.match(text, start, end)
        if not found:
            return
        yield Span(*found.span("name"))
        cited = _CITED.match(text, found.end(), end)
        joint = _JOINT.match(text, cited.end() if cited else found.end(), end)
        if not joint:
            return
        start = joint.end()


def _is_name(reading: Reading, span: Span) -> bool:
    name = span.of(reading.text)
    words = [word.casefold() for word in name.split()]
    if is_generic(name) or is_task(name) or is_venue(reading.vocabulary, name) or all(map(is_generic, words)):
        return False
    if len(words) == 1 and is_head(words[0]):
        return False
    entries = reading.vocabulary.find(name)
    if entries and not any(e.type in THINGS for e in entries):
        return False
    return word_set("techniques", "plain").isdisjoint(words)


def _mention(reading: Reading, span: Span, kind: EntityType) -> Mention:
    alike = {"Dataset"} if kind == "Dataset" else {"Method", "Model"}
    known = [e for e in reading.vocabulary.find(span.of(reading.text)) if e.type in alike]
    entry = known[0] if len(known) == 1 else None
    return reading.mention(span, entry.type if entry else kind, "exemplified", vocabulary=entry.id if entry else "")


@cache
def _introducing() -> re.Pattern[str]:
    """Return the words that stand before examples: `datasets such as`, 方法如."""
    en, daten = word_pattern("techniques", "exemplified_en"), word_pattern("techniques", "exemplified_data_en")
    zh, data = word_pattern("techniques", "exemplified_zh"), word_pattern("techniques", "exemplified_data_zh")
    such = r"\s?[,(（]?\s?(?:such as|like|e\.g\.,?|for example,?|including|namely)\s"
    return re.compile(
        rf"\b(?:(?P<daten>{daten})|(?:{en})){such}|(?:(?P<data>{data})|(?:{zh}))[,，(（]?(?:有|如|例如|比如|诸如|包括|像)\s?"
    )


@cache
def _closing() -> re.Pattern[str]:
    """Return the words that stand behind examples: 等工具, 等开源数据集, 这样的模型."""
    zh, data = word_pattern("techniques", "exemplified_zh"), word_pattern("techniques", "exemplified_data_zh")
    return re.compile(rf"(?:等|这样的|这类|之类的)(?:[\u4e00-\u9fff]{{0,4}}?)(?:(?P<data>{data})|(?:{zh}))")
