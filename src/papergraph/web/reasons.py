"""Why names were merged or kept apart, in the language of a page: the graph says it in English."""

from __future__ import annotations

import re
from functools import cache

import yaml

from papergraph.model import ENTITY_TYPES
from papergraph.resources import read_resource
from papergraph.web.words import Words


def reason_of(reason: str, words: Words) -> str:
    """Return a reason in the language of these words; as it is where they have no text for it."""
    return reason if words.language == "en" else _said(reason, "", words)


def _said(text: str, part: str, words: Words) -> str:
    """Return a reason, or a part of one by the name of its group; names of things have no text of their own."""
    if part == "type" and text in ENTITY_TYPES:
        return words(f"one_{text}")
    for pattern, said in _table().get(part, ()):
        if match := pattern.fullmatch(text):
            return said.format(**{name: _said(value, name, words) for name, value in match.groupdict().items()})
    return text


@cache
def _table() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the patterns of parts by the names of their groups, and those of whole reasons by the empty string."""
    table: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in yaml.safe_load(read_resource("viz/serve/reasons.yaml")):
        table.setdefault(row.get("of", ""), []).append((re.compile(row["says"]), row["zh"]))
    return table
