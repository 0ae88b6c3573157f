"""What a title says: `X: ... via Y`, `A Hybrid Transformer-Mamba ...`, `Extending Y ...`, `... on a Smartphone`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.patterns import is_acted_upon
from papergraph.extract.relate.context import Context
from papergraph.model import Predicate, RelationMention

_BEFORE: tuple[tuple[re.Pattern[str], Predicate, float], ...] = (
    (re.compile(r"\b(?:extend(?:ing|s)?|generali[sz]ing)\s+(?:the\s+)?$", re.I), "extends", 0.85),
    (
        re.compile(
            r"\b(?:improv(?:ing|es?)|enhanc(?:ing|es?)|accelerat(?:ing|es?)|rethinking|revisiting)\s+(?:the\s+)?$", re.I
        ),
        "improvesOn",
        0.75,
    ),
    (re.compile(r"\bbeyond\s+(?:the\s+)?$", re.I), "comparedWith", 0.6),
    (re.compile(r"\b(?:via|with|using|through|by|from|based on)\s+(?:[\w-]+\s+){0,3}?$", re.I), "uses", 0.8),
    (re.compile(r"(?:基于|结合|利用|采用|通过|使用)[^，。：]{0,8}$"), "uses", 0.8),
    (re.compile(r"(?:\bhybrid\b|混合)\W*(?:[\w-]+[-/])?$", re.I), "uses", 0.85),
)
_PART_OF_HYBRID = re.compile(r"\bhybrid\b|混合", re.I)


def relate_titles(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield what each work's title says of it."""
    context = Context(annotation)
    for entry in annotation.entries:
        if entry.paper >= 0:
            yield from _methods(context, entry)
            yield from _hardware(context, entry)


def _methods(context: Context, entry: Entry) -> Iterator[RelationMention]:
    subject, paper = context.subject(entry), context.mentions[entry.paper]
    for index in context.within(paper.span, "Method", "Model"):
        if index == subject or index in entry.contributions or is_acted_upon(context.mentions[index].name):
            continue
        before = context.document.text[paper.span.start : context.mentions[index].span.start]
        predicate, confidence = _read(before)
        if predicate and context.fits(predicate, subject, index):
            yield context.claim(subject, predicate, index, paper.span, f"title-{predicate}", "structure", confidence)


def _read(before: str) -> tuple[Predicate | None, float]:
    for pattern, predicate, confidence in _BEFORE:
        if pattern.search(before):
            return predicate, confidence
    if (hybrid := _PART_OF_HYBRID.search(before)) and len(before) - hybrid.end() < 30:
        return "uses", 0.85
    # `X: ... Speculative Decoding ...`: a technique in a title is what the work is built with, most of the time.
    return ("uses", 0.6) if re.search(r"[:：]", before) else (None, 0.0)


def _hardware(context: Context, entry: Entry) -> Iterator[RelationMention]:
    subject, paper = context.subject(entry), context.mentions[entry.paper]
    for index in context.within(paper.span, "Hardware"):
        yield context.claim(subject, "targetsHardware", index, paper.span, "title-hardware", "structure", 0.85)
