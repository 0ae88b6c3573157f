"""Assembly: one relation a claim, whatever the order of the notes."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.assemble.relations import Assembly, assemble
from papergraph.assemble.tally import combined_confidence
from papergraph.model import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Graph,
    Mention,
    Polarity,
    Predicate,
    Relation,
    RelationMention,
    Resolution,
    Span,
    Tier,
)

NAMES = ("P", "A", "B", "C")
TYPES: dict[str, EntityType] = {"P": "Paper", "A": "Method", "B": "Method", "C": "Dataset"}


def claim(
    subject: str,
    predicate: Predicate,
    obj: str,
    *,
    sentence: str = "A beats B.",
    confidence: float = 0.8,
    polarity: Polarity = "positive",
    extractor: str = "rule",
    dataset: str = "",
    start: int = 0,
    tier: Tier = "prose",
) -> RelationMention:
    """A relation mention between names, whose mentions are in the order of NAMES."""
    return RelationMention(
        subject=NAMES.index(subject),
        predicate=predicate,
        object=NAMES.index(obj),
        span=Span(start, start + len(sentence)),
        line=start + 1,
        sentence=sentence,
        extractor=extractor,
        tier=tier,
        confidence=confidence,
        polarity=polarity,
        dataset=NAMES.index(dataset) if dataset else -1,
    )


def note(path: str, *claims: RelationMention) -> Extraction:
    mentions = tuple(Mention(Span(i, i + 1), n, 1, TYPES[n], n, "test", 1.0) for i, n in enumerate(NAMES))
    return Extraction(path, path.encode().hex(), mentions, relations=claims)


def resolution(*notes: Extraction, merged: tuple[str, str] = ("", "")) -> Resolution:
    iris = tuple(f"x/{merged[1] if n == merged[0] else n}" for n in NAMES)
    entities = tuple(Entity(i, TYPES[i[2:]], i[2:]) for i in sorted(set(iris)))
    return Resolution(entities, tuple(iris for _ in notes))


def fully(*notes: Extraction, merged: tuple[str, str] = ("", "")) -> Assembly:
    return assemble(notes, resolution(*notes, merged=merged))


def graph(*notes: Extraction) -> Graph:
    return assemble(notes, resolution(*notes)).graph


def only(found: Graph) -> Relation:
    assert len(found.relations) == 1
    return found.relations[0]


def test_two_sentences_are_surer_than_one() -> None:
    found = only(graph(note("a.md", claim("A", "outperforms", "B"), claim("A", "outperforms", "B", sentence="A > B"))))
    assert found.confidence == 0.84
    assert len(found.evidence) == 2


def test_a_comparison_with_a_known_winner_is_no_comparison_without_one() -> None:
    won = claim("A", "outperforms", "B", confidence=0.8)
    for other in (claim("A", "comparedWith", "B"), claim("B", "comparedWith", "A")):
        assert only(graph(note("a.md", won), note("b.md", other))).predicate == "outperforms"


def test_a_doubtful_or_denied_winner_leaves_the_comparison() -> None:
    compared = claim("A", "comparedWith", "B", sentence="A against B.")
    for won in (
        claim("A", "outperforms", "B", confidence=0.3),
        claim("A", "outperforms", "B", polarity="negative"),
    ):
        found = graph(note("a.md", won, compared)).relations
        assert sorted(r.predicate for r in found) == ["comparedWith", "outperforms"]


def test_a_sentence_copied_to_another_note_is_evidence_but_no_second_witness() -> None:
    found = only(
        graph(
            note("a.md", claim("A", "outperforms", "B")),
            note("b.md", claim("A", "outperforms", "B", sentence="A  beats\nB.", start=40)),
        )
    )
    assert found.confidence == 0.8
    assert sorted(e.note for e in found.evidence) == ["a.md", "b.md"]


def test_two_rules_that_read_one_sentence_are_one_witness() -> None:
    pair = (claim("A", "uses", "B", confidence=0.6), claim("A", "uses", "B", extractor="other", confidence=0.7))
    found = only(graph(note("a.md", *pair)))
    assert found.confidence == 0.7
    assert len(found.evidence) == 2


def test_one_rule_that_reads_a_sentence_twice_gives_its_first_place() -> None:
    found = only(graph(note("a.md", claim("A", "uses", "B", start=9), claim("A", "uses", "B", start=2))))
    assert [e.start for e in found.evidence] == [2]


def test_nothing_becomes_certain() -> None:
    many = [claim("A", "uses", "B", sentence=f"s{n}", confidence=0.95) for n in range(20)]
    assert only(graph(note("a.md", *many))).confidence == 0.99
    assert combined_confidence([]) == 0.0


def test_the_stronger_side_of_a_contradiction_is_kept_and_the_other_reported() -> None:
    denial = claim("A", "uses", "B", sentence="A does not use B.", confidence=0.9, polarity="negative", start=30)
    found = fully(note("a.md", claim("A", "uses", "B", confidence=0.6), denial))
    relation = only(found.graph)
    assert relation.polarity == "negative"
    assert [e.sentence for e in relation.evidence] == ["A does not use B."]
    assert [e.sentence for e in relation.contradicted] == ["A beats B."]
    assert [str(p) for p in found.left_out] == ["a.md:1: was left out: it contradicts stronger evidence: A beats B."]


def test_equal_evidence_for_and_against_is_taken_as_said() -> None:
    pair = (claim("A", "uses", "B"), claim("A", "uses", "B", sentence="No.", polarity="negative"))
    assert only(graph(note("a.md", *pair))).polarity == "positive"


def test_what_relates_to_itself_after_merging_is_left_out_and_reported() -> None:
    found = fully(note("a.md", claim("A", "extends", "B", start=4)), merged=("B", "A"))
    assert found.graph.relations == ()
    assert [str(p) for p in found.left_out] == [
        "a.md:5: 'A' extends 'B' was left out: both names were merged into one entity"
    ]


def test_what_a_paper_and_its_one_method_both_claim_is_claimed_of_the_method() -> None:
    found = graph(
        note("a.md", claim("P", "introduces", "A"), claim("A", "outperforms", "B")),
        note("b.md", claim("P", "outperforms", "B", sentence="The paper beats B.")),
    )
    subjects = {(r.subject, r.predicate): r for r in found.relations}
    assert set(subjects) == {("x/P", "introduces"), ("x/A", "outperforms")}
    merged = subjects["x/A", "outperforms"]
    assert merged.confidence == 0.84
    assert len({e.iri for e in merged.evidence}) == 2


def test_a_paper_with_two_methods_keeps_its_claims() -> None:
    claims = [claim("P", "introduces", "A"), claim("P", "introduces", "B"), claim("A", "evaluatedOn", "C")]
    found = graph(note("a.md", *claims, claim("P", "evaluatedOn", "C")))
    assert ("x/P", "evaluatedOn") in {(r.subject, r.predicate) for r in found.relations}


def test_what_only_the_paper_claims_stays_with_it() -> None:
    found = graph(note("a.md", claim("P", "introduces", "A"), claim("P", "evaluatedOn", "C")))
    assert ("x/P", "evaluatedOn") in {(r.subject, r.predicate) for r in found.relations}


def test_the_dataset_of_a_comparison_is_kept() -> None:
    assert only(graph(note("a.md", claim("A", "outperforms", "B", dataset="C")))).dataset == "x/C"


PREDICATES: tuple[Predicate, ...] = ("introduces", "uses", "outperforms", "evaluatedOn")
CLAIMS = st.builds(
    claim,
    st.sampled_from(NAMES),
    st.sampled_from(PREDICATES),
    st.sampled_from(NAMES),
    sentence=st.sampled_from(["one.", "two.", "three."]),
    confidence=st.sampled_from([0.5, 0.7, 0.9]),
    polarity=st.sampled_from(["positive", "positive", "negative"]),
    extractor=st.sampled_from(["r1", "r2"]),
    start=st.integers(0, 3),
)


def test_a_model_outweighs_nothing_that_a_rule_reads() -> None:
    denied = claim("A", "uses", "B", polarity="negative", confidence=0.6)
    (kept,) = graph(note("a.md", denied, claim("A", "uses", "B", confidence=0.95, tier="model"))).relations
    assert (kept.polarity, kept.confidence) == ("negative", 0.6)
    compared, won = claim("A", "comparedWith", "B", confidence=0.6), claim("A", "outperforms", "B", tier="model")
    assert {r.predicate for r in graph(note("a.md", compared, won)).relations} == {"comparedWith", "outperforms"}
    by_model = claim("A", "comparedWith", "B", tier="model")
    assert {r.predicate for r in graph(note("a.md", by_model, won)).relations} == {"outperforms"}


NOTES = st.lists(st.lists(CLAIMS, max_size=5), min_size=1, max_size=3)


@given(NOTES)
def test_the_order_of_notes_and_claims_does_not_matter(texts: list[list[RelationMention]]) -> None:
    notes = [note(f"{n}.md", *claims) for n, claims in enumerate(texts)]
    backwards = [note(f"{n}.md", *reversed(claims)) for n, claims in enumerate(texts)]
    expected = fully(*notes)
    assert all(fully(*order) == expected for order in permutations(notes))
    assert fully(*backwards) == expected


@given(NOTES)
def test_assembling_a_note_twice_changes_nothing(texts: list[list[RelationMention]]) -> None:
    notes = [note(f"{n}.md", *claims) for n, claims in enumerate(texts)]
    assert fully(*notes, *notes) == fully(*notes)


@given(NOTES)
def test_a_copy_of_a_note_adds_places_and_no_confidence(texts: list[list[RelationMention]]) -> None:
    notes = [note(f"{n}.md", *claims) for n, claims in enumerate(texts)]
    copies = [note(f"copy/{n}.md", *claims) for n, claims in enumerate(texts)]
    alone, together = graph(*notes), graph(*notes, *copies)
    assert [(r.iri, r.confidence, r.polarity) for r in alone.relations] == [
        (r.iri, r.confidence, r.polarity) for r in together.relations
    ]


@given(NOTES)
def test_every_claim_is_in_the_graph_or_reported(texts: list[list[RelationMention]]) -> None:
    notes = [note(f"{n}.md", *claims) for n, claims in enumerate(texts)]
    found = fully(*notes)
    assert all(r.subject != r.object and r.evidence and 0 < r.confidence <= 0.99 for r in found.graph.relations)
    evidence: list[Evidence] = [e for r in found.graph.relations for e in r.evidence]
    kept = {(e.note, e.sentence) for e in evidence}
    reported = {(p.path, p.line) for p in found.left_out}
    for extraction in notes:
        for mention in extraction.relations:
            place = (extraction.path, mention.line)
            assert (extraction.path, mention.sentence) in kept or place in reported
