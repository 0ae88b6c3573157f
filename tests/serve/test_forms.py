"""Ready-made queries as forms: typed fields, shareable addresses, answers with links."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from papergraph.ask.named import read_queries
from papergraph.serve import Settings
from tests.serve.running import Server, running
from tests.serve.test_pages import BROWSER, Outline, get

OWN = """# Which works extend a method?
# 哪些工作扩展了某个方法？
# @param method
SELECT DISTINCT ?work {
  VALUES ?method { method:h2o }
  ?w pg:extends|pg:improvesOn ?method ; rdfs:label ?work
} ORDER BY ?work
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "extended-by.rq").write_text(OWN, encoding="utf-8")
    return tmp_path / "mine"


@pytest.fixture
def own(demo_store: Path, tmp_path: Path, folder: Path) -> Iterator[Server]:
    """A server with a folder of the user's queries."""
    store = shutil.copytree(demo_store, tmp_path / "store")
    with running(Settings(store, workers=1, queries=(folder,))) as server:
        yield server


def cells(page: str) -> list[list[str]]:
    """The texts of the table of a page."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in found]


@pytest.mark.parametrize("query", read_queries(), ids=lambda query: query.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_query_has_a_form_in_both_languages(demo: Server, query: object, language: str) -> None:
    name = query.name  # type: ignore[attr-defined]
    page = get(demo, f"/queries/{name}?lang={language}").text
    Outline(page)
    question = query.question_zh if language == "zh" else query.question  # type: ignore[attr-defined]
    assert f"<h1>{html.escape(question)}</h1>" in page.replace("&#39;", "&#x27;")
    for parameter, _ in query.parameters:  # type: ignore[attr-defined]
        assert len(re.findall(rf'<input[^>]* name="{parameter}"', page)) == 1


def test_the_list_leads_to_every_form(demo: Server) -> None:
    for path in ("/queries", "/query"):
        page = get(demo, path).text
        assert set(re.findall(r'href="/queries/([\w-]+)"', page)) == {query.name for query in read_queries()}


def test_an_address_asks_and_its_answer_has_links(demo: Server) -> None:
    page = get(demo, "/queries/what-builds-on?method=H2O").text
    Outline(page)
    assert 'value="H2O"' in page
    assert '<a href="/id/method/keyformer">Keyformer</a>' in page
    places = get(demo, "/queries/hardware-of?method=FlexGen").text
    assert re.search(r'<a href="/id/note/[^"]+">[\w-]+\.md:\d+</a>', places)
    for href in re.findall(r'<a href="(/id/[^"]+)"', page)[:6]:
        get(demo, html.unescape(href))
    assert "method/h2o&gt;" in page.partition("SPARQL</summary>")[2]


def test_the_links_to_csv_and_json_give_the_same_rows(demo: Server) -> None:
    page = get(demo, "/queries/hardware-of?method=FlexGen").text
    link = html.unescape(re.search(r'href="([^"]*format=csv[^"]*)"', page)[1])  # type: ignore[index]
    rows = list(csv.reader(io.StringIO(demo.send(link).text)))[1:]
    assert cells(page) == rows
    assert rows


def test_numbers_and_what_may_be_left_out(demo: Server) -> None:
    assert 'type="number" name="most"' in get(demo, "/queries/runs-in").text
    assert get(demo, "/queries/runs-in?most=24").text.count("<tr>") > get(demo, "/queries/runs-in?most=4").text.count(
        "<tr>"
    )
    wrong = demo.send("/queries/runs-in?most=many", headers=BROWSER)
    assert (wrong.status, "must be a whole number" in wrong.text) == (400, True)
    one = get(demo, "/queries/papers-by-institution?institution=Google&about=&since=&until=").text
    assert cells(one) == cells(get(demo, "/queries/papers-by-institution?institution=Google").text)
    assert len(cells(get(demo, "/queries/papers-by-institution?institution=Google&since=2999").text)) == 0


def test_without_a_name_the_default_is_asked(demo: Server) -> None:
    assert 'placeholder="FlexGen"' in get(demo, "/queries/hardware-of").text
    assert cells(get(demo, "/queries/hardware-of?method=").text) == cells(
        get(demo, "/queries/hardware-of?method=FlexGen").text
    )


def test_a_default_that_the_graph_does_not_hold_must_be_replaced(tmp_path: Path) -> None:
    import papergraph as pg

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("SnapKV extends StreamingLLM.\n", encoding="utf-8")
    pg.build(tmp_path / "notes", store=tmp_path / "store", config=pg.Config())
    with running(Settings(tmp_path / "store", workers=1)) as server:
        page = get(server, "/queries/hardware-of").text
        assert re.search(r'<input name="method"[^>]* required>', page)
        assert server.send("/queries/hardware-of?method=", headers=BROWSER).status == 400


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/nothing-like-this", 404, "no query named"),
        ("/queries/what-builds-on?method=H20", 404, "Similar names"),
        ("/queries/what-builds-on?method=H2O&method=SnapKV", 400, "method=A|B"),
        ("/queries/what-builds-on?method=" + quote('H2O> } DROP ALL #"'), 404, "not name"),
        ("/queries/%2e%2e%2fetc", 404, ""),
    ],
)
def test_what_is_wrong_is_said(demo: Server, path: str, status: int, words: str) -> None:
    answer = demo.send(path, headers=BROWSER)
    assert (answer.status, words in answer.text) == (status, True)


def test_several_entities_for_one_parameter(demo: Server) -> None:
    both = {tuple(row) for row in cells(get(demo, "/queries/hardware-of?method=FlexGen%7CJamba").text)}
    each = [{tuple(r) for r in cells(get(demo, f"/queries/hardware-of?method={n}").text)} for n in ("FlexGen", "Jamba")]
    assert both == each[0] | each[1]


def test_queries_of_the_user_are_marked_and_new_files_count_at_once(own: Server, folder: Path) -> None:
    mark = '<span class="badge">yours</span>'
    assert get(own, "/queries").text.count(mark) == 1
    assert mark in get(own, "/queries/extended-by").text
    assert "Keyformer" in get(own, "/queries/extended-by?method=H2O").text
    (folder / "second.rq").write_text("# Is there anything?\nASK {}\n", encoding="utf-8")
    assert get(own, "/queries").text.count(mark) == 2
    assert "true" in get(own, "/queries/second").text
    (folder / "broken.rq").write_text("# @param nothing\nASK {}\n", encoding="utf-8")
    wrong = own.send("/queries", headers=BROWSER)
    assert (wrong.status, "broken.rq: parameter nothing needs a default" in wrong.text) == (200, True)
