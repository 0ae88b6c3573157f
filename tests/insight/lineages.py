"""Small graphs with their lineages, which Python and the scripts of the page are both held to.

`python -m tests.insight.lineages` writes them anew to lineages.json, as Python traces them.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from papergraph.insight.lineage import Direction, lineage_predicates, trace_lineage
from papergraph.model import Entity, Evidence, Graph, NoteRecord, Place, Predicate, Relation, Run
from papergraph.ontology.iri import statement_iri
from papergraph.store import GraphStore, memory_store

CASES = Path(__file__).with_name("lineages.json")
THRESHOLD = 0.5
BASE = "https://x.org/id/"
#: Each claim: subject, predicate, object, confidence in hundredths, and whether it is denied.
Claim = tuple[str, Predicate, str, int, bool]
_NAMED: dict[str, list[Claim]] = {
    "a chain": [("b", "extends", "a", 90, False), ("c", "improvesOn", "b", 90, False)],
    "two ways to one": [
        ("b", "extends", "a", 90, False),
        ("c", "extends", "a", 90, False),
        ("d", "extends", "b", 90, False),
        ("d", "improvesOn", "c", 90, False),
    ],
    "a circle": [("b", "extends", "a", 90, False), ("c", "extends", "b", 90, False), ("a", "extends", "c", 90, False)],
    "below and at the threshold": [("b", "extends", "a", 49, False), ("c", "extends", "a", 50, False)],
    "a denied claim": [("b", "extends", "a", 90, True), ("c", "extends", "b", 90, False)],
    "an ingredient": [("b", "uses", "a", 90, False), ("c", "extends", "b", 90, False)],
    "a comparison": [("b", "outperforms", "a", 90, False)],
}


def iri(name: str) -> str:
    return f"{BASE}method/{name}"


def graph_of(claims: list[Claim]) -> Graph:
    """The graph of these claims, each said in one sentence of one note."""
    note = NoteRecord(f"{BASE}note/a.md", "a.md", "0")
    names = sorted({name for claim in claims for name in (claim[0], claim[2])} | {"a"})
    entities = tuple(Entity(iri(n), "Method", n, places=(Place("a.md", 1, 0, 1, n),)) for n in names)
    relations = []
    for subject, predicate, obj, confidence, denied in claims:
        key = statement_iri(iri(subject), predicate, iri(obj), BASE)
        evidence = Evidence(f"{key}-e", "a.md", 1, 0, 1, "s", "rule", "prose", confidence / 100)
        sign = "negative" if denied else "positive"
        relations.append(
            Relation(key, iri(subject), predicate, iri(obj), confidence / 100, sign, (evidence,))  # type: ignore[arg-type]
        )
    return Graph(entities, tuple(sorted(relations, key=lambda r: r.iri)), (note,))


def store_of(claims: list[Claim]) -> GraphStore:
    return memory_store(graph_of(claims), Run("0", ""), base=BASE, threshold=THRESHOLD)


def case(name: str, claims: list[Claim]) -> dict[str, Any]:
    """A graph with the lineages of `a`: the members, and the numbers of the claims that are steps."""
    store = store_of(claims)
    lineages = [
        {"direction": direction, "uses": uses, **_traced(store, claims, direction, uses)}
        for direction in ("downstream", "upstream")
        for uses in (False, True)
    ]
    lines = [f"Method:{s} {p} Method:{o}" for s, p, o, _, _ in claims]
    return {
        "name": name,
        "claims": lines,
        "confidence": [confidence for *_, confidence, _ in claims],
        "denied": [n for n, claim in enumerate(claims) if claim[4]],
        "weak": [n for n, claim in enumerate(claims) if not claim[4] and claim[3] < 100 * THRESHOLD],
        "lineages": lineages,
    }


def _traced(store: GraphStore, claims: list[Claim], direction: Direction, uses: bool) -> dict[str, Any]:
    lineage = trace_lineage(store, iri("a"), direction=direction, predicates=lineage_predicates(with_uses=uses))
    steps = {(s.subject, s.predicate, s.object) for s in lineage.steps}
    return {
        "members": sorted(m.label for m in lineage.members),
        "steps": [n for n, (s, p, o, _, _) in enumerate(claims) if (iri(s), p, iri(o)) in steps],
    }


def random_claims(seed: int) -> list[Claim]:
    random = Random(seed)  # noqa: S311  the same graphs each time
    predicates: tuple[Predicate, ...] = ("extends", "improvesOn", "uses", "outperforms")
    found: dict[tuple[str, Predicate, str], Claim] = {}
    for _ in range(random.randint(4, 14)):
        subject, obj = random.sample("abcdefg", 2)
        predicate = random.choice(predicates)
        found[subject, predicate, obj] = (
            subject,
            predicate,
            obj,
            random.choice((30, 50, 90)),
            random.random() < 0.15,
        )
    first: Claim = ("b", "extends", "a", 90, False)
    return [first, *(c for key, c in found.items() if key != first[:3])]


def all_cases() -> list[dict[str, Any]]:
    named = [case(name, claims) for name, claims in _NAMED.items()]
    return [*named, *(case(f"random {seed}", random_claims(seed)) for seed in range(20))]


def written(cases: list[dict[str, Any]]) -> str:
    """The cases as JSON, one a line."""
    return "[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n"


if __name__ == "__main__":
    CASES.write_text(written(all_cases()), encoding="utf-8")
