"""Lineages as Markdown show names as they are, whatever they look like."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pyromark
import pytest

from papergraph.insight.lineage import Lineage, Member, Step, Work
from papergraph.model import Evidence
from papergraph.report import render_lineage
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


@pytest.mark.slow
@pytest.mark.parametrize("form", ["tree", "markdown", "json", "mermaid", "dot"])
def test_a_chain_longer_than_python_calls_itself_is_drawn(form: str) -> None:
    members = tuple(Member(f"urn:{i}", f"M{i}", i) for i in range(1500))
    steps = tuple(Step(f"urn:{i + 1}", "extends", f"urn:{i}", 0.9, ()) for i in range(1499))
    assert "M1499" in render_lineage(Lineage("urn:0", "downstream", members, steps), form)
