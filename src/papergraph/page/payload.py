"""What the page knows of the graph, as plain values in columns; what is only read on demand stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from papergraph.model import ENTITY_TYPES, Entity, Graph, Relation
from papergraph.ontology.identifiers import page_of
from papergraph.ontology.kinds import KINDS
from papergraph.page.answers import Answers, pack_answers
from papergraph.page.layout import Layout
from papergraph.page.numbers import Numbers
from papergraph.page.predicates import PREDICATES

#: In the order of the page's own tables, see viz/page/src/kinds.ts.
TYPES = ENTITY_TYPES
#: Evidence beyond this is counted, not shown: the page stays small.
_MOST_EVIDENCE = 12


@dataclass(frozen=True, slots=True)
class Payload:
    """The islands of data in a page."""

    graph: dict[str, Any]
    """What is drawn: read at once."""
    details: dict[str, Any]
    """Values, notes and sentences: read when somebody asks for them."""
    answers: dict[str, Any]
    """Comparisons, conflicts and gaps: read when somebody asks for them; empty if they were not worked out."""


def drawn_relations(graph: Graph) -> tuple[Relation, ...]:
    """Return the relations both of whose ends are in the graph, in the order in which the page numbers them."""
    known = {e.iri for e in graph.entities}
    return tuple(r for r in graph.relations if r.subject in known and r.object in known)


def make_payload(graph: Graph, layout: Layout, answers: Answers | None = None) -> Payload:
    """Return the data of the page; nodes are numbered in the order of the entities, edges in that of the relations."""
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    relations = drawn_relations(graph)
    notes, sentences = Numbers(), Numbers()
    details = _details(graph, relations, notes, sentences)
    return Payload(
        {
            "base": base_of(graph),
            "nodes": _nodes(graph, relations, layout),
            "aliases": {str(n): list(e.aliases) for n, e in enumerate(graph.entities) if e.aliases},
            "edges": {
                "from": [numbers[r.subject] for r in relations],
                "to": [numbers[r.object] for r in relations],
                "predicate": [PREDICATES.index(r.predicate) for r in relations],
                "confidence": [round(r.confidence * 100) for r in relations],
            },
            "denied": [n for n, r in enumerate(relations) if r.polarity == "negative"],
            "weak": [n for n, r in enumerate(relations) if r.polarity == "positive" and not graph.asserts(r)],
            "regions": [[r.name, r.x, r.y, r.radius, r.parent] for r in layout.regions],
        },
        details,
        pack_answers(answers, numbers, notes, sentences) if answers else {},
    )


def base_of(graph: Graph) -> str:
    """Return what the IRIs of a graph's entities begin with; "" for an empty graph."""
    for entity in graph.entities:
        base, mark, _ = entity.iri.rpartition(f"{KINDS[entity.type]}/")
        if mark:
            return base
    return ""


def _nodes(graph: Graph, relations: Sequence[Relation], layout: Layout) -> dict[str, list[Any]]:
    base, years = base_of(graph), years_of(graph)
    degree = dict.fromkeys((e.iri for e in graph.entities), 0)
    for relation in relations:
        degree[relation.subject] += 1
        degree[relation.object] += 1
    return {
        "slug": [_slug(e, base) for e in graph.entities],
        "type": [TYPES.index(e.type) for e in graph.entities],
        "label": [e.label for e in graph.entities],
        "x": [x for x, _ in layout.places],
        "y": [y for _, y in layout.places],
        "home": list(layout.homes),
        "weight": [degree[e.iri] + max(0, len({p.note for p in e.places}) - 1) for e in graph.entities],
        "year": [years.get(e.iri, 0) for e in graph.entities],
    }


def _slug(entity: Entity, base: str) -> str:
    """Return the last part of an IRI; an IRI of another form is returned whole, recognised by its colon."""
    start = f"{base}{KINDS[entity.type]}/"
    slug = entity.iri.removeprefix(start)
    return slug if base and entity.iri.startswith(start) and ":" not in slug else entity.iri


def years_of(graph: Graph) -> dict[str, int]:
    """Return the year of each entity that has one: its own, else that of the first paper that introduces it."""
    own = {e.iri: year for e in graph.entities for year in [_year(e)] if year}
    years = dict(own)
    for relation in graph.relations:
        year = own.get(relation.subject, 0) if relation.predicate == "introduces" else 0
        if year and relation.object not in own:
            years[relation.object] = min(year, years.get(relation.object, year))
    return years


def _year(entity: Entity) -> int:
    text = next((value[:4] for key, value in entity.attributes if key == "year"), "")
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else 0


def _details(graph: Graph, relations: Sequence[Relation], notes: Numbers, sentences: Numbers) -> dict[str, Any]:
    return {
        "nodes": [_node_details(e, notes) for e in graph.entities],
        "edges": [_edge_details(r, notes, sentences) for r in relations],
        "notes": notes.values,
        "sentences": sentences.values,
    }


def _node_details(entity: Entity, notes: Numbers) -> list[Any]:
    values = [[key, value] for key, value in entity.attributes if key not in {"title", "url"}]
    links = [[identifier, page] for identifier in entity.identifiers if (page := page_of(identifier))]
    return [values, links, [notes[note] for note in sorted({p.note for p in entity.places})]]


def _edge_details(relation: Relation, notes: Numbers, sentences: Numbers) -> list[Any]:
    best = sorted(relation.evidence, key=lambda e: (-e.confidence, e.note, e.start))
    places: list[int] = []
    for evidence in best[:_MOST_EVIDENCE]:
        places += [notes[evidence.note], evidence.line, sentences[evidence.sentence]]
    return [places, max(0, len(best) - _MOST_EVIDENCE)]
