"""Names join things, and identifiers keep them apart."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import Coreference, Entity, EntityType, Extraction, Mention, Span
from papergraph.ontology.identifiers import scheme_of
from papergraph.resolve import resolve
from papergraph.resolve.joins import Claims, Link, Tie, join
from papergraph.vocabulary import Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()
NONE = Vocabulary(())
A, B, OPEN = "arXiv:2106.09685", "arXiv:2305.14314", "OpenReview:nZeVKeeFYf9"
TITLE = "LoRA: Low-Rank Adaptation of Large Language Models"


def mention(name: str, *ids: str, at: int = 0, kind: EntityType = "Paper", vocabulary: str = "") -> Mention:
    return Mention(Span(at, at + len(name)), name, at + 1, kind, name, "test", 0.8, vocabulary, ids)


def note(path: str, *mentions: Mention, same: tuple[tuple[int, int], ...] = ()) -> Extraction:
    return Extraction(path, "", mentions, tuple(Coreference(a, b, "same link at line 1") for a, b in same))


def found(*notes: Extraction, vocabulary: Vocabulary = NONE) -> list[tuple[str, ...]]:
    """The identifiers of each thing, sorted."""
    return sorted(e.identifiers for e in resolve(notes, vocabulary).entities)


def test_one_title_with_two_arxiv_ids_is_two_papers_and_says_why() -> None:
    notes = note("a.md", mention(TITLE, A)), note("b.md", mention(TITLE, B))
    one, other = sorted(resolve(notes, NONE).entities, key=lambda e: e.identifiers)
    assert (one.identifiers, other.identifiers) == ((A,), (B,))
    assert one.reasons == (f"kept apart from {B} (b.md:1): the same title, but identifiers differ",)


def test_a_title_without_identifier_joins_the_only_paper_of_that_title() -> None:
    assert found(note("a.md", mention(TITLE, A)), note("b.md", mention(TITLE))) == [(A,)]
    assert found(note("a.md", mention(TITLE, A)), note("b.md", mention(TITLE, OPEN)), note("c.md", mention(TITLE))) == [
        (OPEN, A)
    ]


def test_a_title_without_identifier_joins_neither_of_two_papers() -> None:
    notes = note("a.md", mention(TITLE, A)), note("b.md", mention(TITLE, B)), note("c.md", mention(TITLE))
    assert found(*notes) == [(), (A,), (B,)]


def test_a_chain_of_titles_joins_no_two_arxiv_ids() -> None:
    long = "LoRA: Low-Rank Adaptation of Large Language Models for All"
    notes = (
        note("a.md", mention(TITLE, A)),
        note("b.md", mention(TITLE, OPEN), mention(long, OPEN, at=99)),
        note("c.md", mention(long, B)),
    )
    assert sorted(len(ids) for ids in found(*notes)) == [1, 2]


def test_an_identifier_outweighs_a_coreference_and_a_coreference_a_title() -> None:
    other = "QLoRA: Efficient Finetuning of Quantized Language Models"
    notes = (
        note("a.md", mention(TITLE, A), mention(other, OPEN, at=99), same=((0, 1),)),
        note("b.md", mention(other, B)),
    )
    assert found(*notes) == [(OPEN, A), (B,)]
    assert found(note("a.md", mention(TITLE, A), mention(other, B, at=99), same=((0, 1),))) == [(A,), (B,)]


def test_a_second_identifier_that_two_papers_claim_goes_to_the_one_that_states_it_more_often() -> None:
    notes = [note(f"{n}.md", mention(TITLE, B, OPEN)) for n in range(2)]
    notes.append(note("z.md", mention("QLoRA: Efficient Finetuning of Quantized Models", A, OPEN)))
    assert found(*notes) == [(OPEN, B), (A,)]


def test_one_mention_with_two_identifiers_of_a_scheme_has_the_first() -> None:
    assert found(note("a.md", mention(TITLE, B, A))) == [(B,)]


def test_an_arxiv_id_and_the_doi_that_arxiv_gives_are_one() -> None:
    doi = "10.48550/arXiv.2106.09685"
    assert found(note("a.md", mention(TITLE, A)), note("b.md", mention("LoRA 的低秩适配方法", doi))) == [(A,)]


def test_labels_and_generic_titles_join_nothing() -> None:
    for name in ("[Paper PDF]", "论文链接", "Technical Report", "Introduction"):
        assert found(note("a.md", mention(name, A)), note("b.md", mention(name, B)), note("c.md", mention(name))) == [
            (),
            (A,),
            (B,),
        ]
        assert len(found(note("a.md", mention(name)), note("b.md", mention(name)))) == 2


def test_a_label_is_no_name_of_a_paper_that_has_a_title() -> None:
    (paper,) = resolve(
        [note("a.md", mention("Link to the paper on the web page", A), mention("GPT", A, at=99))], NONE
    ).entities
    assert paper.label == "GPT"


def test_a_word_in_brackets_behind_a_title_makes_no_other_paper() -> None:
    (paper,) = resolve([note("a.md", mention(TITLE)), note("b.md", mention(f"{TITLE}（LoRA）", A))], NONE).entities
    assert (paper.label, paper.identifiers) == (TITLE, (A,))


def test_methods_with_different_identifiers_stay_apart_under_one_name_and_one_entry() -> None:
    named = [note(f"{i[-1]}.md", mention("Zorb", i, kind="Method")) for i in (A, B)]
    assert found(*named) == [(A,), (B,)]
    listed = [note(f"{i[-1]}.md", mention("LoRA", i, kind="Method", vocabulary="method/lora")) for i in (A, B)]
    assert found(*listed, vocabulary=SHIPPED) == [(A,), (B,)]


TITLES = st.sampled_from(
    [TITLE, TITLE.upper(), TITLE[6:], "QLoRA: Tuning of Large Quantized Models on One Device", "PDF"]
)
IDS = st.lists(
    st.sampled_from([A, B, OPEN, "OpenReview:other12", "10.1/x", "10.1/y", "https://a.org/p.pdf"]),
    max_size=2,
    unique=True,
)
KINDS: st.SearchStrategy[EntityType] = st.sampled_from(["Paper", "Paper", "Paper", "Method", "Dataset"])


@st.composite
def notes_of_papers(draw: st.DrawFn) -> list[Extraction]:
    notes = []
    for number in range(draw(st.integers(1, 4))):
        drawn = draw(st.lists(st.tuples(TITLES, IDS, KINDS), max_size=5))
        mentions = [mention(t, *ids, at=99 * i, kind=kind) for i, (t, ids, kind) in enumerate(drawn)]
        pairs = [p for p in combinations(range(len(mentions)), 2) if mentions[p[0]].type == mentions[p[1]].type]
        same = draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
        notes.append(note(f"{number}.md", *mentions, same=tuple(same)))
    return notes


def schemes_twice(entity: Entity) -> list[str]:
    counts = Counter(scheme_of(i) for i in entity.identifiers)
    return [scheme for scheme, count in counts.items() if scheme and count > 1]


@given(notes_of_papers())
def test_nothing_ever_has_two_identifiers_of_one_scheme(notes: list[Extraction]) -> None:
    assert [e for e in resolve(notes, SHIPPED).entities if schemes_twice(e)] == []


@given(notes_of_papers(), st.randoms(use_true_random=False))
def test_the_order_of_notes_and_mentions_does_not_matter(notes: list[Extraction], order: random.Random) -> None:
    shuffled = []
    for one in order.sample(notes, len(notes)):
        places = order.sample(range(len(one.mentions)), len(one.mentions))
        where = {old: new for new, old in enumerate(places)}
        same = [(where[c.left], where[c.right]) for c in one.coreferences]
        shuffled.append(note(one.path, *(one.mentions[i] for i in places), same=tuple(order.sample(same, len(same)))))
    assert resolve(notes, SHIPPED).entities == resolve(shuffled, SHIPPED).entities


@given(notes_of_papers())
def test_a_mention_has_the_entity_that_has_its_best_identifier(notes: list[Extraction]) -> None:
    resolution = resolve(notes, SHIPPED)
    entities = {e.iri: e for e in resolution.entities}
    for one, iris in zip(notes, resolution.mention_entities, strict=True):
        for each, iri in zip(one.mentions, iris, strict=True):
            assert not each.identifiers or set(each.identifiers) & set(entities[iri].identifiers)


KEYS = st.sampled_from("abcdefgh")
LINKS = st.dictionaries(st.builds(Link, st.sampled_from(Tie), KEYS, KEYS), st.integers(1, 3), max_size=14)
CLAIMS: st.SearchStrategy[dict[str, Claims]] = st.dictionaries(
    KEYS, st.dictionaries(st.sampled_from(["x:", "y:"]), st.sampled_from("12"), max_size=2)
)


@given(CLAIMS, LINKS)
def test_joining_is_transitive_but_for_what_identifiers_keep_apart(
    claims: dict[str, Claims], links: dict[Link, int]
) -> None:
    partition, free = join(claims, links), join({}, links)
    members: dict[str, set[str]] = defaultdict(set)
    for key in "abcdefgh":
        members[free.owner(key)].add(key)
    for keys in members.values():
        claimed = {(scheme, i) for key in keys for scheme, i in claims.get(key, {}).items()}
        clash = len(claimed) > len({scheme for scheme, _ in claimed})
        assert clash or len({partition.owner(key) for key in keys}) == 1
    assert bool(partition.refusals) <= bool(claims)


@given(CLAIMS, LINKS)
def test_what_is_not_joined_is_told_and_could_not_be(claims: dict[str, Claims], links: dict[Link, int]) -> None:
    partition = join(claims, links)
    refused = {key for refusal in partition.refusals for key in refusal.keys}
    for link in links:
        together = partition.owner(link.hub) == partition.owner(link.key)
        assert together or {link.hub, link.key} <= refused
    for key in "abcdefgh":
        assert set(claims.get(key, {}).items()) <= set(partition.claims(key).items())
