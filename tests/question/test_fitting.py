"""Which names of a question stand for which parameters."""

from __future__ import annotations

import pytest

from papergraph.ask.named import parse_query
from papergraph.question.fitting import fit
from papergraph.question.names import find_names
from papergraph.question.phrasing import read_phrasings
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
YEARS = parse_query(
    "years",
    "# @ask works on {topic}\n# @param topic Topic\n# @param since year\n# @param until year\n"
    "SELECT ?x { VALUES ?topic { topic:t } VALUES ?since { UNDEF } VALUES ?until { UNDEF } }",
)
PAIR = parse_query(
    "pair",
    "# @ask {one} and {other}\n# @param one\n# @param other\n"
    "SELECT ?x { VALUES ?one { method:a } VALUES ?other { method:b } }",
)


def filled(query_text: str, question: str) -> dict[str, list[str]] | None:
    query = {"years": YEARS, "pair": PAIR}[query_text]
    fitted = fit(question, read_phrasings((query,)).all[0], find_names(STORE, question, lambda _: False))
    if fitted is None:
        return None
    values: dict[str, list[str]] = {}
    for each in fitted[0]:
        values.setdefault(each.parameter, []).append(each.label)
    return values


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        ("in 2024 on KV Cache", {"since": ["2024"], "until": ["2024"]}),
        ("since 2024 on KV Cache", {"since": ["2024"]}),
        ("before 2024 on KV Cache", {"until": ["2023"]}),
        ("after 2024 on KV Cache", {"since": ["2025"]}),
        ("until 2024 on KV Cache", {"until": ["2024"]}),
        ("2024 年以来的 KV Cache", {"since": ["2024"]}),
        ("2024 年以前的 KV Cache", {"until": ["2023"]}),
    ],
)
def test_a_year_bounds_what_the_question_says(question: str, bounds: dict[str, list[str]]) -> None:
    values = filled("years", question)
    assert values is not None
    assert {k: v for k, v in values.items() if k != "topic"} == bounds


def test_more_names_than_places_go_to_the_last_one() -> None:
    assert filled("pair", "H2O, Keyformer and SnapKV") == {"one": ["H2O"], "other": ["Keyformer", "SnapKV"]}


def test_a_query_whose_parameter_is_not_named_does_not_fit() -> None:
    assert filled("pair", "H2O") is None
    assert filled("years", "H2O") is None
