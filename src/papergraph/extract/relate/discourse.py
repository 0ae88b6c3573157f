"""Whom a clause is about; `doubt.py` tells whether it says what it seems to say.

All functions work on masked sentences, in which every mention is one private-use character: see
`sentence_patterns.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache

from papergraph.extract.relate.sentence_patterns import MARK
from papergraph.extract.word_lists import either_language, word_pattern

_CLAUSE_END = re.compile(r"[，,。；;：:!?！？]")
_MARK = re.compile(MARK)
#: What follows a name in brackets, up to where they close.
_CLOSED_BRACKET = re.compile(r"[^(（)）]{0,80}[)）]")
#: At the start of a clause, these stand for what the clause before is about.
_BACK = re.compile(r"\s*(?:而|且|并且)?(?:它们?|后者|该(?:模型|方法|框架|算法|系统|网络))")
#: A verb of making, with what is made behind it.
_PRESENTS = re.compile(
    r"\b(?:propose[sd]?|introduce[sd]?|release[sd]?|construct(?:s|ed)?|buil(?:ds?|t)|create[sd]?|design(?:s|ed)?)\s+"
    r"(?:an?|the|two|three|new|their|our)\b|(?:提出|构建|推出|发布|创建|设计|建立)(?:了|出)",
    re.IGNORECASE,
)
#: A name at the end of a clause, and what the next begins with where it describes that name.
_DESCRIBED = re.compile(rf"({MARK})\s*(?:[(（][^()（）]{{0,40}}[)）]\s*)?[,，]$")
_RELATIVE = re.compile(r"(?:which|that|who)\s+(?!means\b|is why\b)", re.IGNORECASE)
_REACH_DESCRIBED = 60
#: A name with a relative clause that no comma sets off.
_RESTRICTED = re.compile(rf"({MARK})\s+(?:which|that|who)\s+(?:\w+ly\s+|also\s+|can\s+)?$", re.IGNORECASE)
#: A clause that begins with the use of a name, and the verb that the use is the subject of.
_USED_FIRST = re.compile(
    rf"\s*(?:using|adding|employing|adopting|training with|applying)\s+(?:an?\s+|the\s+)?({MARK})", re.IGNORECASE
)
_CLAUSE_VERB = re.compile(
    r"\b(?:performs?|works?|is|was|gives?|gave|yields?|achieves?|leads?|results?|outperforms?|beats?|surpasses)\b"
)
#: Between names that one preposition governs.
_JOINT = re.compile(r"\s*(?:[,，、/+&]|\band\b|\bor\b|和|与|及|以及|或)\s*")
#: A clause of a name and a participle, in which `with` governs no name.
_WITH, _REACH_WITH = re.compile(r"\bwith\s+(?:the\s+)?$", re.IGNORECASE), 12
_ADVERBS, _PARTICIPLE = re.compile(r"\s+(?:[a-z]{2,12}ly\s+)?"), re.compile(r"[a-z]+ing\b")
#: Commas in brackets end no clause.
_BRACKETS = re.compile(r"[(（][^()（）]{0,160}[)）]")
#: The makers of a work right before what they do, wherever in a clause.
_AUTHORS_BEFORE = re.compile(r"\b(?:the authors|we)\s+(?:also\s+|then\s+|[a-z]{2,12}ly\s+)?$", re.IGNORECASE)
#: What follows a device of which a clause tells what it can do, or what it means to everybody.
_OF_DEVICE = re.compile(
    r"\s*(?:[Dd]evices?|GPUs?)?\s*(?:is|are|remains?)\s+(?:still|often|usually|commonly|generally|the\s+most|challenging|crucial|"
    r"important|difficult|an?\s+(?:\w+\s+)?(?:focus|topic|challenge|problem))\b"
    r"|[^。；]{0,24}?的\s*(?:FLOPS|带宽|算力|峰值)"
    r"|(?:[-/]\s?[\w\ue000-\uf8ff]+)?\s*(?:(?:memory|bandwidth|communication|interconnects?|utili[sz]ation|transfers?)\b"
    r"|内存|显存|带宽|通信|传输|利用率)"
    r"|[^，。；]{0,12}?(?:仍然?|依然|还|也)?是[^，。；]{0,6}?(?:常见|普遍|主流|流行|热点|难题|挑战)"
)
#: What is said to be a name is no other thing than that: `the model is a plain X trained with Y`.
_PREDICATED, _REACH_PREDICATED = (
    re.compile(
        r"\b(?:is|are|was|were)\s+(?:basically\s+|essentially\s+|simply\s+)?(?:an?|the|another)\s+(?:(?!(?:that|which|who|to|of|for|in|by|with|than|as|and|when|where|because|if)\s)[\w-]+\s+){0,3}$"
    ),
    60,
)
#: How far before a name its preposition may stand.
_REACH_PREPOSITION = 200


def clause_start(text: str, position: int) -> int:
    """Return where the clause begins that holds `position`.

    >>> clause_start("A is old, so B is new", 13)
    9
    """
    ends = _clause_ends(text)
    return ends[bisect_right(ends, position) - 1]


@lru_cache(maxsize=256)
def _clause_ends(text: str) -> tuple[int, ...]:
    """Return 0 and where each clause of a sentence ends; many matches ask for them."""
    brackets = [m.span() for m in _BRACKETS.finditer(text)]
    ends = [m.end() for m in _CLAUSE_END.finditer(text)]
    if brackets:
        ends = [end for end in ends if not any(start < end <= close for start, close in brackets)]
    return (0, *ends)


def find_actor(text: str, position: int, is_actor: Callable[[str], bool]) -> str:
    """Return the mark that is the subject of the clause up to `position`; empty where the clause names none.

    A name behind a preposition (在, 与, 基于, with, of), before what makes it a place (上, 中, -based), or in brackets
    that close before `position` is none.
    """
    start = clause_start(text, position)
    governed = -1  # where the last name behind a preposition ends
    for mark in _MARK.finditer(text, start, position):
        joined = governed >= 0 and _JOINT.fullmatch(text, governed, mark.start())
        behind = joined or is_behind_preposition(text, start, mark.start())
        behind = behind or _is_predicated(text, start, mark.start())
        if behind and not _acts_behind_with(text, mark, position):
            governed = mark.end()
            continue
        if not is_actor(mark[0]):
            continue
        if _CLOSED_BRACKET.match(text, mark.end(), position):
            continue
        if not _not_subject_before().match(text, mark.end()):
            return mark[0]
    return ""


def _is_predicated(text: str, start: int, end: int) -> bool:
    return _PREDICATED.search(text, max(start, end - _REACH_PREDICATED), end) is not None


def _acts_behind_with(text: str, mark: re.Match[str], position: int) -> bool:
    """Tell whether a name behind `with` is the subject of the participle at `position`: `with X outperforming Y`."""
    return bool(
        _WITH.search(text, max(0, mark.start() - _REACH_WITH), mark.start())
        and _ADVERBS.fullmatch(text, mark.end(), position)
        and _PARTICIPLE.match(text, position)
    )


def described_name(text: str, match: re.Match[str]) -> str:
    """Return the mark that a relative clause or an apposition with a match describes; empty for none.

    >>> text = chr(0xE000) + ", which extends " + chr(0xE001)
    >>> described_name(text, re.compile("extends").search(text)) == chr(0xE000)
    True
    """
    start = clause_start(text, match.start())
    if restricted := _RESTRICTED.search(text, start, match.start()):
        return restricted[1]
    before = _DESCRIBED.search(text, max(0, start - _REACH_DESCRIBED), start)
    if before is None:
        return ""
    said = text[start : match.end()].lstrip()
    if _RELATIVE.match(said):
        return before[1]
    opening = clause_start(text, before.start(1))
    governed = _behind_preposition().search(text, opening, before.start(1))
    if governed and not text[opening : governed.start()].strip():
        return ""  # `To imitate BERT, the model ...`
    return before[1] if _apposed().match(said) else ""


def means_named(text: str, match: re.Match[str]) -> str:
    """Return the mark whose use is the subject of a clause up to a match; empty for none.

    >>> text = f"Using {chr(0xE000)} for masks performs better than {chr(0xE001)}"
    >>> means_named(text, re.compile("better").search(text)) == chr(0xE000)
    True
    """
    used = _USED_FIRST.match(text, clause_start(text, match.start()), match.start())
    if used is None or _MARK.search(text, used.end(), match.start()):
        return ""
    return used[1] if _CLAUSE_VERB.search(text, used.end(), match.end()) else ""


def speaks_of_own_work(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` begins with `we`, 本文 or the like, or the authors stand before it."""
    start = clause_start(text, position)
    return bool(_own_work().match(text, start, position) or _AUTHORS_BEFORE.search(text, start, position))


