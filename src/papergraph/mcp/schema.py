"""The arguments that tools take, and the one shape in which they all answer; short, since clients send them along."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from papergraph.ask.guard import MOST_BYTES

#: Items of a page, by default and at most.
ITEMS, MOST_ITEMS = 20, 50

Name = Annotated[str, Field(max_length=300, description="name, alias, identifier or short IRI (method:h2o)")]
Names = Annotated[list[Annotated[str, Field(max_length=300)]], Field(min_length=2, max_length=6)]
Optional = Annotated[str, Field(max_length=300)]
Question = Annotated[str, Field(max_length=1000)]
Given = Annotated[dict[str, Annotated[str, Field(max_length=300)]], Field(max_length=10)]
Sparql = Annotated[str, Field(max_length=MOST_BYTES)]
Depth = Annotated[int, Field(ge=0, le=30, description="steps; 0 for all")]
Limit = Annotated[int, Field(ge=1, le=MOST_ITEMS, description="items on a page")]
Cursor = Annotated[str, Field(max_length=200, description="`next` of the page before")]
Kind = Literal["", "Paper", "Method", "Model", "Institution", "Hardware", "Dataset", "Topic", "Person"]
Direction = Literal["downstream", "upstream"]
Gap = Literal[
    "", "unread", "no paper", "no year", "no hardware", "no dataset", "empty cell", "stale topic", "one source"
]

_STRING, _NUMBER, _INTEGER = {"type": "string"}, {"type": "number"}, {"type": "integer"}
_LIST, _VALUES = {"type": "array"}, {"type": "object"}


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


_EVIDENCE = _object(note=_STRING, line=_INTEGER, sentence=_STRING, confidence=_NUMBER)
_ITEM = _object(
    text=_STRING,
    kind=_STRING,
    ids=_LIST,
    row=_VALUES,
    confidence=_NUMBER,
    evidence={"type": "array", "items": _EVIDENCE},
    sentences=_INTEGER,
)
#: What every tool returns.
OUTPUT: dict[str, Any] = _object(
    ("found", "notice", "total", "items"),
    found={"type": "boolean"},
    notice=_STRING,
    message=_STRING,
    total=_INTEGER,
    about=_LIST,
    others=_LIST,
    near=_LIST,
    items={"type": "array", "items": _ITEM},
    next=_STRING,
)


def without_titles(schema: Any) -> Any:
    """Return a JSON schema without the titles that repeat the names of its properties.

    >>> without_titles({"title": "N", "properties": {"title": {"title": "Title", "type": "string"}}})
    {'properties': {'title': {'type': 'string'}}}
    """
    if isinstance(schema, list):
        return [without_titles(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: without_titles(part) for name, part in value.items()}
        if key == "properties"
        else without_titles(value)
        for key, value in schema.items()
        if key != "title"
    }
