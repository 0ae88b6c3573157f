"""Relations that sentences state, by the patterns of data/patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.patterns import is_acted_upon, word_set
from papergraph.extract.relate.context import Context
from papergraph.extract.relate.patterns import FIRST_MARK, Group, Pattern, load_patterns
from papergraph.model import Block, RelationMention, Span

#: Predicates that say much the same; a name that one of a family took is not taken again by a later one.
_FAMILIES = {
    "extends": "builds",
    "improvesOn": "builds",
    "uses": "builds",
    "outperforms": "compares",
    "comparedWith": "compares",
    "targetsHardware": "hardware",
    "measuredOn": "hardware",
    "evaluatedOn": "data",
    "trainedOn": "data",
}
#: What a sentence may be about; a dataset before the verb is where something was measured.
_ACTORS = frozenset({"Method", "Model", "Paper"})
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Institution")
_PUNCTUATION = re.compile(r"[\W_]+")
_CLAUSE = re.compile(r"[，,。；;.!?！？]")


def relate_prose(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield what the sentences of the note state; a question or a wish states nothing, a negation its opposite."""
    context = Context(annotation)
    groups = load_patterns(annotation.pattern_files)
    for number, block in enumerate(annotation.document.blocks):
        if block.kind not in {"paragraph", "item", "cell"}:
            continue
        for sentence in block.sentences:
            yield from _sentence(context, number, block, sentence, groups)


def _sentence(
    context: Context, number: int, block: Block, sentence: Span, groups: tuple[Group, ...]
) -> Iterator[RelationMention]:
    named = [i for i in context.within(sentence, *_NAMED) if not _in_title(context, i)]
    if not named:
        return
    text = sentence.of(context.document.text)
    if _is_hypothetical(text):
        return
    masked = mask(
        text, [(context.mentions[i].span.start - sentence.start, len(context.mentions[i].surface)) for i in named]
    )
    entry = context.entry_of(number)
    cited = _is_background(context, block)
    taken: dict[tuple[str, int], bool] = {}
    for group in groups:
        if not group.cue.search(masked):
            continue
        for pattern in group.patterns:
            if cited and pattern.predicate == "uses":
                continue
            for match in _matches(pattern.regex, masked):
                for relation in _read(context, match, pattern, named, entry, sentence):
                    other = relation.subject if pattern.reversed else relation.object
                    key = (_FAMILIES.get(relation.predicate, relation.predicate), other)
                    if key not in taken:
                        taken[key] = True
                        yield relation


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, overlapping ones too: what one match swallowed may hold the better one."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = match.start() + 1


def mask(text: str, places: list[tuple[int, int]]) -> str:
    """Return `text` with each place (offset, length) as one private-use character, numbered from the first.

    >>> mask("H2O beats Quest", [(0, 3), (10, 5)]) == chr(0xE000) + " beats " + chr(0xE001)
    True
    """
    pieces, position = [], 0
    for number, (start, length) in enumerate(places):
        if start < position:
            continue
        pieces += [text[position:start], chr(FIRST_MARK + number)]
        position = start + length
    return "".join([*pieces, text[position:]])


def _in_title(context: Context, index: int) -> bool:
    """Tell whether a mention stands in a paper's title, which states nothing about the entry in a sentence."""
    mention = context.mentions[index]
    papers = (context.mentions[p] for p in context.within(_line(context, mention.span), "Paper"))
    return any(p.span.covers(mention.span) and p.extractor != "title-article" for p in papers)


def _line(context: Context, span: Span) -> Span:
    block = context.document.blocks[max(0, context.block_of_offset(span.start))]
    return block.span


def _read(
    context: Context,
    match: re.Match[str],
    pattern: Pattern,
    named: list[int],
    entry: Entry | None,
    sentence: Span,
) -> Iterator[RelationMention]:
    groups = match.groupdict()
    objects = [named[ord(c) - FIRST_MARK] for c in groups["O"] if FIRST_MARK <= ord(c) <= 0xF8FF]
    written = groups.get("S")
    negative = _is_negated(match)
    for obj in objects:
        subject = named[ord(written) - FIRST_MARK] if written else -1
        if subject < 0 or context.mentions[subject].type not in _ACTORS:
            subject = _subject(context, entry, named, match, obj)
        pair = (obj, subject) if pattern.reversed else (subject, obj)
        if subject < 0 or subject == obj or not context.fits(pattern.predicate, *pair):
            continue
        if pattern.predicate == "uses" and is_acted_upon(context.mentions[obj].name):
            continue
        confidence = pattern.confidence if written else pattern.confidence - 0.05
        claim = context.claim(pair[0], pattern.predicate, pair[1], sentence, pattern.id, "prose", confidence)
        yield replace(claim, polarity="negative") if negative else claim


def _subject(context: Context, entry: Entry | None, named: list[int], match: re.Match[str], obj: int) -> int:
    """Return whom a clause without a written subject is about: its first name, else what the entry is about."""
    about = context.subject(entry) if entry else -1
    opening = [i for i in named if ord(match.string[0]) == FIRST_MARK + named.index(i)] if match.string else []
    if opening and opening[0] != obj and context.mentions[opening[0]].type in {"Method", "Model"}:
        first = context.mentions[opening[0]]
        same = about >= 0 and first.name.casefold() == context.mentions[about].name.casefold()
        own_clause = not _CLAUSE.search(match.string, 0, match.start())
        if not same and (own_clause or about < 0):
            return opening[0]
    return about


def _is_negated(match: re.Match[str]) -> bool:
    clause = match.string[max(0, match.start() - 8) : match.end()].casefold()
    return any(w in clause for w in word_set("discourse", "negation_zh")) or any(
        re.search(rf"\b{re.escape(w)}\b", clause) for w in word_set("discourse", "negation_en")
    )


def _is_hypothetical(text: str) -> bool:
    folded = text.casefold()
    return any(w in folded for w in word_set("discourse", "hypothesis_zh") | word_set("discourse", "hypothesis_en"))


def _is_background(context: Context, block: Block) -> bool:
    """Tell whether a block stands under a heading or bold item about other people's work."""
    above = [context.document.blocks[h] for h in block.headings[-1:]]
    parent = block.parent
    while parent >= 0:
        above.append(context.document.blocks[parent])
        parent = context.document.blocks[parent].parent
    above.append(block)
    for place in above:
        lines = place.span.of(context.document.text).splitlines()
        first = _PUNCTUATION.sub(" ", lines[0]).strip().casefold() if lines else ""
        if first in word_set("discourse", "background") - {"背景", "background"}:
            return True
    return False
