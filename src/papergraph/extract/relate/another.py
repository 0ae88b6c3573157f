"""Whether a clause speaks of something else than the work that its note is about.

It works on masked sentences, in which every name that is known is one private-use character: see `masked.py`.
"""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.relate.discourse import clause_start, speaks_of_own_work
from papergraph.extract.word_lists import word_pattern, word_set

_WORD = re.compile(r"[^\W\d_][\w'’.+-]*")
#: Maps that are no mAP.
_FEATURES = re.compile(r"\bfeature maps?\b", re.IGNORECASE)
#: A verb by its form: beats, extends.
_FINITE = re.compile(r"[a-z]+[^s]s")
#: Who made a work, and when, where a sentence begins: `Quill等人(2014)使用 X`, `Finally, Quill et al. (2014) use X`.
_CITED = re.compile(
    r"(?:[\w\s]{1,16}[,，]\s?)?(?a:[A-Z][\w'’-]{1,30})\s?(?:等人?|et\sal\.?|(?:and|&|和)\s?(?a:[A-Z][\w'’-]{1,30}))"
    r"\s?[(（\[]\s?(?:19|20)\d\d[a-z]?\s?[)）\]]\s?(?![,，。.的])"
)
#: What stands for the work that was named last.
_LAST = re.compile(
    r"\W*(?:(?:it|(?:the|this)\s(?:model|method|approach|network|system))\b|它|[该此](?:方法|模型|框架|系统|算法|网络))",
    re.IGNORECASE,
)
#: Letters that two spellings of one name share at their start.
_ALIKE = 6
#: Capitals or digits within a word make it a name: PifPaf, MI200; one capital may only begin the sentence.
_NAME = r"[A-Za-z]{1,30}(?:-?[A-Z]|\d)[\w.+-]{0,40}"
#: Such a name right before what a clause says of it.
_NAMED = re.compile(
    rf"(?<![\w.+-])(?=[\w.+-]{{4}})({_NAME})\s?(?:的(?:整体)?(?:性能|效果|速度|表现|精度|准确率|吞吐量?))?\s?"
    r"(?:\s(?:also|[a-z]{2,12}ly))?"
    r"(?:始终|总是|通常|一般|往往|明显|显著|大幅|远远?|也|都|均|仍|要|则|却|整体|平均|有时)*\s?$",
    re.ASCII,
)
#: In Chinese a capitalised Latin word that begins a clause is a name of any form, Shampoo 优于, unless it only says
#: what was measured: Zero-shot 性能优于.
_LATIN = re.compile(
    r"[\s*_`「《\"“]*((?a:[A-Z][\w.+-]{2,40}))[\s*_`」》\"”]*(?:[(（][^()（）]{0,40}[)）])?\s*(?=[\u4e00-\u9fff])"
    r"(?!性能|效果|准确率|精度|得分|分数|成绩|指标|结果|表现|能力|速度|延迟|吞吐|任务|场景|设置|模式|阶段|[上下中里时])"
)


def speaks_of_another(match: re.Match[str], own: str = "") -> bool:
    """Tell whether the clause of a match has a subject, and one that does not stand for the work named `own`.

    >>> pattern = re.compile("(?:is )?better than X|beats X")
    >>> clauses = "PifPaf is better than X", "The loss is better than X", "The model beats X", "It is better than X"
    >>> [speaks_of_another(pattern.search(clause)) for clause in clauses]
    [True, True, False, False]
    >>> speaks_of_another(pattern.search("Stitcher beats X"), "Stitcher: Training on Tiles")
    False
    >>> speaks_of_another(re.compile("比X慢").search("我们还发现 ZorbKernel 始终比X慢"))
    True
    >>> [speaks_of_another(re.search("优于 X", clause)) for clause in ("Shampoo 优于 X", "Zero-shot 性能优于 X")]
    [True, False]
    """
    text, start = match.string, clause_start(match.string, match.start())
    if latin := _LATIN.match(text, start, match.start() + 1):
        word = latin[1].casefold()
        return word not in word_set("discourse", "speaking_parts") and not _is_own([word], own)
    start = max(start, 1 + text.rfind("(", start, match.start()))
    named = _unknown_name().match(text, start, match.start()) or _NAMED.search(text, start, match.start())
    subject = _words(named[0]) if named else _subject(_words(text[start : match.start()]), _words(match[0]))
    if not subject or not word_set("discourse", "stand_ins").isdisjoint(subject):
        return False
    return word_set("discourse", "speaking_parts").isdisjoint(subject) and not _is_own(subject, own)


def stands_for_last(text: str, position: int) -> bool:
    """Tell whether the subject of the clause up to `position` only stands for the work that was named last: `it`, 它.

    >>> stands_for_last("It uses X", 3), stands_for_last("We use X", 3), stands_for_last("该方法使用 X", 3)
    (True, False, True)
    """
    return _LAST.match(text, clause_start(text, position), position) is not None


def cites_makers(text: str, position: int) -> bool:
    """Tell whether a sentence up to `position` begins by citing who made another work, and goes on to what they did.

    >>> cites_makers("Quill等人(2014)使用 X", 13), cites_makers("最后，Quill et al. (2014) 结合了 X", 23)
    (True, True)
    >>> (
    ...     cites_makers("Quill et al. (2014) use X, so we use Y", 33),
    ...     cites_makers("Quill et al. (2014), whose X", 24),
    ... )
    (False, False)
    """
    cited = _CITED.match(text, 0, position)
    return cited is not None and not speaks_of_own_work(text, position)


def _subject(before: list[str], said: list[str]) -> list[str]:
    """Return the words before the verb of a clause: the last of those `before` its match, or the one that begins it."""
    verbs = [place for place, word in enumerate(before) if word in word_set("discourse", "finite")]
    begins = bool(said) and (said[0] in word_set("discourse", "finite") or bool(_FINITE.fullmatch(said[0])))
    if not verbs and not begins:
        return []
    last = verbs[-1] if verbs else len(before)
    first = verbs[-2] + 1 if len(verbs) > 1 else 0
    return [word for word in before[first:last] if not _is_filler(word)]


def _is_own(subject: list[str], own: str) -> bool:
    """Tell whether a word begins as one of the work's name does: MobileNetsV2 and MobileNetV2."""
    starts = {word[:_ALIKE] for word in _words(own)}
    return any(word[:_ALIKE] in starts for word in subject)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_FEATURES.sub("features", text))]


def _is_filler(word: str) -> bool:
    return word.endswith("ly") or word in _fillers()


@cache
def _fillers() -> frozenset[str]:
    return word_set("discourse", "connectives") | word_set("discourse", "fillers")


@cache
def _unknown_name() -> re.Pattern[str]:
    connectives = word_pattern("discourse", "connectives")
    return re.compile(rf"(?:\s|[*_`]|(?:{connectives})\b)*{_NAME}(?![\w'’])(?!\s*[:：])")
