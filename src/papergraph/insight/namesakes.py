"""What is called alike and should not be: identifiers, titles, names and abbreviations that several things share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from papergraph.insight.conflict import SHOWN, Conflict, Side, first_place, iris_of, named_at
from papergraph.model import Entity, Graph
from papergraph.ontology.identifiers import scheme_of
from papergraph.ontology.kinds import LISTED, group_of
from papergraph.text.folding import fold
from papergraph.vocabulary.link_labels import names_a_work

_ABBREVIATION = re.compile(r"(?=[A-Za-z0-9]*[A-Z])[A-Za-z][A-Za-z0-9]{1,7}")
_WORD = re.compile(r"[A-Za-z]+")
#: Letters at the beginning of a word that tell it from others; the rest is its ending.
_STEM = 3


def shared_identifiers(graph: Graph) -> Iterator[Conflict]:
    """Yield identifiers that several entities have."""
    owners: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for identifier in entity.identifiers:
            owners[identifier].append(entity)
    for identifier, papers in owners.items():
        if len(papers) > 1:
            titles = " / ".join(p.label for p in papers)
            yield Conflict(
                first_place(papers[0]),
                "shared identifier",
                f"{identifier} belongs to several works: {titles}",
                iris_of(papers),
                named_at(papers),
                facts=(("identifier", identifier), ("names", titles)),
            )


def two_identifiers(graph: Graph) -> Iterator[Conflict]:
    """Yield entities with several identifiers of one scheme; addresses have none."""
    for entity in graph.entities:
        for scheme, found in _by_scheme(entity).items():
            if len(found) > 1:
                text = f"{entity.label} has {len(found)} identifiers of the scheme {scheme}: {', '.join(found[:SHOWN])}"
                facts = (("name", entity.label), ("scheme", scheme), ("found", ", ".join(found[:SHOWN])))
                yield Conflict(first_place(entity), "two identifiers", text, (entity.iri,), facts=facts)


def shared_titles(graph: Graph) -> Iterator[Conflict]:
    """Yield papers that have one title and different identifiers of one scheme: one of them is wrong, or both exist."""
    titled: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        if entity.type == "Paper":
            for title in sorted({fold(n) for n in (entity.label, *entity.aliases) if names_a_work(n)} - {""}):
                titled[title].append(entity)
    for papers in titled.values():
        schemes = Counter(scheme for paper in papers for scheme in _by_scheme(paper))
        if len(papers) > 1 and max(schemes.values(), default=0) > 1:
            listed = ", ".join(f"{' '.join(p.identifiers[:1]) or 'none'} ({first_place(p)})" for p in papers[:SHOWN])
            text = f"{papers[0].label} has several identifiers: {listed}"
            facts = (("name", papers[0].label), ("found", listed))
            yield Conflict(first_place(papers[0]), "shared title", text, iris_of(papers), named_at(papers), facts=facts)


def _by_scheme(entity: Entity) -> dict[str, list[str]]:
    """Return the identifiers of an entity by scheme; an address has none."""
    found: dict[str, list[str]] = defaultdict(list)
    for identifier in entity.identifiers:
        if scheme := scheme_of(identifier):
            found[scheme].append(identifier)
    return found


def ambiguous_names(graph: Graph) -> Iterator[Conflict]:
    """Yield names that several entities of one group have."""
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        if entity.type in LISTED:
            for name in {fold(n) for n in (entity.label, *entity.aliases)}:
                named[name, "name"].append(entity)
    for (name, _), entities in named.items():
        if name and len(entities) > 1 and len({group_of(e.type) for e in entities}) == 1:
            owners = " / ".join(e.label for e in entities)
            text = f"one name for several entities: {owners}"
            sides = tuple(side for e in entities for side in _called(e, name) or named_at([e]))[:SHOWN]
            facts = (("names", owners),)
            yield Conflict(first_place(entities[0]), "ambiguous name", text, iris_of(entities), sides, facts=facts)


def _called(entity: Entity, name: str) -> list[Side]:
    """Return where an entity is first called by a folded name."""
    return [Side(p.note, p.line, p.surface) for p in entity.places if fold(p.surface) == name][:1]


def two_expansions(graph: Graph) -> Iterator[Conflict]:
    """Yield entities whose abbreviation stands for different words."""
    for entity in graph.entities:
        names = sorted({entity.label, *entity.aliases})
        for short in (n for n in names if _ABBREVIATION.fullmatch(n)):
            longs: dict[tuple[str, ...], str] = {}
            for name in names:
                if _spells(name, short):
                    longs.setdefault(tuple(w[:_STEM].lower() for w in _WORD.findall(name)), name)
            written = {n: _called(entity, fold(n)) for n in longs.values()}
            sides = tuple(side for found in written.values() for side in found)
            if len(sides) > 1:
                longs_said = " / ".join(n for n, found in written.items() if found)
                text, facts = f"{short} stands for: {longs_said}", (("name", short), ("names", longs_said))
                yield Conflict(sides[0].place, "two expansions", text, (entity.iri,), sides, facts=facts)


def _spells(name: str, short: str) -> bool:
    """Tell whether the words of a name begin with the letters of an abbreviation.

    >>> _spells("Mixture of Experts", "MoE"), _spells("Mixture of Experts", "ME"), _spells("MoE", "MoE")
    (True, False, False)
    """
    words = _WORD.findall(name)
    return len(words) > 1 and "".join(w[0] for w in words).lower() == short.lower()
