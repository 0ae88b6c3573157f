"""An assistant of the tests: the client of the protocol's own package, asked without `await`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import anyio
from mcp.client import Client
from mcp_types import CallToolResult

from papergraph.ask.limits import Limits
from papergraph.mcp import make_server
from papergraph.serve.service import Service
from papergraph.serve.settings import Settings

T = TypeVar("T")
Call = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Assistant(AbstractContextManager["Assistant"]):
    """Asks a server, in this process by default."""

    service: Service

    @classmethod
    def of(cls, store: Path, limits: Limits | None = None, queries: tuple[Path, ...] = ()) -> Assistant:
        """An assistant that asks the graph in a store."""
        return cls(Service(Settings(store, limits=limits or Limits(seconds=60), queries=queries)))

    def __exit__(self, *_: object) -> None:
        self.service.close()

    def run(self, talk: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
        """What comes of a talk with the server."""

        async def main() -> T:
            async with Client(make_server(self.service), raise_exceptions=True, mode=mode) as client:
                return await talk(client)

        return anyio.run(main)

    def calls(self, asked: Iterable[Call], mode: str = "auto") -> list[CallToolResult]:
        """The results of calls of tools."""

        async def talk(client: Client) -> list[CallToolResult]:
            return [await client.call_tool(name, dict(arguments)) for name, arguments in asked]

        return self.run(talk, mode)

    def call(self, tool: str, /, **arguments: Any) -> CallToolResult:
        """The result of one call."""
        return self.calls([(tool, arguments)])[0]


def text_of(result: CallToolResult) -> str:
    """The text of a result, which has one block."""
    (block,) = result.content
    return block.text
