"""Comparing an extraction with gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import ConfigError
from papergraph.quality.evaluate import Facts, Named, Score, ScoredClaim, below, evaluate, facts_of_record, read_gold


def named(id: str, type: str, *forms: str, optional: bool = False) -> Named:  # noqa: A002  as in the gold format
    return Named(id, type, forms[0], frozenset(f.casefold() for f in forms), optional)


GOLD = Facts(
    "a.md",
    (
        named("p", "Paper", "arxiv2306.14048"),
        named("h", "Method", "h2o", "heavyhitteroracle"),
        named("k", "Method", "keyformer"),
        named("s", "Method", "scissorhands", optional=True),
    ),
    (
        ScoredClaim("p", "introduces", "h"),
        ScoredClaim("k", "improvesOn", "h"),
        ScoredClaim("h", "comparedWith", "s"),
    ),
)


def test_gold_against_itself_is_perfect() -> None:
    result = evaluate([GOLD], [GOLD])
    assert result.entity_total == Score("all", 3, 0, 0)
    assert result.relation_total == Score("all", 2, 0, 0)
    assert result.differences == ()


def test_nothing_predicted_misses_everything_required() -> None:
    result = evaluate([GOLD], [])
    assert (result.entity_total.missed, result.relation_total.missed) == (3, 2)
    assert result.entity_total.f1 == 0.0


def test_a_model_counts_as_a_method() -> None:
    predicted = Facts("a.md", (named("1", "Model", "keyformer"),), ())
    assert evaluate([GOLD], [predicted]).entity_total.right == 1


def test_a_paper_stands_for_the_method_that_it_introduces() -> None:
    predicted = Facts("a.md", GOLD.entities, (ScoredClaim("k", "extends", "p"),))
    relations = {s.name: s for s in evaluate([GOLD], [predicted]).relations}
    assert relations["buildsOn"].right == 1


def test_strict_tells_extends_from_improves_on() -> None:
    predicted = Facts("a.md", GOLD.entities, (ScoredClaim("k", "extends", "h"),))
    relations = {s.name: s for s in evaluate([GOLD], [predicted], strict=True).relations}
    assert (relations["extends"].extra, relations["improvesOn"].missed) == (1, 1)


def test_what_is_optional_is_neither_rewarded_nor_punished() -> None:
    predicted = Facts("a.md", GOLD.entities, (*GOLD.claims, ScoredClaim("s", "comparedWith", "h")))
    result = evaluate([GOLD], [predicted])
    assert result.relation_total.extra == 1  # the other direction is not in the gold
    assert evaluate([GOLD], [GOLD]).entity_total.right == 3


def test_a_second_entity_of_the_same_name_is_extra() -> None:
    predicted = Facts("a.md", (named("1", "Method", "h2o"), named("2", "Method", "heavyhitteroracle")), ())
    result = evaluate([GOLD], [predicted])
    assert (result.entity_total.right, result.entity_total.extra) == (1, 1)
    assert "a.md: + Method heavyhitteroracle" in result.differences


def test_a_relation_to_something_unknown_is_extra() -> None:
    predicted = Facts("a.md", (*GOLD.entities, named("x", "Method", "nonsense")), (ScoredClaim("k", "uses", "x"),))
    assert evaluate([GOLD], [predicted]).relation_total.extra == 1


def test_measured_on_counts_as_target_hardware() -> None:
    gold = Facts(
        "a.md", (named("k", "Method", "k"), named("w", "Hardware", "w")), (ScoredClaim("k", "targetsHardware", "w"),)
    )
    predicted = Facts("a.md", gold.entities, (ScoredClaim("k", "measuredOn", "w"),))
    assert evaluate([gold], [predicted]).relation_total == Score("all", 1, 0, 0)


def test_topics_have_a_row_outside_the_total() -> None:
    gold = Facts("a.md", (named("t", "Topic", "kv"), named("k", "Method", "k")), (ScoredClaim("k", "hasTopic", "t"),))
    result = evaluate([gold], [gold])
    assert [s.name for s in result.entities] == ["Method", "Topic"]
    assert result.entity_total.right == 1
    assert result.relation_total.right == 0


def test_people_and_authorship_are_not_judged() -> None:
    predicted = Facts(
        "a.md", (*GOLD.entities, named("z", "Person", "zhang")), (*GOLD.claims, ScoredClaim("p", "authoredBy", "z"))
    )
    assert evaluate([GOLD], [predicted]).differences == ()


def record(**changes: Any) -> dict[str, Any]:
    return {
        "note": "sub/a.md",
        "entities": [
            {"id": "m1", "type": "Method", "name": "H2O", "aliases": ["Heavy-Hitter Oracle"], "identifiers": []},
            {
                "id": "m2",
                "type": "Paper",
                "name": "https://arxiv.org/abs/2306.14048v2",
                "identifiers": ["arXiv:2306.14048"],
            },
        ],
        "relations": [{"subject": "m2", "predicate": "introduces", "object": "m1"}],
        **changes,
    }


def test_records_are_compared_by_file_name_and_identifier() -> None:
    result = evaluate([GOLD], [facts_of_record(record())])
    assert (result.entity_total.right, result.relation_total.right) == (2, 1)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(right: int, extra: int, missed: int) -> None:
    score = Score("x", right, extra, missed)
    low, high = sorted((score.precision, score.recall))
    assert low - 1e-4 <= score.f1 <= high + 1e-4


def test_claims_are_counted_by_language_and_tier() -> None:
    claims = (
        ScoredClaim("p", "introduces", "h", confidence=0.9, tier="structure"),
        ScoredClaim("h", "uses", "k", confidence=0.6, tier="prose"),
    )
    result = evaluate([GOLD], [Facts("a.md", GOLD.entities, claims, "en")])
    assert [(s.name, s.right, s.extra, s.missed) for s in result.languages] == [("en", 1, 1, 1)]
    assert [(s.name, s.precision) for s in result.tiers] == [("prose", 0.0), ("structure", 1.0)]
    assert [j.outcome for j in result.judgements] == ["right", "extra", "missed"]


def test_claims_are_counted_by_kind_of_note() -> None:
    notes = [replace(GOLD, note=f"{kind}.md", kind=kind) for kind in ("list", "work", "")]
    found = [Facts("list.md", GOLD.entities, GOLD.claims), Facts("work.md", GOLD.entities, ())]
    result = evaluate(notes, found)
    everything = 2  # one more is optional
    assert result.kinds == (Score("list", everything, 0, 0), Score("work", 0, 0, everything))
    assert list(below(result, {"kinds": {"list": 1.0, "work": 0.5}})) == ["kinds: work is 0.000, below 0.5"]


def test_a_score_below_its_floor_is_told() -> None:
    result = evaluate([GOLD], [Facts("a.md", GOLD.entities, GOLD.claims[:1], "en")])
    floors = {"entities": {"all": 1.0}, "relations": {"all": 0.9, "uses": 0.1}, "languages": {"en": 0.2}}
    assert list(below(result, floors)) == ["relations: all is 0.667, below 0.9", "relations: uses is 0.000, below 0.1"]
    with pytest.raises(ConfigError, match="not for 'types'"):
        list(below(result, {"types": {}}))


def gold_file(folder: Path, data: object) -> Path:
    (folder / "a.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_gold_is_read_from_files(tmp_path: Path) -> None:
    data = {
        "note": "a.md",
        "entities": [{"id": "e1", "type": "Method", "name": "H2O", "aliases": [], "optional": False, "lines": [1]}],
        "relations": [{"s": "e1", "p": "uses", "o": "e1", "optional": True, "lines": [1]}],
    }
    (facts,) = read_gold(gold_file(tmp_path, data))
    assert facts.entities[0].keys == {"h2o"}
    assert facts.claims == (ScoredClaim("e1", "uses", "e1", optional=True),)


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"note": "a.md"},
        {"note": "a.md", "entities": [{"id": "e1", "type": "Nonsense", "name": "x"}], "relations": []},
        {"note": "a.md", "entities": [], "relations": [{"s": "e1", "p": "uses", "o": "e2"}]},
    ],
)
def test_a_wrong_gold_file_is_named(tmp_path: Path, data: object) -> None:
    with pytest.raises(ConfigError, match=r"a\.json"):
        read_gold(gold_file(tmp_path, data))


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no gold files"):
        read_gold(tmp_path)
