from __future__ import annotations

import pyoxigraph as ox
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference

from papergraph.mcp.result import NOTICE
from tests.mcp.assistant import Assistant


def read(assistant: Assistant, uri: str) -> str:
    async def talk(client: Client) -> str:
        (content,) = (await client.read_resource(uri)).contents
        return str(content.text)

    return assistant.run(talk)


def test_the_lists_are_complete_and_stable(small: Assistant) -> None:
    async def talk(client: Client) -> tuple[list[str], list[str], list[str]]:
        resources = await client.list_resources()
        templates = await client.list_resource_templates()
        prompts = await client.list_prompts()
        return (
            [str(r.uri) for r in resources.resources],
            [t.uri_template for t in templates.resource_templates],
            [p.name for p in prompts.prompts],
        )

    assert small.run(talk) == small.run(talk)
    assert small.run(talk) == (
        ["papergraph://ontology", "papergraph://prefixes", "papergraph://queries"],
        ["papergraph://entity/{kind}/{slug}", "papergraph://note/{+path}"],
        ["survey", "read_next"],
    )


def test_the_ontology_parses_and_prefixes_are_those_of_the_graph(small: Assistant) -> None:
    assert len(list(ox.parse(read(small, "papergraph://ontology").encode(), format=ox.RdfFormat.TURTLE))) > 100
    assert "PREFIX method: <https://w3id.org/papergraph/id/method/>" in read(small, "papergraph://prefixes")


def test_every_ready_made_query_is_listed_with_its_parameters(small: Assistant) -> None:
    assert "compare (names: one, other): How do two methods compare" in read(small, "papergraph://queries")


def test_an_entity_and_a_note_are_quoted_as_data(small: Assistant) -> None:
    for uri in ("papergraph://entity/method/h2o", "papergraph://note/caches.md"):
        text = read(small, uri)
        assert NOTICE in text
        assert "caches.md:9 0.9 > Keyformer 改进了 H2O 的打分。" in text
    assert "H2O next to SnapKV" in read(small, "papergraph://note/手机/on device.md")
    assert "H2O next to SnapKV" in read(small, "papergraph://note/%E6%89%8B%E6%9C%BA/on%20device.md")


def test_signs_that_addresses_write_as_percent_are_decoded_once(small: Assistant) -> None:
    async def talk(client: Client) -> str:
        try:
            await client.read_resource("papergraph://note/100%2541%20done.md")
        except MCPError as refusal:
            return str(refusal)
        return ""

    assert small.run(talk) == "no note 100%41 done.md in this graph"


@pytest.mark.parametrize(
    "uri",
    [
        "papergraph://entity/method/nothing",
        "papergraph://entity/st/x",
        "papergraph://entity/method/%3E%20%3Fp",
        "papergraph://note/nothing.md",
        "papergraph://note/../../etc/passwd",
        "papergraph://note//etc/passwd",
        "papergraph://nothing",
        "file:///etc/passwd",
        "papergraph://entity/" + "x" * 5000 + "/y",
    ],
)
def test_what_is_not_there_is_said_without_details(uri: str, small: Assistant) -> None:
    async def talk(client: Client) -> str:
        try:
            await client.read_resource(uri)
        except MCPError as refusal:
            return str(refusal)
        return "it is there"

    said = small.run(talk)
    assert said != "it is there"
    assert "Traceback" not in said
    assert ".py" not in said


def test_prompts_say_what_to_use_and_that_notes_are_data(small: Assistant) -> None:
    async def talk(client: Client) -> list[str]:
        given = [
            await client.get_prompt("survey", {"method": "H2O"}),
            await client.get_prompt("read_next", {"topic": "KV cache"}),
            await client.get_prompt("read_next", {}),
        ]
        return [str(prompt.messages[0].content.text) for prompt in given]

    survey, about, anything = small.run(talk)
    assert "'H2O'" in survey
    assert "`lineage`" in survey
    assert "'KV cache'" in about
    assert "`gaps`" in anything
    assert all(NOTICE in text for text in (survey, about, anything))


def test_names_and_slugs_are_completed(small: Assistant) -> None:
    async def talk(client: Client) -> list[list[str]]:
        prompt = PromptReference(name="survey")
        entity = ResourceTemplateReference(uri="papergraph://entity/{kind}/{slug}")
        asked = [
            await client.complete(prompt, {"name": "method", "value": "重击"}),
            await client.complete(prompt, {"name": "method", "value": "\x00"}),
            await client.complete(entity, {"name": "kind", "value": "m"}),
            await client.complete(entity, {"name": "slug", "value": "h"}, {"kind": "method"}),
            await client.complete(entity, {"name": "slug", "value": "h"}, {"kind": "> ?p"}),
        ]
        return [found.completion.values for found in asked]

    assert small.run(talk) == [["H2O"], [], ["method", "model"], ["h2o"], []]
