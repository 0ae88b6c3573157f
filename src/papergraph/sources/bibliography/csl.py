"""CSL JSON, plain or by Better BibTeX, and Better BibTeX JSON."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from papergraph.model import Problem, Span
from papergraph.sources.bibliography.fields import (
    extra_key,
    extra_lines,
    find_identifiers,
    find_venue,
    find_year,
    split_tags,
)
from papergraph.sources.bibliography.json_items import JsonError, read_items, read_member
from papergraph.sources.bibliography.work import Author, Work
from papergraph.sources.notes.lines import find_lines

_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]{0,80}>", re.IGNORECASE)
#: Items of a library that are no works.
_NO_WORKS = frozenset({"attachment", "note", "annotation"})
_VENUES = ("container-title", "conferenceName", "proceedingsTitle", "publicationTitle", "event-title", "event")


def read_csl(text: str, name: str) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """Return the works in a JSON file called `name`, in its order, and what of it could not be read."""
    lines = find_lines(text)
    works: list[Work] = []
    problems: list[Problem] = []
    collections = collections_by_item(read_member(text, "collections"))
    seen: set[str] = set()
    try:
        for item, span in read_items(text):
            line = bisect_right(lines, span.start)
            work = read_item(item, text, span, collections) if isinstance(item, dict) else None
            if work is None:
                if not isinstance(item, dict) or item.get("itemType") not in _NO_WORKS:
                    problems.append(Problem(name, "an item without a title was left out", line, "left out"))
            elif work.key in seen:
                text_of = f"another entry has the key {work.key!r}; this one was left out"
                problems.append(Problem(name, text_of, line))
            else:
                seen.add(work.key)
                works.append(replace(work, file=name, line=line))
    except JsonError as error:
        message = f"invalid JSON: {error}; what follows was left out"
        problems.append(Problem(name, message, bisect_right(lines, error.position)))
    return tuple(works), tuple(problems)


def read_item(
    item: Mapping[str, Any], text: str, span: Span, collections: Mapping[str, Sequence[tuple[str, ...]]]
) -> Work | None:
    """Return the work that an item records; None for one without a title, an attachment or a note."""
    title = _plain(item.get("title"))
    if not title or item.get("itemType") in _NO_WORKS:
        return None
    extra = _extra(item)
    key = _text(item.get("citation-key") or item.get("citationKey") or item.get("citekey")) or extra_key(extra)
    number = _text(item.get("id") or item.get("itemKey") or item.get("key") or item.get("itemID"))
    labels = dict(extra_lines(extra))
    is_keyed = bool(key) or ("itemType" not in item and bool(number) and not number.startswith("http"))
    return Work(
        key=key or number or title,
        title=title,
        authors=tuple(_authors(item, text, span)),
        year=find_year(*_dates(item)),
        venue=find_venue(*(_plain(item.get(name)) for name in _VENUES), labels.get("venue", "")),
        identifiers=find_identifiers(_fields(item, extra)),
        url=_text(item.get("URL") or item.get("url")),
        tags=_tags(item),
        collections=tuple(collections.get(_text(item.get("itemID")), ())),
        span=span,
        title_span=_find(text, span, _text(item.get("title"))),
        is_keyed=is_keyed,
    )


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _plain(value: object) -> str:
    """Return a text without the HTML that CSL allows in it."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return " ".join(html.unescape(_TAG.sub("", _text(value))).split())


def _extra(item: Mapping[str, Any]) -> str:
    """Return the field for everything else, which is a text or a list of lines."""
    found = item.get("extra") if item.get("extra") is not None else item.get("note")
    if isinstance(found, list):
        return "\n".join(line for line in found if isinstance(line, str))
    return found if isinstance(found, str) else ""


def _fields(item: Mapping[str, Any], extra: str) -> dict[str, str]:
    names = {
        "doi": ("DOI", "doi"),
        "url": ("URL", "url"),
        "number": ("number", "reportNumber"),
        "archiveid": ("archiveID", "archive_location", "archiveLocation"),
        "journal": ("container-title", "publicationTitle"),
        "publisher": ("publisher", "repository"),
        "arxiv": ("arxiv", "arxivId"),
    }
    found = {name: next((t for key in keys if (t := _text(item.get(key)))), "") for name, keys in names.items()}
    return {"extra": extra, **found}


def _dates(item: Mapping[str, Any]) -> Iterator[str]:
    issued = item.get("issued")
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            yield _text(parts[0][0])
        yield _text(issued.get("literal") or issued.get("raw"))
    yield _text(issued)
    yield _text(item.get("date"))


def _authors(item: Mapping[str, Any], text: str, within: Span) -> Iterator[Author]:
    people = item.get("author") or item.get("creators") or item.get("editor")
    position = within.start
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, dict) or person.get("creatorType", "author") != "author":
            continue
        particle = _text(person.get("non-dropping-particle")) or _text(person.get("dropping-particle"))
        family = _text(person.get("family") or person.get("lastName"))
        alone = _text(person.get("literal") or person.get("name"))
        span = _find(text, Span(position, within.end), family or alone) if position < within.end else None
        position = span.end if span else position
        given = _text(person.get("given") or person.get("firstName"))
        if family:
            yield Author(f"{particle} {family}".strip(), given, _text(person.get("suffix")), span)
        elif alone or given:
            yield Author(alone or given, span=span)


def _find(text: str, within: Span, written: str) -> Span | None:
    """Return where a string of an item stands, written as it is or with escapes."""
    for form in dict.fromkeys((written, *(json.dumps(written, ensure_ascii=e)[1:-1] for e in (False, True)))):
        start = text.find(form, within.start, within.end) if form else -1
        if start >= 0:
            return Span(start, start + len(form))
    return None


def _tags(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags that somebody chose; those that the library took from a web page have the type 1."""
    listed = item.get("tags")
    chosen = [
        _text(tag.get("tag")) if isinstance(tag, dict) and tag.get("type") != 1 else _text(tag)
        for tag in (listed if isinstance(listed, list) else ())
    ]
    keyword = item.get("keyword")
    return tuple(dict.fromkeys([*filter(None, chosen), *split_tags(keyword if isinstance(keyword, str) else "")]))


def collections_by_item(listed: object) -> dict[str, list[tuple[str, ...]]]:
    """Return for each number of an item the collections of Better BibTeX JSON that hold it."""
    table = listed if isinstance(listed, dict) else {}
    paths: dict[str, list[tuple[str, ...]]] = {}
    for collection in table.values():
        if not isinstance(collection, dict) or not isinstance(collection.get("items"), list):
            continue
        for item in collection["items"]:
            paths.setdefault(_text(item), []).append(_path(table, collection))
    return {item: sorted(found) for item, found in paths.items()}


def _path(table: Mapping[str, Any], collection: Mapping[str, Any]) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[str] = set()
    current: Any = collection
    while isinstance(current, dict) and (key := _text(current.get("key"))) not in seen:
        seen.add(key)
        if name := _text(current.get("name")):
            names.append(name)
        current = table.get(_text(current.get("parent")))
    return tuple(reversed(names))
