"""Institutions in a list of affiliations, told from their departments, streets and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from papergraph.extract.organisation import is_organisation
from papergraph.extract.reading import Reading, split_at
from papergraph.extract.word_lists import GAP, read_lists
from papergraph.model import Span
from papergraph.text.folding import is_chinese

_EDGES = " \t*_`.。\"'[]@"
_SEPARATOR = re.compile(
    rf"(?:(?<!\s)\s++(?=@)|{GAP}(?:[,，、;；/|+\n]|&(?![A-Z]\b)|(?<=\s)[·•–—](?=\s)|\band\b|以及|和(?=[\u4e00-\u9fff]{{2,}})|与)\s*+)"
    # Marks that say whose affiliation follows, or went before: `1. X`, `^1^ X`, `X (†)`.
    r"|<sup>[^<>\n]{0,20}</sup>|\$?\^\{?[\d,*†‡]{1,9}\}?\^?\$?|[¹²³⁴-⁹⁰†‡§¶∗]+|[(（\[][\d*∗†‡§¶,]{1,6}[)）\]]"
    r"|(?<!\S)\d{1,2}(?:[.)]\s|、|\s)(?=[A-Z\u4e00-\u9fff])|(?<![\w.-])\d(?=[A-Z][a-z])"
)
#: What may join the words of one name: `School of Zebras and Hooves`.
_JOINING = frozenset({"and", "&", "和", "与"})
_LISTING = frozenset(",，")
_DEPARTMENT = re.compile(
    r"(?:the\s)?(?:graduate\s|joint\s)?(?:school|department|dept\.?|faculty|division|college|chair|section)\s(?:of|for)\s.*"
    r"|.*\s(?:department|dept|faculty|division)|(?!.*大学).*(?:系|学部|教研室|专业)",
    re.IGNORECASE,
)
_COLLEGE_ZH = re.compile(r"(?!.*大学).{1,14}学院")
#: A school that may be one of a university behind it: `Quill School of Zebras, Hoof University`.
_SCHOOL = re.compile(r"(?:[\w.]+\s){1,4}School\s(?:of|for)\s.*")
_BRACKET = re.compile(r"[(（][^()（）\n]{1,120}[)）]")
#: The rest of an address: streets, postcodes, provinces and towns.
_ADDRESS = re.compile(
    r".*\b(?:ave|avenue|street|st|road|rd|blvd|boulevard|drive|lane|highway|building|floor|campus|box)|.*\d{3}.*"
    r"|[^\W\d_]+[省市县](?:[^\W\d_]*[省市区县])?|[^\W\d_]+[路街](?:\d+号)?",
    re.IGNORECASE,
)
_OF_FIELDS = re.compile(
    r"\b(?:university|institute|academy|college|school|laboratory|lab|cent(?:er|re))\s(?:of|for)\s", re.IGNORECASE
)
_LEGAL_FORM = re.compile(r"(?:inc|ltd|llc|corp|co|gmbh|plc)\.?", re.IGNORECASE)
#: 某大学的某学院 in one word: the university is the institution.
_WITHIN = re.compile(r"(?P<whole>[\u4e00-\u9fff]{2,12}?大学)\s?[\u4e00-\u9fff]{1,16}(?:学院|系|学部)")
_AT = re.compile(r"\s(?:at|of\sthe|at\sthe)\s(?=(?:\w+\s){0,3}(?:University|Institute|College)\b)")
_PART_ZH = re.compile(r".*(?:系|学院|学部)(?:[(（].*)?")


#: Pieces between two separators that part institutions: more are a list of them.
_MOST = 24


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a list of affiliations."""

    span: Span
    name: str
    before: str
    """What parts it from the piece before."""
    known: bool
    """The vocabulary lists it as an institution."""
    holds_known: bool
    """A part of it is the name of a listed institution."""

    @property
    def is_department(self) -> bool:
        return not self.known and _DEPARTMENT.fullmatch(self.name) is not None

    @property
    def is_place(self) -> bool:
        named = self.name.casefold() in _places()
        return named or (not self.known and _ADDRESS.fullmatch(self.name) is not None)

    @property
    def is_organisation(self) -> bool:
        return self.known or (is_organisation(self.name) and not self.is_department and not self.is_place)


