"""Institutions in fields: each part of `> **Institution:** X, Y`, known or not; the gazetteer finds those in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from papergraph.extract.affiliations import split_affiliations
from papergraph.extract.authors import Author, is_person, split_authors
from papergraph.extract.context import Context
from papergraph.extract.organisation import is_maker, is_organisation
from papergraph.extract.reading import Reading, strip_edges
from papergraph.extract.table_headers import holds_institutions
from papergraph.extract.word_lists import GAP
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary.link_labels import is_no_institution

#: `title (from Microsoft)`, `(@SJTU)`, `@Google`
_CREDITED = re.compile(
    r"(?=[(（\[@])(?:(?<!\[)[(（\[]\s*+(?:@|from\s++|来自\s*+|by\s++)([^()（）\[\]\n]{2,60}?)\s*[)）\]]"
    r"|(?<![\w.])@([A-Z][\w&.-]+(?: [A-Z][\w.-]+)*))"
)


_REMARK = re.compile(r"[(（][^()（）\n]{1,80}[)）]?$")
#: Where a list of institutions ends: at the end of its sentence, at `et al.`.
_VALUE_END = re.compile(rf"等?[。！？]|{GAP}等(?=\s*$)|(?<!\s)\s++et al\b")
#: A header of two meanings, an institution and a unit of measure: its column counts where it names a known maker.
_MAKER_OR_UNIT = "单位"
#: Words of a credit such as `(from Meta and Stanford)`; more than that is a clause.
_LONGEST_CREDIT = 8
#: Names of people in a field for institutions that are no chance.
_SEVERAL = 4


def recognise_institution(context: Context) -> Iterator[Mention]:
    """Yield an Institution for each part of an institution field and for each credit such as `(@SJTU)`."""
    reading = context.reading
    for field in reading.document.fields:
        if field.meaning == "institution":
            yield from _parts(reading, field.value, "field-institution")
        elif field.meaning == "authors":
            yield from _among_authors(reading, field.value)
    yield from _columns(reading)
    for _, block in reading.readable:
        for match in _CREDITED.finditer(reading.text, block.span.start, block.span.end):
            group = 1 if match[1] else 2
            if group == 1 and match[1][0].isupper() and len(match[1].split()) <= _LONGEST_CREDIT:
                parts = tuple(_parts(reading, Span(*match.span(1)), "credit"))
                if not any(_is_thing(reading, part) for part in parts):
                    yield from (p for p in parts if not p.name[0].islower() or is_maker(reading.vocabulary, p.name))
            elif any(e.type == "Institution" for e in reading.vocabulary.find(match[group])):
                yield _mention(reading, Span(*match.span(group)), "credit")


def _is_thing(reading: Reading, part: Mention) -> bool:
    """Tell whether what follows `from` is a known work and no maker: （来自 MacBERT、LERT 等的数据）."""
    return not part.vocabulary and any(e.type in THINGS for e in reading.vocabulary.find(part.name))


def _among_authors(reading: Reading, value: Span) -> Iterator[Mention]:
    """Yield the institutions of a list of authors: those in parentheses behind a name, and those in place of one."""
    people = [a for a in split_authors(reading.text, value) if not is_maker(reading.vocabulary, a.name)]
    places = [a.affiliation for a in people if a.affiliation]
    for place in (*places, value):
        for found in _parts(reading, place, "field-institution", "authors"):
            placed = _overlaps(found.span, [a for a in people if a.affiliation])
            if (is_organisation(found.name) and not placed) or (found.vocabulary and not _overlaps(found.span, people)):
                yield found


def _overlaps(span: Span, people: Sequence[Author]) -> bool:
    return any(a.span.start < span.end and span.start < a.span.end for a in people)


def _columns(reading: Reading) -> Iterator[Mention]:
    """Yield the institutions in the columns of tables whose header says that they hold some."""
    columns: dict[tuple[int, int], list[Mention]] = {}
    doubtful: set[tuple[int, int]] = set()
    for _, block in reading.readable:
        if block.kind != "cell":
            continue
        place, written = (block.table, block.column), block.span.of(reading.text)
        if block.row == 0 and holds_institutions(written):
            columns[place] = []
            doubtful |= {place} if written.strip(" *") == _MAKER_OR_UNIT else set()
        elif block.row > 0 and place in columns and not any(i.kind == "link" for i in block.inlines):
            columns[place] += _parts(reading, block.span, "field-institution", "column")
    for place, found in columns.items():
        if place not in doubtful or any(m.vocabulary or is_maker(reading.vocabulary, m.name) for m in found):
            yield from found


def _parts(reading: Reading, value: Span, extractor: str, case: str = "") -> Iterator[Mention]:
    if stop := _VALUE_END.search(reading.text, value.start, value.end):
        if stop.start() == value.start:
            return
        value = Span(value.start, stop.start())
    whole = strip_edges(reading.text, value.start, value.end, " \t*_`.。")
    if whole is None:
        return
    if any(e.type == "Institution" for e in reading.vocabulary.find(whole.of(reading.text))):
        yield _mention(reading, whole, extractor, case)
        return
    parts = tuple(split_affiliations(reading, value))
    if _are_people(reading, [part.of(reading.text) for part in parts]):
        return
    for part in parts:
        span = _without_remark(reading, part)
        name = span.of(reading.text)
        if 2 <= len(name) <= 90 and any(map(str.isalpha, name)) and not is_no_institution(name):
            yield _mention(reading, span, extractor, case)


def _are_people(reading: Reading, names: Sequence[str]) -> bool:
    """Tell whether a field for institutions holds its authors: several names of people, and no maker among them."""
    return len(names) >= _SEVERAL and all(is_person(n) and not is_maker(reading.vocabulary, n) for n in names)


def _without_remark(reading: Reading, span: Span) -> Span:
    """Return a part without what is said in brackets behind an institution: `MIT（第一作者现在 ...）`."""
    bracket = _REMARK.search(reading.text, span.start, span.end)
    head = strip_edges(reading.text, span.start, bracket.start()) if bracket else None
    return head if head and is_maker(reading.vocabulary, head.of(reading.text)) else span


def _mention(reading: Reading, span: Span, extractor: str, case: str = "") -> Mention:
    entry = next((e for e in reading.vocabulary.find(span.of(reading.text)) if e.type == "Institution"), None)
    return reading.mention(span, "Institution", extractor, case, vocabulary=entry.id if entry else "")
