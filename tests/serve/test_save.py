"""Saving a query as a file for a folder of ready-made queries."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from papergraph.ask.named import read_queries
from papergraph.serve.save import query_file
from tests.conftest import Run
from tests.serve.running import Server
from tests.serve.test_pages import BROWSER, Outline, get

QUERY = "SELECT ?label { ?m pg:extends method:h2o ; rdfs:label ?label }"


def test_what_is_saved_is_a_query_of_the_folder_it_is_put_in(
    demo: Server, demo_store: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = get(demo, "/save?" + urlencode({"query": QUERY})).text
    Outline(page)
    assert html.escape(QUERY) in page
    fields = {"query": QUERY, "name": "extends-h2o", "question": "What extends H2O?", "question_zh": "什么扩展了 H2O？"}
    answer = get(demo, "/save.rq?" + urlencode(fields))
    assert answer.headers["content-disposition"].startswith('attachment; filename="extends-h2o.rq"')
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "extends-h2o.rq").write_bytes(answer.body)
    (saved,) = (q for q in read_queries([tmp_path / "mine"]) if q.name == "extends-h2o")
    assert (saved.question, saved.question_zh) == (fields["question"], fields["question_zh"])
    (tmp_path / "papergraph.toml").write_text('queries = ["mine"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    named, plain = (run("query", asked, "--store", demo_store) for asked in ("extends-h2o", QUERY))
    assert (named.code, named.out) == (0, plain.out)


def test_the_query_page_leads_there(demo: Server) -> None:
    assert 'formaction="/save"' in get(demo, "/query").text


def test_questions_that_stand_there_are_offered_and_kept(demo: Server) -> None:
    text = f"# One?\n# 一？\n# @ask one of them\n{QUERY}"
    page = get(demo, "/save?" + urlencode({"query": text})).text
    assert 'name="question" value="One?"' in page
    assert 'name="question_zh" value="一？"' in page
    assert query_file(text, "", "") == text + "\n"
    assert query_file(text, "Two?", "") == f"# Two?\n# @ask one of them\n{QUERY}\n"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"query": QUERY, "name": ""}, "letters, digits"),
        ({"query": QUERY, "name": "../evil"}, "letters, digits"),
        ({"query": QUERY, "name": 'a"\r\nX: y'}, "letters, digits"),
        ({"query": f"# @param method\n{QUERY}", "name": "a"}, "needs a default"),
        ({"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "name": "a"}, "SERVICE"),
        ({"query": "SELECT ?x {", "name": "a"}, "invalid SPARQL"),
    ],
)
def test_what_no_folder_would_take_is_refused(demo: Server, fields: dict[str, str], words: str) -> None:
    answer = demo.send("/save.rq?" + urlencode(fields), headers=BROWSER)
    assert (answer.status, words in answer.text, "content-disposition" in answer.headers) == (400, True, False)


def test_a_question_cannot_become_a_query(demo: Server) -> None:
    assert query_file(QUERY, "Why\nDROP ALL", "@param x") == f"# Why DROP ALL\n# param x\n{QUERY}\n"


def test_a_chinese_name_is_a_name(demo: Server) -> None:
    header = get(demo, "/save.rq?" + urlencode({"query": QUERY, "name": "扩展"})).headers["content-disposition"]
    assert re.search(r"filename\*=UTF-8''%E6%89%A9%E5%B1%95\.rq$", header)
