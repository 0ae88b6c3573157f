"""Pages from templates, in which every value is text."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

from papergraph.ontology.colours import Theme, colour_properties
from papergraph.resources import read_resource

THEMES: tuple[Theme, Theme] = ("light", "dark")
_FOLDER = "viz/serve"
#: Embeddings, overrides and isolates of the bidirectional algorithm: names of notes may hold them to mislead.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


def straight(value: Any) -> Any:
    """Return a value as pages show it: characters that turn the direction of the text around them become U+FFFD.

    >>> straight("a\u202eb"), straight(3)
    ('a\ufffdb', 3)
    """
    return value.translate(_TURNING) if isinstance(value, str) else value


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_resource(f"{_FOLDER}/{name}")),
        autoescape=True,
        finalize=straight,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: Any) -> str:
    """Return the page that a template makes of `values`."""
    return _environment().get_template(name).render(**values)


@cache
def style() -> str:
    """Return the style sheet of all pages: the colours of the map by day and by night, then how things are laid out."""
    day, night = (f"color-scheme: {theme}; {colour_properties(theme)}" for theme in THEMES)
    colours = (
        f":root, :root[data-theme=light] {{ {day} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {night} }} }}\n"
        f":root[data-theme=dark] {{ {night} }}\n"
    )
    return colours + read_resource(f"{_FOLDER}/style.css")


@cache
def script(name: str) -> str:
    """Return one of the scripts of the pages, such as `theme.js`."""
    return read_resource(f"{_FOLDER}/{name}")
