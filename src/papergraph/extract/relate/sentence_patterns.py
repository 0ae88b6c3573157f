"""Sentence patterns: data/patterns/relations-*.yaml compiled to regular expressions over masked sentences.

In a masked sentence every mention is one private-use character, so that a pattern reads like the sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from papergraph.errors import ConfigError
from papergraph.extract.relate.needed import needed_words
from papergraph.extract.relate.repeats import RiskyRepeatError, check_repeats
from papergraph.model import PREDICATES, Predicate
from papergraph.resources import list_resources, read_resource

#: The first and the last of the private-use characters that stand for mentions: more than a sentence has names.
FIRST_MARK = 0xE000
LAST_MARK = 0xF8FF
MARK = "[\ue000-\uf8ff]"
#: The same where case is ignored: there `re` would look for the other case of each of the thousands of marks.
_NAME = f"(?-i:{MARK})"
#: What may follow a name without changing what is said of it: 模型, method, brackets with its long form.
_TAIL = (
    r"(?:\s*[（(][^（）()。]{1,60}[）)])?(?:\s*(?:等|的)?\s*(?:模型|方法|架构|算法|框架|技术|机制|层|组件|策略|系统|models?|methods?|layers?|"
    r"attention|decoding|architecture|framework|algorithms?|techniques?|strategy|mechanism|modules?|blocks?|loss)(?![A-Za-z]))?"
)
#: One of a list that nobody knows may stand between two that are known: `A、无名、B`.
_UNKNOWN = (
    r"(?:[^\s，,。；;、：:/+&()（）的\ue000-\uf8ff][^，,。；;、：:/+&()（）的\ue000-\uf8ff]{0,15}?"
    r"(?:[、/+&]|和|以及)\s*){0,2}"
)
#: Between two names of a list. A comma goes on with a list only if the next name closes it or goes on too: otherwise
#: it opens a new clause (`优于 A，B 则 ...`, `compared with A, B is ...`).
_JOINT = (
    rf"(?:\s*[、/+&]\s*{_UNKNOWN}"
    r"|\s*(?:和|与|及|以及|或者?|并|and|or|as well as)\s*|\s*[,，、]\s*(?:and|or|和|以及)\s*|-"
    rf"|\s*[，,]\s*(?={_NAME}{_TAIL}\s*(?:[、，,;；。)）]|等|以及|和\s*{_NAME}|and\s+(?:\w+\s+)?{_NAME}|\.?\s*$)))"
    r"(?:(?:an?|the)\s+)?(?:(?:\d{1,4}|[一二两三四五六八几多])\s?(?:个|层|种|组|块|张)\s*)?(?:(?:基于|使用|采用)[^，。；、]{0,8}的\s*)?"
)
_SLOTS = {
    "{S}": rf"(?P<S>{_NAME}){_TAIL}",
    "{O+}": rf"(?P<O>{_NAME}{_TAIL}(?:{_JOINT}{_NAME}{_TAIL})*)",
    "{O}": rf"(?P<O>{_NAME}){_TAIL}",
    "{X}": _NAME,
}
_NAMES = re.compile("|".join(map(re.escape, _SLOTS)))
_OPTIONS = frozenset(
    [
        "predicate",
        "cues",
        "patterns",
        "confidence",
        "reversed",
        "subjects",
        "objects",
        "known",
        "own",
        "named",
        "affirms",
        "phrases",
        "common",
        "examples",
        "counter_examples",
    ]
)


@dataclass(frozen=True)
class Pattern:
    """One way of stating a relation."""

    id: str
    predicate: Predicate
    confidence: float
    expression: str
    outline: str
    """The expression with a mark for each of its names, whatever may follow them."""
    reversed: bool
    subjects: frozenset[str]
    """Types that the subject may have, besides what the predicate asks; empty for all."""
    objects: frozenset[str]
    known: bool
    """Whether it introduces names too that the vocabulary knows without their source."""
    own: bool
    """Whether it counts only in the short description of a work, for what is not another work of the note."""
    named: bool
    """Whether it counts only where the sentence names its subject."""
    common: bool
    """Whether it counts only where its subject is a work, and its object a technique that nobody owns."""
    affirms: bool
    """Whether a denial among its own words is part of what it states: `unlike X` compares with X."""

    phrases: bool = False
    """Whether it introduces techniques too that only a phrase names: `we propose a ghost attention`."""
    lists: bool = False
    """Whether it may have more than one object."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when it is first asked for: all of them take seconds, and a note needs few."""
        return _compiled(self.expression)

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        return needed_words(self.outline)

    def may_match(self, text: str) -> bool:
        """Tell whether a text that is `lowered` holds a word without which the expression matches nothing."""
        words = self._needed
        for word in words:  # any() takes three times as long
            if word in text:
                return True
        return not words


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns that share a predicate and cues, with the examples that are their tests."""

    patterns: tuple[Pattern, ...]
    cues: tuple[str, ...]
    """Words without which no pattern of the group can match; empty for groups to be tried on every sentence."""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    """The patterns as they stand in the file."""


@cache
def load_patterns(extra: tuple[Path, ...] = ()) -> tuple[Group, ...]:
    """Return the user's groups in `extra` and then ours, in the order of their priority.

    Raises:
        ConfigError: for a file that is no list of groups, an unknown predicate, or an invalid expression.
    """
    groups: list[Group] = []
    for path in extra:
        try:
            groups += _checked(str(path), _groups(str(path), path.read_text(encoding="utf-8")))
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    for name in list_resources("data/patterns", ".yaml"):
        if name.startswith("relations-"):
            groups += _groups(name, read_resource(f"data/patterns/{name}"))
    return tuple(groups)


def _groups(origin: str, text: str) -> Iterable[Group]:
    try:
        rows = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  strings only: `on` is a word here, not a truth value
    except yaml.YAMLError as error:
        raise ConfigError(f"{origin}: invalid YAML: {error}") from error
    if not isinstance(rows, list):
        raise ConfigError(f"{origin}: must be a list of groups, each with predicate, cues and patterns")
    for number, row in enumerate(rows, 1):
        yield _group(f"{Path(origin).stem.removeprefix('relations-')}", f"{origin}: group {number}", number, row)


def _checked(origin: str, groups: Iterable[Group]) -> Iterator[Group]:
    """Yield the groups of a user's file; ours are checked by tests."""
    for number, group in enumerate(groups, 1):
        check_patterns(f"{origin}: group {number}", group.written, group.cues)
        yield group


