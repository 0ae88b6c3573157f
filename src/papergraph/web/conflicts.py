"""The page of what contradicts what in the notes, with the sentences side by side and the things that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.insight.conflicts import CONFLICTS, Conflict, find_conflicts
from papergraph.insight.outline import read_outline
from papergraph.web.view import Page, ShownPlace, View
from papergraph.web.words import Words, has_text

PATH = "/conflicts"
#: Conflicts of a kind that the page shows at once.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict, with where its parts are shown."""

    message: str
    about: tuple[tuple[str, str], ...]
    """Label and address of each thing that it is about."""
    sides: tuple[ShownPlace, ...]


def conflicts_page(view: View) -> Page:
    """Return the page, by kind of conflict; works without scripts."""
    kinds = [
        (_key(kind), len(listed), [_row(view, conflict) for conflict in listed[:_SHOWN]])
        for kind, _ in CONFLICTS
        if (listed := [c for c in all_conflicts(view) if c.kind.startswith(kind)])
    ]
    return Page("conflicts.html.j2", PATH, view.words("conflicts"), {"kinds": kinds})


def conflict_counts(view: View) -> list[tuple[str, int]]:
    """Return the key of each kind of conflict that there is, and how many there are."""
    counts = ((_key(kind), sum(c.kind.startswith(kind) for c in all_conflicts(view))) for kind, _ in CONFLICTS)
    return [(key, number) for key, number in counts if number]


def all_conflicts(view: View) -> tuple[Conflict, ...]:
    """Return the conflicts of the graph, found once for each state of it."""
    return view.remember("conflicts", lambda: find_conflicts(view.store.read_graph()))


def _key(kind: str) -> str:
    return f"conflict_{kind.replace(' ', '_')}"


def _row(view: View, conflict: Conflict) -> ConflictRow:
    labels = view.remember("labels", lambda: read_outline(view.store, ()).labels)
    about = tuple((labels.get(iri, iri), view.path(iri)) for iri in conflict.about)
    sides = tuple(view.place(s.note, s.line, s.sentence) for s in conflict.sides)
    if not sides:
        note, _, line = conflict.place.rpartition(":")
        sides = (view.place(note, int(line)),) if note else ()
    return ConflictRow(message_of(conflict, view.words), about, sides)


def message_of(conflict: Conflict, words: Words) -> str:
    """Return what a conflict says, in the language of the page where that has words for it."""
    kind = next(kind for kind, _ in CONFLICTS if conflict.kind.startswith(kind))
    key = "_".join(filter(None, ("says", *kind.split(), conflict.wording)))
    if not has_text(words.language, key):
        return conflict.message
    facts = {name: words(value) if name.endswith("relation") else value for name, value in conflict.facts}
    return words(key, **facts)
