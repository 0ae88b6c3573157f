"""The marks of pages that papergraph writes into vaults, by which it knows its part of them, and knows them again."""

from __future__ import annotations

import re

BEGIN, END = "%% begin papergraph %%", "%% end papergraph %%"
#: The property that says which entity a page is about, and so that papergraph made it.
IRI = "papergraph"
_IRI_LINE = re.compile(rf"^{IRI}::?[ \t]*\"?(?P<iri>[a-z][a-z0-9+.-]*://[^\s\"]+)\"?[ \t]*\r?$", re.MULTILINE)
_BEGIN_LINE = re.compile(rf"^[ \t-]*(?:<!--[ \t]*)?{re.escape(BEGIN)}[^\n]*(?:\n|$)", re.MULTILINE)
_END_LINE = re.compile(rf"^[ \t-]*(?:<!--[ \t]*)?{re.escape(END)}[^\n]*(?:\n|$)", re.MULTILINE)


def find_iri(text: str) -> str:
    r"""Return the IRI of the entity that a page is about; the empty string where it names none.

    >>> find_iri("---\npapergraph: https://w3id.org/x/h2o\n---\n")
    'https://w3id.org/x/h2o'
    """
    match = _IRI_LINE.search(text)
    return match["iri"] if match else ""


def find_part(text: str) -> tuple[int, int] | None:
    """Return where the part of a page between our marks begins and ends, the marks included; None without both."""
    begin = _BEGIN_LINE.search(text)
    end = _END_LINE.search(text, begin.end()) if begin else None
    return (begin.start(), end.end()) if begin and end else None


def looks_made(text: str) -> bool:
    """Tell whether papergraph made a page: it says of which entity, and our part begins in it."""
    return BEGIN in text and bool(find_iri(text)) and _BEGIN_LINE.search(text) is not None
