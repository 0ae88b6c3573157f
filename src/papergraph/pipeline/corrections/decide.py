"""From names as people type them to a correction: of entities and claims that the graph has, and without guessing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from papergraph.ask.source import Nameable
from papergraph.ask.statements import read_evidence, terms_of
from papergraph.assemble.witness import witness
from papergraph.config import Config
from papergraph.correction import Correction, Decision, Reference
from papergraph.errors import CorrectionError
from papergraph.model import ENTITY_TYPES, Entity
from papergraph.ontology.kinds import group_of
from papergraph.ontology.references import alternatives, unclear
from papergraph.ontology.terms import DCTERMS, DOMAINS, predicate_iri
from papergraph.pipeline.corrections.around import note_text
from papergraph.sources.corrections import make_correction
from papergraph.sources.quotations import find_quotation
from papergraph.store import Candidate
from papergraph.text.folding import fold


def decide(source: Nameable, decision: Decision, cells: Mapping[str, str], config: Config) -> Correction:
    """Return the correction with these cells of corrections.tsv, its names made those of the graph, with their types.

    Raises:
        UnknownNameError: if no entity has a name; with suggestions.
        CorrectionError: if a name is ambiguous, the claim or its sentence is not in the graph, or types do not suit.
    """
    try:
        row = make_correction(decision, cells)
    except ValueError as error:
        raise CorrectionError(str(error)) from error
    if row.note:
        _check_note(source, row.note)
    if decision in {"reject", "accept", "change"}:
        return _of_claim(source, row)
    if decision == "add":
        return _added(source, row, config)
    if decision in {"same", "different"}:
        return _of_pair(source, row)
    return replace(row, subject=_reference(source, _one(source, row.subject)))


def _of_claim(source: Nameable, row: Correction) -> Correction:
    """Return a correction of a claim that the graph has, in the direction in which it has it."""
    subjects, objects = _candidates(source, row.subject), _candidates(source, row.object)
    pairs = [*product(subjects, objects)]
    if row.predicate == "comparedWith":
        pairs += [*product(objects, subjects)]
    stated = _stated(source, {c.iri for c in (*subjects, *objects)})
    found = [(s, o) for s, o in pairs if (s.iri, o.iri, row.predicate, row.polarity) in stated]
    if len(found) > 1:
        found = _labelled(found, row) or found
    if not found:
        raise CorrectionError(_not_stated(row, pairs, stated))
    if len(found) > 1:
        said = "; ".join(f"{_reference(source, s)} {row.relation} {_reference(source, o)}" for s, o in found)
        raise CorrectionError(f"the graph has several such claims: {said}; write the types before the names")
    subject, obj = found[0]
    made = replace(row, subject=_reference(source, subject), object=_reference(source, obj))
    if row.decision == "change":
        ends = (obj, subject) if row.reverse else (subject, obj)
        _check_types(row.to or row.predicate, *(c.type for c in ends))
    return _with_sentence(source, made, stated[subject.iri, obj.iri, row.predicate, row.polarity])


def _labelled(found: Iterable[tuple[Candidate, Candidate]], row: Correction) -> list[tuple[Candidate, Candidate]]:
    """Return the claims between entities whose labels are the names given."""
    names = [fold(row.subject.name), fold(row.object.name)]
    return [(s, o) for s, o in found if sorted(names) == sorted([fold(s.label), fold(o.label)])]


def _stated(source: Nameable, iris: Iterable[str]) -> dict[tuple[str, str, str, str], str]:
    """Return the statements that relate these entities, by subject, object, predicate and polarity."""
    names = {predicate_iri(p): p for p in DOMAINS}
    terms = terms_of(sorted(iris))
    rows = source.select(f"""
        SELECT DISTINCT ?st ?s ?o ?p ?polarity {{ VALUES ?s {{ {terms} }} VALUES ?o {{ {terms} }}
          ?st rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; pg:polarity ?polarity }}""")
    return {(row["s"], row["o"], names[row["p"]], row["polarity"]): row["st"] for row in rows}


def _not_stated(
    row: Correction, pairs: Iterable[tuple[Candidate, Candidate]], stated: Iterable[tuple[str, str, str, str]]
) -> str:
    labels = {c.iri: c.label for pair in pairs for c in pair}
    said = sorted(f"{labels[s]} {'not ' if d == 'negative' else ''}{p} {labels[o]}" for s, o, p, d in stated)
    claim = f"{row.subject.name} {row.relation} {row.object.name}"
    return f"the graph has no claim {claim!r}; it has: {', '.join(said) or 'none between the two'}"


def _with_sentence(source: Nameable, row: Correction, statement: str) -> Correction:
    """Return a correction with the whole sentence that the given one is a part of, and check its note."""
    evidence = [e for e in read_evidence(source, [statement]).get(statement, ()) if row.note in {"", e.note}]
    if not evidence:
        raise CorrectionError(f"{row.note} does not state this claim; omit the note, or name another")
    if not row.sentence:
        return row
    exact = [e for e in evidence if witness(e.sentence) == witness(row.sentence)]
    fitting = exact or [e for e in evidence if find_quotation(e.sentence, row.sentence)]
    sentences = {witness(e.sentence): e.sentence for e in reversed(fitting)}
    if len(sentences) != 1:
        listed = "; ".join(sorted({e.sentence for e in fitting or evidence}))
        number = "several sentences fit" if sentences else "no such sentence states this claim"
        raise CorrectionError(f"{number}; its evidence: {listed}")
    return replace(row, sentence=next(iter(sentences.values())))


def _added(source: Nameable, row: Correction, config: Config) -> Correction:
    subject, obj = _one(source, row.subject), _one(source, row.object)
    if subject.iri == obj.iri:
        raise CorrectionError(f"both names mean {subject.label}")
    _check_types(row.predicate, subject.type, obj.type)
    text = note_text(row.note, config)
    if text is not None and not find_quotation(text, row.sentence):
        raise CorrectionError(f"{row.note} does not contain this sentence; copy it from the note")
    return replace(row, subject=_reference(source, subject), object=_reference(source, obj))


def _check_types(predicate: str, subject: str, obj: str) -> None:
    subjects, objects = next(domain for name, domain in DOMAINS.items() if name == predicate)
    if subject not in subjects or obj not in objects:
        raise CorrectionError(f"{predicate} does not relate a {subject} to a {obj}")


def _check_note(source: Nameable, note: str) -> None:
    known = {row["path"] for row in source.select("SELECT ?path { ?n a pg:Note ; dcterms:identifier ?path }")}
    if note not in known:
        near = difflib.get_close_matches(note, sorted(known), 1)
        raise CorrectionError(f"no note {note!r} in the graph{f'; did you mean {near[0]!r}?' if near else ''}")


def _of_pair(source: Nameable, row: Correction) -> Correction:
    """Return what two names are: names of one entity stay as given, since a split is about names."""
    subjects, objects = _candidates(source, row.subject), _candidates(source, row.object)
    shared = [c for c in subjects if c.iri in {o.iri for o in objects}]
    if row.decision == "different" and len(shared) == 1:
        if fold(row.subject.name) == fold(row.object.name):
            raise CorrectionError("both names are the same")
        kind = next(t for t in ENTITY_TYPES if t == shared[0].type)
        left, right = (Reference(r.name, kind) for r in (row.subject, row.object))
        return replace(row, subject=left, object=right)
    first, second = _one(source, row.subject), _one(source, row.object)
    if first.iri == second.iri:
        raise CorrectionError(f"both names mean {first.label} already")
    if row.decision == "same" and group_of(first.type) != group_of(second.type):
        raise CorrectionError(
            f"{first.label} is a {first.type}, {second.label} a {second.type}; correct the type of one first"
        )
    return replace(row, subject=_reference(source, first), object=_reference(source, second))


def _candidates(source: Nameable, reference: Reference) -> list[Candidate]:
    """Return the entities that a reference may mean; raises UnknownNameError if none has this name."""
    found = source.find(reference.name)
    if reference.type:
        exact = [c for c in found if c.type == reference.type]
        found = tuple(exact or [c for c in found if group_of(c.type) == group_of(reference.type)])
        if not found:
            raise CorrectionError(unclear(reference, ()))
    return list(found)


def _one(source: Nameable, reference: Reference) -> Candidate:
    """Return the entity that a reference means, as a build would: a label comes before other names."""
    found = _candidates(source, reference)
    if len(found) > 1:
        found = [c for c in found if fold(c.label) == fold(reference.name)] or found
    if len(found) > 1:
        raise CorrectionError(unclear(reference, [_reference(source, c) for c in found]))
    return found[0]


def _reference(source: Nameable, candidate: Candidate) -> Reference:
    """Return the reference by which a build finds an entity again."""
    alike = [c for c in source.find(candidate.label) if c.type == candidate.type]
    alike = [c for c in alike if fold(c.label) == fold(candidate.label)] or [candidate]
    entities = {c.iri: _entity(source, c, with_identifiers=len(alike) > 1) for c in [*alike, candidate]}
    ours = list(entities)
    reference = alternatives([entities[iri] for iri in ours])[ours.index(candidate.iri)]
    if len(ours) > 1 and reference.name == candidate.label:
        return _by_other_name(source, candidate)
    return reference


def _by_other_name(source: Nameable, candidate: Candidate) -> Reference:
    """Return a reference to an entity by a name that only it has; raises CorrectionError if it has none."""
    kind = next(t for t in ENTITY_TYPES if t == candidate.type)
    rows = source.select(f"SELECT DISTINCT ?name {{ <{candidate.iri}> skos:prefLabel|skos:altLabel ?name }}")
    for name in sorted(row["name"] for row in rows):
        if [c.iri for c in source.find(name) if group_of(c.type) == group_of(kind)] == [candidate.iri]:
            return Reference(name, kind)
    raise CorrectionError(f"several entities of the type {kind} are called {candidate.label!r}, and have no other name")


def _entity(source: Nameable, candidate: Candidate, *, with_identifiers: bool) -> Entity:
    kind = next(t for t in ENTITY_TYPES if t == candidate.type)
    found: Sequence[str] = ()
    if with_identifiers:
        rows = source.select(f"SELECT DISTINCT ?id {{ <{candidate.iri}> <{DCTERMS}identifier> ?id }}")
        found = sorted(row["id"] for row in rows)
    return Entity(candidate.iri, kind, candidate.label, identifiers=tuple(found))