def _group(stem: str, where: str, number: int, row: dict[str, Any]) -> Group:
    missing = [key for key in ("predicate", "patterns") if not row.get(key)]
    if missing or row["predicate"] not in PREDICATES:
        raise ConfigError(f"{where}: needs predicate (one of {', '.join(PREDICATES)}) and patterns")
    if unknown := sorted(set(row) - _OPTIONS):
        raise ConfigError(f"{where}: has the unknown key {unknown[0]!r}; known are {', '.join(sorted(_OPTIONS))}")
    cues = sorted({str(c) for c in row.get("cues", ())}, key=lambda c: (-len(c), c))
    either = _alternatives(cues)
    patterns = tuple(
        Pattern(
            id=f"{stem}-{row['predicate']}-{number}.{position}",
            predicate=row["predicate"],
            confidence=float(row.get("confidence", 0.7)),
            expression=_expand(str(text), either),
            outline=_outline(str(text), either),
            reversed=row.get("reversed") == "true",
            subjects=frozenset(row.get("subjects", ())),
            objects=frozenset(row.get("objects", ())),
            known=row.get("known") == "true",
            own=row.get("own") == "true",
            named=row.get("named") == "true",
            common=row.get("common") == "true",
            affirms=row.get("affirms") == "true",
            phrases=row.get("phrases") == "true",
            lists="{O+}" in str(text),
        )
        for position, text in enumerate(row["patterns"], 1)
    )
    examples = tuple(row.get("examples", ()))
    written = tuple(map(str, row["patterns"]))
    return Group(patterns, tuple(cues), examples, tuple(row.get("counter_examples", ())), written)


def _alternatives(cues: Iterable[str]) -> str:
    return "|".join(re.escape(c) for c in cues)


def _expand(text: str, cues: str) -> str:
    for slot, expression in _SLOTS.items():
        # Chinese is written with and without spaces around Latin names.
        text = text.replace(slot, rf"\s*{expression}\s*")
    return text.replace("{CUE}", cues)


def _outline(text: str, cues: str) -> str:
    return _NAMES.sub(MARK, text.replace("{CUE}", cues))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def check_patterns(where: str, patterns: Iterable[str], cues: Iterable[str]) -> None:
    """Refuse patterns that are no expressions, or that some text would take for ever.

    Raises:
        ConfigError: naming `where` and the pattern.
    """
    either = _alternatives(cues)
    for text in patterns:
        try:
            check_repeats(_outline(text, f"(?:{either})"))
            _compiled(_expand(text, either))
        except RiskyRepeatError as error:
            raise ConfigError(
                f"{where}: has {error} in the pattern {text!r}, which some texts would take for ever; "
                "give its repeats bounds such as {0,20}, and none of them a repeat inside"
            ) from error
        except re.error as error:
            raise ConfigError(f"{where}: {error.msg} in the pattern {text!r}") from error
