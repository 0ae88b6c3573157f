"""What calibrated confidence promises, whatever the counts are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract.score.calibration import (
    FAMILIES,
    MOST,
    STRENGTH,
    Calibration,
    Family,
    family_of,
    read_calibration,
)
from papergraph.model import RelationMention, Span

families = st.sampled_from(FAMILIES)
certainties = st.floats(0, 1)
counts = st.integers(0, 500).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))


def with_counts(right: int, judged: int) -> Calibration:
    line = ((0.0, 0.0), (1.0, MOST))
    return Calibration(dict.fromkeys(FAMILIES, line), {("rule", 0.8): (right, judged)})


@given(families, certainties, certainties)
def test_a_rule_that_nobody_judged_is_the_surer_the_surer_it_says_it_is(
    family: Family, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    calibration = read_calibration()
    assert calibration.confidence("of-a-user", family, low) <= calibration.confidence("of-a-user", family, high)


@given(counts, families, certainties)
def test_no_count_makes_a_rule_certain(count: tuple[int, int], family: Family, said: float) -> None:
    assert 0 <= with_counts(*count).confidence("rule", family, said) <= MOST


@given(counts)
def test_the_share_of_a_rule_is_drawn_towards_its_family(count: tuple[int, int]) -> None:
    right, judged = count
    family = with_counts(0, 0).confidence("rule", "structure", 0.8)
    own = right / judged if judged else family
    found = with_counts(right, judged).confidence("rule", "structure", 0.8)
    assert min(own, family) - 0.01 <= found <= max(own, family) + 0.01


def test_the_more_of_its_claims_were_judged_the_more_a_rule_counts_itself() -> None:
    wrong = [with_counts(0, judged).confidence("rule", "structure", 0.8) for judged in (0, 2, int(STRENGTH), 200)]
    assert all(more > less for more, less in pairwise(wrong))


def test_a_subject_that_is_not_written_makes_a_claim_less_sure() -> None:
    calibration = read_calibration()
    assert calibration.confidence("of-a-user", "inferred", 0.7) < calibration.confidence("of-a-user", "written", 0.75)


def test_a_sentence_without_its_subject_is_of_another_family_than_one_with_it() -> None:
    claim = RelationMention(0, "uses", 1, Span(0, 2), 1, "A B", "rule", "prose", 0.7)
    assert family_of(claim) == "written"
    assert family_of(replace(claim, inferred=True)) == "inferred"
    assert family_of(replace(claim, tier="structure")) == "structure"
