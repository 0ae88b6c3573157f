"""When a claim that a model finds likely is not made: its sentence denies it, or speaks of something else."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.learned.pairs import Place, kin_of
from papergraph.extract.relate.discourse import (
    is_of_existing,
    points_elsewhere,
    speaks_in_general,
    speaks_of_devices_at_hand,
    speaks_of_others,
)
from papergraph.extract.relate.doubt import is_denied, is_held_against, is_negated, is_possible, is_unreal
from papergraph.extract.relate.intended import is_intended
from papergraph.extract.relate.masked import Sentence, masked_sentence
from papergraph.extract.relate.sentence_patterns import FIRST_MARK, MARK
from papergraph.extract.relate.those_above import those_above
from papergraph.extract.relate.usual import is_of_others, tells_usual
from papergraph.extract.word_lists import either_language, word_pattern

#: Only at such times: `faster when using X`, 当使用 X 时.
_AT_TIMES = re.compile(
    r"(?:\b(?:when|if|while)\s+(?:[a-z]+ing\s+)?(?:with\s+)?|[当在](?:使用|采用|应用|运用|用)?\s?)$", re.IGNORECASE
)
#: Behind a name that begins another clause or gives way.
_CLAUSE = re.compile(
    r"\s+(?:(?:is|are|was|were)(?:n['’]t)?|(?:does|do|did|ca)n['’]t|(?:can|could|may)\s+be\s+replaced)\b"
)
#: Before a name that something is only likened to or measured by: `a skip connection like in X`, `as fast as plain X`.
_LIKENED = re.compile(
    r"\b(?:like|(?:as|like)\sin|similar\sto|than|as\s(?:\w+\s){1,3}as)\s(?:(?:an?|the|in|plain|vanilla|standard)\s){0,2}$",
    re.IGNORECASE,
)
#: A line that leads to other notes: `Up: X | Sibling: Y`.
_LEADS_ON = re.compile(r"\W*\w{2,12}\s?[:：][^|]{0,80}\|\s?\w{2,12}\s?[:：]")
#: Behind the first part of a longer name.
_LONGER = re.compile(r" (?a:[A-Z][a-z]{2,20})\b")
#: What a clause in Chinese says of a name in Latin letters that nobody knows: `Zorbals 跑在 X 上`.
_UNKNOWN = re.compile(r"\W*(?a:[A-Z][\w.+-]{2,40})\s?(?=[\u4e00-\u9fff])(?![上下中里时的])")
#: Another paper that says something: `论文 A Title 中指出`.
_PAPER_SAYS = re.compile(r"(?<![这本该此篇])论文[^，。；]{2,80}?(?:指出|表明|显示|发现|认为|提到)")
#: Behind a name with which a sentence begins, what that does itself: `X only uses one scale`.
_ACTS = re.compile(
    r"\s+(?:only|also|still|just)?\s*(?:uses|has|needs|requires|relies|suffers|lacks|cannot|fails|struggles|ignores|treats|assumes)\b"
)
#: How a clause begins that compares with a name.
_COMPARED = re.compile(
    r"\W*(?:compared?\s(?:with|to|against)\b|in\scomparison|(?:与|和|跟|同)[^，。]{1,60}相比|相比)", re.IGNORECASE
)
#: A name with which a sentence begins, and goes on as one: not `X:` nor `X, Y`.
_OPENING = re.compile(rf"[^\w{MARK[1:-1]}]*({MARK})\s?(?=[\w的])")
#: Sections that are not about what a work has.
_ELSEWHERE = frozenset({"related", "limits", "thoughts", "references"})


def is_vetoed(context: Context, place: Place, label: str) -> bool:
    """Tell whether the sentence of a name asks, wishes, supposes or denies a claim, or is about something else."""
    if is_intended(context, place.sentence) or is_of_others(context, place.block):
        return True
    if not place.sentence.covers(context.mentions[place.object].span):
        return False
    named = tuple(i for i in context.within(place.sentence) if context.mentions[i].type not in {"Topic", "Person"})
    sentence = masked_sentence(context, place.block, place.sentence, _apart(context, named))
    if place.object not in sentence.marks:
        return False
    match = re.search(chr(FIRST_MARK + sentence.marks.index(place.object)), sentence.masked)
    return match is not None and (
        _is_elsewhere(context, place, sentence, match.start()) or _denies(sentence.masked, match, label)
    )


def _apart(context: Context, named: tuple[int, ...]) -> tuple[int, ...]:
    """Return the mentions of which none lies in one before."""
    kept: list[int] = []
    for index in named:
        if not kept or context.mentions[index].span.start >= context.mentions[kept[-1]].span.end:
            kept.append(index)
    return tuple(kept)


def _is_elsewhere(context: Context, place: Place, sentence: Sentence, start: int) -> bool:
    """Tell whether what leads to a name at `start` is about other people's work, or about several works together."""
    return (
        sentence.cited
        or sentence.role in _ELSEWHERE
        or bool(those_above(context, place.block, sentence.masked))
        or tells_usual(sentence.masked)
        or speaks_of_others(sentence.masked, start)
        or speaks_in_general(sentence.masked)
        or points_elsewhere(sentence.masked)
        or bool(_UNKNOWN.match(sentence.masked))
        or bool(_LEADS_ON.match(sentence.masked))
        or bool(_PAPER_SAYS.search(sentence.masked))
        or _is_on_another(context, place, sentence)
    )


def _is_on_another(context: Context, place: Place, sentence: Sentence) -> bool:
    """Tell whether a sentence begins with the name of a work that is neither subject nor object."""
    opening = _OPENING.match(sentence.masked)
    if opening is None:
        return False
    first = sentence.mention(opening[1])
    own = context.once(kin_of, None).get(context.identities[place.subject], {context.identities[place.subject]})
    is_own = context.identities[first] in own or context.is_same(first, place.object)
    return context.mentions[first].type in {"Method", "Model"} and not is_own and not context.is_technique(first)


def _denies(text: str, match: re.Match[str], label: str) -> bool:
    """Tell whether a sentence denies what it says of the name at a match, or says something else of it."""
    if is_unreal(match) or is_negated(match) or is_denied(text, match.start()):
        return True
    if label == "evaluatedOn":
        return either_language("discourse", "training", whole=False).search(text) is not None
    if label == "hardware":
        return speaks_of_devices_at_hand(text, match.start())
    if label != "builds":
        return False
    start, end = match.span()
    verb = text.rfind(" ", 0, start - 1) + 1  # where the word before the name begins
    return bool(
        is_held_against(text, start, end)
        or is_possible(text, start, end)
        or _AT_TIMES.search(text, 0, start)
        or _COMPARED.match(text)
        or _LIKENED.search(text, 0, start)
        or _set_aside().search(text, 0, start)
        or is_of_existing(text, start)
        or is_of_existing(text, verb)
        or _CLAUSE.match(text, end)
        or (not text[:start].strip(" *_-") and _ACTS.match(text, end))
        or _LONGER.match(text, end)
    )


@cache
def _set_aside() -> re.Pattern[str]:
    """Return what stands before a name that the work does without or mends, or that a sentence only refers to."""
    en, zh = word_pattern("discourse", "set_aside_en"), word_pattern("discourse", "set_aside_zh")
    mends_en, mends_zh = word_pattern("discourse", "mends_en"), word_pattern("discourse", "mends_zh")
    return re.compile(
        rf"(?:(?:\b(?:{en})\b|{zh})[^.;。；]{{0,80}}|\b(?:{mends_en})\s(?:the\s)?|(?:{mends_zh})了?\s?)$", re.IGNORECASE
    )
