"""CSV: a table of relations, and one of entities; exact, or made safe for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from papergraph.model import Entity, Graph, Relation

#: Cells that a spreadsheet would run as a formula (CWE-1236); neither white space before the sign nor its full-width
#: form stops all of them.
_FORMULA = re.compile("[\\s\ufeff\u200b]*[=+\\-@＝＋－＠]|[\t\n\r]")
_RELATION_COLUMNS = (
    *("subject", "subject type", "predicate", "object", "object type", "confidence", "polarity"),
    *("note", "line", "sentence", "extractor", "subject iri", "object iri"),
)
_ENTITY_COLUMNS = ("iri", "type", "label", "aliases", "identifiers", "attributes", "mentions", "first note", "line")
_SEPARATOR = " | "


def relations_csv(graph: Graph, *, spreadsheet: bool = False) -> str:
    """Return one row per relation and piece of evidence; a relation without evidence has one row.

    For a `spreadsheet` a byte order mark says that it is UTF-8, and no cell runs as a formula: it gets a quote.
    """
    entities = {e.iri: e for e in graph.entities}
    rows = (row for r in graph.relations for row in _relation_rows(r, entities))
    return _table(_RELATION_COLUMNS, rows, spreadsheet)


def _relation_rows(relation: Relation, entities: dict[str, Entity]) -> Iterator[tuple[object, ...]]:
    subject, obj = entities[relation.subject], entities[relation.object]
    claim = (subject.label, subject.type, relation.predicate, obj.label, obj.type)
    claim_value = (relation.confidence, relation.polarity)
    places: list[tuple[object, ...]] = [(e.note, e.line, e.sentence, e.extractor) for e in relation.evidence]
    for place in places or [("", "", "", "")]:
        yield (*claim, *claim_value, *place, subject.iri, obj.iri)


def entities_csv(graph: Graph, *, spreadsheet: bool = False) -> str:
    """Return one row per entity; several values in a cell are parted by ` | `. `spreadsheet` as in `relations_csv`."""
    return _table(_ENTITY_COLUMNS, map(_entity_row, graph.entities), spreadsheet)


def _entity_row(entity: Entity) -> tuple[object, ...]:
    first: tuple[object, ...] = (entity.places[0].note, entity.places[0].line) if entity.places else ("", "")
    values = _SEPARATOR.join(f"{k}={v}" for k, v in entity.attributes)
    names = (_SEPARATOR.join(entity.aliases), _SEPARATOR.join(entity.identifiers))
    return (entity.iri, entity.type, entity.label, *names, values, len(entity.places), *first)


def _table(header: Sequence[str], rows: Iterable[Iterable[object]], spreadsheet: bool) -> str:
    out = io.StringIO()
    out.write("\ufeff" if spreadsheet else "")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value, spreadsheet) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object, spreadsheet: bool) -> object:
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")  # the writer does not quote a bare carriage return
    return f"'{text}" if spreadsheet and _FORMULA.match(value) else text