def split_affiliations(reading: Reading, value: Span) -> Iterator[Span]:
    """Yield the institutions of a list; where it holds addresses, only what is known or reads like an organisation.

    `School of Zebras and Hooves, Quill University, Quillton, UK & Zorb plc` names two of them.
    """
    parts = [p for p in _joined(_parts(reading, value), reading) if not _LEGAL_FORM.fullmatch(p.name)]
    addressed = any(p.is_department or p.is_place for p in parts)
    for group in _groups(parts):
        departments = [p for p in group if p.is_department]
        kept = [p for p in group if not p.is_department and not _is_around(p, group)]
        named = [p for p in kept if p.is_organisation]
        if addressed:
            kept = named or ([] if departments else [p for p in kept if not p.is_place][:1])
        yield from (_institution(reading, part.span) for part in kept)
        if not kept:
            yield from (Span(p.span.start + at.end(), p.span.end) for p in departments if (at := _AT.search(p.name)))


def _is_around(part: _Part, group: Sequence[_Part]) -> bool:
    """Tell whether a piece only says where an institution of its group is, or which school of it is meant."""
    number = group.index(part)
    before, behind = group[:number], group[number + 1 :]
    if part.is_place:
        # `MIT, Cambridge, MA` names a town, `MIT, Cambridge` two universities.
        within = any(p.is_organisation for p in before) and bool(behind) and behind[0].is_place and not behind[0].known
        return within or not part.known
    school = not part.known and _SCHOOL.fullmatch(part.name) and any(p.is_organisation for p in behind)
    college = not part.known and _COLLEGE_ZH.fullmatch(part.name) and any("大学" in p.name for p in group)
    return bool(school or college)


def _parts(reading: Reading, value: Span) -> list[_Part]:
    """Cut a list at its separators, but no name that the vocabulary knows."""
    text = reading.text
    closed = {place for places in _closed(reading, value) for place in places}
    found = [m for m in _SEPARATOR.finditer(text, value.start, value.end) if m.start() not in closed]
    parts: list[_Part] = []
    for span in split_at(text, value, found, _EDGES):
        between = text[parts[-1].span.end if parts else value.start : span.start]
        parts.append(_part(reading, span, between.strip(_EDGES + " \n")))
    return parts


def _closed(reading: Reading, value: Span) -> list[range]:
    """Return the places that no separator divides: institutions whose listed names hold one, and brackets."""
    brackets = (m.span() for m in _BRACKET.finditer(reading.text, value.start, value.end))
    inside = (range(start + 1, end) for start, end in brackets if (start, end) != (value.start, value.end))
    return [*_known_in(reading, value), *inside]


def _known_in(reading: Reading, value: Span) -> list[range]:
    """Return the places of listed institutions."""
    return [
        range(value.start + hit.start, value.start + hit.end)
        for hit in reading.vocabulary.scan(value.of(reading.text))
        if any(reading.vocabulary.by_id(e).type == "Institution" for e in hit.entries)
    ]


def _part(reading: Reading, span: Span, before: str) -> _Part:
    name = span.of(reading.text)
    known = any(e.type == "Institution" for e in reading.vocabulary.find(name))
    return _Part(span, name, before, known, bool(_known_in(reading, span)))


def _joined(parts: list[_Part], reading: Reading) -> list[_Part]:
    """Join what separators cut inside of names: `School of Zebras and Hooves`, 斑马科学与技术学院."""
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and _continues(last, part):
            joined[-1] = replace(_part(reading, Span(last.span.start, part.span.end), last.before), known=last.known)
        else:
            joined.append(part)
    return joined


def _continues(last: _Part, part: _Part) -> bool:
    if part.before in "和与" and is_chinese(part.name):
        return not last.is_organisation and _PART_ZH.fullmatch(part.name) is not None
    if part.before not in _JOINING or last.known or part.known or part.is_department:
        return False
    if part.is_organisation:
        return last.is_department and part.holds_known  # `School of Zebras and Hooves Quill University`
    plain = all(word.istitle() or word.islower() for word in part.name.split())
    return plain and (last.is_department or _OF_FIELDS.search(last.name) is not None)


def _groups(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield the pieces that commas part, each with its department and place."""
    group: list[_Part] = list(parts[:1])
    for _, part in pairwise(parts):
        if part.before not in _LISTING or len(group) == _MOST:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _institution(reading: Reading, span: Span) -> Span:
    """Return a piece without a department in the same word."""
    match = _WITHIN.fullmatch(span.of(reading.text)) if is_chinese(span.of(reading.text)) else None
    return Span(span.start, span.start + match.end("whole")) if match else span


@cache
def _places() -> frozenset[str]:
    return frozenset(word.casefold() for word in read_lists("credits")["places"])
