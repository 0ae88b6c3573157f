"""Names that fields and labels declare: `datasets: [LongBench]`, `extends: "[[H2O]]"`, `hardware: A100`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.labels import label_of, meaning_of
from papergraph.extract.reading import Reading, page_name, split_at
from papergraph.extract.recognise.page_title import is_spelled_out
from papergraph.extract.shapes import guess_type, is_head_name
from papergraph.extract.word_lists import GAP, is_generic, is_task
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
#: Words of the name of a page.
_MOST_WORDS = 4
_SEPARATOR = re.compile(rf"{GAP}[,，、;；]\s*+")
#: A short form behind a name: `Beam search (BS)`.
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]$")
_EDGES = " \t*_`\"'"


def recognise_declared(context: Context) -> Iterator[Mention]:
    """Yield the names in fields of the front matter, and behind labels, that state a relation of the note's work."""
    reading = context.reading
    for field in reading.fields_of(-1):
        if kind := _KINDS.get(field.meaning) or ("Method" if meaning_of(field.key) else None):
            separators = _SEPARATOR.finditer(reading.text, field.value.start, field.value.end)
            for part in split_at(reading.text, field.value, separators, _EDGES):
                yield from _named(reading, page_name(reading.text, part) or part, kind)
    yield from _listed(reading)


def _listed(reading: Reading) -> Iterator[Mention]:
    """Yield the links to notes that stand behind a label in a text, such as `- Builds on: [[Zorb V2]]`."""
    for number, block in reading.readable:
        pages = [i.inner for i in block.inlines if i.kind == "wikilink" and i.inner]
        if not pages:
            continue
        label, fields = reading.once(label_of, number), reading.fields_of(number)
        others = [f.value for f in fields if not (meaning_of(f.key) or f.meaning in _KINDS)]
        if label is None and not any(meaning_of(f.key) for f in fields):
            continue
        for page in (p for p in pages if not any(value.covers(p) for value in others)):
            name = page.of(reading.text)
            known = any(True for form in (name, _BRACKET.sub("", name)) for _ in reading.vocabulary.find(form))
            if not known and _may_be_name(name) and not is_spelled_out(reading, page):
                yield reading.mention(page, guess_type(name, "", ""), "declared", "unlisted")


def _may_be_name(name: str) -> bool:
    """Tell whether a page's few words may be the name of a work or a technique."""
    words = name.split()
    return len(words) <= _MOST_WORDS and any(c.isupper() for c in name) and not is_generic(name) and not is_task(name)


def _named(reading: Reading, part: Span, kind: EntityType) -> Iterator[Mention]:
    """Yield the mention of a part that is a name: of the vocabulary, by its form, or since it is the name of a page."""
    name = part.of(reading.text)
    kinds = {"Method", "Model"} if kind == "Method" else {kind}
    entry = next((e for e in reading.vocabulary.find(name) if e.type in kinds), None)
    if entry:
        yield reading.mention(part, entry.type, "declared", vocabulary=entry.id)
    elif kind != "Hardware" and (is_head_name(name) or reading.text[part.end : part.end + 2] in {"]]", "|"}):
        yield reading.mention(part, kind, "declared", "unlisted")
