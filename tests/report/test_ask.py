"""A question and its answer as text."""

from __future__ import annotations

import json

import pytest

from papergraph.ask.named import read_queries
from papergraph.ask.query import ask
from papergraph.errors import UnknownNameError
from papergraph.insight.ask import read_question
from papergraph.report.ask import ASK_FORMATS, asked_record, reading_lines, render_asked
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
ASKED = read_question(STORE, "what builds on Keyfromer", read_queries())
ANSWER = ask(STORE, ASKED.sparql)


def test_the_reading_names_the_slip_the_command_and_the_sparql() -> None:
    slip, command, *sparql = reading_lines(ASKED)
    assert slip == "'Keyfromer' read as 'Keyformer'"
    assert command == "papergraph query what-builds-on --param method=Keyformer"
    assert sparql[0].startswith("SELECT")


def test_every_format_holds_the_rows() -> None:
    for form in ASK_FORMATS:
        assert "Squeezed Attention" in render_asked(ASKED, ANSWER, form)
    with pytest.raises(UnknownNameError):
        render_asked(ASKED, ANSWER, "prose")


def test_json_has_the_question_its_reading_and_the_answer() -> None:
    record = json.loads(render_asked(ASKED, ANSWER, "json"))
    assert record == asked_record(ASKED, ANSWER)
    assert record["query"] == "what-builds-on"
    assert [name["label"] for name in record["names"]] == ["Keyformer"]
    assert record["answer"]["results"]["bindings"][0]["label"]["value"] == "Squeezed Attention"


def test_markdown_says_where_the_notes_are_silent() -> None:
    silent = read_question(STORE, "what builds on Squeezed Attention", read_queries())
    assert "Your notes do not say." in render_asked(silent, ask(STORE, silent.sparql), "markdown")
