"""Names by their definitions: both the short form and the long one of `Mixture of Experts (MoE)` are mentions."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.definitions import Definition, definitions_of
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import guess_type
from papergraph.extract.word_lists import word_set
from papergraph.model import EntityType, Mention
from papergraph.text.folding import is_chinese

#: Characters behind a short form that may tell what it is.
_LOOK = 18


def recognise_acronym(context: Context) -> Iterator[Mention]:
    """Yield mentions for both forms of each definition, of the type of the form that was found already."""
    reading = context.reading
    things = (m for m in context.mentions if m.type not in {"Paper", "Topic"})
    found = {m.span: m for m in sorted(things, key=lambda m: bool(m.vocabulary))}
    for definition in definitions_of(reading):
        known = found.get(definition.short) or found.get(definition.long)
        kind = known.type if known else _guess(reading, definition)
        if kind is None or (known and known.vocabulary and is_chinese(definition.long.of(reading.text))):
            continue  # no name, or one of the vocabulary, whose Chinese form begins nobody can tell where
        for span in (definition.short, definition.long):
            if span not in found:
                yield reading.mention(span, kind, "acronym")


def _guess(reading: Reading, definition: Definition) -> EntityType | None:
    """Return what an unknown short form names; None where it has too few capitals to be a name."""
    short, long = definition.short.of(reading.text), definition.long.of(reading.text)
    if long.casefold().endswith(tuple(word_set("generic", "task_endings"))):
        return None  # a task or a measure
    if sum(c.isupper() for c in short) < 2:
        return None
    start = definition.short.end + 1
    return guess_type(short, long, reading.text[start : start + _LOOK])
