"""The page of an entity: its names, where it comes from and what came of it, and every claim with its sentence."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from papergraph.insight.lineage import Direction, Lineage, trace_lineage
from papergraph.insight.show import Profile, read_profile
from papergraph.model import ENTITY_TYPES
from papergraph.ontology.identifiers import SCHEMES, page_of
from papergraph.ontology.kinds import KINDS
from papergraph.store import GraphStore
from papergraph.web.address import note_path, short_iri, timeline_address
from papergraph.web.lineage import history, lineage_panel
from papergraph.web.panels import SHOWN, panels
from papergraph.web.reasons import reason_of
from papergraph.web.view import Page, View
from papergraph.web.works import coauthors, written_by

#: Address of the interactive page.
MAP = "/graph"
#: How far lineages are drawn.
_DEPTH = 4
#: How many steps of one are drawn: more than anybody reads on a page.
_STEPS = 100


def is_thing(store: GraphStore, iri: str) -> bool:
    """Tell whether an IRI is that of an entity, and not of a note, a statement or evidence."""
    kinds = tuple(store.base + KINDS[t] + "/" for t in ENTITY_TYPES)
    return iri.startswith(kinds) and store.knows(iri)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a page about an entity is made from, whatever its language."""

    profile: Profile
    lineages: tuple[Lineage, ...]
    """Upstream and downstream."""


def read_thing(store: GraphStore, iri: str) -> Thing:
    """Return what the graph says about an entity."""
    directions: tuple[Direction, ...] = ("upstream", "downstream")
    lineages = tuple(trace_lineage(store, iri, direction=d, depth=_DEPTH, most=_STEPS) for d in directions)
    return Thing(read_profile(store, iri), lineages)


def show_page(view: View, thing: Thing) -> Page:
    """Return the page; works without scripts."""
    profile, lineages, words = thing.profile, thing.lineages, view.words
    iri, path = profile.iri, view.path(profile.iri)
    return Page(
        "thing.html.j2",
        path,
        profile.label,
        {
            "profile": profile,
            "path": path,
            "values": [(name, value, _link(name, value)) for name, value in profile.values if value != profile.label],
            "lineages": [p for lineage in lineages if (p := lineage_panel(lineage, view.link, _DEPTH))],
            "lineage_command": _command(profile.label),
            "years": history(lineages, view.link),
            # The works of a person stand by year instead.
            "panels": [p for p in panels(profile, view.link) if p.key != "wrote"],
            "shown": SHOWN,
            "in_graph": _in_graph(view, iri),
            "compare_at": words.link(f"/compare?name={quote(profile.label)}"),
            "timeline_at": words.link(timeline_address(iri, view.store.base)),
            "place": view.line,
            "reasons": [reason_of(reason, words) for reason in profile.reasons],
            "notes": [(note, note_path(note, view.store.base)) for note in profile.notes],
            "written": written_by(view, iri) if profile.type == "Person" else [],
            "coauthors": coauthors(view, iri) if profile.type == "Person" else [],
            "query_at": lambda text: words.link(f"/query?query={quote(text)}"),
        },
    )


def _command(label: str) -> str:
    """Return the command that prints a lineage, quoted for a shell: names of notes may hold `$(...)`."""
    return shlex.join(["papergraph", "lineage", *(["--"] if label.startswith("-") else []), label])


def _in_graph(view: View, iri: str) -> str:
    """Return the link to an entity on the map."""
    words, key = view.words, short_iri(iri, view.store.base)
    if not words.plain(MAP):
        return ""
    return f"{words.plain(MAP)}#{urlencode({'n': key} | ({'lang': words.language} if words.chosen else {}))}"


def _link(name: str, value: str) -> str:
    scheme = next((s for s in SCHEMES if s.name == name), None)
    return quote(page_of(scheme.identifier(value)), safe="/:.") if scheme else page_of(value)
