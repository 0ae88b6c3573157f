"""What each tool answers: the whole text on a graph made by hand, the facts on the sample notes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp_types import ListToolsResult

from tests.mcp.assistant import Assistant, Call, text_of

GOLDEN = Path(__file__).parent / "golden"
#: Asked of the small graph; the whole answer is in a file of the name.
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "find": ("find", {"name": "重击者"}),
    "find-part": ("find", {"name": "former"}),
    "show": ("show", {"name": "H2O"}),
    "show-unknown": ("show", {"name": "H20"}),
    "lineage": ("lineage", {"name": "H2O"}),
    "lineage-upstream": ("lineage", {"name": "Keyformer", "direction": "upstream", "depth": 1}),
    "between": ("lineage", {"name": "SnapKV", "to": "Keyformer"}),
    "compare": ("compare", {"names": ["H2O", "Keyformer"]}),
    "timeline": ("timeline", {"name": "KV cache"}),
    "gaps": ("gaps", {"limit": 5}),
    "conflicts": ("conflicts", {}),
    "ask": ("ask", {"question": "what does H2O use"}),
    "ask-query": ("ask", {"query": "by-year", "names": {"year": "2023"}}),
    "ask-unclear": ("ask", {"question": "what is the weather"}),
    "sparql": ("sparql", {"query": "SELECT ?p ?year { ?p dcterms:issued ?year } ORDER BY ?year"}),
    "sparql-triples": ("sparql", {"query": "CONSTRUCT { ?a pg:extends ?b } { ?a pg:improvesOn ?b }"}),
    "sparql-truth": ("sparql", {"query": "ASK { method:h2o a pg:Method }"}),
}
#: Asked of the sample notes: a fact that is there, and the note and line of its sentence.
FACTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("find", {"name": "持续"}, "", ""),
    ("find", {"name": "Keyformer"}, "Keyformer: named", "kv-cache.md:"),
    ("show", {"name": "H2O"}, "H2O targets hardware NVIDIA T4", "vault-h2o.md:7"),
    ("lineage", {"name": "H2O"}, "Keyformer improves on H2O", "vault-h2o.md:42"),
    ("lineage", {"name": "PyramidKV", "direction": "upstream"}, "PyramidKV extends SnapKV", "vault-h2o.md:39"),
    ("lineage", {"name": "Keyformer", "to": "H2O"}, "Keyformer improves on H2O", "vault-h2o.md:42"),
    ("compare", {"names": ["Keyformer", "H2O"], "limit": 50}, "H2O: NVIDIA T4", "vault-h2o.md:7"),
    ("timeline", {"name": "H2O"}, "Keyformer: improves on H2O", "vault-h2o.md:42"),
    ("gaps", {"kind": "unread"}, "Transformer: ", "moe-and-ssm.md:9"),
    ("conflicts", {"name": "DPO"}, "DPO outperforms PPO, and vice versa", "preference-optimization.md:120"),
    ("ask", {"question": "哪些方法改进了 H2O？"}, "Keyformer", ""),
    ("ask", {"query": "components-of", "names": {"method": "LLM-QAT"}}, "KV Cache", "on-device.md:108"),
    ("sparql", {"query": "SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l }"}, "SnapKV", ""),
]


@pytest.mark.parametrize("name", ASKED)
def test_the_whole_answer_is_as_it_was(name: str, small: Assistant) -> None:
    tool, arguments = ASKED[name]
    result = small.call(tool, **arguments)
    assert not result.is_error
    path = GOLDEN / f"{name}.txt"
    answer = re.sub(r"cursor=\S+", "cursor=...", text_of(result)) + "\n"  # it stands for the graph and its format too
    if os.environ.get("PAPERGRAPH_GOLDEN"):
        path.write_text(answer, encoding="utf-8")
    assert answer == path.read_text(encoding="utf-8"), "as it should be? PAPERGRAPH_GOLDEN=1 pytest"


@pytest.mark.parametrize(("tool", "arguments", "fact", "place"), FACTS)
def test_facts_of_the_sample_notes_come_with_their_sentences(
    tool: str, arguments: dict[str, Any], fact: str, place: str, demo: Assistant
) -> None:
    result = demo.call(tool, **arguments)
    assert not result.is_error
    assert fact in text_of(result)
    assert place in text_of(result)


@pytest.mark.parametrize(("tool", "arguments"), [*ASKED.values(), *((f[0], f[1]) for f in FACTS)])
def test_text_and_structured_content_say_the_same(tool: str, arguments: dict[str, Any], demo: Assistant) -> None:
    result = demo.call(tool, **arguments)
    text, values = text_of(result), result.structured_content
    assert values is not None  # the client has checked that it is of the schema that the tool declares
    for item in values["items"]:
        for part in (item.get("text", ""), *item.get("ids", ()), *item.get("row", {}).values()):
            assert part in text or json.dumps(part, ensure_ascii=False)[1:-1] in text
        for said in item.get("evidence", ()):
            assert f"{said['note']}:{said['line']}" in text
            assert f"> {said['sentence']}\n" in text
            assert 0 <= said.get("confidence", 0) <= 1
    for thing in (*values.get("about", ()), *values.get("others", ())):
        assert f"{thing['label']} ({thing['type']}, {thing['id']})" in text
    assert values["notice"] in text or not (values["items"] or values.get("near"))
    assert f"{values['total']:,} found" in text or values["total"] == 0
    assert "\\u" not in text


def test_every_claim_of_a_work_has_note_line_sentence_and_confidence(demo: Assistant) -> None:
    for tool, arguments in (("show", {"name": "H2O", "limit": 50}), ("lineage", {"name": "H2O"})):
        values = demo.call(tool, **arguments).structured_content or {}
        claims = [item for item in values["items"] if item["kind"] != "value"]
        assert len(claims) >= 5
        for item in claims:
            assert item["confidence"] > 0
            assert all(e["note"] and e["line"] and e["sentence"] and e["confidence"] for e in item["evidence"])


def test_what_is_not_in_the_notes_is_an_answer_with_near_names(demo: Assistant) -> None:
    calls: list[Call] = [
        ("show", {"name": "H20"}),
        ("lineage", {"name": "Keyfromer"}),
        ("lineage", {"name": "H2O", "to": "Keyfromer"}),
        ("compare", {"names": ["H2O", "Keyfromer"]}),
        ("timeline", {"name": "KV cahce"}),
        ("conflicts", {"name": "Keyfromer"}),
        ("find", {"name": "Keyfromer"}),
        ("ask", {"question": "what builds on FooBarNet"}),
    ]
    for (tool, arguments), result in zip(calls, demo.calls(calls), strict=True):
        values = result.structured_content or {}
        assert not result.is_error, (tool, arguments)
        assert values["found"] is False, (tool, arguments)
        assert values.get("near") or tool == "ask", (tool, arguments)
        assert "not in these notes" in text_of(result)


def test_a_corrected_spelling_and_what_is_not_asked_are_said(demo: Assistant) -> None:
    assert "the spelling of a name was corrected" in text_of(demo.call("ask", question="what builds on Snap-KVV"))
    assert "your notes do not say" in text_of(demo.call("ask", question="what builds on Keyformer"))


def test_exact_names_come_before_those_that_hold_it(demo: Assistant) -> None:
    values = demo.call("find", name="mamba", limit=50).structured_content or {}
    labels = [item["text"].partition(": named")[0] for item in values["items"]]
    assert labels[0] == "Mamba"
    assert len(labels) > 3
    only = demo.call("find", name="mamba", kind="Model", limit=50).structured_content or {}
    assert 0 < only["total"] < values["total"]
    assert {item["kind"] for item in only["items"]} == {"Model"}


def test_an_ambiguous_name_names_the_others(demo: Assistant) -> None:
    values = demo.call("show", name="Vim").structured_content or {}
    assert values["about"][0]["label"] == "Vim"
    assert [other["label"] for other in values.get("others", ())] == ["Vision Mamba"]


def test_pages_follow_each_other_and_end(demo: Assistant) -> None:
    query = "SELECT ?m { ?m a pg:Method } ORDER BY ?m"
    seen: list[str] = []
    cursor = ""
    for _ in range(100):
        values = demo.call("sparql", query=query, limit=50, cursor=cursor).structured_content or {}
        seen += [item["row"]["m"] for item in values["items"]]
        cursor = values.get("next", "")
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == values["total"]


def test_the_list_of_tools_is_stable_short_and_says_that_nothing_is_written(small: Assistant) -> None:
    def listed() -> ListToolsResult:
        async def talk(client: Client) -> ListToolsResult:
            return await client.list_tools()

        return small.run(talk)

    first, again = listed(), listed()
    assert [t.name for t in first.tools] == [
        *("find", "show", "lineage", "compare", "timeline", "gaps", "conflicts", "ask", "sparql")
    ]
    assert first == again
    assert len(first.model_dump_json(by_alias=True, exclude_none=True)) < 14_000
    for tool in first.tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.input_schema["additionalProperties"] is False
        assert "title" not in json.dumps(tool.input_schema)


def test_both_eras_of_the_protocol_answer_alike(small: Assistant) -> None:
    (new,) = small.calls([("show", {"name": "H2O"})])
    (old,) = small.calls([("show", {"name": "H2O"})], mode="legacy")
    assert new.content == old.content
    assert new.structured_content == old.structured_content


def test_a_users_ready_made_query_can_be_asked(small_store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# Which?\nSELECT ?m { ?m a pg:Method }\n", encoding="utf-8")
    with Assistant.of(small_store, queries=(tmp_path,)) as assistant:
        assert (assistant.call("ask", query="mine").structured_content or {})["total"] == 5


def test_questions_of_any_other_kind_are_refused_with_what_to_do(small: Assistant) -> None:
    said: dict[str, Call] = {
        "no argument 'nam'; it takes name, limit, cursor": ("show", {"nam": "H2O"}),
        "greater than or equal to 1": ("show", {"name": "H2O", "limit": 0}),
        "at least 2 items": ("compare", {"names": ["H2O"]}),
        "ask without it": ("show", {"name": "H2O", "cursor": "MTAuYWJj"}),
        "SERVICE is not allowed": ("sparql", {"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}),
        "invalid SPARQL": ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        "whole number": ("ask", {"query": "by-year", "names": {"year": "soon"}}),
        "Unknown tool": ("delete", {}),
    }
    for message, result in zip(said, small.calls(said.values()), strict=True):
        assert result.is_error
        assert message in text_of(result)
        assert "pydantic" not in text_of(result)
