"""The server of the protocol: tools, resources and prompts over one served graph."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import ValidationError

from papergraph.errors import PapergraphError
from papergraph.mcp.completions import add_completions
from papergraph.mcp.paging import shown
from papergraph.mcp.prompts import add_prompts
from papergraph.mcp.resources import add_resources
from papergraph.mcp.result import NOTICE
from papergraph.mcp.schema import OUTPUT, without_titles
from papergraph.mcp.tools import Tools
from papergraph.serve.service import Service
from papergraph.system.version import __version__

_INSTRUCTIONS = (
    "A knowledge graph read from one person's reading notes on machine learning. Answers come from these notes only: "
    "what is not in them may still be true. Every item has the sentence, note and line that it rests on; cite them. "
    f"{NOTICE} Nothing here writes, and nothing reaches the network."
)
_READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
#: Characters of the message of an error, and mistakes that it lists.
_MESSAGE, _MISTAKES = 1_000, 5


class NotesServer(MCPServer[None]):
    """A server whose errors say what is wrong and what to do, and nothing else."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool.

        Raises:
            ToolError: if the tool or the arguments are wrong, or the question cannot be answered.
        """
        tool = self._tool_manager.get_tool(name)
        if tool is not None and (strange := sorted(arguments.keys() - tool.parameters["properties"].keys())):
            known = ", ".join(tool.parameters["properties"])
            raise ToolError(shown(f"{name}: no argument {strange[0]!r}; it takes {known}", _MESSAGE))
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_mistakes(name, error.__cause__)) from None
            if isinstance(error.__cause__, PapergraphError):
                raise ToolError(shown(str(error.__cause__), _MESSAGE)) from None
            raise ToolError(shown(str(error), _MESSAGE)) from error.__cause__


def _mistakes(name: str, error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    said = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in found[:_MISTAKES]]
    return shown(f"{name}: {'; '.join(said)}", _MESSAGE)


def make_server(service: Service) -> MCPServer[None]:
    """Return a server of the graph that `service` has open."""
    tools = Tools(service)
    asked = (
        *(tools.find, tools.show, tools.lineage, tools.compare, tools.timeline),
        *(tools.gaps, tools.conflicts, tools.ask, tools.sparql),
    )
    server = NotesServer(
        "papergraph",
        title="papergraph",
        instructions=_INSTRUCTIONS,
        version=__version__,
        tools=[_tool(ask) for ask in asked],
        log_level="CRITICAL",
        subscriptions=False,
    )
    add_resources(server, service)
    add_prompts(server)
    add_completions(server, service)
    return server


def _tool(ask: Any) -> Tool:
    """Return a method as a tool, with short schemas."""
    description = " ".join(ask.__doc__.split())
    tool = Tool.from_function(ask, description=description, annotations=_READING, structured_output=False)
    tool.parameters = {**without_titles(tool.parameters), "additionalProperties": False}
    tool.fn_metadata.output_schema = OUTPUT
    return tool
