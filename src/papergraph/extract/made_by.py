"""Lines that say nothing but who made a work, where and when: `Quill et al., UCLA, ICLR 2024, https://...`."""

from __future__ import annotations

import re

from papergraph.extract.authors import is_person
from papergraph.extract.organisation import is_maker
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_venue

_LONGEST_LINE = 400
#: Between what a line says of the makers of a work, and behind the first of them.
_CLAUSE = re.compile(r"\s*[,，、;；|&]\s*|\s+and\s+|(?<=[\u4e00-\u9fff])[和与](?=[\u4e00-\u9fff])")
_AND_OTHERS = re.compile(r"\s*(?:\bet al\b\.?|等人?)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-./]\d{1,2}){0,2}")
_ADDRESS = re.compile(r"\[[^\[\]\n]{0,60}\]\([^()\s]{1,300}\)|https?://\S+")


def is_byline(reading: Reading, index: int) -> bool:
    """Tell whether a block is one line that says nothing but who made a work, where and when.

    Such a line opens with a person and names an institution, a venue or a year too.
    """
    block = reading.document.blocks[index]
    text = block.span.of(reading.text)
    if block.kind not in {"item", "paragraph"} or len(text) > _LONGEST_LINE or "\n" in text.strip():
        return False
    clauses = [c.strip(" *_`.。()（）[]") for c in _CLAUSE.split(_ADDRESS.sub("", text))]
    clauses = [clause for clause in clauses if clause]
    others = [bool(_AND_OTHERS.search(clause)) for clause in clauses]
    names = [_AND_OTHERS.sub("", clause) for clause in clauses]
    makers = [_is_maker(reading, name) for name in names]
    people = [(is_person(n) and not m) or o for n, m, o in zip(names, makers, others, strict=True)]
    return bool(people and people[0]) and any(makers) and all(p or m for p, m in zip(people, makers, strict=True))


def _is_maker(reading: Reading, name: str) -> bool:
    """Tell whether a part of a line is an institution, a venue or a year."""
    return bool(_YEAR.fullmatch(name)) or is_venue(reading.vocabulary, name) or is_maker(reading.vocabulary, name)
