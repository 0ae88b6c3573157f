"""BibTeX and BibLaTeX, by the package bibtexparser: an entry that cannot be parsed costs no other."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from papergraph.errors import ConfigError
from papergraph.model import Problem, Span
from papergraph.sources.bibliography.fields import (
    extra_key,
    find_identifiers,
    find_venue,
    find_year,
    split_tags,
)
from papergraph.sources.bibliography.latex import plain_text
from papergraph.sources.bibliography.work import Author, Work
from papergraph.sources.notes.lines import find_lines

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_VENUES = ("booktitle", "journaltitle", "journal", "eventtitle", "series")
#: Fields that are read as text; in the others, such as addresses, nothing is LaTeX.
_TEXTS = frozenset({"title", "subtitle", "keywords", "groups", "howpublished", "publisher", *_VENUES})
_OTHERS = "others"


def read_bibtex(text: str, name: str) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """Return the works in a .bib file called `name`, in its order, and what of it could not be read.

    Raises:
        ConfigError: if the package bibtexparser is not installed.
    """
    library = _parse(text)
    lines = find_lines(text)
    works: list[Work] = []
    problems: list[Problem] = []
    doubled = [block for block in library.failed_blocks if hasattr(block, "duplicate_keys")]
    for block in doubled:
        fields = ", ".join(sorted(block.duplicate_keys))
        message = f"{block.ignore_error_block.key!r} has the field {fields} twice; the first one counts"
        problems.append(Problem(name, message, _line(block), "left out"))
    entries = [*library.entries, *(block.ignore_error_block for block in doubled)]
    for block in sorted(entries, key=_line):
        work = _work(block, text, name, _start(block, lines))
        if work.title:
            works.append(work)
        else:
            problems.append(Problem(name, f"entry {work.key!r} has no title and was left out", work.line, "left out"))
    failed = [block for block in library.failed_blocks if block not in doubled]
    problems += [Problem(name, _failure(block), _line(block)) for block in failed]
    return tuple(works), tuple(sorted(problems, key=lambda p: (p.line, p.message)))


def _parse(text: str) -> Any:
    try:
        from bibtexparser import middlewares
        from bibtexparser.entrypoint import parse_string
    except ImportError as error:
        raise ConfigError(
            "reading .bib files needs bibtexparser; install it: pip install 'papergraph[bibtex]'"
        ) from error
    quiet = logging.getLogger("bibtexparser")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)  # what fails is in the library, with its line
    try:
        stack = [
            middlewares.ResolveStringReferencesMiddleware(allow_inplace_modification=True),
            middlewares.RemoveEnclosingMiddleware(allow_inplace_modification=True),
            middlewares.NormalizeFieldKeys(),
        ]
        return parse_string(text, parse_stack=stack)
    finally:
        quiet.setLevel(level)


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _start(block: Block, lines: tuple[int, ...]) -> int:
    return lines[min(block.start_line or 0, len(lines) - 1)]


def _failure(block: Any) -> str:
    """Return what is wrong with a block that is no entry."""
    if key := getattr(block, "key", ""):
        return f"another entry has the key {key!r}; this one was left out"
    first = (block.raw or "").strip().splitlines()[:1]
    reason = " ".join(str(getattr(block.error, "abort_reason", "") or block.error).split())
    return f"invalid BibTeX was left out: {' '.join(first)[:60]!r}: {reason or 'it cannot be parsed'}"


def _work(entry: Entry, text: str, name: str, start: int) -> Work:
    raw = entry.raw or ""
    begin = max(text.find(raw, start), 0) if raw else start
    span = Span(begin, max(begin + len(raw), begin + 1))
    written: dict[str, str] = {}
    for field in entry.fields:
        written.setdefault(field.key.lower(), str(field.value))
    fields = {key: plain_text(value) if key in _TEXTS else value for key, value in written.items()}
    for key in ("note", "annotation", "extra"):  # each of their lines says something
        if key in written:
            fields[key] = "\n".join(map(plain_text, written[key].splitlines()))
    others = [key.strip() for key in fields.get("ids", "").split(",")] + [extra_key(fields.get("note", ""))]
    return Work(
        key=entry.key,
        title=_title(fields),
        authors=tuple(_authors(written.get("author", "") or written.get("editor", ""), text, span)),
        year=find_year(fields.get("year", ""), fields.get("date", "")),
        venue=find_venue(*(fields.get(key, "") for key in _VENUES)),
        identifiers=find_identifiers(fields),
        url=fields.get("url", ""),
        tags=split_tags(fields.get("keywords", "")),
        collections=tuple((group,) for group in split_tags(fields.get("groups", ""))),
        other_keys=tuple(dict.fromkeys(key for key in others if key and key != entry.key)),
        file=name,
        line=_line(entry),
        span=span,
        title_span=_found(text, written.get("title", ""), span),
    )


def _title(fields: Mapping[str, str]) -> str:
    """Return the title, with the subtitle that BibLaTeX keeps apart."""
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    return f"{title}: {subtitle}" if title and subtitle else title


def _found(text: str, written: str, within: Span) -> Span | None:
    start = text.find(written, within.start, within.end) if written else -1
    return Span(start, start + len(written)) if start >= 0 else None


def _authors(written: str, text: str, within: Span) -> Iterator[Author]:
    """Yield the authors of a field, in order, each with the place where the entry writes the family name."""
    if not written:
        return
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    position = text.find(written, within.start, within.end)
    for name in split_multiple_persons_names(written):
        if name.strip() == _OTHERS:
            continue
        start = text.find(name, position, within.end) if position >= 0 else -1
        span = Span(start, start + len(name)) if start >= 0 else None
        position = span.end if span else position
        parts = None
        with contextlib.suppress(Exception):  # a name with too many commas is one name
            parts = parse_single_name_into_parts(name, strict=False)
        if parts is None:
            yield Author(plain_text(name), span=span)
            continue
        family, given, suffix = (" ".join(map(plain_text, p)) for p in (parts.von + parts.last, parts.first, parts.jr))
        if family or given:
            yield Author(family or given, given if family else "", suffix, span)
