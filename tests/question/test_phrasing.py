"""How much a question is like the phrasings of a query."""

from __future__ import annotations

from papergraph.ask.named import parse_query
from papergraph.question.phrasing import kind, likenesses, read_phrasings
from papergraph.question.words import tokens

ONE = parse_query("one", "# @ask what builds on {m}\n# @param m\nSELECT ?x { VALUES ?m { method:h2o } }")
TWO = parse_query("two", "# @ask what does {m} build on\n# @param m\nSELECT ?x { VALUES ?m { method:h2o } }")
MEMORY = parse_query("memory", "# @ask what fits in {gb}\n# @param gb memory\nSELECT ?x { VALUES ?gb { 24 } }")
PHRASINGS = read_phrasings((ONE, TWO, MEMORY))


def nearest(question: str) -> str:
    return max(likenesses(PHRASINGS, tokens(question)), key=lambda pair: pair[0])[1].query.name


def test_a_phrasing_is_most_like_itself() -> None:
    scores = {p.query.name: likeness for likeness, p in likenesses(PHRASINGS, tokens("what builds on <entity>"))}
    assert max(scores, key=lambda name: scores[name]) == "one"
    assert 0.99 < scores["one"] <= 1.0 + 1e-9


def test_the_order_of_words_decides() -> None:
    assert nearest("which works build on <entity>") == "one"
    assert nearest("on what does <entity> build") == "two"
    assert nearest("does anything fit in <memory>") == "memory"


def test_a_parameter_is_what_it_says_or_what_its_default_is() -> None:
    assert (kind(ONE, "m"), kind(MEMORY, "gb")) == ("Method", "memory")


def test_phrasings_are_no_part_of_the_text_of_a_query() -> None:
    assert "@ask" not in ONE.text
    assert ONE.phrasings == ("what builds on {m}",)
