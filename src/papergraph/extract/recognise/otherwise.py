"""Forms that the note itself defines as something else than the vocabulary has them for: QC (quality control)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergraph.extract.definitions import definitions_of
from papergraph.extract.reading import Reading
from papergraph.text.folding import is_chinese

_WORD = re.compile(r"[a-z]{3,}")


def is_defined_otherwise(reading: Reading, form: str, entries: Sequence[str]) -> bool:
    """Tell whether the note defines a form by words of which no entry that has the form has any.

    A Chinese definition may translate a name, and says nothing here.
    """
    longs = reading.once(_defined, "").get(form, ())
    names = (name for entry in entries for name in reading.vocabulary.by_id(entry).forms)
    known = {word for name in names for word in _WORD.findall(name.casefold())} if longs else set()
    return bool(longs) and all(known.isdisjoint(_WORD.findall(long.casefold())) for long in longs)


def _defined(reading: Reading, _: str) -> dict[str, list[str]]:
    """Return for each short form of the note its long forms, but for those that are Chinese."""
    found: dict[str, list[str]] = {}
    for definition in definitions_of(reading):
        long = definition.long.of(reading.text)
        if not is_chinese(long):
            found.setdefault(definition.short.of(reading.text), []).append(long)
    return found
