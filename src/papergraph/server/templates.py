"""Pages from templates, in which every value is text."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jinja2
import markupsafe

from papergraph.resources import read_resource

_FOLDER = "viz/serve"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_resource(f"{_FOLDER}/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: Any) -> str:
    """Return the page that a template makes of `values`."""
    return _environment().get_template(name).render(**values)


def island(value: Any) -> Any:
    """Return `value` as JSON that can stand in a page: nothing in it can end a script or start a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return markupsafe.Markup(text)  # noqa: S704  every character that HTML could read is escaped above


@cache
def style() -> str:
    """Return the style sheet of all pages."""
    return read_resource(f"{_FOLDER}/style.css")
