"""What an attentive reader does not list is left out; where they skimmed, or have not read, nothing is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from papergraph.extract import extract
from papergraph.extract.propose import Proposed, add_proposals
from papergraph.model import Document, Extraction
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary

NOTE = """# Reading

We propose MireBridge, a cache that extends SnapKV. MireBridge uses StreamingLLM and FlashAttention on an A100.

- MireBridge beats Mamba.
"""
#: The names of the vocabulary in the note.
KNOWN = ("SnapKV", "StreamingLLM", "Mamba", "FlashAttention", "A100")


def read(note: str) -> tuple[Document, Extraction]:
    document = parse_document(note, "notes/a.md")
    return document, extract(document, load_vocabulary())


def reply(*names: str, pairs: tuple[tuple[str, str], ...] = ()) -> str:
    entities = [{"name": name, "type": "Hardware" if name == "A100" else "Method", "line": 1} for name in names]
    relations = [{"subject": a, "predicate": "uses", "object": b, "line": 1, "quote": "no words"} for a, b in pairs]
    return json.dumps({"entities": entities, "relations": relations})


def hear(text: str, note: str = NOTE, confidence: float | None = None) -> Proposed:
    """What a note says after `text` on each of its parts, with claims of the rules that are as sure as given."""
    document, found = read(note)
    if confidence is not None:
        found = replace(found, relations=tuple(replace(r, confidence=confidence) for r in found.relations))
    asked = add_proposals(document, found, {}, "tiny").missing
    return add_proposals(document, found, {r.fingerprint: text for r in asked}, "tiny", vocabulary=load_vocabulary())


def names(proposed: Proposed) -> set[str]:
    return {m.name for m in proposed.extraction.mentions if m.type not in {"Paper", "Topic"}}


def claims(proposed: Proposed) -> set[tuple[str, str]]:
    every = proposed.extraction.mentions
    return {(every[r.subject].name, every[r.object].name) for r in proposed.extraction.relations}


def test_a_name_that_an_attentive_reader_does_not_list_goes_with_its_claims() -> None:
    _, ruled = read(NOTE)
    assert {"MireBridge", *KNOWN} == {m.name for m in ruled.mentions}
    assert ruled.relations
    found = hear(reply(*KNOWN))
    assert names(found) == set(KNOWN)
    assert not found.extraction.relations
    assert (found.account.left_out_names, found.account.left_out_claims) == (1, len(ruled.relations))


def test_what_stays_keeps_its_ends() -> None:
    found = hear(reply("MireBridge", *KNOWN[1:]), confidence=0.9)
    assert names(found) == {"MireBridge", *KNOWN[1:]}
    assert claims(found) == {(a, b) for a, b in claims(hear("")) if b != "SnapKV"}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(reply(*KNOWN[:2]), NOTE, id="a reader who skims"),
        pytest.param(reply("SnapKV", "Mamba"), "We propose MireBridge, a cache on SnapKV and Mamba.", id="few names"),
        pytest.param("no reply", NOTE, id="an unusable reply"),
        pytest.param(reply(*KNOWN)[:-30], NOTE, id="a reply that was cut short"),
    ],
)
def test_nothing_is_left_out_without_an_attentive_reader(text: str, note: str) -> None:
    _, ruled = read(note)
    found = hear(text, note)
    assert found.extraction == ruled
    assert (found.account.left_out_names, found.account.left_out_claims) == (0, 0)


@pytest.mark.parametrize("form", ["MireBridge", "mire-bridge", "MireBridges"])
def test_another_spelling_lists_a_name(form: str) -> None:
    assert "MireBridge" in names(hear(reply(form, *KNOWN)))


@pytest.mark.parametrize("form", ["flash-attn", "Flash-Attentions", "Flash Attention (FA)"])
def test_other_names_of_an_entry_and_names_in_brackets_list_it(form: str) -> None:
    others = tuple(name for name in KNOWN if name != "FlashAttention")
    assert "FlashAttention" not in names(hear(reply(*others)))
    assert "FlashAttention" in names(hear(reply(form, *others)))


def test_names_in_fields_stay() -> None:
    note = f"---\ninstitution: Tsinghua University\n---\n{NOTE}\n- Institution: Stanford University\n"
    assert {"Tsinghua University", "Stanford University"} <= names(hear(reply(*KNOWN), note))


def test_a_name_stays_that_also_stands_where_nobody_read() -> None:
    note = f"{NOTE}\n" + "\n".join(f"## Part {i}\n\n{'Nothing is said here. ' * 20}\n" for i in range(20))
    document, ruled = read(f"{note}\n## End\n\nMireBridge again.\n")
    first, *others = add_proposals(document, ruled, {}, "tiny").missing
    assert others
    assert add_proposals(document, ruled, {first.fingerprint: reply(*KNOWN)}, "tiny").extraction == ruled


def test_an_unsure_claim_goes_unless_the_reader_relates_its_ends() -> None:
    listed = ("MireBridge", *KNOWN)
    assert claims(hear(reply(*listed), confidence=0.7)) == claims(hear(""))
    assert not claims(hear(reply(*listed), confidence=0.69))
    assert claims(hear(reply(*listed, pairs=(("Mamba", "MireBridge"),)), confidence=0.6)) == {("MireBridge", "Mamba")}
