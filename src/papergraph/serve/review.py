"""The page of `papergraph serve --review`: claims and similar names one after the other, and forms that decide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from papergraph.ask.choose import choose
from papergraph.correction import Correction
from papergraph.errors import CorrectionError, PapergraphError, UnknownNameError
from papergraph.model import ENTITY_TYPES, Entity, Problem
from papergraph.ontology.relation_labels import relation_key
from papergraph.pipeline.corrections.alike import Alike, similar_pairs, undecided_pairs
from papergraph.pipeline.corrections.around import lines_around
from papergraph.pipeline.corrections.queue import Question, ranked, undecided
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import shown_place
from papergraph.serve.protocol import decode_fields, read_body
from papergraph.serve.review_access import PATH, admit, check_form, form_value, reviewing
from papergraph.serve.review_decisions import Cells, decided_of_claim, decided_of_pair, possible_predicates
from papergraph.serve.review_walk import Walk
from papergraph.serve.settings import Reviewing
from papergraph.serve.templates import render
from papergraph.serve.words import words_of
from papergraph.sources.corrections import read_corrections, shown_path
from papergraph.web.conflicts import message_of

_FORM = "application/x-www-form-urlencoded"
#: Origins are only told to the page itself: without that, browsers hide where its forms come from.
_HEADERS = {"Vary": "Accept-Language, Cookie", "Referrer-Policy": "same-origin"}
#: Notes in which a pair of entities is shown to be named.
_MOST_PLACES = 3


async def review_page(request: Request) -> Response:
    """Answer with what is to be decided next, or write what a form decided; works without scripts."""
    ours = reviewing(request)
    if request.method != "POST":
        place = f"{PATH}?{urlencode({k: v for k, v in request.query_params.items() if k != 'token'})}".rstrip("?")
        if admitted := admit(request, ours, place):
            return admitted
        return await run_in_threadpool(_page, request, ours, request.query_params)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"send decisions as {_FORM}")
    fields = dict(decode_fields(await read_body(request)))
    check_form(request, ours, fields)
    try:
        await run_in_threadpool(_act, request, fields)
    except (PapergraphError, OSError) as error:
        return await run_in_threadpool(_page, request, ours, fields, problem=str(error))
    kept = {name: fields[name] for name in ("view", "about") if fields.get(name)}
    return RedirectResponse(words_of(request).link(f"{PATH}?{urlencode(kept)}".rstrip("?")), 303)


def _act(request: Request, fields: Mapping[str, str]) -> None:
    """Do what a form says.

    Raises:
        PapergraphError: if it cannot be done; says what to do.
        OSError: if the corrections cannot be written.
    """
    walk, store = _walk(request), service_of(request).graph()
    key, action = fields.get("key", ""), fields.get("do", "")
    if action == "undo":
        walk.undo(fields.get("step", ""))
    elif action == "again":
        walk.skip_nothing()
    elif action == "skip":
        walk.skip(key)
    elif fields.get("view") == "merges":
        pair = next((p for k, p in _pairs(request) if k == key), None)
        if pair is None:
            raise CorrectionError("one of these entities is no longer in the graph")
        walk.write(store, key, decided_of_pair(pair, fields))
    else:
        question = next((q for q in _claims(request) if q.relation.iri == key), None)
        if question is None:
            raise CorrectionError("this claim is no longer in the graph")
        if not undecided((question,), read_corrections(walk.file).corrections):
            if _is_sent_twice(walk, key, decided_of_claim(question, fields)):
                return
            raise CorrectionError(
                f"{shown_path(walk.file)} already decides on this claim; to decide otherwise, first remove its line"
            )
        walk.write(store, key, decided_of_claim(question, fields))


def _is_sent_twice(walk: Walk, key: str, cells: Cells) -> bool:
    """Tell whether a form decides what the last one decided; from a page behind it may decide otherwise."""
    return bool(walk.last and walk.last.key == key and walk.last.row and walk.last.row.decision == cells[0])


def _page(request: Request, ours: Reviewing, asked: Mapping[str, str], problem: str = "") -> Response:
    words, walk = words_of(request), _walk(request)
    rows, unread, trouble = _decisions(ours)
    view, about = ("merges" if asked.get("view") == "merges" else "claims"), asked.get("about", "").strip()
    iri, unknown = _about(request, about)
    found = _open_pairs(request, rows, iri) if view == "merges" else _open_claims(request, rows, iri)
    left = walk.order(found)
    shown = [item for item in left if item[0] == asked.get("key")] if problem else []
    item = next(iter(shown or left), None)
    problems = [p for p in (problem, unknown, trouble, *map(str, unread)) if p]
    kept = urlencode({k: v for k, v in (("view", view), ("about", about)) if v and v != "claims"})
    page = render(
        "review.html.j2",
        words=words,
        here=f"{PATH}?{kept}".rstrip("?"),
        title=words("review"),
        view=view,
        about=about,
        form=form_value(ours),
        problems=problems,
        file=shown_path(walk.file),
        counts={"decided": len(rows), "left": len(left), "skipped": len(found) - len(left)},
        rebuilds=ours.rebuilds,
        last=walk.last,
        step=walk.number,
        claim=_shown_claim(request, ours, *item) if item and view == "claims" else None,
        pair=_shown_pair(request, *item) if item and view == "merges" else None,
    )
    return HTMLResponse(page, 409 if problem else 200, headers=_HEADERS)


def _decisions(ours: Reviewing) -> tuple[tuple[Correction, ...], tuple[Problem, ...], str]:
    """Return what is decided, the lines that cannot be read, and what is wrong with the file as a whole."""
    try:
        file = read_corrections(Path(ours.config.corrections))
    except PapergraphError as error:
        return (), (), str(error)
    return file.corrections, file.problems, ""


def _about(request: Request, name: str) -> tuple[str, str]:
    """Return the IRI of the entity that decisions are to be about, and what is wrong with its name."""
    if not name:
        return "", ""
    try:
        return choose(service_of(request).graph(), name).iri, ""
    except UnknownNameError as error:
        return "", str(error)


def _open_claims(request: Request, rows: tuple[Correction, ...], iri: str) -> list[tuple[str, Any]]:
    found = undecided(_claims(request), rows)
    return [(q.relation.iri, q) for q in found if iri in {"", q.subject.iri, q.object.iri}]


def _open_pairs(request: Request, rows: tuple[Correction, ...], iri: str) -> list[tuple[str, Any]]:
    open_ = set(undecided_pairs([pair for _, pair in _pairs(request)], rows))
    return [(k, p) for k, p in _pairs(request) if p in open_ and iri in {"", p.first.iri, p.second.iri}]


def _claims(request: Request) -> tuple[Question, ...]:
    service = service_of(request)
    return service.remember("review claims", lambda: ranked(service.graph().read_graph()))


def _pairs(request: Request) -> list[tuple[str, Alike]]:
    service = service_of(request)
    found = service.remember("review pairs", lambda: similar_pairs(service.graph().read_graph()))
    return [(f"{pair.first.iri} {pair.second.iri}", pair) for pair in found]


def _walk(request: Request) -> Walk:
    return cast("Walk", request.app.state.walk)


def _shown_claim(request: Request, ours: Reviewing, key: str, question: Question) -> dict[str, Any]:
    relation, evidence = question.relation, question.evidence
    before, after = lines_around(evidence, ours.config)
    return {
        "key": key,
        "ends": [
            ("subject", _shown_entity(request, question.subject)),
            ("object", _shown_entity(request, question.object)),
        ],
        "says": relation_key(relation.predicate, outgoing=True),
        "denied": relation.polarity == "negative",
        "confidence": relation.confidence,
        "relied_on": question.relied_on,
        "conflicts": [message_of(conflict, words_of(request)) for conflict in question.conflicts],
        "place": shown_place(request, evidence.note, evidence.line, evidence.sentence),
        "others": len(relation.evidence) - 1,
        "before": before,
        "after": after,
        "predicate": relation.predicate,
        "predicates": [
            (p, relation_key(p, outgoing=True)) for p in possible_predicates(question.subject, question.object)
        ],
        "types": ENTITY_TYPES,
    }


def _shown_pair(request: Request, key: str, pair: Alike) -> dict[str, Any]:
    return {"key": key, "ends": [_shown_entity(request, pair.first), _shown_entity(request, pair.second)]}


def _shown_entity(request: Request, entity: Entity) -> dict[str, Any]:
    return {
        "label": entity.label,
        "href": path_of(entity.iri, service_of(request).graph().base),
        "type": entity.type,
        "aliases": entity.aliases,
        "places": [shown_place(request, p.note, p.line) for p in sorted(entity.places)[:_MOST_PLACES]],
        "named": len(entity.places),
    }
