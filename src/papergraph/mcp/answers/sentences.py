"""Sentences for rows of a query that has none: those of the claims between what is asked about and what a row names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papergraph.ask.statements import batches, read_evidence
from papergraph.mcp.found import Item, quotes_of
from papergraph.model import Evidence
from papergraph.store import GraphStore

#: Rows whose sentences are looked for; further ones stay as they are.
_MOST = 300


def with_sentences(store: GraphStore, items: Sequence[Item], about: Sequence[str]) -> tuple[Item, ...]:
    """Return the items, those of rows without sentences with the surest of a claim about one of the IRIs in `about`.

    Raises:
        QueryError: if the store cannot answer.
    """
    bare = {n: _named(store, item) for n, item in enumerate(items[:_MOST]) if item.row and not item.quotes}
    statements = _statements(store, about) if any(bare.values()) else {}
    chosen = {n: statements[iri] for n, iris in bare.items() for iri in iris if iri in statements}
    evidence = read_evidence(store, chosen.values())
    return tuple(_quoting(item, evidence.get(chosen.get(n, ""), ())) for n, item in enumerate(items))


def _quoting(item: Item, evidence: Sequence[Evidence]) -> Item:
    return replace(item, quotes=quotes_of(evidence), sentences=len(evidence)) if evidence else item


def _named(store: GraphStore, item: Item) -> list[str]:
    """Return the entities that a row names, those of its last columns first, so that the first column counts most."""
    names = reversed([*item.row.values()])
    return [c.iri for name in names for c in store.named(name) if c.label == name]


def _statements(store: GraphStore, about: Sequence[str]) -> dict[str, str]:
    """Return for each entity the surest claim that relates it to one of `about`."""
    best: dict[str, tuple[float, str]] = {}
    for batch in batches(about):
        for near, far in (("subject", "object"), ("object", "subject")):
            rows = store.select(f"""
                SELECT DISTINCT ?st ?far ?c {{ VALUES ?near {{ {batch} }}
                  ?st rdf:{near} ?near ; rdf:{far} ?far ; pg:polarity "positive" ; pg:confidence ?c }}""")
            for row in rows:
                found = (-float(row["c"]), row["st"])
                best[row["far"]] = min(best.get(row["far"], found), found)
    return {iri: statement for iri, (_, statement) in best.items()}
