"""Which entity a name on the command line means."""

from __future__ import annotations

from papergraph.ask.source import Source
from papergraph.cli.session import Session
from papergraph.model import EntityType
from papergraph.report import printable

#: When a name fits several entities, people mean the method before the paper that shares its name.
_ORDER = ("Method", "Model", "Dataset", "Hardware", "Institution", "Paper", "Topic", "Person")


def choose_entity(session: Session, source: Source, name: str, kind: EntityType | None = None) -> str:
    """Return the IRI that `name` means, one of `kind` first; a note on stderr names the other candidates.

    Raises:
        UnknownNameError: if nothing has this name; it carries suggestions.
    """
    candidates = sorted(source.find(name), key=lambda c: (c.type != kind, _ORDER.index(c.type), -c.mentions, c.iri))
    if len(candidates) > 1:
        others = ", ".join(f"{printable(c.label)} ({c.type}, {c.iri})" for c in candidates[1:])
        session.say(f"taking {name} for the {candidates[0].type}; also: {others}")
    return candidates[0].iri
