"""The page: pyvis as the object model, our own template, everything inlined, nothing interpreted as HTML."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

from papergraph.model import Graph
from papergraph.resources import list_resources, read_resource
from papergraph.view.payload import make_payload
from papergraph.view.selection import neighbourhood

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 10_000_000,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": False},
    },
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}},
}

#: Characters of JSON from which on it is packed; below, people can read it in the file.
_WORTH_PACKING = 1_000_000


def render_view(
    graph: Graph,
    *,
    title: str = "papergraph",
    focus: str | None = None,
    hops: int = 0,
    layers: bool = False,
    note_url: str = "",
) -> str:
    """Return the page of `graph` as one HTML file that works offline and sends nothing anywhere.

    The page opens with `focus`, an entity's IRI, selected; with `hops` only its neighbourhood is shown, and with
    `layers` it opens with its lineage from left to right. `note_url` is the address that opens a note, with `{path}`
    and `{line}`.
    """
    import jinja2
    from pyvis.network import Network

    payload = make_payload(neighbourhood(graph, focus, hops) if focus and hops else graph)
    network = Network(directed=True, cdn_resources="in_line")
    # Assigned directly: add_edge scans all edges, and add_node rewrites labels.
    network.nodes = [{"id": n["id"], "x": n["x"], "y": n["y"]} for n in payload["nodes"]]
    network.edges = [{"id": e["id"], "from": e["from"], "to": e["to"]} for e in payload["edges"]]
    network.options = dict(_OPTIONS)
    # One scope, in which the first lines may wait for the payload to be unpacked.
    parts = "\n".join(read_resource(f"viz/{name}") for name in list_resources("viz", ".js"))
    script = f"(async () => {{\n{parts}\n}})();"
    data, packed = pack(
        {**payload, "focus": _number(payload, focus), "layers": layers, "noteUrl": note_url, "title": title}
    )
    style = read_resource("viz/page.css")
    engine = _vis_network()
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_resource(f"viz/{name}")), autoescape=True
    )
    environment.globals |= {
        "title": title,
        "payload": data,
        "packed": packed,
        "engine": _verbatim(engine),
        "script": _verbatim(script),
        "style": _verbatim(style),
        "policy": _policy([engine, script], style),
        "island": island,
    }
    network.templateEnv = environment
    network.path = "page.html.j2"
    return str(network.generate_html())


def island(value: Any) -> Any:
    """Return `value` as JSON that can stand in a page: nothing in it can end a script or start a comment."""
    import markupsafe

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return markupsafe.Markup(text)  # noqa: S704  every character that HTML could read is escaped above


def pack(payload: dict[str, Any]) -> tuple[Any, bool]:
    """Return the payload as it stands in the page, and whether it is packed: gzip in base64 where that pays."""
    import markupsafe

    plain = island(payload)
    if len(plain) < _WORTH_PACKING:
        return plain, False
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")
    packed = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
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


def _vis_network() -> str:
    """Return the drawing engine that pyvis ships."""
    found = importlib.util.find_spec("pyvis")
    folder = Path(found.origin).parent if found and found.origin else Path()
    return (folder / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8").strip()


def _number(payload: dict[str, Any], focus: str | None) -> int | None:
    return next((n["id"] for n in payload["nodes"] if n["iri"] == focus), None)
