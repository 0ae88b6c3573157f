"""What is read in one note as items: one for each claim, in the order of its lines."""

from __future__ import annotations

from papergraph.ask.source import Selectable
from papergraph.ask.statements import read_labels
from papergraph.mcp.found import Item, Quote, short_id
from papergraph.model import PREDICATES
from papergraph.ontology.relation_labels import relation_label
from papergraph.ontology.terms import predicate_iri


def note_items(source: Selectable, iri: str, path: str, base: str) -> tuple[Item, ...]:
    """Return the claims of the note `iri` at `path`, each with its sentence.

    Raises:
        QueryError: if the store cannot answer.
    """
    names = {predicate_iri(p): relation_label(p, outgoing=True) for p in PREDICATES}
    rows = list(
        source.select(f"""
        SELECT DISTINCT ?line ?start ?sentence ?s ?p ?o ?polarity ?c {{
          ?e pg:inNote <{iri}> ; pg:line ?line ; pg:startChar ?start ; pg:sentence ?sentence ; pg:confidence ?c .
          ?st pg:hasEvidence ?e ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pg:polarity ?polarity }}""")
    )
    labels = read_labels(source, [row[end] for row in rows for end in ("s", "o")])
    items = []
    for row in sorted(rows, key=lambda r: (int(r["line"]), int(r["start"]), r["s"], r["p"], r["o"], r["c"])):
        negated = "not: " if row["polarity"] == "negative" else ""
        text = f"{negated}{labels.get(row['s'], row['s'])} {names[row['p']]} {labels.get(row['o'], row['o'])}"
        quote = Quote(path, int(row["line"]), row["sentence"], float(row["c"]))
        ids = short_id(row["s"], base), short_id(row["o"], base)
        items.append(Item(text, f"line {row['line']}", ids, quote.confidence, (quote,)))
    return tuple(items)
