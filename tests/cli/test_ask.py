"""`papergraph ask`, and the ten questions that a graph of notes must answer, each asked in every way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

import papergraph as pg
from papergraph.ask.limits import Limits
from papergraph.ontology.terms import BASE
from papergraph.serve import Settings
from tests.conftest import Run
from tests.serve.running import Server, running
from tests.serve.test_forms import cells


class Competency(NamedTuple):
    """One question in both languages, and the ready-made query that it means."""

    english: str
    chinese: str
    query: str
    parameters: dict[str, str]


COMPETENCIES = [
    Competency("what builds on H2O", "H2O 之后有哪些工作？", "what-builds-on", {"method": "H2O"}),
    Competency("where does Keyformer come from", "Keyformer 从哪里来", "where-from", {"method": "Keyformer"}),
    Competency("how are DPO and PPO related", "DPO 和 PPO 有什么关系", "how-related", {"one": "DPO", "other": "PPO"}),
    Competency(
        "which methods run on smartphones", "谁在手机上做推理", "papers-by-hardware", {"hardware": "smartphone"}
    ),
    Competency(
        "what has Tsinghua done on speculative decoding",
        "清华在推测解码方面做了什么",
        "papers-by-institution",
        {"institution": "Tsinghua University", "about": "Speculative Decoding"},
    ),
    Competency(
        "how did KV cache eviction develop", "KV 缓存淘汰的发展", "topic-by-year", {"topic": "KV Cache Eviction"}
    ),
    Competency(
        "compare LoRA, DoRA and VeRA", "比较 LoRA、DoRA 和 VeRA", "compare", {"one": "LoRA", "other": "DoRA|VeRA"}
    ),
    Competency("who evaluates on LongBench", "谁在 LongBench 上做了实验", "evaluated-on", {"dataset": "LongBench"}),
    Competency("where do my notes contradict each other", "笔记里哪里自相矛盾", "conflicts", {}),
    Competency("what should I read next", "接下来该读什么", "gaps", {}),
]


@pytest.fixture(scope="module")
def served(demo_store: Path) -> Iterator[Server]:
    with running(Settings(demo_store, limits=Limits(seconds=60))) as server:
        yield server


def table(outcome: str) -> list[dict[str, str]]:
    record = json.loads(outcome)
    record = record.get("answer", record)
    return [{k: v["value"] for k, v in row.items()} for row in record["results"]["bindings"]]


@pytest.mark.parametrize("asked", COMPETENCIES, ids=lambda c: c.query)
def test_a_question_has_one_answer_however_it_is_asked(
    asked: Competency, run: Run, demo_store: Path, served: Server
) -> None:
    english = run("ask", asked.english, "--json", "--store", demo_store)
    chinese = run("ask", asked.chinese, "--json", "--store", demo_store)
    parameters = [word for name, value in asked.parameters.items() for word in ("--param", f"{name}={value}")]
    query = run("query", asked.query, *parameters, "--json", "--store", demo_store)
    rows = table(query.out)
    assert table(english.out) == table(chinese.out) == rows
    graph = pg.open_graph(demo_store)
    named: dict[str, Any] = dict(asked.parameters)
    answers = graph.ask(asked.english), graph.ask(asked.chinese), graph.query(asked.query, **named)
    for answer in answers:
        assert [{k: plain(v) for k, v in row.items() if v not in {None, ""}} for row in answer] == plainly(rows)
    assert english.code == chinese.code == (0 if rows else 1)
    over_http = list(csv.DictReader(io.StringIO(served.ask(json.loads(english.out)["sparql"], "text/csv").text)))
    assert [{k: plain(v) for k, v in row.items() if v} for row in over_http] == plainly(rows)
    shown = [[plain(value) for value in row.values()] for row in plainly(rows)]
    for path, fields in (
        ("/ask", {"q": asked.english}),
        ("/ask", {"q": asked.chinese, "lang": "zh"}),
        (f"/queries/{asked.query}", asked.parameters),
    ):
        page = served.send(f"{path}?{urlencode(fields)}", headers={"Accept": "text/html"})
        assert page.status == 200
        assert [[plain(cell) for cell in row if cell] for row in cells(page.text)] == shown


def plain(value: object) -> str:
    """Return a value as every way of asking can show it: numbers without trailing zeros, IRIs by their end."""
    text = " ".join(str(value).removeprefix(BASE).split())
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def plainly(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: plain(value) for name, value in row.items() if value} for row in rows]


def test_the_query_is_shown_and_the_answer_is_a_table(run: Run, demo_store: Path) -> None:
    outcome = run("ask", "what", "builds", "on", "keyfromer", "--store", demo_store)
    assert "'keyfromer' read as 'Keyformer'" in outcome.err
    assert "papergraph query what-builds-on --param method=Keyformer" in outcome.err
    assert "SELECT DISTINCT" in outcome.err
    assert outcome.out.startswith("label")


def test_what_the_notes_do_not_say_is_said(run: Run, demo_store: Path) -> None:
    silent = run("ask", "what hardware does Quiet-STaR need", "--store", demo_store)
    assert (silent.code, "your notes do not say" in silent.err) == (1, True)
    missing = run("ask", "what builds on FooBarNet", "--store", demo_store)
    assert missing.code == 2
    assert "no entity named 'FooBarNet'" in missing.err


def test_a_question_with_two_meanings_is_asked_back(run: Run, demo_store: Path) -> None:
    question = "what changed between H2O and Keyformer"
    both = run("ask", question, "--store", demo_store)
    assert both.code == 2
    assert "--as QUERY" in both.err
    assert run("ask", question, "--as", "compare", "--store", demo_store).code == 0
