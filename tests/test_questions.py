"""A question has one name: of what answers it, of what renders the answer, of the command, the page and the tests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from papergraph.cli import COMMANDS

SOURCE = Path(__file__).parents[1] / "src" / "papergraph"
TESTS = Path(__file__).parent


class Asked(NamedTuple):
    """Where a question of `insight` is answered beyond its own module."""

    renderer: str
    command: str
    server: str


#: A part of a graph is shown by drawing it: its renderer is the page, and its command and server are those of the page.
QUESTIONS = {
    "ask": Asked("report/ask.py", "ask", "serve/ask.py"),
    "between": Asked("report/between.py", "lineage", "serve/between.py"),
    "lineage": Asked("report/lineage.py", "lineage", "web/lineage.py"),
    "show": Asked("report/show.py", "show", "web/show.py"),
    "compare": Asked("report/compare.py", "compare", "serve/compare.py"),
    "conflicts": Asked("report/conflicts.py", "conflicts", "web/conflicts.py"),
    "gaps": Asked("report/gaps.py", "gaps", "web/gaps.py"),
    "timeline": Asked("report/timeline.py", "timeline", "web/timeline.py"),
    "diff": Asked("report/diff.py", "diff", "serve/diff.py"),
    "part": Asked("page/page.py", "view", "serve/graph_page.py"),
}
#: What answers are made with: how relations are walked along, the tree that every picture of a lineage shows, the
#: claims about given entities, the figures in a sentence, a conflict as a value, what is called alike,
#: the outline of a graph, the links without which it falls apart, and which entities of
#: one graph are which of another, and the clause that says what a step changes.
MEANS = {
    "walk",
    "branches",
    "change",
    "claims",
    "figures",
    "conflict",
    "namesakes",
    "outline",
    "bridges",
    "correspondence",
}


def test_every_module_of_the_room_is_a_question_or_a_means() -> None:
    modules = {path.stem for path in (SOURCE / "insight").glob("*.py")} - {"__init__"}
    assert modules == QUESTIONS.keys() | MEANS


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_its_name_everywhere(name: str) -> None:
    asked = QUESTIONS[name]
    assert asked.command in COMMANDS
    for path in (asked.renderer, asked.server, f"cli/{asked.command}.py"):
        assert (SOURCE / path).is_file(), path
    assert (TESTS / "insight" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - {"part"}))
def test_what_renders_and_serves_an_answer_takes_it_from_the_question(name: str) -> None:
    asked = QUESTIONS[name]
    for path in (asked.renderer, asked.server):
        assert f"from papergraph.insight.{name} import" in (SOURCE / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("name", sorted(MEANS))
def test_a_means_has_its_test(name: str) -> None:
    assert (TESTS / "insight" / f"test_{name}.py").is_file()
