"""The ready-made queries, each with a question in both languages and the exact answer that the small graph gives."""

from __future__ import annotations

import pytest

from papergraph.ask.named import NamedQuery, choose_query, read_queries
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.query import ask
from papergraph.store import GraphStore, memory_store
from papergraph.text.folding import is_chinese
from tests import graphs

ONE, TWO = graphs.NOTES
QUERIES = read_queries()
PHONES, ORACLE, FEWER = "在手机上运行大模型", "An oracle of heavy hitters", "Keyformer: fewer key tokens"
EXTENDS, BEATS = "Squeezed Attention extends Keyformer.", "It beats SnapKV."

#: For each query the parameters and the rows, as text, "" for what is unbound.
EXPECTED: dict[str, tuple[dict[str, str], list[tuple[str, ...]]]] = {
    "what-builds-on": ({"method": "H2O"}, [("Squeezed Attention", "", ""), ("Keyformer", "2024", FEWER)]),
    "where-from": (
        {"method": "Squeezed Attention"},
        [
            ("Keyformer", "improvesOn", "H2O", ONE, "9", "Keyformer 改进了 H2O 的打分。"),
            ("Keyformer", "improvesOn", "H2O", TWO, "5", "Keyformer is a better H2O."),
            ("Squeezed Attention", "extends", "Keyformer", TWO, "6", "Squeezed Attention extends Keyformer."),
        ],
    ),
    "how-related": (
        {"one": "Squeezed Attention", "other": "重击者"},
        [
            ("extends", "Keyformer", "improvesOn", "0.9"),
            ("outperforms", "SnapKV", "comparedWith", "0.6"),
            ("outperforms", "SnapKV", "improvesOn", "0.3"),
        ],
    ),
    "papers-by-hardware": ({"hardware": "手机"}, [(PHONES, "smartphone", "targetsHardware", TWO, "3")]),
    "papers-by-institution": ({"institution": "清华大学"}, [(PHONES, "", "")]),
    "topic-by-year": ({"topic": "KV 缓存"}, [("2023", ORACLE, "H2O")]),
    "compare": (
        {"one": "Keyformer", "other": "H2O"},
        [
            ("H2O", "comparedWith", "SnapKV", "0.9"),
            ("H2O", "measuredOn", "NVIDIA A100", "0.9"),
            ("Keyformer", "improvesOn", "H2O", "0.9"),
            ("Keyformer", "uses", "Llama 2", "0.9"),
        ],
    ),
    "evaluated-on": (
        {"dataset": "MMLU"},
        [("Llama 2", "yes", ONE, "13", "Llama 2 on MMLU"), ("Keyformer", "not in the notes", "", "", "")],
    ),
    "conflicts": ({}, []),
    "denied": ({}, [("SnapKV", "outperforms", "Keyformer", f"{TWO}:7", "SnapKV 在 MMLU 上并不优于 Keyformer。")]),
    "gaps": ({}, [("Llama 2", "1")]),
    "weak-claims": (
        {},
        [
            ("SnapKV", "improvesOn", "H2O", "0.3", f"{TWO}:4", "SnapKV 也许比 H2O 好。"),
            ("Llama 2", "trainedOn", "MMLU", "0.5", f"{ONE}:15", "not a wise thing to train on"),
            ("Squeezed Attention", "outperforms", "SnapKV", "0.6", f"{TWO}:8", "It beats SnapKV."),
        ],
    ),
    "appears-with": (
        {"method": "H2O"},
        [
            ("Keyformer", "related"),
            ("SnapKV", "related"),
            ("Llama 2", "used or compared by the same work"),
        ],
    ),
    "corrected": ({}, []),
    "model-only": ({}, []),
    "runs-in": ({"most": "80"}, [("H2O", "NVIDIA A100", "80")]),
    "about": (
        {"thing": "Squeezed Attention"},
        [
            ("Squeezed Attention", "extends", "Keyformer", "positive", "0.9", f"{TWO}:6", EXTENDS),
            ("Squeezed Attention", "outperforms", "SnapKV", "positive", "0.6", f"{TWO}:8", BEATS),
        ],
    ),
    "authors-of": ({"thing": PHONES}, [("Li Hua", PHONES, "0.8", f"{TWO}:2", "清华 Li Hua")]),
    "introduced-by": ({"method": "Keyformer"}, [(FEWER, "2024", "", "0.9", f"{ONE}:8", FEWER)]),
    "outperforms": ({"method": "SnapKV"}, [("Squeezed Attention", "SnapKV", "", "0.6", f"{TWO}:8", BEATS)]),
    "datasets-of": (
        {"method": "Llama 2"},
        [
            ("MMLU", "evaluatedOn", "0.9", f"{ONE}:13", "Llama 2 on MMLU"),
            ("MMLU", "trainedOn", "0.5", f"{ONE}:15", "not a wise thing to train on"),
        ],
    ),
    "hardware-of": ({"method": "H2O"}, [("NVIDIA A100", "measuredOn", "0.9", f"{ONE}:14", "在 A100 上测得")]),
    "used-by": (
        {"method": "Llama 2"},
        [("Keyformer", "0.9", f"{ONE}:12", "Keyformer was tried with Llama 2.")],
    ),
    "components-of": (
        {"method": "Keyformer"},
        [("Llama 2", "0.9", f"{ONE}:12", "Keyformer was tried with Llama 2.")],
    ),
    "by-year": ({"year": "2024"}, [(FEWER, "Keyformer")]),
}


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_every_query_asks_in_english_and_in_chinese(query: NamedQuery) -> None:
    assert query.question.endswith(("?", "."))
    assert not is_chinese(query.question)
    assert is_chinese(query.question_zh)


def test_every_query_has_an_expected_answer() -> None:
    assert {q.name for q in QUERIES} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_query_gives_exactly_the_expected_rows_in_their_order(name: str, store: GraphStore) -> None:
    parameters, rows = EXPECTED[name]
    answer = ask(store, fill_parameters(store, choose_query(name, QUERIES), parameters))
    assert [tuple("" if t is None else t.value for t in row) for row in answer.rows] == rows


def test_lineage_does_not_take_weak_or_denied_claims_for_true(store: GraphStore) -> None:
    answer = ask(store, fill_parameters(store, choose_query("what-builds-on", QUERIES), {"method": "Keyformer"}))
    assert [row[0].value for row in answer.rows] == ["Squeezed Attention"]
