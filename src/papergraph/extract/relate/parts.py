"""Parts of a work: the techniques that head the items and the sections of a note on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from papergraph.extract.annotation import Entry
from papergraph.extract.context import Context
from papergraph.extract.relate.usual import is_of_others, labels_fault, last_line
from papergraph.extract.sections import SectionRole, is_heading_line
from papergraph.extract.title_shapes import is_survey
from papergraph.extract.word_lists import either_language, word_pattern, word_set
from papergraph.model import Block, RelationMention, Span
from papergraph.text.folding import fold, is_chinese

_PAGES = frozenset({"link", "wikilink"})
#: Blocks from which on an entry is a note of its own.
_WHOLE = 12
#: Of a section that is one, if it says how its work is made.
_SECTION = 4
#: What a place is for where a name at its head is a part of the work.
_OF_THE_WORK: frozenset[SectionRole] = frozenset({"", "method", "summary", "training_data"})
#: What may not stand before the name at the head of an item: markup, numbers, a check box, a year may.
_LETTER = re.compile(r"[^\W\d_]")
#: What may stand before it as well: `第一步: `.
_STEP = re.compile(
    r"[\W\d_]*(?:第[一二三四五六七八九十\d]+(?:步|阶段|部分)|阶段[一二三四五\d]|步骤[一二三四五\d]|(?:step|stage|phase)\s*\d+)[\s*_:：、.]*",
    re.IGNORECASE,
)
#: Behind the name of a heading: its long form, or where it comes from.
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{1,60}[)）\]]")
#: A label before the names: `Data augmentation: CutMix and Mosaic`.
_LABEL = re.compile(r"[^:：\n]{1,40}[:：][\s*_`]*")
_COLON = re.compile(r"[\s*_`]*[:：][\s*_`]*")
_JOINT = re.compile(r"[\s*_`]*(?:[/+&,，、]|\band\b|和|与|及)[\s*_`]*(?:and\s+)?", re.IGNORECASE)
#: Behind a name, these make it what the sentence speaks of, and no part of the work.
ACTS = re.compile(
    r"(?:\s*[*_`])*(?:\]\([^()\s]{0,200}\))?(?:\s+[a-z]{3,20})?\s+"
    r"(?:is|are|was|were|has|have|had|can|cannot|does|do|did|will|would|may|might|should|use|tries|[a-z]{2,}[^s]s)\s+[\w*_`]"
)
#: What makes a sentence of an item on something that others do, or that goes wrong: `X and other methods have ...`.
_REMARK = re.compile(
    r"(?:\s*[*_`])*\s+(?:and|or)\s+others?\b|\s*(?:等|能力)"
    r"|[\s*_`]*,\s+an?\s[^,\n]{3,60},\s+(?:is|are|was|were|has|have|can|cannot)\s"
    r"|(?:\s+(?!(?:that|which|who|where)\b)[\w-]{1,20}){2,8}?\s+(?:is|are|was|were|has|have|cannot|hurts?|impedes?|fails?)\s+\w"
)
_SUM = re.compile(r"[\s*_`]*[+＋]")
#: Behind a name, up to so many characters of what it stands for.
_LONG_FORM = re.compile(r"[\s*_`]*(?:[(（]([^()（）]{3,60})[)）]|[:：]\s*([^:：,，.。;；()（）\n]{3,60}))")
#: Behind a label, a name must end what is said, or another follow.
_END = re.compile(r"[\s*_`]*(?:[.,;，。；(（/+&、和与及]|and\b|$)")
#: A line that breaks off behind one of these goes on with the list below it.
_EMPLOYING = re.compile(
    r"\b(?:they|we|authors?|it|this)\s(?:employs?|uses?|adopts?|combines?|proposes?|applies|apply):?$"
)
#: So many works in the items of a section are a list of works.
_FILED = 2
#: An item that stands so often in a note is part of a template.
_TEMPLATE = 3
_ARROW = re.compile(r"-{1,3}>|=>|→|⟶")
#: Names of one list, and characters between two of them.
_MOST, _LONGEST_JOINT = 12, 12


def relate_parts(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` for the techniques with which the items and sections of a text on one work begin."""
    subjects = {e.blocks[0]: context.subject(e) for e in context.annotation.entries if _is_told_at_length(context, e)}
    announced = False
    for number, block in enumerate(context.document.blocks if subjects else ()):
        if block.kind != "item":
            announced = block.kind == "paragraph" and _announces(context, number)
        elif is_of_others(context, number) or _is_under_other(context, block):
            continue
        entry = _host(context, number)
        if entry is None or entry.blocks[0] not in subjects or not _may_hold(context, entry, number, block):
            continue
        subject = subjects[entry.blocks[0]]
        is_headed = block.kind == "heading" or is_heading_line(context.text, block)
        extractor = "headed-part" if is_headed else "listed-part"
        if is_headed:
            parts = _headed(context, block)
        elif block.kind == "paragraph":
            parts = _labels(context, number, block)
        else:
            parts = listed_parts(context, number, block, announced=announced)
        if not entry.whole and entry.paper < 0 and context.once(_lines, None)[_line(context, block)] >= _TEMPLATE:
            continue  # it stands below other works as well
        for part in parts:
            if not context.is_same(part, subject) and context.fits("uses", subject, part):
                span = block.sentences[0] if block.sentences else block.span
                yield context.claim(subject, "uses", part, span, extractor, "structure")


