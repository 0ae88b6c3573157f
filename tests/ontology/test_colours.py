"""The table of colours has all that is drawn, twice."""

from __future__ import annotations

import re

import pytest

from papergraph.model import ENTITY_TYPES
from papergraph.ontology.colours import Theme, colour_properties, colours


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_type_has_a_colour(theme: Theme) -> None:
    assert set(ENTITY_TYPES) <= set(colours(theme))
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours(theme).values())


def test_both_themes_colour_the_same() -> None:
    assert list(colours("light")) == list(colours("dark"))


def test_properties_can_stand_in_a_rule() -> None:
    declared = dict(re.findall(r"--(\w+): (#\w+);", colour_properties("light")))
    assert declared == colours("light")
