"""When a claim that a model finds likely is not made: its sentence denies it, or speaks of something else."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.learned.pairs import Place
from papergraph.extract.relate.discourse import speaks_of_devices_at_hand
from papergraph.extract.relate.doubt import is_denied, is_held_against, is_negated, is_possible, is_unreal
from papergraph.extract.relate.intended import is_intended
from papergraph.extract.relate.masked import Sentence, masked_sentence
from papergraph.extract.relate.sentence_patterns import FIRST_MARK
from papergraph.extract.relate.those_above import those_above
from papergraph.extract.relate.usual import is_of_others
from papergraph.extract.word_lists import either_language, word_pattern

#: Only at such times: `faster when using X`, 当使用 X 时.
_AT_TIMES = re.compile(
    r"(?:\b(?:when|if|while)\s+(?:[a-z]+ing\s+)?(?:with\s+)?|[当在](?:使用|采用|应用|运用|用)?\s?)$", re.IGNORECASE
)
#: Behind a name that begins another clause or gives way, and behind the first part of a longer name.
_CLAUSE = re.compile(r"\s+(?:is|are|was|were|(?:can|could|may)\s+be\s+replaced)\b")
#: Before a name that a sentence refers to, or that the work does without.
_WITHOUT = re.compile(r"(?:\b(?:instead\sof|rather\sthan|unlike|cf)\b|而不是|而非)[^.;。；]{0,80}$", re.IGNORECASE)
_LONGER = re.compile(r" (?a:[A-Z][a-z]{2,20})\b")
#: What a clause in Chinese says of a name in Latin letters that nobody knows: `Zorbals 跑在 X 上`.
_UNKNOWN = re.compile(r"\W*(?a:[A-Z][\w.+-]{2,40})\s?(?=[\u4e00-\u9fff])(?![上下中里时的])")
#: What a clause compares with, and what it says of the works of others before a name.
_COMPARED = re.compile(
    r"\W*(?:compared?\s(?:with|to|against)\b|in\scomparison|(?:与|和|跟|同)[^，。]{1,60}相比|相比)", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:existing|other|others'?|previous|prior|most|many|traditional|conventional)\s(?:[a-z-]+\s)?"
    r"(?:methods?|works?|approaches|models|systems|papers)\b"
    r"|(?:已有|现有|以往|以前|之前|其他|其它|传统|多数)的?(?:方法|工作|模型|系统|研究|论文|做法)",
    re.IGNORECASE,
)
#: Sections that are not about what a work has.
_ELSEWHERE = frozenset({"related", "limits", "thoughts", "references"})


def is_doubted(context: Context, place: Place, label: str) -> bool:
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
    return match is not None and (_is_elsewhere(context, place, sentence) or _denies(sentence.masked, match, label))


def _apart(context: Context, named: tuple[int, ...]) -> tuple[int, ...]:
    """Return the mentions of which none lies in one before."""
    kept: list[int] = []
    for index in named:
        if not kept or context.mentions[index].span.start >= context.mentions[kept[-1]].span.end:
            kept.append(index)
    return tuple(kept)


def _is_elsewhere(context: Context, place: Place, sentence: Sentence) -> bool:
    """Tell whether a sentence is about other people's work, or about several works together."""
    return (
        sentence.cited
        or sentence.role in _ELSEWHERE
        or bool(those_above(context, place.block, sentence.masked))
        or bool(_others().match(sentence.masked))
        or bool(_UNKNOWN.match(sentence.masked))
    )


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
    return bool(
        is_held_against(text, start, end)
        or is_possible(text, start, end)
        or _AT_TIMES.search(text, 0, start)
        or _COMPARED.match(text)
        or _WITHOUT.search(text, 0, start)
        or _OF_OTHERS.search(text, 0, start)
        or _CLAUSE.match(text, end)
        or _LONGER.match(text, end)
    )


@cache
def _others() -> re.Pattern[str]:
    """Return how sentences begin that tell what others do: `Most methods use`, 现有方法采用."""
    words = word_pattern("discourse", "announces_usual")
    return re.compile(
        rf"\W*(?:(?:in|for|the|most|many|some|other)\s+){{0,2}}(?:{words})"
        r"|\W*(?:(?:most|many|some|other|others|previous|prior|existing|traditional|conventional|earlier|past)\b"
        r"|以往|以前|之前|现有|已有|传统|大多数|多数|其他|其它|前人)",
        re.IGNORECASE,
    )
