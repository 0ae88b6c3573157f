"""The words that sentence patterns need never keep a pattern from a sentence that it matches."""

from __future__ import annotations

import re

import pytest

from papergraph.extract.relate.needed import needed_words
from papergraph.extract.relate.sentence_patterns import load_patterns


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"builds? (?:up)?on", ("build on", "build upon", "builds on", "builds upon")),
        (r"(?:faster|slower)\s+than", ("faster", "slower")),
        (r"(?:a|[^b])c?", ()),
        (r"x*(?!never)(?:yes){2}", ("yes",)),
        (r"[aA]bc|def", ("abc", "def")),
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
            assert all(p.may_match(text.lower()) for p in found), example
