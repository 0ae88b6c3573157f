"""The page of the ways between two entities, with a form that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.ask.choose import choose
from papergraph.errors import UnknownNameError
from papergraph.insight.between import Between, Way, find_ways
from papergraph.model import Evidence
from papergraph.ontology.iri import note_iri
from papergraph.ontology.relation_labels import relation_key
from papergraph.serve.address import path_of, service_of
from papergraph.serve.templates import render
from papergraph.serve.words import Words, words_of

PATH = "/between"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way, as the page shows it."""

    called: str
    """The relation, read from the entity before."""
    label: str
    href: str
    """Of the entity that the step leads to."""
    confidence: float
    evidence: Evidence | None
    note: str
    """Address of the note of the evidence."""


def between_page(request: Request) -> Response:
    """Answer with the ways between the entities `one` and `other`; works without scripts."""
    words, store = words_of(request), service_of(request).graph()
    names = [" ".join(request.query_params.get(end, "").split()) for end in ("one", "other")]
    problem, found = "", None
    if all(names):
        try:
            one, other = (choose(store, name).iri for name in names)
            found = find_ways(store, one, other)
        except UnknownNameError as error:
            meant = f" {words('suggested')}: {', '.join(error.suggestions)}" if error.suggestions else ""
            problem = f"{words('not_in_notes')} {error.name}.{meant}"
    page = render(
        "between.html.j2",
        words=words,
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        title=words("between"),
        names=names,
        problem=problem,
        silent=found is not None and not found.ways,
        ways=_ways(found, store.base, words) if found else [],
    )
    return HTMLResponse(page, 404 if problem else 200, headers={"Vary": "Accept-Language"})


def _ways(between: Between, base: str, words: Words) -> list[tuple[str, str, list[Step]]]:
    """Return for each way the label and the address of its start, and its steps."""
    start = between.labels.get(between.one, between.one), path_of(between.one, base)
    return [(*start, list(_steps(between, way, base, words))) for way in between.ways]


def _steps(between: Between, way: Way, base: str, words: Words) -> Iterator[Step]:
    for (here, there), hop in zip(pairwise(way.entities), way.hops, strict=True):
        best = hop.evidence[0] if hop.evidence else None
        yield Step(
            words(relation_key(hop.predicate, outgoing=hop.subject == here)),
            between.labels.get(there, there),
            path_of(there, base),
            hop.confidence,
            best,
            path_of(note_iri(best.note, base), base) if best else "",
        )
