"""What is made of what a model says: whole proposals of any reply, and nothing of what is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract.propose.schema import read_reply

ENTITIES = [{"name": f'Zorb "{n}" {{[', "type": "Method", "line": n + 1} for n in range(3)]
RELATIONS = [
    {"subject": "Zorb", "predicate": "uses", "object": "H2O", "line": 1, "quote": "a \\ b ]}"},
    {"subject": "Zorb", "predicate": "extends", "object": "SnapKV", "line": 2, "quote": "再 \n c"},
]
WHOLE = json.dumps({"entities": ENTITIES, "relations": RELATIONS}, ensure_ascii=False)


@pytest.mark.parametrize("around", ["{}", "Sure!\n```json\n{}\n```\nDone.", "<think>{{}} hm [</think>{}"])
def test_a_reply_may_stand_among_other_words(around: str) -> None:
    reply = read_reply(around.replace("{}", WHOLE) if "think" in around else around.format(WHOLE))
    assert reply is not None
    assert (len(reply.entities), len(reply.relations), reply.misshapen) == (3, 2, 0)


@pytest.mark.parametrize("start", ["", "```json\n", "<think>x</think>\n"])
def test_of_a_reply_that_was_cut_the_whole_proposals_count(start: str) -> None:
    counts = set()
    for length in range(len(WHOLE)):
        reply = read_reply(start + WHOLE[:length])
        if reply is None:
            counts.add(0)
            continue
        assert [e.name for e in reply.entities] == [row["name"] for row in ENTITIES[: len(reply.entities)]]
        assert [r.quote for r in reply.relations] == [row["quote"] for row in RELATIONS[: len(reply.relations)]]
        assert reply.misshapen == 1
        counts.add(len(reply.entities) + len(reply.relations))
    assert counts == {0, 1, 2, 3, 4, 5}


def test_a_line_end_inside_of_a_string_is_read() -> None:
    reply = read_reply('{"entities": [{"name": "Two\nlines", "type": "Method", "line": 1}]}')
    assert reply is not None
    assert reply.entities[0].name == "Two\nlines"


@given(st.text(st.sampled_from('{}[]",:\\ntruefalse01 '), max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    reply = read_reply(text)
    assert reply is None or not reply.entities


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "{" * 200_000, '{"' * 100_000, '"\\' * 100_000, '{"entities":' * 30_000]
)
def test_a_hostile_reply_takes_no_longer_than_another(text: str) -> None:
    assert read_reply(text) is None
