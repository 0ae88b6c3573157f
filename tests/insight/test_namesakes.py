"""What is called alike and should not be."""

from __future__ import annotations

from dataclasses import replace

from papergraph.insight.conflict import Side
from papergraph.insight.namesakes import ambiguous_names, two_expansions
from papergraph.model import Entity, Graph, Place
from tests.insight.test_conflicts import entity


def expanded(*names: str) -> Entity:
    places = tuple(Place("a.md", line, 0, 1, name) for line, name in enumerate(names, 1))
    return replace(entity("GCN"), aliases=names, places=places)


def test_an_abbreviation_stands_for_two_things() -> None:
    (found,) = two_expansions(Graph((expanded("Graph Convolutional Network", "Gated Cross Network"),)))
    assert found.message == "GCN stands for: Gated Cross Network / Graph Convolutional Network"
    assert found.sides == (Side("a.md", 2, "Gated Cross Network"), Side("a.md", 1, "Graph Convolutional Network"))


def test_endings_spellings_and_other_words_make_no_second_expansion() -> None:
    for others in (("graph convolution networks",), ("Graph-Convolutional nets",), ("Graph Network",), ("图卷积网络",)):
        assert list(two_expansions(Graph((expanded("Graph Convolutional Network", *others),)))) == []


def test_an_ambiguous_name_shows_where_each_is_called_so() -> None:
    one = replace(entity("A"), places=(Place("a.md", 1, 0, 1, "A"),))
    other = replace(entity("Other", alias="a"), places=(Place("b.md", 3, 0, 5, "Other"), Place("b.md", 7, 0, 1, "a")))
    (found,) = ambiguous_names(Graph((one, other)))
    assert found.sides == (Side("a.md", 1, "A"), Side("b.md", 7, "a"))
