"""What links to notes on papers say right behind a name: where it comes from, or which works are of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.reading import is_page_link
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Block, Inline, RelationMention, Span

_THINGS = ("Method", "Model")
#: Between a name and the link behind it, and between two links.
_BEFORE = re.compile(r"[\s*_`]*[(（]?\s*")
_JOINT = re.compile(r"\s*[,，、;]?\s*(?:and\s+|和\s*)?")
#: Links in a row that make a list of works, and characters between the name of their kind and the first.
_LISTED, _REACH = 3, 90
_SENTENCE = re.compile(r"[.;!?。；！？]\s")


def relate_cited_pages(context: Context) -> Iterator[RelationMention]:
    """Yield `introduces` for papers linked by title, and `extends` for works linked behind the name of their kind."""
    for block in context.document.blocks:
        for run in _runs(context, block):
            for page in run:
                yield from _named_by_title(context, _label(page))
            if len(run) == 1:
                yield from _named_before(context, block, run[0])
            if len(run) >= _LISTED:
                yield from _of_a_kind(context, block, run)


def _runs(context: Context, block: Block) -> Iterator[list[Inline]]:
    """Yield the links to notes in a block, those together between which nothing stands but signs."""
    run: list[Inline] = []
    end = 0
    for page in (i for i in block.inlines if is_page_link(i) and i.inner):
        if run and not _JOINT.fullmatch(context.text, end, page.span.start):
            yield run
            run = []
        run.append(page)
        end = page.span.end
    if run:
        yield run


def _label(page: Inline) -> Span:
    """Return the text of a link."""
    return page.inner or page.span


def _paper(context: Context, page: Span) -> int:
    """Return the paper whose title is all of a link; -1 for none."""
    papers = context.within(page, "Paper")
    return next((i for i in papers if context.mentions[i].span == page and context.has_role(i, "passing")), -1)


def _named_by_title(context: Context, page: Span) -> Iterator[RelationMention]:
    """Yield that a paper introduces the name with which its title begins."""
    paper = _paper(context, page)
    for name in context.within(page, *_THINGS, "Dataset") if paper >= 0 else ():
        if context.has_role(name, "own-name") and context.mentions[name].span.start == page.start:
            yield context.claim(paper, "introduces", name, page, "cited-name", "structure")


def _named_before(context: Context, block: Block, page: Inline) -> Iterator[RelationMention]:
    """Yield that a paper introduces what is named right before its link: `striping [[Zebras Are Easy]]`."""
    paper, link = _paper(context, _label(page)), page.span.start
    name = _last_before(context, max(block.span.start, link - _REACH), link) if paper >= 0 else -1
    if name < 0 or not _BEFORE.fullmatch(context.text, context.mentions[name].span.end, link):
        return
    if context.may_introduce(paper, name, known=True):
        span = evidence_span(block, context.mentions[name])
        yield context.claim(paper, "introduces", name, span, "cited-name", "structure")


def _of_a_kind(context: Context, block: Block, pages: list[Inline]) -> Iterator[RelationMention]:
    """Yield that works extend the technique that names their kind: `sparse attention methods [[A]], [[B]], [[C]]`."""
    link = pages[0].span.start
    ends = (m.end() for m in _SENTENCE.finditer(context.text, max(block.span.start, link - 2 * _REACH), link))
    kind = _last_before(context, max(block.span.start, link - _REACH, *ends), link)
    if kind < 0 or not context.is_technique(kind):
        return
    if not _kinds().search(context.text, context.mentions[kind].span.end, link):
        return
    for page in map(_label, pages):
        works = (i for i in context.within(page, *_THINGS, "Paper") if context.mentions[i].span.start == page.start)
        work = next(works, -1)
        if work >= 0 and not context.is_same(work, kind):
            span = evidence_span(block, context.mentions[work])
            yield context.claim(work, "extends", kind, span, "cited-kind", "structure")


def _last_before(context: Context, start: int, end: int) -> int:
    """Return the last method or model named between two places; -1 for none."""
    named = list(context.within(Span(start, end), *_THINGS)) if start < end else []
    return named[-1] if named else -1


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern('labelled', 'sorts')})\b", re.IGNORECASE)
