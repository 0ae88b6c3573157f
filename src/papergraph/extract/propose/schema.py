"""The form of a reply: what a model is asked to keep to, and what is made of what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from papergraph.model import ENTITY_TYPES, PREDICATES

#: People are not proposed; the two hardware relations are one for a reader; topics are nested by headings alone.
TYPES: Final = tuple(t for t in ENTITY_TYPES if t != "Person")
RELATIONS: Final = tuple(p for p in PREDICATES if p not in {"measuredOn", "authoredBy", "broader"})
#: Of one reply no more counts.
_MOST = 500
_LONGEST = 1_000
_TRIES = 8
_CLOSING = {"{": "}", "[": "]"}
#: A bracket, or a string as a whole, up to where it is cut.
_MARK = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_THOUGHT = re.compile(r"(?s)^.*</think>")


def _record(**properties: dict[str, Any]) -> dict[str, Any]:
    names = list(properties)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


_TEXT = {"type": "string"}
_LINE = {"type": "integer"}
SCHEMA: Final[dict[str, Any]] = _record(
    entities={"type": "array", "items": _record(name=_TEXT, type={"type": "string", "enum": list(TYPES)}, line=_LINE)},
    relations={
        "type": "array",
        "items": _record(
            subject=_TEXT,
            predicate={"type": "string", "enum": list(RELATIONS)},
            object=_TEXT,
            line=_LINE,
            quote=_TEXT,
        ),
    },
)


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """A name that a model claims to have read."""

    name: str
    type: str
    line: int


@dataclass(frozen=True, slots=True)
class ProposedRelation:
    """A relation that a model claims to have read."""

    subject: str
    predicate: str
    object: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model says of a part of a note."""

    entities: tuple[ProposedEntity, ...]
    relations: tuple[ProposedRelation, ...]
    misshapen: int = 0
    """How many proposals have the wrong form."""


def read_reply(text: str) -> Reply | None:
    """Return what a reply says; None if it is no JSON object of the right form, even without what stands around it.

    Of a reply that was cut at its longest the whole proposals count, and the rest as one of the wrong form.

    >>> read_reply('Sure! ```json {"entities": [{"name": "H2O", "type": "Method", "line": 1}]} ```').entities[0].name
    'H2O'
    >>> cut = read_reply('{"entities": [{"name": "H2O", "type": "Method", "line": 1}, {"name": "Sn')
    >>> len(cut.entities), cut.misshapen
    (1, 1)
    >>> read_reply('{"entities": [{"name": "H2O", "ty') is None
    True
    """
    said = _THOUGHT.sub("", text)
    found, lost = _object(said), 0
    if found is None:
        found, lost = _object(_closed(said)), 1
    if found is None:
        return None
    entities, relations = found.get("entities", []), found.get("relations", [])
    if not isinstance(entities, list) or not isinstance(relations, list):
        return None
    read = tuple(_entities(entities[:_MOST])), tuple(_relations(relations[:_MOST]))
    return Reply(*read, len(entities) + len(relations) - len(read[0]) - len(read[1]) + lost)


def _object(text: str) -> dict[str, Any] | None:
    """Return the first JSON object with entities or relations in a text."""
    decoder, start = json.JSONDecoder(strict=False), -1
    for _ in range(_TRIES):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and ("entities" in found or "relations" in found):
            return found
    return None


def _closed(text: str) -> str:
    """Return a text up to the last whole member of a list in its first object, and all brackets closed behind it."""
    opened: list[str] = []
    end, closing = 0, ""
    for match in _MARK.finditer(text, max(0, text.find("{"))):
        mark = match[0]
        if mark in _CLOSING:
            opened.append(_CLOSING[mark])
        elif opened and mark == opened[-1]:
            opened.pop()
            if opened and opened[-1] == "]":
                end, closing = match.end(), "".join(reversed(opened))
        elif mark[0] != '"':
            break
    return text[:end] + closing


def _entities(rows: list[Any]) -> Iterator[ProposedEntity]:
    for row in rows:
        texts, line = _values(row, "name", "type")
        if texts:
            name, kind = texts
            yield ProposedEntity(name, kind, line)


def _relations(rows: list[Any]) -> Iterator[ProposedRelation]:
    for row in rows:
        texts, line = _values(row, "subject", "predicate", "object", "quote")
        if texts:
            subject, predicate, obj, quote = texts
            yield ProposedRelation(subject, predicate, obj, line, quote)


def _values(row: Any, *keys: str) -> tuple[list[str], int]:
    """Return the texts under `keys`, none if one is missing or too long, and the line, 0 if there is none."""
    if not isinstance(row, dict):
        return [], 0
    texts = [v for v in map(row.get, keys) if isinstance(v, str) and 0 < len(v) <= _LONGEST]
    line = row.get("line")
    number = line if isinstance(line, int) and 0 < line < 10**9 else 0
    return (texts if len(texts) == len(keys) else []), number
