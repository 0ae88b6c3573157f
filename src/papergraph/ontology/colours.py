"""The colours of entities, relations and grounds, by day and by night: one table for page, server and reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Literal

from papergraph.resources import read_resource

Theme = Literal["light", "dark"]


@cache
def colours(theme: Theme) -> Mapping[str, str]:
    """Return the colours of `ontology/colours.json` by name: types, families of relations, grounds and inks.

    Colours of types stand out from every ground as marks (3:1), not as text; `ink`, `soft` and `accent` are for text.

    >>> colours("light")["Method"]
    '#00545d'
    """
    table: dict[str, dict[Theme, str]] = json.loads(read_resource("ontology/colours.json"))
    return {name: by_theme[theme] for name, by_theme in table.items()}


def colour_properties(theme: Theme) -> str:
    """Return the colours as custom properties of CSS, for a rule of the caller's own.

    >>> colour_properties("dark").split()[:2]
    ['--ground:', '#15181c;']
    """
    return " ".join(f"--{name}: {colour};" for name, colour in colours(theme).items())
