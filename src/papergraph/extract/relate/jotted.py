"""What a work is made of, where a note jots it down without a verb: `Training: SGD with momentum, cosine schedule`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.relate.parts import ACTS
from papergraph.extract.relate.usual import labels_fault
from papergraph.extract.word_lists import either_language, word_pattern
from papergraph.model import RelationMention, Span
from papergraph.text.folding import is_chinese

_WORKS = frozenset({"Method", "Model", "Paper"})
#: A longer line is no jotting.
_LONGEST = 160
#: How far before a name the word may stand that makes it something else than a part.
_REACH = 24
#: A line without a label counts if it has few words, and none before an article that is a verb by its form.
_FEW_WORDS = re.compile(
    r"\W*(?:(?![a-z]+[^s\W]s\s+(?:the|an?|to|from|into|each|all|it)\b)[\w'/.-]+(?:[\s,+()&:;]+|$)){1,14}\W*",
    re.IGNORECASE,
)


def relate_jotted(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` for the techniques of lines without a verb that say how a work is made or trained."""
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"item", "paragraph"} or next(context.within(block.span, "Method"), -1) < 0:
            continue
        subject = context.about(number)
        if subject < 0 or context.mentions[subject].type not in _WORKS:
            continue
        if context.is_class(subject) or context.is_technique(subject):
            continue
        for line in block.sentences:
            if phrase := _jotting(context, number, line):
                for part in _parts(context, phrase):
                    if not context.is_same(part, subject) and context.fits("uses", subject, part):
                        yield context.claim(subject, "uses", part, line, "jotted", "structure")


def _jotting(context: Context, number: int, line: Span) -> Span | None:
    """Return what a line jots down, behind its label if it has one; None for a sentence."""
    text = context.text
    if line.end - line.start > _LONGEST or is_chinese(line.of(text)) or labels_fault(line.of(text)):
        return None
    label = _label().match(text, line.start, line.end)
    if label is None and (context.role_of(number) != "method" or not _is_phrase(text, line)):
        return None
    phrase = Span(label.end() if label else line.start, line.end)
    if _verb().search(text, phrase.start, phrase.end) or either_language("discourse", "negation").search(
        phrase.of(text)
    ):
        return None
    return phrase


def _is_phrase(text: str, line: Span) -> bool:
    is_short = _FEW_WORDS.fullmatch(text, line.start, line.end) is not None
    return is_short and not _opening().match(text, line.start, line.end)


def _parts(context: Context, phrase: Span) -> Iterator[int]:
    for index in context.within(phrase, "Method"):
        place = context.mentions[index].span
        before = context.text[max(phrase.start, place.start - _REACH) : place.start]
        acts = ACTS.match(context.text, place.end, phrase.end)
        if may_be_part(context, index) and not acts and not _elsewhere().search(before):
            yield index


def may_be_part(context: Context, index: int) -> bool:
    """Tell whether a name is that of a technique, or of a known method that is no work of the note."""
    known = bool(context.mentions[index].vocabulary) and context.identities[index] not in context.contributed
    return known or context.is_technique(index)


@cache
def _label() -> re.Pattern[str]:
    labels = word_pattern("discourse", "jotted_labels")
    return re.compile(
        rf"\W{{0,8}}(?:{labels})(?:\s+(?:details?|setup|settings?|procedure))?\W{{0,4}}[:：=]\s*", re.IGNORECASE
    )


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:[^:\n]{{1,40}}:)?\W*(?:{word_pattern('discourse', 'begins_sentence')})\b", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[?？]|\b(?:{word_pattern('discourse', 'told_by')})\b", re.IGNORECASE)


@cache
def _elsewhere() -> re.Pattern[str]:
    """Return what stands before a technique that is no part: what one speaks of, or holds the parts against."""
    return re.compile(
        r"\b(?:(?<!stack )(?<!stacks )(?<!sum )(?<!series )(?<!layers )(?<!mixture )(?<!combination )of|"
        rf"{word_pattern('discourse', 'no_part_before')})\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+)?$",
        re.IGNORECASE,
    )
