"""Recognition: every way of finding a name, in order; and what a note's names mean to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from papergraph.extract.annotation import Annotation
from papergraph.extract.attributes import find_attributes
from papergraph.extract.entries import Places, find_entries
from papergraph.extract.reading import Reading
from papergraph.extract.recognise.acronym import Definition, find_definitions
from papergraph.extract.recognise.cited import recognise_cited
from papergraph.extract.recognise.echo import recognise_echo
from papergraph.extract.recognise.gazetteer import recognise_gazetteer
from papergraph.extract.recognise.hardware import recognise_hardware, same_devices
from papergraph.extract.recognise.institution import recognise_institution
from papergraph.extract.recognise.introduced import recognise_introduced
from papergraph.extract.recognise.list_head import recognise_head
from papergraph.extract.recognise.note_title import recognise_note_title
from papergraph.extract.recognise.person import recognise_person
from papergraph.extract.recognise.shape import recognise_shape
from papergraph.extract.recognise.title import recognise_title
from papergraph.extract.recognise.title_name import recognise_title_name
from papergraph.extract.recognise.topic import recognise_topic
from papergraph.extract.score.agree import agree_on_types
from papergraph.extract.score.select import select_mentions
from papergraph.extract.shapes import guess_type
from papergraph.model import Block, Coreference, Document, Mention, Span
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary

Recogniser = Callable[[Reading], Iterable[Mention]]

#: Every way of finding a name that needs no other; titles come first, names in titles and topics build on them.
RECOGNISERS: tuple[tuple[str, Recogniser], ...] = (
    ("gazetteer", recognise_gazetteer),
    ("list-head", recognise_head),
    ("note-title", recognise_note_title),
    ("introduced", recognise_introduced),
    ("institution", recognise_institution),
    ("hardware", recognise_hardware),
    ("person", recognise_person),
    ("shape", recognise_shape),
)

_SURE_HEAD = 0.8
#: How many characters may stand in a block before the title or name that it opens with: a date, a venue, a mark.
_LONGEST_LEAD = 60


def annotate(document: Document, vocabulary: Vocabulary, extra: Iterable[Recogniser] = ()) -> Annotation:
    """Return the document with its mentions, entries, coreferences and attributes; `extra` are further recognisers."""
    document = _with_a_block(document)
    reading = Reading(document, vocabulary)
    papers = select_mentions([*recognise_title(reading), *recognise_cited(reading)])
    found: list[Mention] = [*papers, *recognise_title_name(reading, papers)]
    for _, recogniser in RECOGNISERS:
        found.extend(recogniser(reading))
    for another in extra:
        found.extend(another(reading))
    definitions = list(find_definitions(reading))
    found.extend(_defined(reading, found, definitions))
    found = list(_trimmed_heads(found))
    found.extend(recognise_echo(reading, found))
    told = any(p.extractor in {"title-field", "title-front-matter"} for p in papers)
    found.extend(recognise_topic(reading, _blocks_of(reading, papers), _filed(reading, papers, found), told=told))
    mentions = agree_on_types(reading.text, select_mentions(_without_fields(reading, found)))
    places = Places.of(reading, mentions)
    entries, owner = find_entries(reading, places)
    return Annotation(
        document=document,
        vocabulary=vocabulary,
        mentions=mentions,
        entries=entries,
        block_entry=owner,
        coreferences=(*_coreferences(mentions, definitions), *same_devices(reading, mentions)),
        attributes=tuple(find_attributes(reading, mentions, entries)),
    )


def _with_a_block(document: Document) -> Document:
    """Return a document of front matter alone with a block behind it that nobody reads, for its entry to stand in."""
    if document.blocks or not document.text:
        return document
    end = Span(len(document.text) - 1, len(document.text))
    return replace(document, blocks=(Block("html", end, document.line_of(end.start)),))


def _blocks_of(reading: Reading, papers: Iterable[Mention]) -> frozenset[int]:
    return frozenset(reading.block_at(p.span.start) for p in papers)


def _filed(reading: Reading, papers: Iterable[Mention], found: Iterable[Mention]) -> tuple[int, ...]:
    """Return the blocks that open with a paper or with a name, sorted: what a category files."""
    openers = [*papers, *(m for m in found if m.extractor == "list-head" and m.confidence >= _SURE_HEAD)]
    places = ((reading.block_at(m.span.start), m.span.start) for m in openers)
    blocks = reading.document.blocks
    return tuple(sorted({b for b, start in places if b >= 0 and start - blocks[b].span.start <= _LONGEST_LEAD}))


def _defined(reading: Reading, found: list[Mention], definitions: list[Definition]) -> Iterator[Mention]:
    """Yield mentions for both forms of each definition, of the type of the form that is known already."""
    by_span = {m.span: m for m in sorted(found, key=lambda m: bool(m.vocabulary)) if m.type not in {"Paper", "Topic"}}
    for definition in definitions:
        known = by_span.get(definition.short) or by_span.get(definition.long)
        if known is not None and known.vocabulary and is_chinese(definition.long.of(reading.text)):
            continue  # where its Chinese name begins cannot be told, and the vocabulary has it
        surface = definition.short.of(reading.text)
        if known is None and sum(c.isupper() for c in surface) < 2:
            continue
        after = reading.text[definition.short.end + 1 : definition.short.end + 19]
        kind = known.type if known else guess_type(surface, definition.long.of(reading.text), after)
        for span in (definition.short, definition.long):
            if span not in by_span:
                yield reading.mention(span, kind, "acronym", 0.85)


def _trimmed_heads(found: list[Mention]) -> Iterator[Mention]:
    """Leave out list heads that begin with an institution (`Deepmind PAV`): the rest is the name."""
    institutions = {m.span.start for m in found if m.type == "Institution"}
    for mention in found:
        if mention.extractor == "list-head" and mention.span.start in institutions and " " in mention.surface:
            first = mention.surface.split(" ", 1)[1]
            start = mention.span.end - len(first)
            yield Mention(
                Span(start, mention.span.end), first, mention.line, "Method", first, "list-head", mention.confidence
            )
        else:
            yield mention


def _without_fields(reading: Reading, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out methods that are really the field of research that a category names, such as KV Cache Eviction."""
    kept = list(mentions)
    categories = {m.span for m in kept if m.type == "Topic"}
    for mention in kept:
        is_field = any(e.type == "Topic" for e in reading.vocabulary.find(mention.name))
        if mention.type == "Topic" or mention.span not in categories or not is_field:
            yield mention


def _coreferences(mentions: tuple[Mention, ...], definitions: list[Definition]) -> Iterator[Coreference]:
    by_span = {m.span: i for i, m in enumerate(mentions) if m.type not in {"Paper", "Topic"}}
    for definition in definitions:
        short, long = by_span.get(definition.short), by_span.get(definition.long)
        if short is not None and long is not None and mentions[short].type == mentions[long].type:
            yield Coreference(short, long, f"acronym defined at line {mentions[short].line}")
