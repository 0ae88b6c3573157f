"""The page of a note: its claims in the order of its lines, each with its sentence, and what it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from papergraph.ask.statements import read_labels
from papergraph.model import ENTITY_TYPES, PREDICATES
from papergraph.ontology.iri import note_iri
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.relation_labels import relation_key
from papergraph.ontology.terms import DCTERMS, predicate_iri
from papergraph.store import GraphStore
from papergraph.web.address import path_of
from papergraph.web.view import Page, View


@dataclass(frozen=True, slots=True)
class Claims:
    """What a line of the note says of one entity in one relation."""

    subject: tuple[str, str]
    """Label and address."""
    relation: str
    """Key of its label."""
    denied: bool
    objects: tuple[tuple[str, str, float], ...]
    """Label, address and confidence of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the note, and what is read in it."""

    number: int
    sentence: str
    href: str
    """Where the note can be opened at this line; empty if nowhere."""
    claims: tuple[Claims, ...]
    anchor: str
    """Where it is on the page."""


def is_note(store: GraphStore, iri: str) -> bool:
    """Tell whether an IRI is that of a note of the graph."""
    return iri.startswith(store.base + KINDS["Note"] + "/") and store.knows(iri)


def note_page(view: View, iri: str) -> Page:
    """Return the page; works without scripts."""
    store, path = view.store, view.path(iri)
    title = note_title(store, iri)
    values = {"path": path, "lines": note_lines(view, title), "named": _named(store, iri)}
    return Page("note.html.j2", path, title, values)


def note_title(store: GraphStore, iri: str) -> str:
    """Return the path of a note."""
    quad = next(store.quads(iri, DCTERMS + "identifier"), None)
    return str(getattr(quad.object, "value", iri)) if quad else iri


def note_lines(view: View, note: str) -> list[Line]:
    """Return the sentences that support claims, in the order of the note."""
    store, iri = view.store, note_iri(note, view.store.base)
    rows = list(
        store.select(f"""
        SELECT DISTINCT ?line ?start ?end ?sentence ?s ?p ?o ?polarity ?c {{
          ?e pg:inNote <{iri}> ; pg:line ?line ; pg:startChar ?start ; pg:endChar ?end ; pg:sentence ?sentence .
          ?st pg:hasEvidence ?e ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pg:polarity ?polarity ;
              pg:confidence ?c }}""")
    )
    labels = read_labels(store, [row[end] for row in rows for end in ("s", "o")])
    found: dict[tuple[int, int, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        found[int(row["line"]), int(row["start"]), row["sentence"]].append(row)
    ordered = sorted(found.items(), key=lambda item: item[0])
    anchors = _anchors(line for (line, _, _), _ in ordered)
    return [
        Line(line, sentence, view.opened(note, line), tuple(_claims(store, rows, labels)), anchor)
        for anchor, ((line, _, sentence), rows) in zip(anchors, ordered, strict=True)
    ]


def _anchors(lines: Iterable[int]) -> Iterator[str]:
    """Yield the anchor of each sentence by its line; the first one of a line has the line's.

    >>> list(_anchors([3, 7, 7]))
    ['line-3', 'line-7', 'line-7-2']
    """
    met: Counter[int] = Counter()
    for line in lines:
        met[line] += 1
        yield f"line-{line}" + (f"-{met[line]}" if met[line] > 1 else "")


def _claims(store: GraphStore, rows: Iterable[Mapping[str, str]], labels: Mapping[str, str]) -> Iterator[Claims]:
    """Yield the claims of one sentence, those with the same subject and relation together."""

    def end(iri: str) -> tuple[str, str]:
        return labels.get(iri, iri), path_of(iri, store.base)

    def group(row: Mapping[str, str]) -> tuple[str, str, str, str]:
        return end(row["s"])[0], row["s"], row["p"], row["polarity"]

    for (_, _, _, polarity), same in groupby(sorted(rows, key=group), key=group):
        listed = list(same)
        predicate = next(p for p in PREDICATES if predicate_iri(p) == listed[0]["p"])
        objects = sorted((*end(row["o"]), float(row["c"])) for row in listed)
        relation = relation_key(predicate, outgoing=True)
        yield Claims(end(listed[0]["s"]), relation, polarity == "negative", tuple(objects))


def _named(store: GraphStore, iri: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the note names, by type, with addresses."""
    rows = store.select(f"SELECT DISTINCT ?x ?label {{ <{iri}> pg:mentions ?x . ?x rdfs:label ?label }}")
    by_type: dict[str, dict[str, str]] = {kind: {} for kind in ENTITY_TYPES}
    for row in rows:
        kind = next((k for k in ENTITY_TYPES if row["x"].startswith(f"{store.base}{KINDS[k]}/")), "")
        if kind:
            by_type[kind].setdefault(path_of(row["x"], store.base), row["label"])
    return [
        (kind, sorted(((label, href) for href, label in found.items()), key=lambda f: (f[0].casefold(), f[1])))
        for kind, found in by_type.items()
        if found
    ]
