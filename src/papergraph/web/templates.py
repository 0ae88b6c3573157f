"""Pages from templates, in which every value is text."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

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


@cache
def style() -> str:
    """Return the style sheet of all pages."""
    return read_resource(f"{_FOLDER}/style.css")
