"""Which citation keys of the library a note holds: an extraction depends on them, and on no other."""

from __future__ import annotations

from collections.abc import Collection

from papergraph.errors import NoteError
from papergraph.sources import decode
from papergraph.text.citation_keys import keys_of_note


def keys_in(name: str, data: bytes, known: Collection[str]) -> tuple[str, ...]:
    """Return the `known` keys in the note called `name` with the bytes `data`, sorted.

    >>> keys_in("a.md", b"see @smith2020", {"smith2020", "jones1999"})
    ('smith2020',)
    """
    if not known:
        return ()
    try:
        text = decode(data)[0]
    except NoteError:  # whoever reads the note will say so
        return ()
    return tuple(sorted(keys_of_note(name, text, known)))
