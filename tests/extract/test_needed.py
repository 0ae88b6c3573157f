"""The words that sentence patterns need never keep a pattern from a sentence that it matches."""

from __future__ import annotations

import re
import string
import sys

import pytest

from papergraph.extract.relate.needed import lowered, needed_words
from papergraph.extract.relate.sentence_patterns import load_patterns


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"builds? (?:up)?on", ("build on", "build upon", "builds on", "builds upon")),
        (r"(?:faster|slower)\s+than", ("faster", "slower")),
        (r"(?:a|[^b])c?", ()),
        (r"x*(?!never)(?:yes){2}", ("yes",)),
        (r"[aA]bc|def", ("abc", "def")),
        (r"µ-law|[σb]and", ("-law", "and")),
    ],
)
def test_words_of_an_expression(expression: str, words: tuple[str, ...]) -> None:
    assert needed_words(expression) == words


def test_a_pattern_is_tried_on_every_example_that_it_matches() -> None:
    name = re.compile(r"\[[SOX] ([^\]]+)\]")
    groups = load_patterns()
    for group in groups:
        for example in group.examples:
            text = name.sub("\ue000", example)
            found = [p for p in group.patterns if p.regex.search(text)]
            assert all(p.may_match(lowered(text)) for p in found), example


def test_words_are_found_in_all_that_ignoring_case_takes_for_them() -> None:
    characters = "".join(map(chr, range(0xD800)))
    for letter in f"{string.ascii_letters}注µſıİσςϐßкᲀ":
        words = needed_words(letter)
        found = re.findall(letter, characters, re.IGNORECASE)
        assert not words or [c for c in found if words[0] not in lowered(c)] == [], letter


def test_this_python_is_one_whose_expressions_are_known() -> None:
    known = [(3, 11), (3, 12), (3, 13)]
    assert sys.version_info[:2] in known, "see whether re._parser is still what needed.py and repeats.py read"
