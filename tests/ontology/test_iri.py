from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import ENTITY_TYPES, EntityType
from papergraph.ontology.iri import digest, entity_iri, evidence_iri, note_iri, slug, statement_iri

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
BASE = "https://w3id.org/papergraph/id/"


@given(ANY_TEXT)
def test_a_slug_is_never_empty_and_holds_nothing_but_lower_case_ascii_digits_and_inner_hyphens(name: str) -> None:
    made = slug(name)
    assert made
    assert made.strip("-") == made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.sampled_from(ENTITY_TYPES), ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_every_entity_iri_is_one_that_the_engine_accepts(kind: EntityType, name: str, rest: list[str]) -> None:
    schemes = ("arXiv:", "10.", "OpenReview:", "ACL:")
    identifiers = tuple(scheme + text for scheme, text in zip(schemes, rest, strict=False))
    iri = entity_iri(kind, name, identifiers=identifiers)
    assert ox.NamedNode(iri).value == iri
    assert iri == entity_iri(kind, name, identifiers=identifiers[::-1])


@given(ANY_TEXT, ANY_TEXT)
def test_two_note_paths_never_share_an_iri(left: str, right: str) -> None:
    assert (note_iri(left) == note_iri(right)) == (left == right)
    assert ox.NamedNode(note_iri(left))


@given(st.lists(ANY_TEXT, max_size=4), st.lists(ANY_TEXT, max_size=4))
def test_a_digest_tells_every_two_lists_of_parts_apart(left: list[str], right: list[str]) -> None:
    if left and right:
        assert (digest(*left) == digest(*right)) == (left == right)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("H₂O", "h2o"),
        ("H2O+", "h2o-plus"),
        ("C#", "c-sharp"),
        ("A*", "a-star"),
        ("μP", "mu-p"),
        ("π0", "pi-0"),
        ("Σ-VAE", "sigma-vae"),
        ("Mixtral 8×7B", "mixtral-8x7b"),
        ("Université", "universite"),
        ("华为诺亚方舟实验室", "hua-wei-nuo-ya-fang-zhou-shi-yan-shi"),
    ],
)
def test_slugs_of_names_that_notes_hold(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_in_other_scripts_stay_apart_through_a_hash() -> None:
    assert slug("Модель-1") != slug("Метод-1")
    assert slug("Модель-1").startswith("1-")
    assert slug("🙂").startswith("x-")


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        (("arXiv:2306.14048",), "arxiv-2306.14048"),
        (("arXiv:math/0309136",), "arxiv-math-0309136"),
        (("10.1145/3600006.3613165",), "doi-10.1145-3600006.3613165"),
        (("OpenReview:wHBfxhZu1u",), "openreview-wHBfxhZu1u"),
        (("OpenReview:wHBfxhZu1u", "arXiv:2306.14048"), "arxiv-2306.14048"),
        (("10.1145/1.2", "OpenReview:abc"), "doi-10.1145-1.2"),
    ],
)
def test_a_paper_is_named_by_its_best_identifier(identifiers: tuple[str, ...], expected: str) -> None:
    assert entity_iri("Paper", "Whatever it is called", identifiers=identifiers) == f"{BASE}paper/{expected}"


def test_dois_that_differ_in_a_replaced_character_do_not_meet() -> None:
    assert entity_iri("Paper", "x", identifiers=("10.1/a/b",)) != entity_iri("Paper", "x", identifiers=("10.1/a(b",))


def test_a_paper_without_identifier_is_named_by_its_title_with_a_hash() -> None:
    title = "Heavy Hitters and What Becomes of Them When the Cache Is Small: a Study in Forgetting"
    made = entity_iri("Paper", title).removeprefix(f"{BASE}paper/")
    assert made.startswith("heavy-hitters-and-what-becomes")
    assert len(made) < 80
    assert made == entity_iri("Paper", title.upper()).removeprefix(f"{BASE}paper/")
    assert made != entity_iri("Paper", title + " II").removeprefix(f"{BASE}paper/")


def test_what_the_vocabulary_knows_keeps_the_slug_of_its_id_whatever_it_is_called() -> None:
    assert entity_iri("Method", "重击者", vocabulary="method/h2o") == f"{BASE}method/h2o"
    assert entity_iri("Hardware", "A100", vocabulary="hw/nvidia-a100", base="urn:x/") == "urn:x/hw/nvidia-a100"


def test_evidence_keeps_its_iri_when_white_space_or_width_change_and_changes_it_with_the_sentence() -> None:
    statement = statement_iri("a", "b", "c")
    first = evidence_iri(statement, "n.md", "H2O 改进了 缓存。", "rule")
    assert first == evidence_iri(statement, "n.md", "H₂O  改进了\n缓存。", "rule")
    assert first != evidence_iri(statement, "n.md", "H2O 改进了 显存。", "rule")
    assert first != evidence_iri(statement, "m.md", "H2O 改进了 缓存。", "rule")
    assert first != evidence_iri(statement, "n.md", "H2O 改进了 缓存。", "other rule")
    assert len(first.rpartition("/")[2]) == 16


def test_a_statement_iri_depends_on_every_part_and_on_the_base() -> None:
    made = {statement_iri("a", "b", "c"), statement_iri("c", "b", "a"), statement_iri("ab", "", "c")}
    assert len(made | {statement_iri("a", "b", "c", "urn:x/")}) == 4
