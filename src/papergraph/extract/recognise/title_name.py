"""The short name before the colon of a title: what the work contributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergraph.extract.reading import Reading
from papergraph.extract.shapes import NAME_WORD, guess_type
from papergraph.extract.title_shapes import is_short_name
from papergraph.model import EntityType, Mention, Span
from papergraph.names import is_chinese

_COLON = re.compile(r"\s*[:：]|\s+[—–]\s")
_OPENERS = frozenset(
    [
        *(
            "beyond",
            "toward",
            "towards",
            "get",
            "make",
            "let",
            "train",
            "learning",
            "understanding",
            "rethinking",
            "all",
        ),
        *("revisiting", "scaling", "improving", "is", "are", "do", "does", "can", "how", "what", "why", "when", "on"),
        *("from", "survey", "a", "an", "the", "in", "to", "not"),
    ]
)
_FUNCTION = frozenset(
    [
        *("with", "maybe", "not", "is", "are", "your", "you", "my", "we", "our", "their", "more", "less", "than", "or"),
        *("and", "but", "it", "they"),
    ]
)
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
            span = Span(paper.span.start + start, paper.span.start + start + len(head))
            if _is_phrase(head):
                named = _name_within(reading, span)
                if named is None:
                    continue
                span, head = named, named.of(reading.text)
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


def _name_within(reading: Reading, span: Span) -> Span | None:
    """Return the last name in a saying, as in `Get More with LESS`."""
    found = None
    for match in NAME_WORD.finditer(reading.text, span.start, span.end):
        known = any(e.type in {"Method", "Model", "Dataset"} and e.source for e in reading.vocabulary.find(match[0]))
        if known and match[0].isupper():
            found = Span(match.start(), match.end())
    return found


def _is_phrase(head: str) -> bool:
    """Tell whether what stands before the colon is a saying rather than a name: several words in lower case."""
    words = head.split()
    if "," in head or words[0].casefold() in _OPENERS or any(w.casefold() in _FUNCTION for w in words[1:]):
        return True
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
