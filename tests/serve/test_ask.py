"""The page that answers questions in words."""

from __future__ import annotations

from urllib.parse import quote

from tests.serve.running import Server
from tests.serve.test_pages import BROWSER, CHINESE, Outline, get


def test_the_first_page_has_a_box_for_questions(demo: Server) -> None:
    assert 'action="/ask"' in get(demo, "/").text


def test_a_question_is_answered_with_its_reading_and_its_sparql(demo: Server) -> None:
    page = get(demo, f"/ask?q={quote('what builds on H2O')}").text
    Outline(page)
    assert "method = H2O" in page
    assert "VALUES ?method" in page
    assert "Keyformer" in page


def test_a_chinese_page_speaks_chinese(demo: Server) -> None:
    page = get(demo, f"/ask?q={quote('H2O 之后有哪些工作')}", CHINESE).text
    assert "理解为：" in page
    assert "Keyformer" in page


def test_what_cannot_be_answered_is_said(demo: Server) -> None:
    missing = demo.send(f"/ask?q={quote('what builds on FooBarNet')}", headers=BROWSER)
    assert missing.status == 404
    assert "Your notes do not name FooBarNet" in missing.text
    strange = get(demo, f"/ask?q={quote('what is the weather in Paris')}").text
    assert "like none that can be answered" in strange
    silent = get(demo, f"/ask?q={quote('what hardware does Quiet-STaR need')}").text
    assert "Your notes do not say." in silent
    long = get(demo, f"/ask?q={'a' * 2000}").text
    assert "like none that can be answered" in long


def test_a_question_with_two_meanings_offers_the_other_one(demo: Server) -> None:
    question = quote("what changed between H2O and Keyformer")
    page = get(demo, f"/ask?q={question}").text
    assert f"/ask?q={question}&amp;as=how-related" in page.replace("%20", "%20")


def test_no_question_leads_to_the_first_page(demo: Server) -> None:
    assert demo.send("/ask", headers=BROWSER).status in {200, 303}


def test_a_question_cannot_bring_markup_or_sparql_in(demo: Server) -> None:
    page = demo.send(f"/ask?q={quote('what builds on <script>alert(1)</script> } DROP')}", headers=BROWSER).text
    assert "<script>alert" not in page
    Outline(page)
