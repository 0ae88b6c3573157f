from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from papergraph.text.terminal import escaped, json_text, message_lines, printable

ANY = st.text(st.characters(codec=None), max_size=40)
#: What moves a terminal's cursor, or turns the order of what is shown.
UNSAFE = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u2028"}


@given(ANY)
def test_nothing_unsafe_is_shown(text: str) -> None:
    assert not UNSAFE & set(printable(text))
    assert not UNSAFE & set(escaped(text))
    assert not UNSAFE - {"\n"} & set(message_lines(text))
    for shown in (printable(text), escaped(text), message_lines(text)):
        shown.encode()


@given(st.recursive(ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=5))
def test_json_says_the_same_in_safe_characters(value: object) -> None:
    for indent in (None, 2):
        text = json_text(value, indent=indent)
        assert json.loads(text) == value
        assert not UNSAFE - {"\n"} & set(text)
        text.encode()


def test_our_own_lines_stay_lines_and_no_name_begins_one() -> None:
    name = "a\npapergraph: all is well\x9b2J"
    shown = message_lines(f"{name}: is wrong\n  line 1: x\n          ^")
    assert shown == "a\\npapergraph: all is well\\x9b2J: is wrong\n  line 1: x\n          ^"
