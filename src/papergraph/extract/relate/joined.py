"""Names that a sentence joins to the one that it is about: `BERT 和 GPT 使用 ...`, `A, B and C outperform ...`.

It works on masked sentences, in which every name is one private-use character: see `masked.py`.
"""

from __future__ import annotations

import re

from papergraph.extract.relate.discourse import clause_start, is_behind_preposition
from papergraph.extract.relate.sentence_patterns import MARK

#: What may stand between a name and what joins the next to it: its long form or size in brackets, its kind.
_TAIL = r"\s*(?:[（(][^（）()，。]{1,30}[）)]\s*)?(?:模型|算法|方法|网络)?\s*"
#: A comma alone may begin a clause; it counts where a word or 、 joins the last of the names.
_JOINT = r"(?:[、/&]|和|与|及|以及|或|[,，]?\s*and\b|or\b)\s*"
_RUN = re.compile(rf"{MARK}(?:{_TAIL}(?:[,，]\s*|{_JOINT}){MARK})*{_TAIL}{_JOINT}{MARK}", re.IGNORECASE)
_MARK = re.compile(MARK)
#: Behind the names, these say that they are held against each other or put together, and not that each does something.
_TOGETHER = re.compile(
    rf"{_TAIL}(?:之间|两者|相比|相较|比较|对比|的?(?:区别|差异|异同|关系|结合|组合|对比|不同)|不同|相当|相近|持平|相似|相同|结合|组合|融合|"
    r"(?:are |were |is |was )?\s*(?:combined|compared|together))",
    re.IGNORECASE,
)


def joined_names(text: str, mark: str) -> str:
    """Return the marks of the names that a sentence joins to the one of `mark`, in order, that one left out.

    >>> a, b, c, d = map(chr, range(0xE000, 0xE004))
    >>> joined_names(f"{a}、{b} 和 {c} 使用 {d}", b) == a + c
    True
    >>> joined_names(f"{a} 与 {b} 相比", a), joined_names(f"{a}，{b} 更快", a)
    ('', '')
    """
    place = text.find(mark)
    run = next((r for r in _RUN.finditer(text) if r.start() <= place < r.end()), None)
    if place < 0 or run is None or _TOGETHER.match(text, run.end()):
        return ""
    if is_behind_preposition(text, clause_start(text, run.start()), run.start()):
        return ""
    return "".join(m for m in _MARK.findall(run[0]) if m != mark)
