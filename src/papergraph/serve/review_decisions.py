"""What a form of the review page decides, as the cells of a line of corrections.tsv."""

from __future__ import annotations

from collections.abc import Mapping

from papergraph.correction import Decision
from papergraph.errors import CorrectionError
from papergraph.model import PREDICATES, Entity, Predicate
from papergraph.ontology.terms import DOMAINS
from papergraph.pipeline.corrections.alike import Alike
from papergraph.pipeline.corrections.queue import Question

Cells = tuple[Decision, dict[str, str]]


def decided_of_claim(question: Question, fields: Mapping[str, str]) -> Cells:
    """Return what a form about a claim decides; `do` says what, `end` of which of its entities.

    Raises:
        CorrectionError: if the form does not say enough; says what to do.
    """
    relation, action = question.relation, fields.get("do", "")
    denied = "not " if relation.polarity == "negative" else ""
    claim = {"subject": relation.subject, "predicate": f"{denied}{relation.predicate}", "object": relation.object}
    if action in {"accept", "reject"}:
        return ("accept" if action == "accept" else "reject"), claim
    if action == "change":
        return "change", {**claim, "to": _target(relation.predicate, fields)}
    entity = question.object if fields.get("end") == "object" else question.subject
    if action == "not-entity":
        return "not-entity", {"subject": entity.iri}
    if action == "type":
        return "type", {"subject": entity.iri, "to": fields.get("to", "")}
    name = " ".join(fields.get("name", "").split())
    if action in {"merge", "split"}:
        if not name:
            raise CorrectionError("give a name")
        if action == "merge":
            return "same", {"subject": entity.iri, "object": name}
        return "different", {"subject": f"{entity.type}:{entity.label}", "object": name}
    raise CorrectionError(f"unknown decision {action!r}; reload the page")


def decided_of_pair(pair: Alike, fields: Mapping[str, str]) -> Cells:
    """Return what a form about two entities with similar names decides; raises CorrectionError."""
    decisions: dict[str, Decision] = {"one": "same", "two": "different"}
    decision = decisions.get(fields.get("do", ""))
    if decision is None:
        raise CorrectionError(f"unknown decision {fields.get('do', '')!r}; reload the page")
    return decision, {"subject": pair.first.iri, "object": pair.second.iri}


def possible_predicates(one: Entity, other: Entity) -> tuple[Predicate, ...]:
    """Return the relations that entities of these types can have, in one direction or the other."""
    ends = ((one.type, other.type), (other.type, one.type))
    return tuple(p for p in PREDICATES if any(s in DOMAINS[p][0] and o in DOMAINS[p][1] for s, o in ends))


def _target(predicate: Predicate, fields: Mapping[str, str]) -> str:
    to = fields.get("to", "")
    parts = ("reverse" if fields.get("reverse") else "", "" if to == predicate else to)
    if not any(parts):
        raise CorrectionError("choose another relation, or swap subject and object")
    return " ".join(filter(None, parts))