def speaks_of_authors(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` begins with `they` or 他们: behind a technique, those who use it."""
    return bool(_authors().match(text, clause_start(text, position), position))


def speaks_of_makers(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` begins with `the authors`, we or 作者, so that it says what they do.

    >>> speaks_of_makers("so the authors scale it", 15), speaks_of_makers("The loss of the authors", 12)
    (True, False)
    >>> speaks_of_makers("To shrink the images the authors use", 33)
    True
    """
    start = clause_start(text, position)
    return bool(_makers().match(text, start, position) or _AUTHORS_BEFORE.search(text, start, position))


def speaks_of_others(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` is about other people's work: 现有方法, `most methods`.

    >>> speaks_of_others("Most methods use pruning", 13), speaks_of_others("It uses pruning, as most do", 3)
    (True, False)
    """
    start = clause_start(text, position)
    return bool(_others_zh().search(text, start, position) or _others_en().match(text, start, position))


def is_of_existing(text: str, position: int) -> bool:
    """Tell whether what stands at `position` is said of other works by the words right before it: 现有方法使用的.

    >>> text = "将现有方法使用的 X 换成 Y"
    >>> is_of_existing(text, text.index("使用")), is_of_existing(text, text.index("换成"))
    (True, False)
    >>> is_of_existing("超过现有基于 X 的模型", 4)
    True
    """
    return _existing().search(text, clause_start(text, position), position) is not None


def is_field_of_works(text: str, start: int, end: int) -> bool:
    """Tell whether a clause up to `end` is on what others did in a field that a name only stands for: 已有的 X 工作.

    >>> text = f"已有的 {chr(0xE000)} 工作通常采用"
    >>> is_field_of_works(text, 0, len(text)), is_field_of_works(f"{chr(0xE000)} 采用", 0, 3)
    (True, False)
    """
    return _field_of_works().search(text, start, end) is not None


def speaks_of_devices_at_hand(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` speaks of what the author of the note has: 手头, `I only have`.

    >>> speaks_of_devices_at_hand("我手头只有两张 X", 9), speaks_of_devices_at_hand("它跑在两张 X 上", 7)
    (True, False)
    """
    return bool(either_language("discourse", "at_hand").search(text, clause_start(text, position), position))


def tells_of_device(text: str, end: int) -> bool:
    """Tell whether a clause, by what follows a device that ends at `end`, is on the device, or on what all do with it.

    >>> tells_of_device("Inference on X is still the most popular choice", 14)
    True
    >>> tells_of_device("在 X 上，矩阵单元的峰值是 100", 3), tells_of_device("在 X 上，速度是两倍", 3)
    (True, False)
    """
    return _OF_DEVICE.match(text, end) is not None


def speaks_in_general(text: str) -> bool:
    """Tell whether a sentence begins by saying that it tells what people do at large: 一般而言, `in general`.

    >>> speaks_in_general("一般来说，我们会使用 X"), speaks_in_general("我们一般使用 X")
    (True, False)
    """
    return _generally().match(text) is not None


def points_elsewhere(text: str) -> bool:
    """Tell whether a sentence sends its readers to a page, whose title says nothing of the work: 可以参考博客.

    >>> points_elsewhere("For training on many GPUs, see this blog post"), points_elsewhere("可以参考链接")
    (True, True)
    >>> points_elsewhere("The model can see this page")
    False
    """
    return _pointers().search(text) is not None


def refers_back(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` speaks of what the sentence named before: `它`, `该方法`.

    >>> refers_back("X 很快，它使用 Y", 7), refers_back("它使用 Y", 3)
    (True, False)
    """
    start = clause_start(text, position)
    return start > 0 and bool(_BACK.match(text, start, position))


def presents(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` says that somebody made what stands there: `they release a new X`.

    >>> presents("The authors release a new dataset (X)", 35), presents("The proposed method is tested on X", 33)
    (True, False)
    """
    return _PRESENTS.search(text, clause_start(text, position), position) is not None


def goes_on(text: str, position: int) -> bool:
    """Tell whether the clause up to `position` goes on with the subject of the one before: 并, 但仍, but."""
    return bool(_continuation().match(text, clause_start(text, position), position))


@lru_cache(maxsize=1024)
def is_behind_preposition(text: str, start: int, end: int) -> bool:
    """Tell whether a preposition or verb before `end` governs what stands there; many matches ask for it."""
    reach = max(start, end - _REACH_PREPOSITION)
    return bool(_behind_preposition().search(text, reach, end) or _governed().search(text, reach, end))


@cache
def _governed() -> re.Pattern[str]:
    """Return the verbs whose object stands right behind them."""
    return re.compile(rf"\b(?:{word_pattern('discourse', 'governing_en')})\s+(?:an?\s+|the\s+|its\s+)?$", re.IGNORECASE)


@cache
def _behind_preposition() -> re.Pattern[str]:
    zh, en = word_pattern("discourse", "prepositions_zh"), word_pattern("discourse", "prepositions_en")
    # In Chinese the preposition's phrase is still open unless a closing word (上, 中, 时) stands in between.
    return re.compile(
        rf"(?:(?:{zh})(?:中[文国]|[^上中下里时后前，。]){{0,8}}|\b(?:{en})\s+(?:(?:the|an?|its|their)\s+)?(?:[\w-]+\s+){{0,2}}"
        r"|\bto\s+[a-z]{3,14}\s+(?:the|an?|its|their|our)\s+(?:[\w-]+\s+){0,3})$",
        re.IGNORECASE,
    )


@cache
def _apposed() -> re.Pattern[str]:
    kinds, others = word_pattern("discourse", "apposed"), word_pattern("discourse", "authors")
    return re.compile(
        rf"(?:an?|the|our|another)\s+(?!(?:authors?|paper|{others})\b)(?:[\w{MARK[1:-1]}-]+\s+){{0,4}}?(?:{kinds})\b",
        re.IGNORECASE,
    )


@cache
def _not_subject_before() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{word_pattern('discourse', 'after_no_subject')})", re.IGNORECASE)


@cache
def _own_work() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:{word_pattern('discourse', 'connectives')}|[，,\s])*(?:{word_pattern('discourse', 'own_work')})",
        re.IGNORECASE,
    )


