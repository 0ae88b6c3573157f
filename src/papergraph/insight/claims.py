"""Claims about given entities, from either end, each with its evidence: keyed look-ups in a graph of any size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from papergraph.ask.source import Selectable
from papergraph.ask.statements import batches, one_of, read_evidence, values_of
from papergraph.model import Evidence, Polarity, Predicate
from papergraph.ontology.terms import predicate_iri

End = Literal["subject", "object"]
_OTHER: dict[End, End] = {"subject": "object", "object": "subject"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with everything that supports it."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    polarity: Polarity
    evidence: tuple[Evidence, ...]
    """Best first."""
    dataset: str = ""
    metric: str = ""

    @property
    def denied(self) -> bool:
        """Whether the notes say that it is not so."""
        return self.polarity == "negative"


def read_claims(
    source: Selectable, iris: Iterable[str], predicates: Sequence[Predicate], end: End = "subject"
) -> list[Claim]:
    """Return the claims that the graph asserts or denies with one of `iris` at this `end`; the surest come first.

    Raises:
        QueryError: if the store cannot answer.
    """
    names = {predicate_iri(p): p for p in predicates}
    found: dict[str, Claim] = {}
    for batch in batches(iris):
        for polarity in ("positive", "negative"):
            for row in source.select(_query(batch, names, end, polarity)):
                ends = {end: row["near"], _OTHER[end]: row["far"]}
                found[row["st"]] = Claim(
                    ends["subject"], names[row["p"]], ends["object"], float(row["c"]), polarity, ()
                )
    evidence = read_evidence(source, found)
    datasets = values_of(source, found, "?x pg:onDataset ?y")
    metrics = values_of(source, found, "?x pg:metric ?y")
    claims = [
        Claim(
            c.subject,
            c.predicate,
            c.object,
            c.confidence,
            c.polarity,
            evidence.get(statement, ()),
            min(datasets.get(statement, ()), default=""),
            min(metrics.get(statement, ()), default=""),
        )
        for statement, c in found.items()
    ]
    return sorted(claims, key=lambda c: (-c.confidence, c.subject, predicates.index(c.predicate), c.object))


def _query(batch: str, names: Iterable[str], end: End, polarity: Polarity) -> str:
    """Return the query for what is asserted, or for what is denied."""
    triple = "?near ?p ?far" if end == "subject" else "?far ?p ?near"
    asserted = f"{triple} ." if polarity == "positive" else ""
    return f"""
        SELECT DISTINCT ?st ?near ?p ?far ?c {{
          VALUES ?near {{ {batch} }}
          ?st rdf:{end} ?near ; rdf:predicate ?p ; rdf:{_OTHER[end]} ?far ;
              pg:polarity "{polarity}" ; pg:confidence ?c . {asserted} {one_of("?p", names)} }}"""
