"""What contradicts what, in words of both languages."""

from __future__ import annotations

import inspect

import pytest
import yaml

from papergraph.insight.conflicts import Conflict, find_conflicts
from papergraph.model import Graph
from papergraph.resources import read_resource
from papergraph.web.conflicts import message_of
from papergraph.web.words import Words
from tests.insight import test_conflicts as examples
from tests.insight import test_namesakes as namesakes
from tests.web.nowhere import NOWHERE


@pytest.fixture(scope="module")
def found() -> set[Conflict]:
    """Every conflict that the tests of `insight` meet."""
    met: set[Conflict] = set()

    def recording(graph: Graph) -> tuple[Conflict, ...]:
        conflicts = find_conflicts(graph)
        met.update(conflicts)
        return conflicts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examples, "find_conflicts", recording)
        for name, test in vars(examples).items():
            if name.startswith("test_") and not inspect.signature(test).parameters and not hasattr(test, "hypothesis"):
                test()
    expanded = namesakes.expanded("Graph Convolutional Network", "Gated Cross Network")
    return {*met, *find_conflicts(Graph((expanded,)))}


def test_every_wording_has_a_chinese_text_with_all_its_names(found: set[Conflict]) -> None:
    words = Words("zh", NOWHERE)
    for conflict in found:
        message = message_of(conflict, words)
        assert message != conflict.message
        assert all(value in message for name, value in conflict.facts if value and not name.endswith("relation"))


def test_no_chinese_text_is_left_over(found: set[Conflict]) -> None:
    table = yaml.safe_load(read_resource("viz/serve/words.yaml"))["zh"]
    used = {
        "_".join(filter(None, ("says", c.kind.replace(" ", "_"), c.wording))).replace("mutual_extends", "mutual")
        for c in found
    }
    used = {key.replace("mutual_improvesOn", "mutual").replace("mutual_outperforms", "mutual") for key in used}
    assert {key for key in table if key.startswith("says_") and key != "says_nothing"} == used


def test_english_pages_say_what_the_command_says(found: set[Conflict]) -> None:
    assert all(message_of(conflict, Words("en", NOWHERE)) == conflict.message for conflict in found)