@cache
def _authors() -> re.Pattern[str]:
    return re.compile(rf"[\s*_]*(?:{word_pattern('discourse', 'authors')})(?![a-z])", re.IGNORECASE)


@cache
def _makers() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{word_pattern('discourse', 'connectives')}|\W)*(?:{word_pattern('discourse', 'makers')})(?![a-z的])",
        re.IGNORECASE,
    )


@cache
def _others_zh() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "others_zh"))


@cache
def _others_en() -> re.Pattern[str]:
    connectives = word_pattern("discourse", "connectives")
    return re.compile(
        rf"(?:\s|[*_]|(?:{connectives})\b)*(?:in|the|as|for|of|while)?\s*"
        rf"(?:{word_pattern('discourse', 'others_en')})\b",
        re.IGNORECASE,
    )


@cache
def _existing() -> re.Pattern[str]:
    zh, en = word_pattern("discourse", "existing_zh"), word_pattern("discourse", "existing_en")
    works_zh, works_en = word_pattern("discourse", "works_zh"), word_pattern("discourse", "works_en")
    return re.compile(
        rf"(?:{zh})的?(?:[^，。；的]{{0,6}}?(?:{works_zh})所?)?\s*$"
        rf"|\b(?:{en})\s+(?:[\w-]+\s+){{0,2}}(?:{works_en})\s+(?:that\s+|which\s+|have\s+|typically\s+)?$",
        re.IGNORECASE,
    )


