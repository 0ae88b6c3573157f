"""Labels, values and evidence, read in plain patterns and in batches, which every server takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from papergraph.ask.source import Selectable
from papergraph.model import TIERS, Evidence

#: How many IRIs one query names; engines plan long VALUES lists slowly.
_BATCH = 200
#: Characters of IRIs that one query names; public servers, and papergraph serve, refuse long queries.
_BATCH_SIZE = 10_000


def read_labels(source: Selectable, iris: Iterable[str]) -> dict[str, str]:
    """Return a label for each IRI, English (or language-neutral) before Chinese."""
    labels: dict[str, tuple[int, str]] = {}
    for batch in batches(iris):
        rows = source.select(
            f"SELECT ?x ?label (LANG(?label) AS ?lang) {{ VALUES ?x {{ {batch} }} ?x rdfs:label ?label }}"
        )
        for row in rows:
            candidate = (1 if row.get("lang") == "zh" else 0, row["label"])
            labels[row["x"]] = min(labels.get(row["x"], candidate), candidate)
    return {iri: label for iri, (_, label) in labels.items()}


def read_evidence(source: Selectable, statements: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of each statement, best first."""
    found: dict[str, list[Evidence]] = {}
    for batch in batches(statements):
        rows = source.select(f"""
            SELECT DISTINCT ?st ?e ?path ?line ?start ?end ?sentence ?extractor ?tier ?c {{
              VALUES ?st {{ {batch} }} ?st pg:hasEvidence ?e .
              ?e pg:inNote ?note ; pg:line ?line ; pg:startChar ?start ; pg:endChar ?end ;
                 pg:sentence ?sentence ; pg:extractor ?extractor ; pg:tier ?tier ; pg:confidence ?c .
              ?note dcterms:identifier ?path }}""")
        for row in rows:
            found.setdefault(row["st"], []).append(_evidence(row))
    key = lambda e: (-e.confidence, e.note, e.start, e.iri)  # noqa: E731  one sort key, used once
    return {statement: tuple(sorted(items, key=key)) for statement, items in found.items()}


def _evidence(row: Mapping[str, str]) -> Evidence:
    return Evidence(
        iri=row["e"],
        note=row["path"],
        line=int(row["line"]),
        start=int(row["start"]),
        end=int(row["end"]),
        sentence=row["sentence"],
        extractor=row["extractor"],
        tier=next((t for t in TIERS if t == row["tier"]), "prose"),
        confidence=float(row["c"]),
    )


def values_of(source: Selectable, iris: Iterable[str], pattern: str) -> dict[str, set[str]]:
    """Return the values of ?y for each IRI in the place of ?x; plain patterns are what every server can do."""
    found: dict[str, set[str]] = {}
    for batch in batches(iris):
        for row in source.select(f"SELECT DISTINCT ?x ?y {{ VALUES ?x {{ {batch} }} {pattern} }}"):
            found.setdefault(row["x"], set()).add(row["y"])
    return found


def batches(iris: Iterable[str], most: int = _BATCH) -> Iterator[str]:
    """Yield the IRIs as SPARQL terms, so many at a time that every server takes a query with them.

    >>> list(batches(["urn:a", "urn:b", "urn:a", "urn:c"], 2))
    ['<urn:a> <urn:b>', '<urn:c>']
    """
    batch: list[str] = []
    size = 0
    for iri in dict.fromkeys(iris):
        if batch and (len(batch) == most or size + len(iri) > _BATCH_SIZE):
            yield terms_of(batch)
            batch, size = [], 0
        batch.append(iri)
        size += len(iri) + 3
    if batch:
        yield terms_of(batch)


def one_of(variable: str, iris: Iterable[str]) -> str:
    """Return the filter for these IRIs; beside VALUES for another variable it leaves engines a plan by that one alone.

    >>> one_of("?p", ["urn:a", "urn:b"])
    'FILTER(?p IN (<urn:a>, <urn:b>))'
    """
    return f"FILTER({variable} IN ({', '.join(f'<{iri}>' for iri in iris)}))"


def terms_of(iris: Iterable[str]) -> str:
    """Return the IRIs as SPARQL terms."""
    return " ".join(f"<{iri}>" for iri in iris)
