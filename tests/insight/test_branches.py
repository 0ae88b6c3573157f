"""The tree that every picture of a lineage is drawn from."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.insight.branches import branches
from papergraph.insight.lineage import Lineage, trace_lineage
from papergraph.report import render_lineage
from papergraph.web.lineage import lineage_panel
from papergraph.web.panels import Row
from tests.insight.lineages import iri, random_claims, store_of

LINEAGES = st.builds(
    lambda seed, way: trace_lineage(store_of(random_claims(seed)), iri("a"), direction=way),
    st.integers(0, 500),
    st.sampled_from(["upstream", "downstream"]),
)


def rows_of(rows: tuple[Row, ...]) -> list[Row]:
    return [found for row in rows for found in (row, *rows_of(row.children))]


@settings(max_examples=25)
@given(LINEAGES)
def test_every_step_stands_once_below_what_it_leads_from(lineage: Lineage) -> None:
    found = list(branches(lineage))
    assert sorted(map(repr, (b.step for b in found))) == sorted(map(repr, lineage.steps))
    above = {0: lineage.start}
    for branch in found:
        assert branch.step in lineage.next_steps(above[branch.depth - 1])
        above[branch.depth] = branch.member.iri


@settings(max_examples=25)
@given(LINEAGES)
def test_each_member_is_followed_once(lineage: Lineage) -> None:
    plain = [b.member.iri for b in branches(lineage) if not b.mark]
    assert sorted([lineage.start, *plain]) == sorted(m.iri for m in lineage.members)


@settings(max_examples=25)
@given(LINEAGES)
def test_every_picture_shows_the_same_branches(lineage: Lineage) -> None:
    expected = [(b.member.label, b.mark) for b in branches(lineage)]
    marks = {"": "", "cycle": "(cycle, not followed)", "repeated": "(see above)"}
    tree = re.findall(r"[├└]─ (\w)  \w+ \d\.\d\d(?:  (\(.*?\)))?", render_lineage(lineage))
    assert tree == [(label, marks[mark]) for label, mark in expected]
    text = re.findall(r"- \*\*(\w)\*\* \w+ \(\d\.\d\d\)(?: (\(.*?\)))?", render_lineage(lineage, "markdown"))
    assert text == tree
    steps = json.loads(render_lineage(lineage, "json"))["steps"]
    assert [(s["cycle"], s["repeated"]) for s in steps] == [(m == "cycle", m == "repeated") for _, m in expected]
    for form, arrow in (("mermaid", "-->|"), ("dot", "->")):
        assert render_lineage(lineage, form).count(arrow) == len(expected)


@settings(max_examples=25)
@given(LINEAGES)
def test_a_page_shows_what_leads_on_from_a_member_where_it_is_nearest_to_the_start(lineage: Lineage) -> None:
    found = list(branches(lineage, nearest=True))
    assert sorted(map(repr, (b.step for b in found))) == sorted(map(repr, lineage.steps))
    assert all((b.mark == "") <= (b.depth == b.member.depth) for b in found)
    assert sorted(b.member.iri for b in found if not b.mark) == sorted(m.iri for m in lineage.members[1:])
    panel = lineage_panel(lineage, str, 9)
    remarks = {"see_above": "repeated", "see_below": "later"}
    shown = [(r.label, remarks.get(r.remark, r.remark)) for r in rows_of(panel.rows if panel else ())]
    assert shown == [(b.member.label, b.mark) for b in found]
