"""What the name of a note's file says: `🦖 DINO.md`, `12. Zorb%3A Notes.md`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from papergraph.model import Document

#: Emojis and other signs around a name, the mark of a citation key, and what sorts files: `@`, `003_`, `2.`.
_BEFORE = re.compile(r"(?:[^\w(（\[【《<\"'@-]|_|@)+")
_SORTED = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:[._)、]\s*|\s+-\s+)(?=[^\W\d_])")
#: Before a title, in brackets or not: where and when the work appeared.
_VENUE = re.compile(
    r"(?:[\[(（【][^\[\]()（）【】]{2,20}[\])）】]\s{0,3}"
    r"|(?:(?:19|20)\d\d[ .-]{1,3})?[A-Z][A-Za-z]{2,9}[ '’]?(?:19|20)?\d\d(?!\d)[ :_-]{1,3}"
    r"|(?:19|20)\d\d(?:[-.]\d\d){0,2}[ :_-]{1,3}){1,3}"
)
#: The same as Zotero names the files of works: `Quill et al. - 2021 - `.
_CREDITED = re.compile(r"[A-ZÀ-Þ][^\W\d][\w.,&'’ -]{0,60}?\s[-–_]\s(?:19|20)\d\d[a-z]?\s[-–_]\s")
_NOTES = re.compile(
    r"[ \t_-]*(?:(?:paper|reading)[ _-])?(?:notes?|summary|review|论文笔记|阅读笔记|学习笔记|笔记|精读|解读)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
#: Letters of the beginning of a title, words of it that a file is named after, and their share.
_LONG_ENOUGH, _FEWEST_HELD, _MOST, _MOST_LETTERS = 10, 3, 0.7, 0.6
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


def title_of_file(document: Document) -> str:
    """Return the name of a note's file without venue, year and what a note calls itself: it may be a title.

    >>> from papergraph.model import Document
    >>> title_of_file(Document("[ICCV 2021] Finding Zebras by Night - notes.md", "", ""))
    'Finding Zebras by Night'
    >>> title_of_file(Document("Finding_Zebras_by_Night_笔记.md", "", ""))
    'Finding Zebras by Night'
    >>> title_of_file(Document("Quill et al. - 2021 - Finding Zebras by Night.md", "", ""))
    'Finding Zebras by Night'
    """
    name = name_of_file(document)
    name = name if " " in name else name.replace("_", " ")
    before = _CREDITED.match(name) or _VENUE.match(name)
    return _NOTES.sub("", name[before.end() :] if before else name).strip(" -_")


def is_named_in(name: str, title: str) -> bool:
    """Tell whether the name of a file holds most words of a title, or its beginning.

    >>> is_named_in("2021_ICCV Finding Zebras by Night", "Finding zebras by night")
    True
    >>> is_named_in("zebras-by-night", "Finding Zebras by Night"), is_named_in("zebras", "Finding Zebras by Night")
    (True, False)
    """
    words, held = _WORD.findall(title.casefold()), set(_WORD.findall(name.casefold()))
    whole = "".join(held_word for held_word in _WORD.findall(name.casefold()))
    joined = "".join(words)
    begins = len(whole) >= _LONG_ENOUGH and (
        joined.startswith(whole) or (whole in joined and len(whole) >= _MOST_LETTERS * len(joined))
    )
    most = len(held) >= _FEWEST_HELD and sum(word in held for word in words) >= _MOST * len(words)
    return begins or most
