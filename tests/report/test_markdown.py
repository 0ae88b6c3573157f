"""Lineages and other reports as Markdown show names as they are, whatever they look like."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pyromark
import pytest

from papergraph.insight.compare import Aspect, Comparison, Contest, Value
from papergraph.insight.compare import Work as ComparedWork
from papergraph.insight.conflicts import Conflict, Side
from papergraph.insight.diff import Changed, Diff, Stated
from papergraph.insight.gaps import Gap, Gaps
from papergraph.insight.lineage import Lineage, Member, Step, Work
from papergraph.insight.timeline import Event, Timeline
from papergraph.model import Entity, Evidence, Place
from papergraph.report import render_lineage
from papergraph.report.compare import render_comparison
from papergraph.report.conflicts import render_conflicts
from papergraph.report.diff import render_diff
from papergraph.report.gaps import render_gaps
from papergraph.report.timeline import render_timeline
from papergraph.text.terminal import printable

_OPTIONS = (
    pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_FOOTNOTES
)
NAMES = (
    *(
        "a|b|c",
        "<script>alert(1)</script>",
        "[x](javascript:1)",
        "![x](http://e/x.png)",
        "a\nb",
        "`code`",
        "``",
        "\\",
        "\\<b>",
    ),
    *(
        "# head",
        "- item",
        "+ item",
        "1. item",
        "2) item",
        "---",
        "===",
        "> quote",
        "*a* _b_ ~~c~~",
        "$x^2$",
        "&lt;b&gt;",
        "&#60;",
    ),
    *(
        "<!-- ",
        "<http://e/>",
        "[^1]",
        "| - |",
        "\t\tcode",
        "    code",
        "a  \nb",
        "a`b``c",
        "\x1b[31m",
        "\x9b2J",
        "\u202eabc",
        "H2O",
    ),
)


def _lineage(name: str) -> Lineage:
    evidence = Evidence("urn:e", f"{name}.md", 3, 0, 1, name, "rule", "prose", 0.9)
    work = Work("urn:w", f"{name} title", "2024", (name,))
    members = (Member("urn:a", name, 0, (work,)), Member("urn:b", name, 1, (work,)))
    return Lineage("urn:a", "downstream", members, (Step("urn:b", "extends", "urn:a", 0.9, (evidence,)),))


def _check(name: str) -> None:
    page = pyromark.html(render_lineage(_lineage(name), "markdown"), options=_OPTIONS)
    tags = re.findall(r"</?(\w+)[^>]*>", page)
    assert set(tags) <= {"h1", "p", "ul", "li", "strong", "code"}, page
    assert tags.count("h1") == tags.count("p") == tags.count("strong") == tags.count("code") == 2, page
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    shown = printable(name)
    assert text.count(shown) >= 5 * bool(shown), page


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_and_is_no_markup(name: str) -> None:
    _check(name)


def test_known_naughty_strings_are_shown_and_are_no_markup(shared: Path) -> None:
    for name in json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8")):
        if name.strip():
            _check(name)


def _reports(name: str) -> list[str]:
    """Every report in Markdown, with `name` wherever one stands."""
    said = Evidence("urn:e", f"{name}.md", 3, 0, 1, name, "rule", "prose", 0.9)
    value = Value(name, "urn:a", "extends", evidence=(said,))
    works = (ComparedWork("urn:a", name, "Method"), ComparedWork("urn:b", name, "Method"))
    contest = Contest("urn:a", "urn:b", replace(value, predicate="outperforms"), (name,), name)
    entity = Entity("urn:a", "Method", name, places=(Place(f"{name}.md", 1, 0, 1, name),))
    stated = Stated("urn:a", "extends", "urn:b", (name, name), 0.9, "asserted", (said,))
    changed = Changed(stated, replace(stated, confidence=0.5), (name,), (name,))
    diff = Diff((f"{name}.md",), (), (), (entity,), (entity,), ((entity, entity),), new_claims=(stated,))
    sides = (Side(f"{name}.md", 1, name), Side(f"{name}.md", 2, name))
    return [
        render_comparison(Comparison(works, (Aspect("idea", ((value,), ())),), (contest,)), "markdown"),
        render_timeline(
            Timeline("urn:t", name, "Topic", (Event("urn:a", name, "2024", name, "hasTopic", name, (said,)),)),
            "markdown",
        ),
        render_conflicts((Conflict("a.md:1", "two years", name, ("urn:a",), sides),), "markdown"),
        render_gaps(Gaps((Gap("unread", ("urn:a",), (name,), name, 1, (), (said,)),), (("unread", 1),)), "markdown"),
        render_diff(replace(diff, changed_claims=(changed,)), "markdown", since=name),
    ]


def _tags(report: str) -> list[str]:
    page = pyromark.html(report, options=_OPTIONS)
    return re.findall(r"</?\w+", page)


@pytest.mark.parametrize("name", [name for name in NAMES if printable(name)])
def test_no_report_makes_markup_of_a_name(name: str) -> None:
    for report, plain in zip(_reports(name), _reports("H2O"), strict=True):
        assert _tags(report) == _tags(plain), report


@pytest.mark.slow
@pytest.mark.parametrize("form", ["tree", "markdown", "json", "mermaid", "dot"])
def test_a_chain_longer_than_python_calls_itself_is_drawn(form: str) -> None:
    members = tuple(Member(f"urn:{i}", f"M{i}", i) for i in range(1500))
    steps = tuple(Step(f"urn:{i + 1}", "extends", f"urn:{i}", 0.9, ()) for i in range(1499))
    assert "M1499" in render_lineage(Lineage("urn:0", "downstream", members, steps), form)
