"""Ready-made queries: files with a question, SPARQL, and parameters that stand for entities."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from papergraph.errors import ConfigError, UnknownNameError
from papergraph.resources import list_resources, read_resource

_NAME = re.compile(r"[\w-]+")
_PARAMETER = re.compile(r"^#\s*@param\s+(\w+)(?:\s+(\w+))?\s*$", re.MULTILINE)
_PHRASING = re.compile(r"^#\s*@ask\s+(\S.*?)[^\S\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A ready-made query, a file of data/queries or of a folder of the user's."""

    name: str
    text: str
    question: str
    """What it asks, in English."""
    question_zh: str
    parameters: tuple[tuple[str, str], ...]
    """Pairs of variable and default, the term that stands in the query's own `VALUES ?variable { term }`."""
    kinds: tuple[tuple[str, str], ...] = ()
    """Pairs of variable and what it stands for: `entity`, `memory`, `year` or a type, unless the default says it."""
    phrasings: tuple[str, ...] = ()
    """How people ask it in words, in any language, with its variables in braces: `what builds on {method}`."""
    path: str = ""
    """The file in a folder of the user's; empty for ours."""


def read_queries(folders: Sequence[Path] = (), problems: list[str] | None = None) -> tuple[NamedQuery, ...]:
    """Return the ready-made queries by name; those of the user's `folders` come before ours of the same name.

    With a list for `problems`, files that cannot be read are left out, and what is wrong with them is added there.

    Raises:
        ConfigError: for a folder or file that cannot be read.
    """
    found: dict[str, NamedQuery] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.rq")):
            try:
                found.setdefault(path.stem, _read_own(path))
            except ConfigError as error:
                if problems is None:
                    raise
                problems.append(str(error))
    for name in list_resources("data/queries", ".rq"):
        stem = name.removesuffix(".rq")
        found.setdefault(stem, parse_query(stem, read_resource(f"data/queries/{name}")))
    return tuple(found[name] for name in sorted(found))


def _read_own(path: Path) -> NamedQuery:
    """Return the query of a file of the user's; raises ConfigError if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not valid UTF-8; save it again as UTF-8") from error
    return replace(parse_query(path.stem, text), path=str(path))


def choose_query(name: str, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query called `name`; raises UnknownNameError with the nearest names."""
    by_name = {q.name: q for q in queries}
    if name not in by_name:
        raise UnknownNameError("query", name, tuple(difflib.get_close_matches(name, by_name, 3)))
    return by_name[name]


def find_query(text: str, queries: Sequence[NamedQuery]) -> NamedQuery:
    """Return the query that `text` names, or else is; any text may have parameters.

    Raises:
        UnknownNameError: for the name of no query.
        ConfigError: as `parse_query`.
    """
    return choose_query(text, queries) if _NAME.fullmatch(text) else parse_query("query", text)


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the query of a file: its question in the first comments, and its parameters.

    Raises:
        ConfigError: for a parameter without a default.
    """
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    questions = [c for c in comments if c and not c.startswith("@")]
    english, chinese = [*questions, "", ""][:2]
    parameters = tuple((m[1], _default(name, text, m[1])) for m in _PARAMETER.finditer(text))
    kinds = tuple((m[1], m[2]) for m in _PARAMETER.finditer(text) if m[2])
    phrasings = tuple(m[1] for m in _PHRASING.finditer(text))
    return NamedQuery(name, _PHRASING.sub("", text), english, chinese, parameters, kinds, phrasings)


def _default(name: str, text: str, variable: str) -> str:
    match = values_of(variable).search(text)
    if match is None:
        raise ConfigError(f"{name}.rq: parameter {variable} needs a default: VALUES ?{variable} {{ term }}")
    return match[1].strip()


def values_of(variable: str) -> re.Pattern[str]:
    """Return a pattern for the place where a query gives a parameter its value."""
    return re.compile(rf"VALUES\s+\?{variable}\s*\{{([^{{}}]*)\}}")
