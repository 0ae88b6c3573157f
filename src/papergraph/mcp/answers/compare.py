"""A comparison as items: what the notes say of each work under each heading, and of the works with each other."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.insight.compare import Comparison, Value
from papergraph.mcp.found import Item, quotes_of, short_id
from papergraph.report.compare import contest_line, describe_value

_SILENT = "the notes say nothing"


def comparison_items(comparison: Comparison, base: str) -> tuple[Item, ...]:
    """Return the items by heading; where the notes say nothing of a work, an item says so."""
    labels = {work.iri: work.label for work in comparison.works}
    contests = (
        _item("with each other", contest_line(c, labels), (c.subject, c.object), c.value, base)
        for c in comparison.contests
    )
    return (*_aspects(comparison, base), *contests)


def _aspects(comparison: Comparison, base: str) -> Iterator[Item]:
    for aspect in comparison.aspects:
        for work, cell in zip(comparison.works, aspect.cells, strict=True):
            if not cell:
                yield Item(f"{work.label}: {_SILENT}", aspect.name, (short_id(work.iri, base),))
            for value in cell:
                iris = (work.iri, value.iri) if value.iri else (work.iri,)
                yield _item(aspect.name, f"{work.label}: {describe_value(value)}", iris, value, base)


def _item(kind: str, text: str, iris: tuple[str, ...], value: Value, base: str) -> Item:
    ids = tuple(short_id(iri, base) for iri in iris)
    return Item(text, kind, ids, value.confidence, quotes_of(value.evidence), len(value.evidence))
