"""Reading notes: files to documents whose every block knows its characters and its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from papergraph.errors import NoteError
from papergraph.model import Document, Field
from papergraph.sources.encoding import decode, read_text
from papergraph.sources.find import Found, NoteFile, find_notes, is_note_name, read_bytes
from papergraph.sources.notes.columns import column_fields, pair_fields
from papergraph.sources.notes.fields import find_fields, tagged_field
from papergraph.sources.notes.front_matter import read_front_matter, read_lines
from papergraph.sources.notes.headed import headed_fields
from papergraph.sources.notes.lines import find_lines
from papergraph.sources.notes.markdown import parse_blocks
from papergraph.sources.repair import MOST_READ, detect, repair

__all__ = [
    "MOST_READ",
    "Found",
    "NoteFile",
    "decode",
    "detect",
    "find_lines",
    "find_notes",
    "is_note_name",
    "parse_document",
    "read_bytes",
    "read_document",
]


def read_document(name: str, data: bytes, *, clean_texts: Iterable[str] = ()) -> Document:
    """Return the document in `data`; a misread note is repaired by `clean_texts`, as its `encoding` tells.

    Raises:
        NoteError: for empty, binary or undecodable data; its text names no path.
    """
    decoded = read_text(data)
    digest = hashlib.sha256(data).hexdigest()
    if repaired := repair(decoded.text, clean_texts):
        document = parse_document(repaired.text, name, sha256=digest)
        return replace(
            document,
            encoding=f"utf-8 misread as {repaired.codec}",
            uncertain=repaired.uncertain,
            warnings=(*decoded.warnings, *document.warnings),
        )
    document = parse_document(decoded.text, name, sha256=digest, encoding=decoded.codec)
    return replace(document, warnings=(*decoded.warnings, *document.warnings))


def parse_document(text: str, name: str, *, sha256: str = "", encoding: str = "utf-8") -> Document:
    r"""Return the document in `text`; of front matter that is no valid YAML the lines are read, with a warning.

    >>> document = parse_document("# KV Cache\n\n- H2O\n", "kv.md")
    >>> [(b.kind, b.line) for b in document.blocks]
    [('heading', 1), ('item', 3)]
    """
    warnings: tuple[str, ...] = ()
    try:
        front, start = read_front_matter(text)
    except NoteError as error:
        front, start = read_lines(text)
        warnings = (f"{error}; its lines were read one by one",)
    line_starts = find_lines(text)
    document = Document(name, text, sha256, encoding=encoding, warnings=warnings, line_starts=line_starts)
    blocks, too_deep = parse_blocks(text, line_starts, start)
    if too_deep >= 0:
        warnings += (f"line {document.line_of(too_deep)}: nests more than 64 deep; what is deeper was read as 64 deep",)
    fields: list[Field] = list(front)
    for index, block in enumerate(blocks):
        if block.kind in {"paragraph", "item", "cell"}:
            first, last = block.line, document.line_of(block.span.end - 1)
            lines = {max(line_starts[n - 1], block.span.start): n for n in range(first, last + 1)}
            fields.extend(find_fields(text, index, block, lines))
        elif block.kind == "heading":
            fields.extend(tagged_field(text, index, block))
    fields.extend(column_fields(text, blocks))
    fields.extend(pair_fields(text, blocks))
    fields.extend(headed_fields(text, blocks))
    return replace(document, blocks=blocks, fields=tuple(fields), warnings=warnings)
