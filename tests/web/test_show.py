"""The page of an entity."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from html import unescape

import pytest

from papergraph.store import memory_store
from papergraph.web.show import Thing, read_thing, show_page
from tests import graphs
from tests.web.nowhere import view_of


@pytest.mark.parametrize("label", ["Zorb", "`touch a`", "$(touch a)", "it's \"; touch a", "--help", "稀疏 路由"])
def test_the_command_for_the_rest_of_a_lineage_is_about_the_name_and_runs_nothing_else(label: str) -> None:
    view = view_of(memory_store(graphs.small_graph(), graphs.RUN))
    thing = read_thing(view.store, graphs.H2O)
    cut = tuple(replace(lineage, truncated=True) for lineage in thing.lineages)
    html = show_page(view, Thing(replace(thing.profile, label=label), cut)).html(view.words)
    commands = {unescape(found) for found in re.findall(r"<code>(papergraph [^<]*)</code>", html)}
    (words,) = map(shlex.split, commands)
    assert [word for word in words if word != "--"] == ["papergraph", "lineage", label]
    assert all(shlex.quote(label) in command for command in commands)
    assert ("--" in words) == label.startswith("-")
