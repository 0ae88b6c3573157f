"""The short name before the colon of a title: what the work contributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergraph.extract.reading import Reading
from papergraph.extract.shapes import guess_type, is_short_name
from papergraph.model import EntityType, Mention, Span
from papergraph.names import is_chinese

_COLON = re.compile(r"\s*[:：]|\s+[—–]\s")
_DATASET = re.compile(r"\b(?:benchmark|dataset|corpus|testbed|suite|数据集|基准|评测)\b", re.IGNORECASE)
_MODEL = re.compile(
    r"\b(?:language models?|foundation models?|embeddings?|open[- ]source model|multilingual|LLM)\b|模型"
)


def recognise_title_name(reading: Reading, papers: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the short name before the colon of each title: the work's own contribution."""
    for paper in papers:
        if paper.extractor == "link" or "http" in paper.surface:
            continue
        colon = _COLON.search(paper.surface)
        if not colon:
            continue
        head = paper.surface[: colon.start()].strip('*[]《》"“” ')
        start = paper.surface.find(head)
        if head and is_short_name(head) and not is_chinese(head) and len(paper.surface) > colon.end() + 5:
            if _is_phrase(head):
                continue
            span = Span(paper.span.start + start, paper.span.start + start + len(head))
            rest = paper.surface[colon.end() :]
            known = reading.vocabulary.find(head)
            entry = next((e for e in known if e.type in {"Method", "Model", "Dataset"}), None)
            yield reading.mention(
                span,
                entry.type if entry else _type(head, rest),
                "title-name",
                0.95,
                vocabulary=entry.id if entry else "",
            )


def _is_phrase(head: str) -> bool:
    """Tell whether what stands before the colon is a saying rather than a name: several words in lower case."""
    words = head.split()
    plain = [w for w in words if w.isalpha() and (w.islower() or w.istitle())]
    return (
        len(words) >= 2 and len(plain) == len(words) and any(w.islower() for w in words[1:]) and not words[0].isupper()
    )


def _type(name: str, rest: str) -> EntityType:
    """Decide what a title's own name is from the rest of the title: `X: A Benchmark for ...`."""
    first = " ".join(rest.split()[:9])
    if _DATASET.search(first):
        return "Dataset"
    if guess_type(name, "", "") != "Method":
        return guess_type(name, "", "")
    return (
        "Model" if re.match(r"\s*(?:an?|the|open|our)?\b", rest, re.IGNORECASE) and _MODEL.search(first) else "Method"
    )
