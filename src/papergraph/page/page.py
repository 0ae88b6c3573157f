"""The page: pyvis as the object model, our own template, everything inlined, nothing interpreted as HTML."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from papergraph.ask.source import Selectable
from papergraph.insight.part import most_linked
from papergraph.model import Graph
from papergraph.ontology.colours import colour_properties
from papergraph.page.answers import find_answers
from papergraph.page.frame import frame
from papergraph.page.island import island, whole_characters
from papergraph.page.layout import Kept, Layout, lay_out
from papergraph.page.network import drawing_engine, to_pyvis
from papergraph.page.payload import make_payload
from papergraph.resources import read_resource

#: Characters of JSON from which on it is packed; below, people can read it in the file. Answers repeat the rest.
_WORTH_PACKING = 400_000
_WORTH_PACKING_ANSWERS = 20_000
#: Entities above which a page shows only the best linked ones, and says so.
MOST_ENTITIES = 100_000


Way = Literal["down", "up", "both"]


@dataclass(frozen=True, slots=True)
class Opening:
    """How a page opens."""

    show: Literal["map", "focus", "lineage", "timeline"] = "map"
    centre: str | None = None
    """The IRI that a focus or a lineage is about; on the map it is selected."""
    hops: int = 1
    """How far a focus reaches, 1 to 3."""
    way: Way = "both"
    """What a lineage shows: what builds on its centre, what that builds on, or both."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its graph and layout."""

    html: str
    policy: str
    """The content security policy of the page."""
    graph: Graph
    """The graph on the page: all of it, or the most linked part of a very large graph."""
    layout: Layout

    def _repr_html_(self) -> str:
        return frame(self.html)


def make_page(
    graph: Graph,
    *,
    title: str = "papergraph",
    opening: Opening | None = None,
    note_url: str = "",
    page_url: str = "",
    kept: Kept | None = None,
    source: Selectable | None = None,
) -> Page:
    """Return the page of `graph` as one HTML file that works offline and makes no requests.

    `note_url` is the address that opens a note, with `{path}` and `{line}`; `page_url` that of an entity's own page,
    with `{path}`. With `kept`, entities keep their positions on an earlier map. With the `source` of the graph, the
    page compares works and lists conflicts and gaps.

    Raises:
        QueryError: if the source cannot answer.
    """
    whole, opening, title = graph, opening or Opening(), whole_characters(title)
    graph = most_linked(graph, MOST_ENTITIES, opening.centre)
    layout = lay_out(graph, kept)
    answers = find_answers(source, graph) if source else None
    payload = make_payload(graph, layout, answers)
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    graph_data = {
        **payload.graph,
        "title": title,
        "noteUrl": note_url,
        "pageUrl": page_url,
        "answers": answers is not None,
        "open": {
            "show": opening.show,
            "centre": numbers.get(opening.centre or ""),
            "hops": opening.hops,
            "way": opening.way,
        },
        "leftOut": [len(whole.entities) - len(graph.entities), len(whole.relations) - len(graph.relations)],
    }
    islands = {"graph-data": pack(graph_data), "details": pack(payload.details)}
    if answers:
        islands["answers"] = pack(payload.answers, _WORTH_PACKING_ANSWERS)
    html, policy = _render(graph, layout, title, islands)
    return Page(html, policy, graph, layout)


def render_view(graph: Graph, **options: Any) -> str:
    """Return the HTML of `make_page`."""
    return make_page(graph, **options).html


def _render(graph: Graph, layout: Layout, title: str, islands: dict[str, tuple[Any, bool]]) -> tuple[str, str]:
    import jinja2

    network = to_pyvis(graph, layout)
    engine, script, style = drawing_engine(), read_resource("viz/page.js").strip(), _style()
    policy = _policy([engine, script], style)
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_resource(f"viz/{name}")), autoescape=True
    )
    environment.globals |= {
        "title": title,
        "islands": [(name, *packed) for name, packed in islands.items()],
        "engine": _verbatim(engine),
        "script": _verbatim(script),
        "style": _verbatim(style),
        "policy": policy,
    }
    network.templateEnv = environment
    network.path = "page.html.j2"
    return str(network.generate_html()), policy


def _style() -> str:
    light, dark = colour_properties("light"), colour_properties("dark")
    return f':root {{ {light} }}\n:root[data-theme="dark"] {{ {dark} }}\n{read_resource("viz/page.css")}'


def pack(data: dict[str, Any], worth: int = _WORTH_PACKING) -> tuple[Any, bool]:
    """Return data as it stands in the page, and whether it is packed: gzip in base64 where that pays."""
    import markupsafe

    plain = island(data)
    if len(plain) < worth:
        return plain, False
    text = whole_characters(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    packed = base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()
    return markupsafe.Markup(packed), True  # noqa: S704  letters, digits, + / = only


def _verbatim(code: str) -> Any:
    import markupsafe

    return markupsafe.Markup(code)  # noqa: S704  our own files and the engine that pyvis ships


def _policy(scripts: list[str], style: str) -> str:
    """Return a content security policy that runs exactly these scripts and reaches no network."""
    hashes = " ".join(f"'sha256-{_hash(s)}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'sha256-{_hash(style)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
