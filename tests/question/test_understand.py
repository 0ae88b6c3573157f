"""What questions mean: over the demo notes, as people would ask them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.named import parse_query, read_queries
from papergraph.errors import ConfigError, QuestionError, UnknownNameError
from papergraph.question.understand import MOST_SIGNS, understand
from papergraph.store import GraphStore, memory_store, open_store
from tests import graphs

HERE = Path(__file__).parent
QUERIES = read_queries()
#: How many of the questions that were written without the phrasings in mind must be understood.
LEAST_UNSEEN = 102


def questions(name: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return [
        (question, query, {key: values.split(",") for key, _, values in (pair.partition("=") for pair in pairs)})
        for question, query, *pairs in rows
    ]


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


def read(store: GraphStore, question: str) -> tuple[str, dict[str, list[str]]]:
    readings = understand(store, question, QUERIES)
    if len(readings) > 1:
        return " or ".join(r.query.name for r in readings), {}
    names: dict[str, list[str]] = {}
    for filled in readings[0].filled:
        names.setdefault(filled.parameter, []).append(filled.label)
    return readings[0].query.name, names


@pytest.mark.parametrize(("question", "query", "names"), questions("phrased.tsv"))
def test_a_question_means_one_query_about_the_entities_it_names(
    question: str, query: str, names: dict[str, list[str]], demo: GraphStore
) -> None:
    assert read(demo, question) == (query, names)


def test_every_ready_made_query_can_be_asked_in_both_languages() -> None:
    asked = {query for _, query, _ in questions("phrased.tsv")}
    assert asked == {q.name for q in QUERIES}
    for query in QUERIES:
        chinese = [p for p in query.phrasings if any(sign > "\u3400" for sign in p)]
        assert chinese, query.name
        assert len(chinese) < len(query.phrasings), query.name


def test_questions_that_no_phrasing_repeats_are_understood(demo: GraphStore) -> None:
    unseen = [*questions("unseen.tsv"), *questions("fresh.tsv"), *questions("more.tsv")]
    understood = 0
    for question, query, names in unseen:
        try:
            understood += read(demo, question) == (query, names)
        except (QuestionError, UnknownNameError):
            continue
    assert len(unseen) == 120
    assert understood >= LEAST_UNSEEN


@pytest.mark.parametrize(
    "question", ["what is the weather in Paris", "how do I install this", "今天天气怎么样", "?", "", "  "]
)
def test_a_question_about_something_else_is_refused(question: str, demo: GraphStore) -> None:
    with pytest.raises(QuestionError, match="cannot tell what is asked"):
        understand(demo, question, QUERIES)


@pytest.mark.parametrize("question", ["what builds on FooBarNet", "谁改进了 FooBarNet", "what is 《没有这样的论文》"])
def test_a_name_that_the_notes_do_not_have_is_said_to_be_missing(question: str, demo: GraphStore) -> None:
    with pytest.raises(UnknownNameError, match=r"FooBarNet|没有这样的论文"):
        understand(demo, question, QUERIES)


def test_two_queries_that_are_equally_near_are_both_offered(demo: GraphStore) -> None:
    readings = understand(demo, "what changed between H2O and Keyformer", QUERIES)
    assert {r.query.name for r in readings} == {"compare", "how-related"}


def test_what_a_query_has_no_place_for_is_reported(demo: GraphStore) -> None:
    (reading,) = understand(demo, "what outperforms H2O on LongBench", QUERIES)
    assert [named.surface for named in reading.left_over] == ["LongBench"]


def test_a_question_has_a_bounded_length(demo: GraphStore) -> None:
    with pytest.raises(QuestionError, match=f"at most {MOST_SIGNS} characters"):
        understand(demo, "a" * (MOST_SIGNS + 1), QUERIES)


def test_a_query_of_the_user_can_be_asked_in_words() -> None:
    store = memory_store(graphs.small_graph(), graphs.RUN)
    own = parse_query("mine", "# @ask anything fishy with {x}\n# @param x entity\nSELECT ?y { VALUES ?x { UNDEF } }")
    (reading,) = understand(store, "Is there anything fishy with Keyformer?", [*QUERIES, own])
    assert (reading.query.name, reading.given) == ("mine", {"x": graphs.KEYFORMER})


def test_a_phrasing_with_an_unknown_place_is_a_mistake_in_its_file() -> None:
    store = memory_store(graphs.small_graph(), graphs.RUN)
    wrong = parse_query("mine", "# @ask about {y}\nSELECT ?y { ?x ?p ?y }")
    with pytest.raises(ConfigError, match=r"mine.rq: y in 'about \{y\}' is not a parameter; add # @param y"):
        understand(store, "about Keyformer", [wrong])


def test_a_name_that_the_graph_lacks_is_said_and_only_near_queries_are_named(demo_store: Path) -> None:
    store = open_store(demo_store)
    with pytest.raises(QuestionError, match=r"no entity is named 'Foo'$"):
        understand(store, "what builds on Foo", read_queries())
    with pytest.raises(QuestionError, match="no entity is named 'Foo'") as raised:
        understand(store, "Foo 之后有哪些工作", read_queries())
    assert len(raised.value.nearest) < 3
