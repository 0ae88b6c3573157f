"""How two entities are connected: the shortest well-founded ways between them, with the evidence of each step.

A step costs more the looser its relation is and the less sure its claim; going through something that everything is
related to (a hub such as Transformer) costs more the more relations it has. Only what lies near the two is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from papergraph.ask.source import Selectable
from papergraph.ask.statements import batches, read_evidence, read_labels, terms_of
from papergraph.model import Evidence, Predicate
from papergraph.ontology.terms import predicate_iri

#: What a step along each relation costs; a topic connects nothing.
COSTS: Mapping[Predicate, float] = {
    "introduces": 0.5,
    "extends": 1.0,
    "improvesOn": 1.0,
    "uses": 1.5,
    "outperforms": 2.5,
    "comparedWith": 3.0,
    "targetsHardware": 3.0,
    "measuredOn": 3.5,
    "trainedOn": 3.5,
    "evaluatedOn": 3.5,
    "affiliatedWith": 3.5,
}
#: Relations to what many works have in common: they count where that is one of the two ends.
_SHARED = frozenset({"targetsHardware", "measuredOn", "trainedOn", "evaluatedOn", "affiliatedWith"})
#: Longest way, in steps.
MOST_STEPS = 6
#: How much dearer than the best way another may be.
_DEARER = 2.0
#: Ways that are looked at, since the cheapest may have too many steps.
_MOST_TRIED = 50
#: Claims that are read at most.
_MOST_CLAIMS = 20_000


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way: a relation between two entities that follow each other."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way from one entity to the other."""

    entities: tuple[str, ...]
    """IRIs, from the one to the other."""
    hops: tuple[Hop, ...]
    """The relation between each two that follow each other, in either direction."""

    @property
    def confidence(self) -> float:
        """That of the weakest hop, 0 to 1."""
        return min(hop.confidence for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Between:
    """The answer to "how are X and Y connected"."""

    one: str
    other: str
    ways: tuple[Way, ...]
    """The best first; none if the notes do not connect them."""
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Claim:
    statement: str
    subject: str
    predicate: Predicate
    object: str
    confidence: float


def find_ways(
    source: Selectable, one: str, other: str, *, most: int = 3, min_confidence: float | None = None
) -> Between:
    """Return up to `most` ways between two entities, of at most six steps each.

    Only positive claims count: those that the graph asserts, or those with at least `min_confidence` (0 to 1) if that
    is given.

    Raises:
        QueryError: if the store cannot answer.
    """
    paths = _paths(one, other, _claims_around(source, one, other, min_confidence), most) if one != other else []
    chosen = [claim for path in paths for claim in path]
    evidence = read_evidence(source, dict.fromkeys(claim.statement for claim in chosen))
    ways = tuple(_way(one, path, evidence) for path in paths)
    labels = read_labels(source, dict.fromkeys([one, other, *(iri for way in ways for iri in way.entities)]))
    return Between(one, other, ways, labels)


def _claims_around(source: Selectable, one: str, other: str, min_confidence: float | None) -> list[_Claim]:
    """Return the claims between everything near the two, until their surroundings meet, and one step further."""
    reached, frontiers = [{one}, {other}], [[one], [other]]
    claims: dict[str, _Claim] = {}
    met = 0
    for _ in range(MOST_STEPS):
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        found = _claims(source, frontiers[side], min_confidence)
        claims |= {claim.statement: claim for claim in found}
        ends = dict.fromkeys(end for claim in found for end in (claim.subject, claim.object))
        frontiers[side] = [end for end in ends if end not in reached[side]]
        reached[side] |= ends.keys()
        met += not reached[0].isdisjoint(reached[1])
        if met == 2 or not frontiers[side] or len(claims) > _MOST_CLAIMS:
            break
    return [claims[statement] for statement in sorted(claims)]


def _claims(source: Selectable, iris: Sequence[str], min_confidence: float | None) -> list[_Claim]:
    names = {predicate_iri(p): p for p in COSTS}
    asserted = "?s ?p ?o ." if min_confidence is None else ""
    found: list[_Claim] = []
    for batch in batches(iris):
        for side in ("subject", "object"):
            rows = source.select(f"""
                SELECT DISTINCT ?st ?s ?p ?o ?c {{
                  VALUES ?x {{ {batch} }} VALUES ?p {{ {terms_of(names)} }}
                  ?st rdf:{side} ?x ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
                      pg:polarity "positive" ; pg:confidence ?c . {asserted} }}""")
            found += [_Claim(r["st"], r["s"], names[r["p"]], r["o"], float(r["c"])) for r in rows]
    return sorted((c for c in found if c.confidence >= (min_confidence or 0.0)), key=lambda c: c.statement)


def _paths(one: str, other: str, claims: Iterable[_Claim], most: int) -> list[list[_Claim]]:
    import networkx as nx  # the only answer that needs it: others start sooner without

    best: dict[tuple[str, str], _Claim] = {}
    degree: dict[str, int] = {}
    for claim in (c for c in claims if c.predicate not in _SHARED or c.object in {one, other}):
        for end in (claim.subject, claim.object):
            degree[end] = degree.get(end, 0) + 1
        pair = (min(claim.subject, claim.object), max(claim.subject, claim.object))
        if claim.subject != claim.object and (pair not in best or _cost(claim) < _cost(best[pair])):
            best[pair] = claim
    graph: nx.Graph[str] = nx.Graph()
    hub = {end: 0.0 if end in {one, other} else math.log2(n) / 6 for end, n in degree.items()}
    for pair, claim in best.items():
        graph.add_edge(*pair, cost=_cost(claim) + hub[pair[0]] + hub[pair[1]])
    if one not in graph or other not in graph or not nx.has_path(graph, one, other):
        return []
    tried = islice(nx.shortest_simple_paths(graph, one, other, "cost"), _MOST_TRIED)
    short = [path for path in tried if len(path) <= MOST_STEPS + 1][:most]
    costs = [nx.path_weight(graph, path, "cost") for path in short]
    near = (path for path, cost in zip(short, costs, strict=True) if cost <= _DEARER * costs[0])
    return [[best[min(a, b), max(a, b)] for a, b in pairwise(path)] for path in near]


def _cost(claim: _Claim) -> float:
    return COSTS[claim.predicate] * (2 - claim.confidence)


def _way(one: str, path: Sequence[_Claim], evidence: Mapping[str, tuple[Evidence, ...]]) -> Way:
    entities = [one]
    for claim in path:
        entities.append(claim.object if claim.subject == entities[-1] else claim.subject)
    hops = (Hop(c.subject, c.predicate, c.object, c.confidence, evidence.get(c.statement, ())) for c in path)
    return Way(tuple(entities), tuple(hops))
