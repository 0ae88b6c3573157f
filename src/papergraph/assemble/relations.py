"""From relation mentions to relations: every claim once, with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import NamedTuple

from papergraph.assemble.bind import Bound, bind
from papergraph.assemble.claims import Claim, Key, reworded, statement_of
from papergraph.assemble.correct import correct_claims, explain_rejected
from papergraph.assemble.tally import Tally, beaten, tally_of
from papergraph.correction import CorrectedEntities, Correction, CorrectionOutcome
from papergraph.model import (
    EntityType,
    Evidence,
    Extraction,
    Graph,
    NoteRecord,
    Predicate,
    Problem,
    Relation,
    RelationMention,
    Resolution,
)
from papergraph.ontology.identifiers import is_untitled
from papergraph.ontology.iri import evidence_iri, note_iri
from papergraph.ontology.terms import BASE, DOMAINS

#: All of a piece of evidence, to put several in an order.
_values = attrgetter(*(field.name for field in fields(Evidence)))
#: What is said of a paper as a document, and never of the method in it.
OF_PAPERS: frozenset[Predicate] = frozenset({"introduces", "affiliatedWith", "authoredBy", "hasTopic"})


#: What is said of two things that were compared.
_COMPARING: frozenset[Predicate] = frozenset({"outperforms", "comparedWith"})


class Assembly(NamedTuple):
    """A graph, and what of the extractions could not become part of it."""

    graph: Graph
    left_out: tuple[Problem, ...] = ()
    """By place: claims that relate an entity to itself after merging, those that contradict stronger evidence, and
    those that do not suit a corrected type."""
    outcomes: tuple[CorrectionOutcome, ...] = ()
    """What became of the corrections of claims."""
    outweighed: Mapping[Key, tuple[Problem, ...]] = {}
    """Those of `left_out` that contradict stronger evidence, by what they contradict."""


class Corrections(NamedTuple):
    """What people decided about claims."""

    rows: Sequence[Correction] = ()
    entities: CorrectedEntities = CorrectedEntities()
    quotes: Mapping[int, Evidence] = {}
    """For the line of a correction with a sentence where that stands in a note, if it does."""


def assemble(
    extractions: Sequence[Extraction],
    resolution: Resolution,
    corrections: Corrections | None = None,
    *,
    base: str = BASE,
) -> Assembly:
    """Return the graph of all extractions; their order does not matter, and nothing is related to itself.

    A sentence copied into two notes, with other marks around it too, is two places of evidence but one witness. A claim
    that is read as positive and as negative takes the side with the stronger evidence, positive where both are equally
    strong, and keeps the other side's evidence as contradicting it. What rules read outweighs whatever a language model
    proposes. What is claimed of a paper and of the one method it introduces is claimed of the method. Corrections are
    about the claims that result.
    """
    corrections = corrections or Corrections()
    claims, problems = _collect(extractions, resolution, corrections.entities, base)
    cited = _cited(extractions, resolution)
    bound, outcomes = bind(corrections.rows, resolution.entities, corrections.entities)
    notes = {e.path: NoteRecord(note_iri(e.path, base), e.path, e.sha256, e.encoding) for e in extractions}

    def correct(rows: Sequence[Bound]) -> None:
        outcomes.extend(correct_claims(claims, rows, corrections.quotes, frozenset(notes), base))

    correct([b for b in bound if b.row.predicate == "introduces"])
    _give_to_methods(claims, cited, base)
    correct([b for b in bound if b.row.predicate != "introduces"])
    relations = _settled(claims, base)
    outweighed = _left_out(claims)
    problems.update(problem for found in outweighed.values() for problem in found)
    entities = explain_rejected(resolution.entities, bound, outcomes)
    graph = Graph(entities, relations, tuple(sorted(notes.values(), key=lambda n: n.iri)))
    return Assembly(
        graph,
        tuple(sorted(problems, key=lambda p: (p.path, p.line, p.message))),
        tuple(sorted(outcomes, key=lambda o: o.correction.line)),
        outweighed,
    )


def settle(claims: dict[Key, list[Claim]], base: str) -> tuple[tuple[Relation, ...], dict[Key, tuple[Problem, ...]]]:
    """Return the relations that claims make, as `assemble` does without corrections, and what is left out of each.

    Claims of two entities must all be there or none, with all that is said to be introduced by either; see
    `papergraph.assemble.related`.
    `claims` is changed.
    """
    _give_to_methods(claims, frozenset(), base)
    relations = _settled(claims, base)
    return relations, _left_out(claims)


def claims_of_note(
    extraction: Extraction, iris: Sequence[str], base: str, wanted: Collection[Key] | None = None
) -> list[Claim]:
    """Return what a note claims, whose mentions name the entities `iris`; only `wanted` keys, if these are given."""
    keyed = zip(extraction.relations, _keys(extraction, iris), strict=True)
    stated = (mention for mention, key in keyed if key[0] != key[2] and (wanted is None or key in wanted))
    return [_claim(extraction, mention, iris, base) for mention in stated]


def claimed_keys(extraction: Extraction, iris: Sequence[str]) -> dict[Key, bool]:
    """Return the keys of `claims_of_note`, and whether the note denies any of what it claims."""
    keys: dict[Key, bool] = {}
    for mention, key in zip(extraction.relations, _keys(extraction, iris), strict=True):
        if key[0] != key[2]:
            keys[key] = keys.get(key, False) or mention.polarity == "negative"
    return keys


def _keys(extraction: Extraction, iris: Sequence[str]) -> Iterator[Key]:
    return ((iris[mention.subject], mention.predicate, iris[mention.object]) for mention in extraction.relations)


def loops_of_note(extraction: Extraction, iris: Sequence[str]) -> frozenset[Problem]:
    """Return what a note claims of one thing about itself."""
    return frozenset(_loop(extraction, m) for m in extraction.relations if iris[m.subject] == iris[m.object])


def _left_out(claims: Mapping[Key, list[Claim]]) -> dict[Key, tuple[Problem, ...]]:
    found = ((key, set(_outweighed(listed))) for key, listed in claims.items())
    return {key: tuple(sorted(left, key=lambda p: (p.path, p.line, p.message))) for key, left in found if left}


def _settled(claims: dict[Key, list[Claim]], base: str) -> tuple[Relation, ...]:
    for key in beaten({key: tally_of(found) for key, found in claims.items() if key[1] in _COMPARING}):
        del claims[key]
    return tuple(sorted((_relation(key, found, base) for key, found in claims.items()), key=lambda r: r.iri))


def _collect(
    extractions: Sequence[Extraction], resolution: Resolution, corrected: CorrectedEntities, base: str
) -> tuple[dict[Key, list[Claim]], set[Problem]]:
    """Return the claims of all notes, and those that cannot be: of one thing, or of a type that was corrected."""
    former = frozenset(iri for iri, _ in corrected.former)
    types = {entity.iri: entity.type for entity in resolution.entities}
    claims: dict[Key, list[Claim]] = defaultdict(list)
    problems: set[Problem] = set()
    for extraction, iris in zip(extractions, resolution.mention_entities, strict=True):
        for mention in extraction.relations:
            claim = _claim(extraction, mention, iris, base)
            subject, _, obj = claim.key
            if not subject or not obj:
                continue  # not an entity, as somebody decided
            if subject == obj:
                problems.add(_loop(extraction, mention))
            elif {subject, obj} & former and not _suits(claim.key, types):
                problems.add(_unsuitable(extraction, mention))
            else:
                claims[claim.key].append(claim)
    return claims, problems


def _claim(extraction: Extraction, mention: RelationMention, iris: Sequence[str], base: str) -> Claim:
    key = iris[mention.subject], mention.predicate, iris[mention.object]
    evidence = Evidence(
        iri=evidence_iri(statement_of(key, base), extraction.path, mention.sentence, mention.extractor, base),
        note=extraction.path,
        line=mention.line,
        start=mention.span.start,
        end=mention.span.end,
        sentence=mention.sentence,
        extractor=mention.extractor,
        tier=mention.tier,
        confidence=mention.confidence,
    )
    dataset = iris[mention.dataset] if mention.dataset >= 0 else ""
    return Claim(key, evidence, mention.polarity, dataset, mention.metric)


def _suits(key: Key, types: Mapping[str, EntityType]) -> bool:
    subject, predicate, obj = key
    subjects, objects = DOMAINS[predicate]
    return types[subject] in subjects and types[obj] in objects


def _unsuitable(extraction: Extraction, mention: RelationMention) -> Problem:
    left, right = (extraction.mentions[i].surface for i in (mention.subject, mention.object))
    message = f"{left!r} {mention.predicate} {right!r} was left out: it does not suit a corrected type"
    return Problem(extraction.path, message, mention.line, "left out")


def _loop(extraction: Extraction, mention: RelationMention) -> Problem:
    left, right = (extraction.mentions[i].surface for i in (mention.subject, mention.object))
    message = f"{left!r} {mention.predicate} {right!r} was left out: both names were merged into one entity"
    return Problem(extraction.path, message, mention.line, "left out")


def _cited(extractions: Sequence[Extraction], resolution: Resolution) -> frozenset[str]:
    """Return the papers that notes name by keys of a library: `extends [@smith2020]` means what they introduce."""
    found: set[str] = set()
    recorded: set[str] = set()
    for extraction, iris in zip(extractions, resolution.mention_entities, strict=True):
        for mention, iri in zip(extraction.mentions, iris, strict=True):
            if mention.type == "Paper" and mention.recorded:
                recorded.add(iri)
            elif mention.type == "Paper" and mention.name.startswith("@") and is_untitled(mention.name):
                found.add(iri)
    return frozenset(found & recorded)


def _give_to_methods(claims: dict[Key, list[Claim]], cited: frozenset[str], base: str) -> None:
    """Move what is claimed of a paper to the one method that it introduces; see `moves`."""
    for key, moved in moves(claims, _only_methods(claims), cited):
        claims[moved] += [reworded(claim, moved, base) for claim in claims.pop(key)]


def moves(keys: Iterable[Key], methods: Mapping[str, str], cited: frozenset[str]) -> Iterator[tuple[Key, Key]]:
    """Yield which claims of papers become claims of the one method, in `methods`, that each paper introduces.

    They do where the same is claimed of the method, also after earlier moves. What is claimed of a paper that was
    `cited` is moved anyway, and so are claims that others make about it.
    """
    present = set(keys)
    for key in sorted(present):
        paper, predicate, obj = key
        if predicate in OF_PAPERS:
            continue
        moved: Key = (methods.get(paper, paper), predicate, methods.get(obj, obj) if obj in cited else obj)
        wanted = moved in present or not cited.isdisjoint({paper, obj})
        if moved != key and wanted and moved[0] != moved[2]:
            present.remove(key)
            present.add(moved)
            yield key, moved


def _only_methods(claims: Mapping[Key, list[Claim]]) -> dict[str, str]:
    """Return for each paper that introduces exactly one thing what it introduces."""
    introducing = {key: tally_of(found) for key, found in claims.items() if key[1] == "introduces"}
    return only_methods(
        (paper, thing) for (paper, _, thing), tally in introducing.items() if tally.polarity == "positive"
    )


def only_methods(introduced: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each paper that introduces exactly one thing what it introduces, of pairs that all differ."""
    things: dict[str, list[str]] = defaultdict(list)
    for paper, thing in introduced:
        things[paper].append(thing)
    return {paper: found[0] for paper, found in things.items() if len(found) == 1}


