"""Institutions that a note credits with a work: in a field, before its name, or in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.relate.context import Context, evidence_span
from papergraph.model import RelationMention

#: Between an institution and the work that it made public.
_MADE = re.compile(
    r"(?:开源|发布|推出|提出|宣布|旗下|团队|开发|released?|introduc|propos|open-?sourc|present|announc|的)",
    re.IGNORECASE,
)
#: Right before an institution that a work comes from.
_CREDIT = re.compile(r"(?:来自|出自|\bfrom|\bby|@)\s*$", re.IGNORECASE)


def relate_credits(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield `affiliatedWith` from each work to the institutions that the note names for it."""
    context = Context(annotation)
    for entry in annotation.entries:
        subject = entry.paper if entry.paper >= 0 else context.subject(entry)
        if subject >= 0:
            yield from _fields(context, entry, subject)
            yield from _title_line(context, entry, subject)
    yield from _sentences(context)


def _fields(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    blocks = set(entry.blocks) | ({-1} if 0 in entry.blocks else set())
    for field in context.document.fields:
        if field.block in blocks and field.meaning in {"institution", "authors"}:
            for institution in context.within(field.value, "Institution"):
                yield context.claim(
                    subject, "affiliatedWith", institution, field.value, "field-institution", "structure", 0.95
                )


def _title_line(context: Context, entry: Entry, subject: int) -> Iterator[RelationMention]:
    """Take an institution before the work's name (`DeepMind PAV: ...`) or credited behind it (`(@SJTU)`)."""
    for number in entry.blocks[1:4]:
        below = context.document.blocks[number]
        for index in context.within(below.span, "Institution"):
            lead = context.document.text[below.span.start : context.mentions[index].span.start]
            if _CREDIT.search(lead):
                span = evidence_span(below, context.mentions[index])
                yield context.claim(subject, "affiliatedWith", index, span, "credited", "prose", 0.75)
    block = context.document.blocks[entry.blocks[0]]
    head = min((context.mentions[i].span.start for i in (entry.paper, *entry.contributions) if i >= 0), default=0)
    for index in context.within(block.span, "Institution"):
        mention = context.mentions[index]
        in_title = entry.paper >= 0 and context.mentions[entry.paper].span.covers(mention.span)
        before = mention.span.end <= head and not context.document.text[mention.span.end : head].strip(' *_[「“"')
        credited = _CREDIT.search(context.document.text[block.span.start : mention.span.start])
        bracketed = context.document.text[mention.span.end : mention.span.end + 1] in {")", "）"}
        if mention.extractor == "credit" or credited or bracketed or (before and not in_title):
            yield context.claim(
                subject, "affiliatedWith", index, evidence_span(block, mention), "title-institution", "structure", 0.85
            )


def _sentences(context: Context) -> Iterator[RelationMention]:
    """Take 阿里开源 ... Qwen1.5-MoE, Databricks releases DBRX: an institution, a verb of making, the work."""
    text = context.document.text
    for block in context.document.blocks:
        for sentence in block.sentences if block.kind != "heading" else ():
            works = list(context.within(sentence, "Method", "Model", "Dataset"))
            for index in context.within(sentence, "Institution"):
                institution = context.mentions[index]
                later = [w for w in works if context.mentions[w].span.start >= institution.span.end]
                verb = _MADE.search(text, institution.span.end, min(sentence.end, institution.span.end + 12))
                if not later or verb is None:
                    continue
                work = _made_work(context, [w for w in later if context.mentions[w].span.start >= verb.end()])
                if work >= 0:
                    yield context.claim(work, "affiliatedWith", index, sentence, "prose-institution", "prose", 0.75)


def _made_work(context: Context, works: list[int]) -> int:
    """Return the work that the sentence says was made: a model first, since methods before it are its ingredients."""
    models = [w for w in works if context.mentions[w].type == "Model"]
    fresh = [w for w in works if not context.mentions[w].vocabulary]
    return (models or fresh or [-1])[0]
