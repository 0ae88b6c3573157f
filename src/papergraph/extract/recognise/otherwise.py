"""Forms that the note itself defines as something else than the vocabulary has them for: QC (quality control)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergraph.extract.definitions import definitions_of, spells
from papergraph.extract.reading import Reading
from papergraph.text.folding import is_chinese

_WORD = re.compile(r"[a-z]{3,}")


def is_defined_otherwise(reading: Reading, form: str, entries: Sequence[str], *, ambiguous: bool = True) -> bool:
    """Tell whether the note defines a form by words of which no entry that has the form has any.

    A Chinese definition may translate a name, and says nothing here. A form that is not `ambiguous` stands for what the
    vocabulary says unless that spells it out as well, in other words.
    """
    longs = reading.once(_defined, "").get(form, ())
    if not longs:
        return False
    names = [name for entry in entries for name in reading.vocabulary.by_id(entry).forms]
    if not ambiguous and not any(" " in name and spells(form, name) for name in names):
        return False
    known = {word for name in names for word in _WORD.findall(name.casefold())}
    return all(known.isdisjoint(_WORD.findall(long.casefold())) for long in longs)


def _defined(reading: Reading, _: str) -> dict[str, list[str]]:
    """Return for each short form of the note its long forms, but for those that are Chinese."""
    found: dict[str, list[str]] = {}
    for definition in definitions_of(reading):
        long = definition.long.of(reading.text)
        if not is_chinese(long):
            found.setdefault(definition.short.of(reading.text), []).append(long)
    return found
