"""Words in the header of a table that say what its columns, or the rows of a table on one work, hold."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from papergraph.extract.word_lists import read_lists, whole_words, word_pattern
from papergraph.model import PREDICATES, Predicate

#: In the header of a column of institutions.
INSTITUTION_HEADERS = ("institution", "affiliation", "org", "company", "机构", "单位", "公司", "团队", "组织")
#: What a column is counted in: `时间（单位：小时）`.
_UNIT = re.compile(r"[(（\[][^()（）\[\]]{0,12}单位[^()（）\[\]]{0,12}[)）\]]|单位\s?(?:[:：]|为|是)")


def holds_institutions(header: str) -> bool:
    """Tell whether a header says that a column holds institutions."""
    plain = _UNIT.sub("", header.casefold())
    return any(word in plain for word in INSTITUTION_HEADERS)


@lru_cache(maxsize=4_096)
def header_meaning(header: str) -> Predicate | None:
    """Return what a work is to the names under or behind a header, by the longest word in it; None where none says.

    >>> header_meaning("骨干网络"), header_meaning("Training data"), header_meaning("Database")
    ('uses', 'trainedOn', None)
    >>> header_meaning("单位"), header_meaning("训练时间（单位：小时）")
    ('affiliatedWith', None)
    """
    found = max(_words().findall(_UNIT.sub("", header.casefold())), key=len, default="")
    return _meanings().get(found)


def holds_works(header: str) -> bool:
    """Tell whether the header of a first column says that its cells name methods or models.

    >>> holds_works("**Method Name**"), holds_works("模型"), holds_works("Model size")
    (True, True, False)
    """
    return _works().fullmatch(header.casefold()) is not None


@cache
def _works() -> re.Pattern[str]:
    words = "|".join(word_pattern("generic", kind) for kind in ("method", "model"))
    return re.compile(rf"\W*(?:{words}|approaches|algorithms|systems|frameworks|tools)(?:\s?(?:names?|名称?))?\W*")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(whole_words(_meanings(), r"(?<![a-z])", r"(?![a-z])"))


@cache
def _meanings() -> dict[str, Predicate]:
    lists = read_lists("tables")
    found: dict[str, Predicate] = dict.fromkeys(INSTITUTION_HEADERS, "affiliatedWith")
    found.update((word, predicate) for predicate in PREDICATES for word in lists.get(predicate, ()))
    return found
