"""What a client is offered while somebody types: names of entities for prompts, and what resources there are."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp_types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

from papergraph.mcp.found import short_id
from papergraph.mcp.paging import shown
from papergraph.ontology.kinds import KINDS
from papergraph.serve.service import Service

#: Values that are offered at once.
_MOST = 50


def add_completions(server: MCPServer[None], service: Service) -> None:
    """Add the completion of arguments."""

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]  # the package has no type for it
    async def complete(
        reference: PromptReference | ResourceTemplateReference,
        argument: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion:
        known = (context.arguments or {}) if context else {}
        if isinstance(reference, PromptReference):
            return _few(_labels(service, argument.value))
        if argument.name == "kind":
            return _few([kind for kind in list(KINDS.values())[:-3] if kind.startswith(argument.value)])
        return _few(_slugs(service, known.get("kind", ""), argument.value) if argument.name == "slug" else [])


def _labels(service: Service, text: str) -> list[str]:
    return [shown(candidate.label) for candidate in service.graph().containing(text, _MOST)]


def _slugs(service: Service, kind: str, text: str) -> list[str]:
    store = service.graph()
    found = store.entities(f"{store.base}{kind}/{text}") if kind else []
    return [short_id(candidate.iri, store.base).partition(":")[2] for candidate in found]


def _few(values: list[str]) -> Completion:
    return Completion(values=values[:_MOST], total=len(values), has_more=len(values) > _MOST)
