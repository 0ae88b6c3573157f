"""The cells of an answer as a page shows them, with links where they lead somewhere."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from papergraph.ask.worker import Reply
from papergraph.ontology.iri import note_iri
from papergraph.serve.address import path_of, service_of
from papergraph.serve.entity_page import Shown
from papergraph.serve.places import shown_place
from papergraph.store import GraphStore

#: What ready-made queries put between names in one cell.
_BETWEEN = ", "
#: Longer texts are sentences, not names.
_LONGEST_NAME = 200


def linked_rows(request: Request, reply: Reply) -> tuple[list[str], list[list[list[Shown]]]]:
    """Return the columns of a table and its rows; each cell is a list, since some hold several names.

    An IRI of the graph leads to its page, and so does the label of one entity; `note.md:12` leads to the line.
    """
    record = json.loads(reply.body)
    head = record["head"].get("vars", [])
    store, known = service_of(request).graph(), dict[str, list[Shown]]()
    rows = record.get("results", {}).get("bindings", ())
    return head, [[_cell(request, store, row.get(name), known) for name in head] for row in rows]


def _cell(
    request: Request, store: GraphStore, term: dict[str, Any] | None, known: dict[str, list[Shown]]
) -> list[Shown]:
    if term is None:
        return []
    text, language = str(term["value"]), term.get("xml:lang", "")
    if term["type"] == "uri":
        href = path_of(text, store.base) or (text if text.startswith(("https://", "http://")) else "")
        return [Shown(text.removeprefix(store.base), href)]
    if term["type"] != "literal" or "datatype" in term:
        return [Shown(text, language=language)]
    if text not in known:
        known[text] = _linked(request, store, text)
    return [Shown(cell.text, cell.href, language) for cell in known[text]]


def _linked(request: Request, store: GraphStore, text: str) -> list[Shown]:
    """Return a text with the page of what it names, or of the line of a note; or each of the names that it lists."""
    if len(text) > _LONGEST_NAME:
        return [Shown(text)]
    if href := _page(store, text):
        return [Shown(text, href)]
    note, _, line = text.rpartition(":")
    if note and line.isdecimal() and store.knows(note_iri(note, store.base)):
        return [Shown(text, shown_place(request, note, int(line)).href)]
    parts = [(part, _page(store, part)) for part in text.split(_BETWEEN)]
    if len(parts) > 1 and any(href for _, href in parts):
        return [Shown(part, href) for part, href in parts]
    return [Shown(text)]


def _page(store: GraphStore, label: str) -> str:
    """Return the page of the entity with this label; none if there are several, which the text does not tell apart."""
    found = [c for c in store.named(label) if c.label == label]
    return path_of(found[0].iri, store.base) if len(found) == 1 else ""
