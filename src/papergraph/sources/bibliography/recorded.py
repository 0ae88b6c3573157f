"""Works of a library as an extraction, so that they meet what notes say of them like one more note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from papergraph.model import (
    Attribute,
    EntityType,
    Extraction,
    Mention,
    Predicate,
    RelationMention,
    Span,
)
from papergraph.ontology.identifiers import CITATION_KEY
from papergraph.sources.bibliography.work import Author, Work

#: Signs everything that a library says.
EXTRACTOR = "library"
_SURE = 0.95
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Named:
    """What the title of a work names as its contribution."""

    name: str
    type: EntityType
    vocabulary: str
    confidence: float


@dataclass(slots=True)
class _Record:
    text: str
    mentions: list[Mention] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    relations: list[RelationMention] = field(default_factory=list)

    def mention(self, work: Work, span: Span, kind: EntityType, name: str, **more: object) -> int:
        """Add a mention and return its index."""
        known = {"identifiers": (), "vocabulary": "", "confidence": _SURE, **more}
        surface = span.of(self.text)
        self.mentions.append(Mention(span, surface, work.line, kind, name, EXTRACTOR, recorded=True, **known))  # type: ignore[arg-type]
        return len(self.mentions) - 1

    def claim(self, work: Work, subject: int, predicate: Predicate, obj: int, sure: float = _SURE) -> None:
        """Add a claim whose evidence is the entry."""
        sentence = work.summary
        if len(sentence) > _LONGEST_SENTENCE:
            sentence = sentence[: _LONGEST_SENTENCE - 1] + "…"
        self.relations.append(
            RelationMention(
                subject, predicate, obj, _entry(work, self.text), work.line, sentence, EXTRACTOR, "structure", sure
            )
        )


def record_works(
    name: str,
    works: Sequence[Work],
    text: str,
    sha256: str,
    named: Mapping[Work, tuple[Named, ...]],
    venues: Mapping[str, str],
) -> Extraction:
    """Return the works of the library `name` as mentions, attributes and claims, whose evidence are its entries.

    `named` are the contributions that titles name; `venues` the common name of each venue, by its other names in lower
    case.
    """
    record = _Record(text)
    for work in works:
        paper = _paper(record, work, venues)
        for person, author in enumerate(_persons(record, work)):
            record.claim(work, paper, "authoredBy", author)
            if index_name := work.authors[person].index_name:
                record.attributes.append(Attribute(author, "indexName", index_name, work.line))
        for thing in named.get(work, ()):
            found = record.mention(
                work,
                _title(work, text),
                thing.type,
                thing.name,
                vocabulary=thing.vocabulary,
                confidence=thing.confidence,
            )
            record.claim(work, paper, "introduces", found, thing.confidence)
        _topics(record, work, paper)
    return Extraction(name, sha256, tuple(record.mentions), (), tuple(record.attributes), tuple(record.relations))


def _paper(record: _Record, work: Work, venues: Mapping[str, str]) -> int:
    keys = tuple(map(CITATION_KEY.identifier, work.keys))
    addresses = (work.url,) if work.url and not work.identifiers else ()
    start = record.text.find(work.key, work.span.start, work.span.end)
    span = Span(start, start + len(work.key)) if start >= 0 else _title(work, record.text)
    paper = record.mention(work, span, "Paper", work.title, identifiers=(*work.identifiers, *keys))
    venue = venues.get(work.venue.casefold(), work.venue)
    values = {"title": work.title, "venue": f"{venue} {work.year}".strip() if venue else "", "year": work.year}
    values["url"] = next((a for a in addresses if "://" in a), "")
    record.attributes += [Attribute(paper, key, value, work.line) for key, value in values.items() if value]
    return paper


def _entry(work: Work, text: str) -> Span:
    return work.span if work.span.end > 1 else Span(0, max(len(text), 1))


def _title(work: Work, text: str) -> Span:
    if work.title_span:
        return work.title_span
    entry = _entry(work, text)
    start = text.find(work.title, entry.start, entry.end)
    return Span(start, start + len(work.title)) if start >= 0 else Span(entry.start, entry.start + 1)


def _persons(record: _Record, work: Work) -> Iterator[int]:
    """Yield the mentions of the authors; their places are in the order in which they are listed."""
    entry = _entry(work, record.text)
    position = entry.start
    for author in work.authors:
        span = author.span or _written(record.text, author, Span(position, entry.end))
        if span is None or span.start < position:
            span = Span(position, position + 1)
        position = min(span.end, entry.end - 1)
        yield record.mention(work, span, "Person", author.name)


def _written(text: str, author: Author, within: Span) -> Span | None:
    written = author.index_name or author.name
    start = text.find(written, within.start, within.end)
    return Span(start, start + len(written)) if start >= 0 else None


def _topics(record: _Record, work: Work, paper: int) -> None:
    """Record what a work is filed under: its tags, and its collections with those around them."""
    place = _title(work, record.text)
    seen: dict[str, int] = {}

    def topic(name: str) -> int:
        if name not in seen:
            seen[name] = record.mention(work, place, "Topic", name)
        return seen[name]

    for tag in work.tags:
        record.claim(work, paper, "hasTopic", topic(tag))
    for path in work.collections:
        for wider, narrower in pairwise(path):
            if wider != narrower:
                record.claim(work, topic(narrower), "broader", topic(wider))
        if path and path[-1] not in work.tags:
            record.claim(work, paper, "hasTopic", topic(path[-1]))
