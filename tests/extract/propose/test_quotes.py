"""A quote may bring the marks of its line along; its evidence is what a reader sees there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract.propose.folded import FoldedRegion, fold_copy
from papergraph.extract.propose.quotes import evidence_at
from papergraph.extract.reading import Reading
from papergraph.model import Span
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

NOTE = """---
title: Velkor builds on Tarn
---
# Reading

- **Zorbformer** builds on Quell. It is fast.
  1. Harrowmill builds on Quell

> Dunvane builds on Quell
> and on Tarn

- [x] Peltgate builds on Quell

| name | base | speed |
| --- | --- | --- |
| **Velkor** | Quell | 2x |
| Ombrix | Tarn | 3x |

```
Codemill builds on Quell
```

## Lintle: builds on Quell
"""


def evidence(quote: str, note: str = NOTE) -> str | None:
    reading = Reading(parse_document(note, "a.md"), Vocabulary(()))
    (place,) = FoldedRegion.of(note, Span(0, len(note))).find(fold_copy(quote))
    span = evidence_at(reading, place)
    return span.of(note) if span else None


@pytest.mark.parametrize(
    ("quote", "sentences"),
    [
        ("builds on Quell. It", "**Zorbformer** builds on Quell. It is fast."),
        ("- **Zorbformer** builds on Quell.", "**Zorbformer** builds on Quell."),
        ("1. Harrowmill builds on Quell", "Harrowmill builds on Quell"),
        ("> Dunvane builds on Quell", "Dunvane builds on Quell\n> and on Tarn"),
        ("- [x] Peltgate", "Peltgate builds on Quell"),
        ("| **Velkor** | Quell | 2x |", "**Velkor** | Quell | 2x"),
        ("Ombrix | Tarn", "Ombrix | Tarn"),
        ("| Ombrix |", "Ombrix"),
        ("## Lintle: builds on Quell", "Lintle: builds on Quell"),
        ("title: Velkor builds on Tarn", "title: Velkor builds on Tarn"),
        ("Codemill builds on Quell", None),
        ("Peltgate builds on Quell | name | base", None),
        ("2x | | Ombrix", None),
        ("| --- | --- | --- |", None),
    ],
)
def test_a_quote_is_evidence_of_what_readers_see(quote: str, sentences: str | None) -> None:
    assert evidence(quote) == sentences


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 60))
def test_the_evidence_of_any_piece_is_in_one_block_or_row(start: int, length: int) -> None:
    reading = Reading(parse_document(NOTE, "a.md"), Vocabulary(()))
    quote = Span(start, min(len(NOTE), start + length))
    span = evidence_at(reading, quote)
    if span is not None and reading.block_at(span.end - 1) >= 0:
        first, last = (reading.document.blocks[reading.block_at(at)] for at in (span.start, span.end - 1))
        assert first is last or (first.table, first.row) == (last.table, last.row) != (-1, -1)
        assert first.kind not in {"code", "html"}
