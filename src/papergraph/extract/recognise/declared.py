"""Names that front matter declares: `datasets: [LongBench]`, `extends: "[[H2O]]"`, `hardware: A100`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading, page_name, split_at
from papergraph.extract.shapes import is_head_name
from papergraph.extract.word_lists import GAP
from papergraph.model import EntityType, Mention, Span

#: What a field of this meaning names, if the vocabulary does not know it better.
_KINDS: dict[str, EntityType] = {
    "dataset": "Dataset",
    "training": "Dataset",
    "hardware": "Hardware",
    "method": "Method",
    "extends": "Method",
    "improves": "Method",
    "uses": "Method",
    "compares": "Method",
    "outperforms": "Method",
}
_SEPARATOR = re.compile(rf"{GAP}[,，、;；]\s*+")
_EDGES = " \t*_`\"'"


def recognise_declared(context: Context) -> Iterator[Mention]:
    """Yield the names in those fields of the front matter that state a relation of the note's work."""
    reading = context.reading
    for field in reading.fields_of(-1):
        if kind := _KINDS.get(field.meaning):
            separators = _SEPARATOR.finditer(reading.text, field.value.start, field.value.end)
            for part in split_at(reading.text, field.value, separators, _EDGES):
                yield from _named(reading, page_name(reading.text, part) or part, kind)


def _named(reading: Reading, part: Span, kind: EntityType) -> Iterator[Mention]:
    """Yield the mention of a part that is a name: of the vocabulary, by its form, or since it is the name of a page."""
    name = part.of(reading.text)
    kinds = {"Method", "Model"} if kind == "Method" else {kind}
    entry = next((e for e in reading.vocabulary.find(name) if e.type in kinds), None)
    if entry:
        yield reading.mention(part, entry.type, "declared", vocabulary=entry.id)
    elif kind != "Hardware" and (is_head_name(name) or reading.text[part.end : part.end + 2] in {"]]", "|"}):
        yield reading.mention(part, kind, "declared", "unlisted")