@cache
def _field_of_works() -> re.Pattern[str]:
    zh, en = word_pattern("discourse", "existing_zh"), word_pattern("discourse", "existing_en")
    return re.compile(
        rf"(?:{zh})的?[^，。；{MARK[1:-1]}]{{0,8}}{MARK}\s*(?:的)?(?:相关)?(?:工作|研究|努力)"
        rf"|\b(?:{en})\s+(?:[\w-]+\s+){{0,2}}{MARK}\s+(?:works?|research|studies|efforts)\b",
        re.IGNORECASE,
    )


@cache
def _pointers() -> re.Pattern[str]:
    return re.compile(
        r"(?:可以?|请|建议|推荐|详细|具体)?(?:参考|参阅|参见|查看|详见|阅读)(?:一下)?(?:这[篇个]|此|该|下面的?|以下)?\s?"
        r"(?:博客|博文|链接|文章|知乎|网页|教程|官方?文档|专栏|帖子|这里|这篇)"
        r"|(?:^|[,;(]\s?|\bplease\s)(?:see|refer\s+to|check\s+out|read)\s+(?:the\s+|this\s+|my\s+|their\s+)(?:\w+\s+)?"
        r"(?:blog|post|article|link|tutorial|page|website|thread|video)s?\b",
        re.IGNORECASE,
    )


@cache
def _generally() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{word_pattern('discourse', 'in_general')})", re.IGNORECASE)


@cache
def _continuation() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{word_pattern('discourse', 'continuations')})", re.IGNORECASE)
