"""A lineage as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from papergraph.report import render_lineage
from tests.insight.test_lineage import CHAIN, claim, trace

# S314: the XML below is our own.
_SVG = "{http://www.w3.org/2000/svg}"


def test_each_member_has_a_box_and_each_step_a_line() -> None:
    picture = ET.fromstring(render_lineage(trace(*CHAIN), "svg"))  # noqa: S314
    boxes = [r for r in picture.iter(f"{_SVG}rect") if r.get("rx")]
    assert len(boxes) == 3
    assert len(list(picture.iter(f"{_SVG}path"))) == 2
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    for box in boxes:
        assert 0 <= float(box.get("x", "-1")) <= width - float(box.get("width", "0"))
        assert 0 <= float(box.get("y", "-1")) <= height - float(box.get("height", "0"))


def test_what_is_drawn_twice_has_a_dashed_frame() -> None:
    twice = trace(
        claim("b", "extends", "a"), claim("c", "extends", "a"), claim("d", "extends", "b"), claim("d", "extends", "c")
    )
    assert render_lineage(twice, "svg").count("stroke-dasharray") == 1


def test_names_are_text() -> None:
    lineage = trace(claim("b", "extends", "a"))
    named = replace(lineage, members=tuple(replace(member, label="<b>&") for member in lineage.members))
    picture = ET.fromstring(render_lineage(named, "svg"))  # noqa: S314
    assert "<b>&" in "".join(picture.itertext())
