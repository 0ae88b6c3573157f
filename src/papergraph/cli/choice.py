"""Which entity a name on the command line means."""

from __future__ import annotations

from papergraph.ask.source import Source
from papergraph.cli.session import Session
from papergraph.model import EntityType
from papergraph.ontology.kinds import LIKELIEST
from papergraph.report import printable


def choose_entity(session: Session, source: Source, name: str, kind: EntityType | None = None) -> str:
    """Return the IRI that `name` means, one of `kind` first; a note on stderr names the other candidates.

    Raises:
        UnknownNameError: if nothing has this name; it carries suggestions.
    """
    candidates = sorted(source.find(name), key=lambda c: (c.type != kind, LIKELIEST.index(c.type), -c.mentions, c.iri))
    if len(candidates) > 1:
        others = ", ".join(f"{printable(c.label)} ({c.type}, {c.iri})" for c in candidates[1:])
        session.say(f"taking {name} for the {candidates[0].type}; also: {others}")
    return candidates[0].iri
