"""What the page on assistants and the skill say is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from mcp.client import Client

from papergraph.cli import COMMANDS
from tests.conftest import ROOT, Run
from tests.mcp.assistant import Assistant, text_of

PAGE = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")
SKILL = (ROOT / "docs" / "skill" / "SKILL.md").read_text(encoding="utf-8")


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def test_the_page_lists_every_tool_with_its_arguments(small: Assistant) -> None:
    async def talk(client: Client) -> list[tuple[str, list[str]]]:
        return [(tool.name, [*tool.input_schema["properties"]]) for tool in (await client.list_tools()).tools]

    rows = re.findall(r"^\| `(\w+)` \| .* \| (.+) \|$", PAGE, re.MULTILINE)
    documented = [(name, [*re.findall(r"`(\w+)`", arguments), "limit", "cursor"]) for name, arguments in rows]
    assert documented == small.run(talk)


def test_the_answer_on_the_page_is_the_answer(small: Assistant) -> None:
    (answer,) = blocks(PAGE, "text")
    assert answer == text_of(small.call("lineage", name="H2O")) + "\n"


def test_the_configuration_is_json_and_its_command_exists() -> None:
    (text,) = blocks(PAGE, "json")
    (server,) = json.loads(text)["mcpServers"].values()
    assert (server["command"], server["args"][0] in COMMANDS) == ("papergraph", True)


def test_every_command_of_the_skill_works(
    run: Run, demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo_store, tmp_path / ".papergraph")
    (shell,) = blocks(SKILL, "bash")
    for line in shell.splitlines():
        command = line if '"SELECT' in line else line.partition("#")[0]
        outcome = run(*shlex.split(command)[1:])
        assert (outcome.code, bool(outcome.out)) == (0, True), (line, outcome.err)


def test_the_skill_has_a_name_and_a_description_that_clients_accept() -> None:
    head = SKILL.partition("---\n")[2].partition("---\n")[0]
    name, description = re.findall(r"^(?:name|description): (.+)$", head, re.MULTILINE)
    assert re.fullmatch(r"[a-z0-9-]{1,64}", name)
    assert len(description) <= 1024
    assert len(SKILL) < 3_000
