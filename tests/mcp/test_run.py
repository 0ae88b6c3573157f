"""Both ways of speaking with the server: over the pipes of a command, and over HTTP."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, ListToolsResult

from papergraph.mcp import http_app
from papergraph.serve.run import make_server, open_socket
from papergraph.serve.settings import Settings
from tests.conftest import Run
from tests.mcp.assistant import Assistant, text_of
from tests.serve.running import Server

COMMAND = [sys.executable, "-m", "papergraph", "mcp", "--store"]
ASKED = "lineage", {"name": "H2O"}
Talk = tuple[ListToolsResult, CallToolResult, str]


async def talk_with(client: Client) -> Talk:
    resource = await client.read_resource("papergraph://entity/method/h2o")
    return await client.list_tools(), await client.call_tool(*ASKED), resource.contents[0].text


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[Server]:
    """Serve over HTTP until the block ends."""
    socket, ready = open_socket("127.0.0.1", 0), threading.Event()
    server = make_server(http_app(settings), started=ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield Server(socket.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(30)
        socket.close()
        assert not thread.is_alive()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_command_speaks_over_its_pipes(mode: str, small: Assistant, small_store: Path) -> None:
    async def main() -> Talk:
        server = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], str(small_store)])
        async with Client(stdio_client(server), mode=mode) as client:
            return await talk_with(client)

    tools, result, resource = anyio.run(main)
    assert len(tools.tools) == 9
    assert result.content == small.call(*ASKED[:1], **ASKED[1]).content
    assert "Keyformer 改进了 H2O 的打分。" in resource


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_server_speaks_over_http(mode: str, small: Assistant, small_store: Path) -> None:
    with listening(Settings(small_store)) as server:

        async def main() -> Talk:
            async with Client(f"{server.origin}/mcp", mode=mode) as client:
                return await talk_with(client)

        tools, result, resource = anyio.run(main)
    assert len(tools.tools) == 9
    assert result.structured_content == small.call(*ASKED[:1], **ASKED[1]).structured_content
    assert "Keyformer 改进了 H2O 的打分。" in resource


def test_only_this_machine_is_answered_over_http(small_store: Path) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    plain = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    with listening(Settings(small_store)) as server:
        for headers, status in (
            ({"Host": "evil.example"}, 421),
            ({"Host": f"evil.example:{server.port}"}, 421),
            ({"Origin": "http://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
        ):
            assert server.send("/mcp", "POST", body, {**plain, **headers}).status == status, headers
        foreign = server.send("/mcp", "POST", body, {**plain, "Origin": "http://evil.example"})
        assert foreign.text == "cross-origin requests are not allowed\n"  # no option of this command allows them
        assert server.send("/mcp", "POST", b"{" * 600_000, plain).status == 413
        assert server.send("/mcp", "POST", b"{", plain).status == 400
        assert server.send("/other").status == 404
        with listening(Settings(small_store, hosts=("notes.example",))) as other:
            assert other.send("/mcp", "POST", body, {**plain, "Host": "notes.example"}).status < 300


def test_what_is_no_protocol_on_stdin_does_not_end_the_command(small_store: Path) -> None:
    lines = ["", "nonsense", "{}", "[]", '{"jsonrpc": "2.0"}', "[" * 5000, '"\\ud800"']
    lines.append(json.dumps({"jsonrpc": "2.0", "id": 7, "method": "ping"}))
    done = subprocess.run(
        [*COMMAND, str(small_store)], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in done.stdout.splitlines())


def test_without_a_graph_the_command_says_how_to_build_one(run: Run, tmp_path: Path) -> None:
    outcome = run("mcp", "--store", tmp_path / "none")
    assert outcome.code == 1
    assert "papergraph build" in outcome.err


def test_without_the_package_the_command_says_what_to_install(
    run: Run, small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("papergraph.mcp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    outcome = run("mcp", "--store", small_store)
    assert outcome.code == 2
    assert "pip install 'papergraph[mcp]'" in outcome.err


def test_other_commands_do_not_load_the_package(small_store: Path) -> None:
    code = (
        "import sys\nfrom papergraph.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "assert not {'mcp', 'pydantic', 'starlette'} & set(sys.modules)"
    )
    for words in (["--help"], ["show", "H2O", "--store", str(small_store)]):
        subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True)


def test_a_new_build_is_answered_from_at_once(small_store: Path, demo_store: Path, tmp_path: Path) -> None:
    import shutil

    from papergraph.store.build import write_generation
    from tests.graphs import RUN, small_graph

    folder = Path(shutil.copytree(demo_store, tmp_path / "store"))
    with Assistant.of(folder) as assistant:
        cursor = (assistant.call("show", name="H2O", limit=2).structured_content or {})["next"]
        write_generation(folder, small_graph(), RUN)
        assert "Keyformer is a better H2O." in text_of(assistant.call("show", name="H2O"))
        assert "the notes have changed" in text_of(assistant.call("show", name="H2O", limit=2, cursor=cursor))