def _outweighed(found: list[Claim]) -> Iterator[Problem]:
    """Yield what the weaker side of a contradiction says, which the graph leaves out."""
    if len({claim.polarity for claim in found}) == 1:
        return
    kept = tally_of(found).polarity
    yield from (outweighed(claim) for claim in found if claim.polarity != kept)


def outweighed(claim: Claim) -> Problem:
    """Return the problem of a claim that the other side of a contradiction outweighs."""
    message = f"was left out: it contradicts stronger evidence: {claim.evidence.sentence}"
    return Problem(claim.evidence.note, message, claim.evidence.line, "left out")


def _relation(key: Key, found: list[Claim], base: str) -> Relation:
    tally = tally_of(found)
    polarity = tally.polarity
    return replace(
        relation_of(key, tally, base),
        evidence=unique_evidence(c for c in found if c.polarity == polarity),
        contradicted=unique_evidence(c for c in found if c.polarity != polarity),
    )


def relation_of(key: Key, tally: Tally, base: str) -> Relation:
    """Return the relation that a claim becomes, without its evidence."""
    subject, predicate, obj = key
    kept = tally.kept
    return Relation(
        iri=statement_of(key, base),
        subject=subject,
        predicate=predicate,
        object=obj,
        confidence=kept.confidence(),
        polarity=tally.polarity,
        dataset=kept.dataset,
        metric=kept.metric,
    )


def unique_evidence(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """Return the evidence; one sentence read twice by one rule is one piece of it, at its first place."""
    unique: dict[str, Evidence] = {}
    for evidence in sorted((c.evidence for c in claims), key=lambda e: (e.start, -e.confidence, _values(e))):
        unique.setdefault(evidence.iri, evidence)
    return tuple(sorted(unique.values(), key=lambda e: e.iri))
