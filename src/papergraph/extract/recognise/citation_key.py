"""Works that are named by their keys in a bibliography: `[@smith2020, p. 3]`, `[[@smith2020]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.model import Mention, Span
from papergraph.ontology.identifiers import CITATION_KEY
from papergraph.text.citation_keys import find_keys

#: A key as Pandoc reads it; without a number in it, it is as likely to be the handle of a person.
_KEY = r"(?=[^\s\]]{0,60}\d)[A-Za-z_][\w:.#$%&+?<>~/-]{2,80}(?<![:.#$%&+?<>~/-])"
_CITATION = re.compile(r"!?\[\[?(?:[^\[\]@\r\n]{0,40}[\s(-])?@(?=[A-Za-z_])[^\[\]\r\n]{3,300}\]\]?(?!\()")
_CITED = re.compile(rf"(?<![\w@])@(?P<key>{_KEY})")
#: Markup in which an `@` cites nothing.
_HIDDEN = frozenset({"code", "url", "math", "html"})
_NOTE_NAME = re.compile(rf"@(?P<key>{_KEY})")


def recognise_citation_keys(context: Context) -> Iterator[Mention]:
    """Yield a Paper for each key in brackets, or in a link to the note that is called so."""
    reading, places = context.reading, list[Span]()
    known = reading.document.citation_keys
    for _, block in reading.readable:
        if reading.text.find("@", block.span.start, block.span.end) < 0:
            continue
        for citation in _CITATION.finditer(reading.text, block.span.start, block.span.end):
            places.append(Span(*citation.span()))
            found = [(Span(*cited.span()), cited["key"]) for cited in _CITED.finditer(reading.text, *citation.span())]
            found += [(span, key) for key, span in _known_in(reading, places[-1]) if not _is_among(span, found)]
            for cited, key in sorted(found):
                span = places[-1] if len(found) == 1 and "[[" not in citation[0] else cited
                yield _mention(reading, span, key)
    yield from _linked_pages(reading, places)
    yield from _own_key(reading, places)
    if known:
        yield from _bare_keys(reading, places)
        yield from _stated_key(context)


def _mention(reading: Reading, span: Span, key: str) -> Mention:
    identifiers = (CITATION_KEY.identifier(key),)
    return reading.mention(span, "Paper", "citation-key", name=f"@{key}", identifiers=identifiers)


def _known_in(reading: Reading, place: Span) -> Iterator[tuple[str, Span]]:
    """Yield the keys of the library in a part of the text, whatever they look like."""
    for key, span in find_keys(place.of(reading.text), reading.document.citation_keys):
        yield key, Span(place.start + span.start, place.start + span.end)


def _is_among(span: Span, found: list[tuple[Span, str]]) -> bool:
    return any(span.overlaps(other) for other, _ in found)


def _linked_pages(reading: Reading, cited: list[Span]) -> Iterator[Mention]:
    """Yield the links to pages that are called like keys of the library, without an `@`: `[[smith2020]]`."""
    for _, block in reading.readable:
        for inline in block.inlines:
            key = inline.target.rpartition("/")[2].partition("#")[0].strip()
            if inline.kind == "wikilink" and key in reading.document.citation_keys and any(map(str.isdigit, key)):
                cited.append(inline.span)
                yield _mention(reading, inline.span, key)


def _bare_keys(reading: Reading, cited: list[Span]) -> Iterator[Mention]:
    """Yield the keys of the library without brackets: `@smith2020 shows`."""
    own = {identifier.removeprefix(CITATION_KEY.start) for identifier in key_of_note(reading)}
    for _, block in reading.readable:
        for key, span in _known_in(reading, block.span):
            hidden = any(i.kind in _HIDDEN and i.span.covers(span) for i in block.inlines)
            if key not in own and not hidden and not any(place.covers(span) for place in cited):
                yield _mention(reading, span, key)


def _stated_key(context: Context) -> Iterator[Mention]:
    """Yield the key in the front matter of a note that has no title for the work, if the library has it."""
    reading = context.reading
    for field in reading.fields_of(-1):
        key = field.identifier.removeprefix(CITATION_KEY.start)
        if field.meaning == "citation key" and key in reading.document.citation_keys:
            if not any(field.identifier in paper.identifiers for paper in context.papers):
                yield _mention(reading, field.value, key)
            return


def _own_key(reading: Reading, cited: list[Span]) -> Iterator[Mention]:
    """Yield the places without brackets at which a note names its own work by its key: `Zorb extends @smith2020`."""
    for identifier in key_of_note(reading):
        key = re.compile(rf"(?<![\w@/])@{re.escape(identifier.removeprefix(CITATION_KEY.start))}(?![\w-])")
        for _, block in reading.readable:
            for match in key.finditer(reading.text, block.span.start, block.span.end):
                span = Span(*match.span())
                if not any(place.covers(span) for place in cited):
                    yield reading.mention(span, "Paper", "citation-key", name=match[0], identifiers=(identifier,))


def key_of_note(reading: Reading) -> tuple[str, ...]:
    """Return the key of the work that a note is about, as an identifier: its front matter says it, or its file name.

    Without an `@` the file is named by a key only if the library has it.
    """
    stated = [f.identifier for f in reading.fields_of(-1) if f.meaning == "citation key" and f.identifier]
    stem = PurePosixPath(reading.document.path).stem
    named = _NOTE_NAME.fullmatch(stem)
    known = stem.removeprefix("@") in reading.document.citation_keys
    key = stem.removeprefix("@") if known else named["key"] if named else ""
    found = stated or ([CITATION_KEY.identifier(key)] if key else [])
    return tuple(found[:1])
