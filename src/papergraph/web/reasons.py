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
    return reason if words.language == "en" else _said(reason, words)


def _said(reason: str, words: Words) -> str:
    if reason in ENTITY_TYPES:
        return words(f"one_{reason}")
    for pattern, text in _table():
        if match := pattern.fullmatch(reason):
            return text.format(**{name: _said(value, words) for name, value in match.groupdict().items()})
    return reason


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = yaml.safe_load(read_resource("viz/serve/reasons.yaml"))
    return tuple((re.compile(row["says"]), row["zh"]) for row in rows)
