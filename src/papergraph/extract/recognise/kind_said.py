"""What an ambiguous name means where a key says of what kind it is: GLUE under `| Dataset |`, behind `数据集：`."""

from __future__ import annotations

from papergraph.extract.reading import Reading
from papergraph.extract.table_headers import header_meaning
from papergraph.model import Block, EntityType
from papergraph.vocabulary import Hit, VocabularyEntry

_KINDS: dict[str, EntityType] = {
    "evaluatedOn": "Dataset",
    "trainedOn": "Dataset",
    "targetsHardware": "Hardware",
    "affiliatedWith": "Institution",
}
_FIELDS: dict[str, EntityType] = {
    "dataset": "Dataset",
    "training": "Dataset",
    "hardware": "Hardware",
    "institution": "Institution",
}
#: A longer value or cell is a sentence, in which names of other kinds may stand.
_LONGEST = 120


def kind_said(reading: Reading, index: int, hit: Hit) -> VocabularyEntry | None:
    """Return the one entry of a hit in block `index` that is of the kind that its field or column says, if any."""
    block = reading.document.blocks[index]
    kind = _of_column(reading, block) if block.kind == "cell" else _of_field(reading, index, hit)
    entries = [e for e in map(reading.vocabulary.by_id, hit.entries) if e.type == kind]
    return entries[0] if len(entries) == 1 else None


def _of_column(reading: Reading, cell: Block) -> EntityType | None:
    if cell.row == 0 or cell.span.end - cell.span.start > _LONGEST:
        return None
    head = reading.column_heads.get((cell.table, cell.column))
    meaning = header_meaning(reading.document.blocks[head].span.of(reading.text)) if head is not None else None
    return _KINDS.get(meaning or "")


def _of_field(reading: Reading, index: int, hit: Hit) -> EntityType | None:
    start = reading.document.blocks[index].span.start + hit.start
    fields = (f for f in reading.fields_of(index) if f.value.start <= start < f.value.end)
    field = next((f for f in fields if f.value.end - f.value.start <= _LONGEST), None)
    return _FIELDS.get(field.meaning) if field else None
