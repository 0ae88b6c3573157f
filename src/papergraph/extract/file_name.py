"""What the name of a note's file says: `🦖 DINO.md`, `12. Zorb%3A Notes.md`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from papergraph.model import Document

#: Emojis and other signs around a name, the mark of a citation key, and what sorts files: `@`, `003_`, `2.`.
_BEFORE = re.compile(r"(?:[^\w(（\[【《<\"'@-]|_|@)+")
_SORTED = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:[._)、]\s*|\s+-\s+)(?=[^\W\d_])")
_BEHIND = re.compile(r"[^\w)）\]】》>\"'+*!?%.]+$")


def name_of_file(document: Document) -> str:
    """Return the name of a note's file without its suffix, and without signs and sorting numbers before it.

    >>> from papergraph.model import Document
    >>> name_of_file(Document("vision/🦖 DINO.md", "", "")), name_of_file(Document("018_zorb.md", "", ""))
    ('DINO', 'zorb')
    >>> name_of_file(Document("3D Zorb.md", "", "")), name_of_file(Document("2024-05-01.md", "", ""))
    ('3D Zorb', '2024-05-01')
    """
    stem = unquote(PurePosixPath(document.path).stem)
    for pattern in (_BEFORE, _SORTED, _BEFORE):
        found = pattern.match(stem)
        stem = stem[found.end() :] if found and found.end() < len(stem) else stem
    return _BEHIND.sub("", stem) or stem
