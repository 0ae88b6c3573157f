"""The same note asks the same, and an edit asks anew only what it touches."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract import extract
from papergraph.extract.propose import Request, add_proposals, make_requests
from papergraph.extract.propose.chunks import LARGEST, cut
from papergraph.extract.propose.schema import read_reply
from papergraph.model import Extraction
from papergraph.resources import read_resource
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary

SECTION = "## Part {0}\n\n" + "- Zorb{0} keeps tokens. " * 130 + "\n\n"
LONG = "# Zorbs\n\n" + "".join(SECTION.format(n) for n in range(6))


def requests(note: str, model: str = "tiny", names: bool = False) -> list[Request]:
    document = parse_document(note, "a.md")
    found = extract(document, load_vocabulary()) if names else Extraction("a.md", "")
    return [request for _, request in make_requests(document, found, model)]


def test_the_same_note_asks_the_same() -> None:
    assert requests(LONG) == requests(LONG)


def test_names_that_rules_find_help_and_ask_nothing_anew() -> None:
    note = "# Notes\n\nSnapKV builds on H2O.\n"
    plain, helped = requests(note), requests(note, names=True)
    assert plain != helped
    assert [r.fingerprint for r in plain] == [r.fingerprint for r in helped]


def test_an_edit_asks_anew_only_the_part_that_it_touches() -> None:
    before = {r.fingerprint for r in requests(LONG)}
    after = {r.fingerprint for r in requests(LONG.replace("Zorb3 keeps", "Zorb3 holds", 1))}
    assert len(after - before) == 1


def test_another_model_is_asked_anew() -> None:
    assert requests(LONG)[0].fingerprint != requests(LONG, "other")[0].fingerprint


def test_a_later_part_shows_the_headings_that_it_stands_under() -> None:
    _, question = requests(LONG)[-1].messages[-1]
    assert "1: Zorbs" in question


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(1, 60))
def test_every_character_is_in_exactly_one_part(text: str, times: int) -> None:
    document = parse_document((text + "\n\n") * times, "a.md")
    parts = list(cut(document))
    seen = [i for part in parts for span in part.lines for i in range(span.start, span.end)]
    assert seen == sorted(set(seen))
    missing = set(range(len(document.text))) - set(seen)
    assert all(document.text[i].isspace() for i in missing)
    assert all(sum(s.end - s.start for s in part.lines) <= LARGEST for part in parts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_worked_example_is_proved_by_its_note(language: str) -> None:
    for example in yaml.safe_load(read_resource(f"data/propose/{language}.yaml"))["examples"]:
        note = "\n\n".join(example["lines"]).replace("\n\n-", "\n-").replace("\n\n  -", "\n  -")
        document = parse_document(note, f"{example['note']}.md")
        found = extract(document, load_vocabulary())
        asked = add_proposals(document, found, {}, "tiny").missing
        reply = json.dumps(example["reply"])
        account = add_proposals(document, found, {r.fingerprint: reply for r in asked}, "tiny").account
        assert account.dropped == (), example["note"]


def test_thoughts_and_fences_around_a_reply_are_passed_over() -> None:
    reply = read_reply('<think>{"entities": 1}</think> Here: ```json\n{"entities": [], "relations": []}\n``` Done.')
    assert reply is not None
    assert reply.entities == ()
