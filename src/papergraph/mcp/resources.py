"""What an assistant can read whole: the ontology, prefixes, ready-made queries, an entity, a note."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from papergraph.ask.named import NamedQuery
from papergraph.insight.show import read_profile
from papergraph.mcp.answers.note import note_items
from papergraph.mcp.answers.show import profile_items
from papergraph.mcp.found import Found, Item
from papergraph.mcp.paging import cut
from papergraph.mcp.result import text_of
from papergraph.mcp.schema import MOST_ITEMS
from papergraph.ontology.iri import note_iri
from papergraph.ontology.terms import prefixes
from papergraph.resources import read_resource
from papergraph.serve.service import Service


def add_resources(server: MCPServer[None], service: Service) -> None:
    """Add the resources of a served graph."""

    @server.resource("papergraph://ontology", mime_type="text/turtle", description="Classes and properties, in Turtle.")
    def ontology() -> str:
        return read_resource("ontology/papergraph.ttl")

    @server.resource("papergraph://prefixes", mime_type="text/plain", description="Prefixes that SPARQL may use.")
    def known_prefixes() -> str:
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes(service.graph().base).items())

    @server.resource(
        "papergraph://queries", mime_type="text/plain", description="Ready-made queries for `ask`, with parameters."
    )
    def queries() -> str:
        known = service.remember("queries", service.queries)
        return "\n".join(map(_described, known)) + "\n"

    @server.resource(
        "papergraph://entity/{kind}/{slug}",
        mime_type="text/plain",
        description="What the notes say about an entity with the id kind:slug, such as method:h2o; its first claims.",
    )
    def entity(kind: str, slug: str) -> str:
        store = service.graph()
        iri = f"{store.base}{kind}/{slug}"
        if not _known(service, iri):
            raise ResourceNotFoundError(f"no entity {kind}:{slug} in these notes")
        return _text(profile_items(read_profile(store, iri), store.base))

    @server.resource(
        "papergraph://note/{+path}",
        mime_type="text/plain",
        description="What is read in the note at a path, line by line; its first claims.",
    )
    def note(path: str) -> str:
        store = service.graph()  # the path comes decoded
        iri = note_iri(path, store.base)
        if not _known(service, iri):
            raise ResourceNotFoundError(f"no note {path} in this graph")
        return _text(note_items(store, iri, path, store.base))


def _known(service: Service, iri: str) -> bool:
    try:
        return service.graph().knows(iri)
    except ValueError:  # no IRI at all
        return False


def _text(items: tuple[Item, ...]) -> str:
    return text_of(cut(Found(items), "", "", MOST_ITEMS)).partition("\nnext page: ")[0]


def _described(query: NamedQuery) -> str:
    names = ", ".join(name for name, _ in query.parameters)
    taken = f" (names: {names})" if names else ""
    return f"{query.name}{taken}: {query.question} {query.question_zh}".rstrip()
