"""Two ways of working with the notes that an assistant can be given."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer

from papergraph.mcp.result import NOTICE

_CITE = (
    f"Cite note and line for every statement. Where the notes are silent, say so, and keep your own knowledge apart. "
    f"{NOTICE}"
)


def add_prompts(server: MCPServer[None]) -> None:
    """Add the prompts."""

    @server.prompt(description="Survey a method from the notes: origin, descendants, rivals, evidence.")
    def survey(method: str) -> str:
        return (
            f"Write a short survey of {method!r} from my reading notes. Use `show` for what it is, `lineage` in both "
            f"directions for where it comes from and what builds on it, `compare` for it and its closest relatives, "
            f"and `conflicts` for what is disputed. {_CITE}"
        )

    @server.prompt(description="Suggest what to read next, from the gaps in the notes.")
    def read_next(topic: str = "") -> str:
        about = f" on {topic!r}" if topic else ""
        first = f"Use `timeline` with {topic!r} for what I have read, and " if topic else "Use "
        return (
            f'Suggest five works that I should read next{about}. {first}`gaps` with the kind "unread", then "no '
            f'paper" and "one source". Give the reason for each: who relies on it, and what I lack. {_CITE}'
        )
