"""Places in notes as the pages of reports show them: where they lead, and their sentence."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from papergraph.ontology.iri import note_iri
from papergraph.serve.address import path_of, service_of


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A line of a note, with the sentence that counts there."""

    text: str
    """`note.md:12`."""
    href: str
    """The note in the program of the person who started the server, or else its page."""
    sentence: str = ""


def shown_place(request: Request, note: str, line: int, sentence: str = "") -> ShownPlace:
    """Return a line of a note with the address at which it is read."""
    service = service_of(request)
    template = service.settings.note_url
    if template:
        href = template.replace("{path}", quote(note)).replace("{line}", str(line))
    else:
        base = service.graph().base
        href = path_of(note_iri(note, base), base)
    return ShownPlace(f"{note}:{line}" if line else note, href, sentence)


def asked_names(request: Request, key: str, most: int) -> list[str]:
    """Return the names in the address under `key`, as many as are answered, each at most 300 characters."""
    names = (name.strip()[:300] for name in request.query_params.getlist(key))
    return list(dict.fromkeys(filter(None, names)))[:most]