def _lines(context: Context, _: None) -> Counter[str]:
    """Return how often each item of a note stands in it."""
    return Counter(_line(context, block) for block in context.document.blocks if block.kind == "item")


def _line(context: Context, block: Block) -> str:
    return fold(block.span.of(context.text))


def _host(context: Context, number: int) -> Entry | None:
    """Return the entry that a block says the parts of: that around a part with an entry of its own, for its first."""
    entry = context.entry_of(number)
    if entry and entry.blocks[0] == number and _is_component(context, entry):
        return context.annotation.entries[entry.parent]
    return entry


def _is_component(context: Context, entry: Entry) -> bool:
    """Tell whether an entry has no paper and stands where another one tells how its work is made."""
    first = context.document.blocks[entry.blocks[0]]
    in_method = context.reading.parts[entry.blocks[0]].role == "method"
    return entry.paper < 0 and entry.parent >= 0 and first.kind == "item" and in_method


def _is_told_at_length(context: Context, entry: Entry) -> bool:
    """Tell whether an entry is a text of its own on one work, with items and sections, and not one of a list."""
    if context.is_class(context.subject(entry)):
        return False
    if _is_section(context, entry):
        return True
    if entry.parent >= 0 or len(entry.blocks) < _WHOLE:
        return False
    if entry.paper >= 0 and is_survey(context.mentions[entry.paper].surface):
        return False
    is_headed = context.document.blocks[entry.blocks[0]].kind == "heading"
    return entry.whole or (entry.paper >= 0 and (is_headed or len(context.annotation.entries) == 1))


def _is_section(context: Context, entry: Entry) -> bool:
    """Tell whether an entry is a section that a work heads, and that has parts of its own on how a paper's is made."""
    subject = context.subject(entry)
    if context.document.blocks[entry.blocks[0]].kind != "heading" or len(entry.blocks) < _SECTION or subject < 0:
        return False
    if context.mentions[subject].type not in {"Method", "Model"} or context.is_technique(subject):
        return False
    if entry.paper < 0:
        return not _lists_works(context, entry)
    headings = (b for b in entry.blocks[1:] if context.document.blocks[b].kind == "heading")
    return any(context.reading.parts[b].role == "method" for b in headings)


def _lists_works(context: Context, entry: Entry) -> bool:
    """Tell whether items of a section begin with works that have makers of their own: what came of the one above."""
    first = entry.blocks[0]
    items = (b for b in context.reading.section(first) if context.document.blocks[b].kind == "item")
    return sum(context.once(_begins_with_work, item) for item in items) >= _FILED


def _begins_with_work(context: Context, number: int) -> bool:
    item = context.document.blocks[number]
    first = next(context.within(item.span, "Method", "Model"), -1)
    known = context.mentions[first].vocabulary if first >= 0 else ""
    if not known or not context.vocabulary.by_id(known).work:
        return False
    return not _LETTER.search(context.text, item.span.start, context.mentions[first].span.start)


def _is_under_other(context: Context, block: Block) -> bool:
    """Tell whether an item stands below one that gives another work's paper: what it names is a part of that."""
    parent = block.parent
    while parent >= 0:
        if context.reading.paper_links[parent]:
            return True
        parent = context.document.blocks[parent].parent
    return False


def _may_hold(context: Context, entry: Entry, number: int, block: Block) -> bool:
    is_line = block.kind == "paragraph" and is_heading_line(context.text, block)
    return (
        (is_line or block.kind in {"item", "heading"} or next(_bold_labels(context, block), None) is not None)
        and number > entry.blocks[0]
        and (block.kind == "heading" or _role(context, number) in _OF_THE_WORK)
        and not _ARROW.search(context.text, block.span.start, block.span.end)
    )


def _role(context: Context, number: int) -> SectionRole:
    return (
        context.reading.parts[number].role
        if _host(context, number) is not context.entry_of(number)
        else context.role_of(number)
    )


def _bold_labels(context: Context, block: Block) -> Iterator[Span]:
    """Yield the labels in bold with which lines of a paragraph begin: `**Tiling**: ...`."""
    for bold in block.inlines:
        opens = bold.span.start == block.span.start or context.text[bold.span.start - 1] == "\n"
        if bold.kind == "bold" and bold.inner and opens:
            end = context.text[bold.inner.end - 1 : bold.span.end + 1].strip("*_ ")
            if end.endswith((":", "：")):
                yield bold.inner


def _labels(context: Context, number: int, block: Block) -> Iterator[int]:
    """Yield the techniques that are all of the labels of a paragraph's lines."""
    for label in _bold_labels(context, block):
        first = next(context.within(label, "Method"), -1)
        if first >= 0 and fold(context.mentions[first].surface) == fold(label.of(context.text)):
            yield from (i for i in (first,) if _is_part(context, number, i, announced=False))


