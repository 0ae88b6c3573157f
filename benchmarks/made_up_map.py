"""A made-up graph with communities and hubs, as a large collection of notes has them, for benchmarks of the map."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation
from papergraph.ontology.iri import entity_iri, evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import predicate_iri

_ADJECTIVES = ("Sparse", "Layered", "Adaptive", "Streaming", "Quantised", "Latent", "Guided", "Lazy", "Elastic")
_THINGS = ("Caching", "Decoding", "Tuning", "Routing", "Pruning", "Alignment", "Retrieval", "Planning", "Distillation")
_SYLLABLES = ("ka", "lo", "mir", "ta", "ves", "no", "ri", "sol", "den", "qua", "fa", "pel", "zu", "gan", "her")
_CITIES = ("Arden", "Belmar", "Corvo", "Delft", "Elster", "Fenwick", "Garnet", "Holm", "Istria", "Jarrow", "Keld")
#: Shares of the whole. What is left after hubs, data sets and methods are papers.
_METHODS, _DATASETS, _INSTITUTIONS, _HARDWARE = 0.22, 0.06, 0.07, 0.015
#: How many claims a paper makes on average besides the method that it introduces, so that a node has about 3 in all.
_CLAIMS_OF_A_PAPER = 3.0
#: How often a further claim is about something of another field; the first one is about its own.
_ABROAD = 0.12


@dataclass(slots=True)
class _Field:
    """What belongs together: a topic, with the methods, data sets and papers that are about it."""

    name: str
    topic: Entity
    methods: list[Entity] = field(default_factory=list)
    datasets: list[Entity] = field(default_factory=list)
    papers: list[Entity] = field(default_factory=list)


def make_map_graph(nodes: int) -> Graph:
    """Return a graph of about so many entities and three times as many relations; the same for the same number."""
    return make_map(nodes)[0]


def make_map(nodes: int) -> tuple[Graph, dict[str, int]]:
    """Return the graph, and by IRI the number of the field that an entity truly belongs to; hubs belong to none."""
    chance = random.Random(11)  # noqa: S311  nothing secret
    fields = _fields(nodes, chance)
    institutions = _hubs("Institution", "University of {}", max(3, round(nodes * _INSTITUTIONS)))
    hardware = _hubs("Hardware", "{} Accelerator", max(2, round(nodes * _HARDWARE)))
    relations: dict[str, Relation] = {}
    for here in fields:
        for number, paper in enumerate(here.papers):
            note = f"{here.name}/{paper.label[:40]}.md"
            for subject, predicate, thing in _claims(here, number, fields, (institutions, hardware), chance):
                if subject != thing:
                    relation = _relation(subject, predicate, thing, note)
                    relations[relation.iri] = relation
    members = {e.iri: n for n, f in enumerate(fields) for e in (f.topic, *f.methods, *f.datasets, *f.papers)}
    made = [e for f in fields for e in (f.topic, *f.methods, *f.datasets, *f.papers)]
    entities = {e.iri: e for e in (*made, *institutions, *hardware)}
    paths = sorted({e.note for r in relations.values() for e in r.evidence})
    graph = Graph(
        tuple(entities[iri] for iri in sorted(entities)),
        tuple(relations[iri] for iri in sorted(relations)),
        tuple(sorted((NoteRecord(note_iri(p), p, "0" * 64) for p in paths), key=lambda n: n.iri)),
    )
    return graph, members


def _fields(nodes: int, chance: random.Random) -> list[_Field]:
    """Return fields whose sizes fall off with their rank, each with its things; papers and methods get a year."""
    number = max(3, round(0.55 * nodes**0.48))
    shares = [(rank + 1.5) ** -0.8 for rank in range(number)]
    belonging = nodes * (1 - _INSTITUTIONS - _HARDWARE)
    fields = []
    for rank, share in enumerate(shares):
        size = max(6, round(belonging * share / sum(shares)))
        name = f"{_ADJECTIVES[rank % 9]} {_THINGS[(rank // 9 + rank) % 9]}" + (
            f" {rank // 81 + 1}" if rank > 80 else ""
        )
        found = _Field(name, _entity("Topic", name))
        coined = [f"{_coined(chance)}-{rank}{n:03d}" for n in range(max(2, round(size * _METHODS)))]
        found.methods = [_entity("Method" if n % 4 else "Model", c) for n, c in enumerate(coined)]
        found.datasets = [
            _entity("Dataset", f"{_coined(chance)}Bench-{rank}{n:02d}") for n in range(round(size * _DATASETS))
        ]
        rest = size - 1 - len(found.methods) - len(found.datasets)
        found.papers = [_paper(found, n, chance) for n in range(max(len(found.methods), rest))]
        fields.append(found)
    return fields


def _paper(here: _Field, number: int, chance: random.Random) -> Entity:
    coined = here.methods[number].label if number < len(here.methods) else _coined(chance)
    title = f"{coined}: {here.name} for {chance.choice(_THINGS)} at Scale, Part {number + 1}"
    return _entity("Paper", title, (("title", title), ("year", str(2017 + number * 9 // (number + 12)))))


def _claims(
    here: _Field, number: int, fields: Sequence[_Field], hubs: tuple[list[Entity], list[Entity]], chance: random.Random
) -> list[tuple[Entity, Predicate, Entity]]:
    """Return what a paper says of itself and of the method that it introduces, if it does."""
    paper = here.papers[number]
    claims: list[tuple[Predicate, Entity]] = []
    institutions, hardware = hubs
    claims += [("affiliatedWith", _popular(institutions, chance)) for _ in range(1 + (chance.random() < 0.3))]
    if chance.random() < 0.3:
        claims.append(("measuredOn", _popular(hardware, chance)))
    further = min(9, int(chance.expovariate(1 / _CLAIMS_OF_A_PAPER)))
    if not further or chance.random() < 0.25:
        claims.append(("hasTopic", here.topic))
    for done in range(further):
        abroad = done > 0 and chance.random() < _ABROAD
        claims.append(_claim(chance.choice(fields) if abroad else here, number, chance))
    said = [(paper, predicate, thing) for predicate, thing in claims]
    if number < len(here.methods):
        method = here.methods[number]
        said.append((paper, "introduces", method))
        if number:
            said.append((method, chance.choice(("extends", "improvesOn")), _older(here.methods[:number], chance)))
    return said


def _claim(there: _Field, number: int, chance: random.Random) -> tuple[Predicate, Entity]:
    what = chance.random()
    if what < 0.2 and there.datasets:
        return ("evaluatedOn", _popular(there.datasets, chance))
    if what < 0.55:
        return (chance.choice(("uses", "outperforms", "comparedWith")), _popular(there.methods, chance))
    return (chance.choice(("extends", "uses", "comparedWith")), _older(there.papers[: max(1, number)], chance))


def _older(things: Sequence[Entity], chance: random.Random) -> Entity:
    """Return one of what was there before, mostly of the recent ones."""
    return things[max(0, len(things) - 1 - int(chance.expovariate(1 / 15)))]


def _popular(things: Sequence[Entity], chance: random.Random) -> Entity:
    """Return one of the things, the first ones much more often than the last ones."""
    return things[int(len(things) * chance.random() ** 2.5)]


def _hubs(kind: EntityType, pattern: str, count: int) -> list[Entity]:
    cities = [
        f"{_CITIES[n % len(_CITIES)]}{' ' + str(n // len(_CITIES)) if n >= len(_CITIES) else ''}" for n in range(count)
    ]
    return [_entity(kind, pattern.format(city)) for city in cities]


def _coined(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).capitalize()


def _entity(kind: EntityType, name: str, attributes: tuple[tuple[str, str], ...] = ()) -> Entity:
    place = Place("made-up.md", 1, 0, len(name), name)
    return Entity(entity_iri(kind, name), kind, name, (), (), attributes, (place,))


def _relation(subject: Entity, predicate: Predicate, thing: Entity, note: str) -> Relation:
    iri = statement_iri(subject.iri, predicate_iri(predicate), thing.iri)
    sentence = f"{subject.label} has to do with {thing.label}, as its authors say on the first page."
    evidence = Evidence(
        evidence_iri(iri, note, sentence, "made-up"), note, 1, 0, len(sentence), sentence, "made-up", "prose", 0.9
    )
    return Relation(iri, subject.iri, predicate, thing.iri, 0.9, "positive", (evidence,))
