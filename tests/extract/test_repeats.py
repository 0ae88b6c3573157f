"""Expressions: none in the package or in its patterns can take more than linear time over a note by its repeats."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import papergraph
from papergraph.errors import ConfigError
from papergraph.extract.relate.repeats import check_repeats
from papergraph.extract.relate.sentence_patterns import check_patterns, load_patterns

# What `re` itself reads expressions with; it has no types.
codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

#: A repeat of at least so many times counts as one without bound.
WIDE = 100
RISKY = ["(a+)+$", "(.*,)*x", ".*.*.*x", "(a|a)*b", "(a|ab)*c", "(a{0,50}){0,9}$", ".*a.*b", "x*y*x*z", "(?=(a+)+)b"]
SOUND = [r"[^，。]*x", r"(?:[\w-]+\s+){0,5}x", r"(?:[^.;]|\.\d){0,60}?x", "(?:上|都)*", "(?:a*b)?a*", r"\s*\s*x"]


@pytest.mark.parametrize("expression", RISKY)
def test_a_user_pattern_that_may_run_for_ever_is_refused_with_its_file_and_group(
    tmp_path: Path, expression: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"- predicate: uses\n  cues: [x]\n  patterns: ['{{O}}', '{expression}{{O}}']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.yaml: group 1: has .*repeat.* give its repeats bounds"):
        load_patterns((path,))


@pytest.mark.parametrize("expression", SOUND)
def test_repeats_that_share_no_text_are_sound(expression: str) -> None:
    check_repeats(expression)


def test_no_pattern_of_ours_is_refused() -> None:
    groups = load_patterns()
    assert len(groups) > 50
    for group in groups:
        check_patterns(group.patterns[0].id, group.written, group.cues)


def compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every expression at the top of a module that extraction or resolution goes by, with its place."""
    for module in pkgutil.walk_packages(papergraph.__path__, "papergraph."):
        if module.name.split(".")[1] in {
            "extract",
            "vocabulary",
            "resolve",
            "names",
            "iri",
            "rdf",
            "assemble",
            "record",
        }:
            for key, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{key}", value


def is_wide(item: tuple[Any, Any]) -> bool:
    """Tell whether an item repeats something other than white space, of which notes hold little, without bound."""
    code, value = item
    blank = [(codes.IN, [(codes.CATEGORY, codes.CATEGORY_SPACE)])]
    return code in {codes.MAX_REPEAT, codes.MIN_REPEAT} and value[1] >= WIDE and list(value[2]) != blank


def nests(items: Any, *, inside: bool = False) -> bool:
    """Tell whether a repeat without bound stands in another whose turns do not each begin with a mark of their own."""
    marked = len(items) > 1 and items[0][0] in {codes.LITERAL, codes.IN}
    for item in items:
        code, value = item
        if is_wide(item) and inside and not marked:
            return True
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT} and nests(value[2], inside=inside or is_wide(item)):
            return True
        parts: dict[Any, Any] = {
            codes.BRANCH: lambda v: v[1],
            codes.SUBPATTERN: lambda v: [v[-1]],
            codes.ATOMIC_GROUP: lambda v: [v],
        }
        if any(nests(part, inside=inside and not marked) for part in parts.get(code, lambda _: [])(value)):
            return True
    return False


@pytest.mark.parametrize("pattern", [pytest.param(p, id=place) for place, p in compiled()])
def test_no_expression_of_ours_has_a_repeat_without_bound_inside_of_another(pattern: re.Pattern[str]) -> None:
    assert not nests(parser.parse(pattern.pattern))


def test_nested_repeats_would_be_seen() -> None:
    assert [nests(parser.parse(e)) for e in ("(a+)+$", "(.*,)*x", "((a|b*)c)*", "(?:-[a-z]+)*")] == [
        *(True,) * 3,
        False,
    ]
    assert len(list(compiled())) > 100
