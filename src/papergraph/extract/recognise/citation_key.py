"""Works that are named by their keys in a bibliography: `[@smith2020, p. 3]`, `[[@smith2020]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.model import Mention, Span
from papergraph.ontology.identifiers import CITATION_KEY

#: A key as Pandoc reads it; without a number in it, it is as likely to be the handle of a person.
_KEY = r"(?=[^\s\]]{0,60}\d)[A-Za-z_][\w:.#$%&+?<>~/-]{2,80}(?<![:.#$%&+?<>~/-])"
_CITATION = re.compile(r"!?\[\[?(?:[^\[\]@\r\n]{0,40}[\s(-])?@(?=[A-Za-z_])[^\[\]\r\n]{3,300}\]\]?(?!\()")
_CITED = re.compile(rf"(?<![\w@])@(?P<key>{_KEY})")
_NOTE_NAME = re.compile(rf"@(?P<key>{_KEY})")


def recognise_citation_keys(context: Context) -> Iterator[Mention]:
    """Yield a Paper for each key in brackets, or in a link to the note that is called so."""
    reading, places = context.reading, list[Span]()
    for _, block in reading.readable:
        if reading.text.find("@", block.span.start, block.span.end) < 0:
            continue
        for citation in _CITATION.finditer(reading.text, block.span.start, block.span.end):
            places.append(Span(*citation.span()))
            found = list(_CITED.finditer(reading.text, *citation.span()))
            for cited in found:
                whole = len(found) == 1 and "[[" not in citation[0]
                span = Span(*(citation if whole else cited).span())
                identifiers = (CITATION_KEY.identifier(cited["key"]),)
                yield reading.mention(span, "Paper", "citation-key", name=cited[0], identifiers=identifiers)
    yield from _own_key(reading, places)


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
    """Return the key of the work that a note is about, as an identifier: its front matter says it, or its file name."""
    stated = [f.identifier for f in reading.fields_of(-1) if f.meaning == "citation key" and f.identifier]
    named = _NOTE_NAME.fullmatch(PurePosixPath(reading.document.path).stem)
    found = stated or ([CITATION_KEY.identifier(named["key"])] if named else [])
    return tuple(found[:1])