def _announces(context: Context, number: int) -> bool:
    """Tell whether a paragraph ends by announcing the parts of the work: `It consists of three modules:`."""
    line = last_line(context, number)
    if _EMPLOYING.search(line):
        return True
    return line.endswith((":", "：")) and bool(_announcing().search(line)) and not _announcing_others().search(line)


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "announces_parts"), re.IGNORECASE)


@cache
def _announcing_others() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "announces_others"), re.IGNORECASE)


def _headed(context: Context, block: Block) -> Iterator[int]:
    """Yield the technique that is all of a heading."""
    first = next(context.within(block.span, "Method"), -1)
    if first >= 0 and context.is_technique(first) and not _is_stage(context, first):
        place = context.mentions[first].span
        before = context.text[block.span.start : place.start]
        end = max([place.end, *(context.mentions[i].span.end for i in _glosses(context, block, first))])
        after = _BRACKETS.sub("", context.text[end : block.span.end])
        if (not _LETTER.search(before) or _STEP.fullmatch(before)) and not any(c.isalnum() for c in after):
            yield first


def _is_stage(context: Context, part: int) -> bool:
    """Tell whether a phrase is what a work does at some point, and no technique: `## Zebra Representation Learning`."""
    mention = context.mentions[part]
    return not mention.vocabulary and mention.name.casefold().endswith(tuple(word_set("generic", "stages")))


def _glosses(context: Context, block: Block, first: int) -> Iterator[int]:
    """Yield the name in the other language that stands beside the first of a heading."""
    place = context.mentions[first].span
    if place.end == block.span.end:
        return
    for index in context.within(Span(place.end, block.span.end), "Method"):
        between = context.text[place.end : context.mentions[index].span.start]
        if not between.strip() and is_chinese(context.mentions[index].name) != is_chinese(context.mentions[first].name):
            yield index


def listed_parts(context: Context, number: int, block: Block, *, announced: bool) -> Iterator[int]:
    """Yield the techniques that an item begins with, alone or joined, or that are all that its label announces."""
    text, named = context.text, list(islice(context.within(block.span, "Method"), _MOST))
    if not named:
        return
    start = context.mentions[named[0]].span.start
    labelled = _LABEL.fullmatch(text, block.span.start, start)
    if not labelled and _LETTER.search(text, block.span.start, start):
        return
    if labelled and (either_language("discourse", "contenders").search(labelled[0]) or labels_fault(labelled[0])):
        return
    first = context.mentions[named[0]].span
    if len(named) > 1 and _COLON.fullmatch(text, first.end, context.mentions[named[1]].span.start):
        yield from (i for i in named[:1] if _is_part(context, number, i, announced))
        labelled, named = _COLON.match(text, first.end), named[1:]
        if _SUM.match(text, context.mentions[named[0]].span.end):
            return  # they are parts of what the label names
    run = [named[0]]
    for name in named[1:]:
        end, begin = context.mentions[run[-1]].span.end, context.mentions[name].span.start
        if not (0 <= begin - end <= _LONGEST_JOINT and _JOINT.fullmatch(text, end, begin)):
            break
        run.append(name)
    end = context.mentions[run[-1]].span.end
    if ACTS.match(text, end) or _REMARK.match(text, end, block.span.end):
        return
    if labelled and not _END.match(text, end, block.span.end):
        return
    yield from (i for i in run if _is_part(context, number, i, announced))


def _is_part(context: Context, number: int, index: int, announced: bool) -> bool:
    """Tell whether a name is one of a technique, or that of a known method where the note says how the work is made."""
    if context.identities[index] in _works(context):
        return False
    block, place = context.document.blocks[number], context.mentions[index].span
    if context.is_part(index) and any(i.kind in _PAGES and i.span.covers(place) for i in block.inlines):
        return False  # the note has another page on it
    if announced:
        return True
    if context.is_technique(index):
        return True
    told = bool(context.mentions[index].vocabulary) or _stands_for_technique(context, place)
    return told and _role(context, number) == "method"


def _stands_for_technique(context: Context, place: Span) -> bool:
    """Tell whether what stands behind a short name says that it is a technique: `RCDA (row column attention)`."""
    long_form = _LONG_FORM.match(context.text, place.end)
    return long_form is not None and bool(_technique_at_end().search(long_form[1] or long_form[2]))


@cache
def _technique_at_end() -> re.Pattern[str]:
    words = "|".join(word_pattern("techniques", key) for key in ("heads", "told", "stands_for"))
    return re.compile(rf"\b(?:{words})[\s*_`]*$", re.IGNORECASE)


def _works(context: Context) -> frozenset[int]:
    """Return what the works of the note are, by identity: what its entries contribute, save those of parts."""
    return context.once(_contributed, None)


def _contributed(context: Context, _: None) -> frozenset[int]:
    entries = (e for e in context.annotation.entries if not _is_component(context, e))
    return frozenset(context.identities[c] for e in entries for c in e.contributions)
