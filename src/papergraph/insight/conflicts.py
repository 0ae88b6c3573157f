"""Where notes contradict each other or themselves: what can hardly all be right, with the sentences side by side.

Any two claims may contradict each other, so the whole graph is read once.
`papergraph query conflicts` asks in SPARQL for those that plain triples show (works that build on or beat each other,
circles, two years), under the same names. Whether the graph has the form that it should have is for the SHACL shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, permutations

from papergraph.insight.conflict import SHOWN, Conflict, Side, first_place, named_at
from papergraph.insight.figures import measured_about
from papergraph.insight.namesakes import (
    ambiguous_names,
    shared_identifiers,
    shared_titles,
    two_expansions,
    two_identifiers,
)
from papergraph.model import Evidence, Graph, Relation

__all__ = ["CONFLICTS", "Conflict", "Side", "find_conflicts"]

_BUILDS = frozenset({"extends", "improvesOn"})
#: Notes that are compared with each other for one work.
_NOTES = 20
#: What can hardly hold where the other is denied.
_BETTER = frozenset({"outperforms", "improvesOn"})


def find_conflicts(graph: Graph) -> tuple[Conflict, ...]:
    """Return what contradicts what in `graph`, by place; only claims that it asserts count."""
    return tuple(sorted({conflict for _, find in CONFLICTS for conflict in find(graph)}))


def _labels(graph: Graph) -> dict[str, str]:
    return {e.iri: e.label for e in graph.entities}


def _asserted(graph: Graph, *predicates: str) -> list[Relation]:
    return [r for r in graph.relations if r.predicate in predicates and graph.asserts(r)]


def _first_evidence(relation: Relation) -> Evidence:
    return min(relation.evidence, key=lambda e: (e.note, e.line, e.start, e.iri))


def _place(relation: Relation) -> str:
    first = _first_evidence(relation)
    return f"{first.note}:{first.line}"


def _side(evidence: Evidence) -> Side:
    return Side(evidence.note, evidence.line, evidence.sentence)


def _sides(relations: Iterable[Relation]) -> tuple[Side, ...]:
    """Return the first place of each claim, at most as many as a message lists."""
    return tuple(_side(_first_evidence(r)) for r in relations if r.evidence)[:SHOWN]


def _mutual(graph: Graph) -> Iterator[Conflict]:
    """Yield pairs of claims in both directions, unless each work wins on datasets of its own."""
    labels, held = _labels(graph), _held_on(graph)
    for predicate in ("extends", "improvesOn", "outperforms"):
        pairs = {(r.subject, r.object): r for r in _asserted(graph, predicate)}
        for (subject, obj), relation in pairs.items():
            if subject < obj and (other := pairs.get((obj, subject))):
                ours, theirs = (held(r) if predicate == "outperforms" else set() for r in (relation, other))
                if ours and theirs and not ours & theirs:
                    continue
                on = f" on {', '.join(sorted(labels[d] for d in ours & theirs))}" if ours & theirs else ""
                text = f"{labels[subject]} {predicate} {labels[obj]}{on}, and vice versa at {_place(other)}"
                yield Conflict(
                    _place(relation),
                    f"mutual {predicate}",
                    text,
                    (subject, obj),
                    _sides((relation, other)),
                    "on" if on else "",
                    (
                        ("one", labels[subject]),
                        ("relation", predicate),
                        ("other", labels[obj]),
                        ("on", on.removeprefix(" on ")),
                        ("at", _place(other)),
                    ),
                )


def _claimed(labels: Mapping[str, str], relation: Relation) -> tuple[tuple[str, str], ...]:
    """Return the parts of a claim as facts of a conflict."""
    return (("one", labels[relation.subject]), ("relation", relation.predicate), ("other", labels[relation.object]))


def _held_on(graph: Graph) -> Callable[[Relation], set[str]]:
    """Return what gives the datasets on which a contest was held: those that the claim or its sentences name."""
    tried: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        if relation.predicate == "evaluatedOn" and relation.polarity == "positive":
            tried[relation.subject].append(relation)
    return partial(_datasets, tried)


def _datasets(tried: Mapping[str, Sequence[Relation]], contest: Relation) -> set[str]:
    near = [
        r.object
        for end in (contest.subject, contest.object)
        for r in tried.get(end, ())
        if any(a.note == b.note and a.start < b.end and b.start < a.end for a in r.evidence for b in contest.evidence)
    ]
    return {*near, contest.dataset} - {""}


def _cycles(graph: Graph) -> Iterator[Conflict]:
    """Yield each set of works that build on themselves by way of each other, unless each step is mutual."""
    import networkx as nx

    labels = _labels(graph)
    relations = {(r.subject, r.predicate, r.object): r for r in _asserted(graph, *_BUILDS)}
    found: nx.DiGraph[str] = nx.DiGraph(sorted((subject, obj) for subject, _, obj in relations))
    one_way = {(s, p, o): r for (s, p, o), r in relations.items() if (o, p, s) not in relations}
    for component in sorted(nx.strongly_connected_components(found), key=min):
        inside = sorted((s, o, p) for s, p, o in one_way if {s, o} <= component and s != o)
        if inside:
            first, obj, predicate = inside[0]
            names = ", ".join(sorted(labels[iri] for iri in component))
            place = _place(one_way[first, predicate, obj])
            text = f"these build on each other in a circle: {names}"
            sides = _sides(one_way[s, p, o] for s, o, p in inside)
            yield Conflict(place, "lineage cycle", text, tuple(sorted(component)), sides, "", (("names", names),))


def _two_years(graph: Graph) -> Iterator[Conflict]:
    """Yield works of several years, each year with a sentence that names it where there is one."""
    doubtful = {e.iri: e for e in graph.entities if len({v for k, v in e.attributes if k == "year"}) > 1}
    told: dict[str, list[Evidence]] = defaultdict(list)
    for relation in graph.relations if doubtful else ():
        for end in {relation.subject, relation.object} & doubtful.keys():
            told[end] += relation.evidence
    for entity in doubtful.values():
        years = sorted({value for key, value in entity.attributes if key == "year"})
        facts = (("name", entity.label), ("years", ", ".join(years[:SHOWN])))
        text = f"{entity.label} has several years: {' and '.join(years[:SHOWN])}"
        sides = (_saying(year, told[entity.iri]) for year in years[:SHOWN])
        found = tuple(side for side in sides if side) or named_at([entity])
        yield Conflict(first_place(entity), "two years", text, (entity.iri,), found, "", facts)


def _saying(word: str, evidence: Iterable[Evidence]) -> Side | None:
    """Return the first place whose sentence holds a word."""
    return min((_side(e) for e in evidence if word in e.sentence), default=None)


def _two_introductions(graph: Graph) -> Iterator[Conflict]:
    labels = _labels(graph)
    introduced: dict[str, list[Relation]] = defaultdict(list)
    for relation in _asserted(graph, "introduces"):
        introduced[relation.object].append(relation)
    for iri, relations in introduced.items():
        if len(relations) > 1:
            papers = " / ".join(labels[r.subject] for r in relations)
            text = f"{labels[iri]} is introduced by: {papers}"
            facts = (("name", labels[iri]), ("papers", papers))
            yield Conflict(_place(relations[0]), "two introductions", text, (iri,), _sides(relations), "", facts)


def _time_travel(graph: Graph) -> Iterator[Conflict]:
    labels = _labels(graph)
    years = {
        e.iri: min(v for k, v in e.attributes if k == "year") for e in graph.entities if dict(e.attributes).get("year")
    }
    born: dict[str, str] = {}
    for relation in _asserted(graph, "introduces"):
        if year := years.get(relation.subject):
            born[relation.object] = min(year, born.get(relation.object, year))
    for relation in _asserted(graph, *_BUILDS):
        older, newer = born.get(relation.object, ""), born.get(relation.subject, "")
        if older and newer and older > newer:
            text = f"{labels[relation.subject]} ({newer}) {relation.predicate} {labels[relation.object]} ({older})"
            ends = (relation.subject, relation.object)
            facts = (*_claimed(labels, relation), ("newer", newer), ("older", older))
            yield Conflict(_place(relation), "time travel", text, ends, _sides([relation]), "", facts)


def _different_institutions(graph: Graph) -> Iterator[Conflict]:
    """Yield works for which two notes name institutions none of which is the same."""
    labels = _labels(graph)
    named: dict[str, dict[str, list[Relation]]] = defaultdict(lambda: defaultdict(list))
    for relation in _asserted(graph, "affiliatedWith"):
        for note in sorted({e.note for e in relation.evidence}):
            named[relation.subject][note].append(relation)
    for iri, by_note in named.items():
        for (one, ours), (other, theirs) in combinations(sorted(by_note.items())[:_NOTES], 2):
            if not {r.object for r in ours} & {r.object for r in theirs}:
                sides = _in_note(ours, one), _in_note(theirs, other)
                makers, others = _listed(labels, ours), _listed(labels, theirs)
                text = f"{labels[iri]} is from {makers}, but from {others} at {sides[1].place}"
                facts = (("name", labels[iri]), ("makers", makers), ("others", others), ("at", sides[1].place))
                yield Conflict(sides[0].place, "different institutions", text, (iri,), sides, "", facts)
                break  # one pair shows it


def _in_note(relations: Iterable[Relation], note: str) -> Side:
    return min(_side(e) for r in relations for e in r.evidence if e.note == note)


def _listed(labels: Mapping[str, str], relations: Iterable[Relation]) -> str:
    return ", ".join(sorted(labels[r.object] for r in relations))


def _different_numbers(graph: Graph) -> Iterator[Conflict]:
    """Yield claims to which two places give different figures of one unit, with the same word beside them."""
    labels = _labels(graph)
    for relation in _asserted(graph, "outperforms", "improvesOn", "comparedWith"):
        given: dict[tuple[str, str], dict[float, Evidence]] = defaultdict(dict)
        for evidence in sorted(relation.evidence, key=lambda e: (e.note, e.line, e.start)):
            found = measured_about(evidence.sentence, labels[relation.object])
            if len(found) == 1 and found[0][2]:
                number, unit, word = found[0]
                given[unit, word].setdefault(number, evidence)
        for (unit, word), by_number in sorted(given.items()):
            if len({(e.note, e.line) for e in by_number.values()}) > 1:
                numbers = " and ".join(f"{n:g} {unit}" for n in by_number)
                claim = f"{labels[relation.subject]} {relation.predicate} {labels[relation.object]}"
                sides = tuple(map(_side, by_number.values()))[:SHOWN]
                text = f"{claim}: {numbers} ({word})"
                ends = (relation.subject, relation.object)
                facts = (*_claimed(labels, relation), ("numbers", numbers.replace(" and ", ", ")), ("word", word))
                yield Conflict(sides[0].place, "different numbers", text, ends, sides, "", facts)


def _negated_elsewhere(graph: Graph) -> Iterator[Conflict]:
    """Yield claims of which one place says the opposite, and improvements that outperform nothing."""
    labels = _labels(graph)
    better: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        ends = (relation.subject, relation.object)
        claim = f"{labels[ends[0]]} {relation.predicate} {labels[ends[1]]}"
        if relation.contradicted:
            against = min(map(_side, relation.contradicted))
            text = f"not: {claim}, but it does" if relation.polarity == "negative" else f"{claim}, but not"
            sides = (*_sides([relation]), against)
            wording = "denied" if relation.polarity == "negative" else ""
            facts = (*_claimed(labels, relation), ("at", against.place))
            text = f"{text} at {against.place}"
            yield Conflict(_place(relation), "negated elsewhere", text, ends, sides, wording, facts)
        if relation.predicate in _BETTER and relation.evidence:
            better[ends].append(relation)
    for ends, found in better.items():
        for yes, no in permutations(found, 2):
            if graph.asserts(yes) and no.polarity == "negative":
                text = f"{labels[ends[0]]} {yes.predicate} {labels[ends[1]]}, but not {no.predicate} at {_place(no)}"
                facts = (*_claimed(labels, yes), ("other_relation", no.predicate), ("at", _place(no)))
                yield Conflict(_place(yes), "negated elsewhere", text, ends, _sides((yes, no)), "better", facts)


#: Every kind of conflict, in the order in which people read them.
CONFLICTS: tuple[tuple[str, Callable[[Graph], Iterator[Conflict]]], ...] = (
    ("mutual", _mutual),
    ("negated elsewhere", _negated_elsewhere),
    ("different numbers", _different_numbers),
    ("lineage cycle", _cycles),
    ("time travel", _time_travel),
    ("two introductions", _two_introductions),
    ("two years", _two_years),
    ("different institutions", _different_institutions),
    ("two expansions", two_expansions),
    ("two identifiers", two_identifiers),
    ("shared identifier", shared_identifiers),
    ("shared title", shared_titles),
    ("ambiguous name", ambiguous_names),
)
