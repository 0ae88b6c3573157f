"""Citation keys of the library in a note: only what the library knows is a key, whatever else stands behind an `@`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from papergraph.model import Span

_LONGEST = 120
#: Where the front matter of a note stands.
_HEAD = 4_000
#: Letters and signs before an `@` that make it part of an address: `a.b@c.org`, `https://x.org/@y`.
_ADDRESS = "._%+-/@=&"
#: Behind a key these go on with something else if more follows: `@scope/package`, `@key.com`.
_GOES_ON = "/@"


def find_keys(text: str, known: Collection[str]) -> Iterator[tuple[str, Span]]:
    """Yield the known keys behind an `@` in a text, in order, each with its place, the `@` included.

    >>> text = "see [@smith2020, p. 3], @smith2020提出, me@smith2020.org, @smith2020/pkg and @smith20201"
    >>> [(key, span.start) for key, span in find_keys(text, {"smith2020"})]
    [('smith2020', 5), ('smith2020', 24)]
    """
    position = text.find("@") if known else -1
    while position >= 0:
        if not _is_within_address(text, position) and (key := _key_at(text, position + 1, known)):
            yield key, Span(position, position + 1 + len(key))
        position = text.find("@", position + 1)


def keys_of_note(name: str, text: str, known: Collection[str]) -> frozenset[str]:
    """Return the known keys that a note cites, links to, has for its name, or may give in its front matter.

    >>> sorted(
    ...     keys_of_note("a/smith2020.md", "[[jones1999|Jones]] and @doe2001", {"smith2020", "jones1999", "doe2001"})
    ... )
    ['doe2001', 'jones1999', 'smith2020']
    """
    if not known:
        return frozenset()
    found = {key for key, _ in find_keys(text, known)} | set(_linked(text, known))
    found |= {word for word in map(_bare, text[:_HEAD].split()) if word in known}
    stem = PurePosixPath(name).stem.removeprefix("@")
    return frozenset(found | ({stem} if stem in known else set()))


def _bare(word: str) -> str:
    return word.strip("@[]\"',;")


def _linked(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield the known keys that wikilinks lead to."""
    position = text.find("[[")
    while position >= 0:
        end = position + 2
        while end < len(text) and text[end] not in "]|#\r\n" and end - position < _LONGEST:
            end += 1
        if (page := text[position + 2 : end].strip().rpartition("/")[2].removeprefix("@")) in known:
            yield page
        position = text.find("[[", end)


def _is_within_address(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    if not before:
        return False
    if before in "-(" and text[at - 2 : at - 1] in {"", "[", " ", "\n", ";"}:
        return False  # [-@key], (@key)
    return (before.isascii() and before.isalnum()) or before in _ADDRESS


def _key_at(text: str, start: int, known: Collection[str]) -> str:
    """Return the longest known key that stands at `start` and ends there as a word."""
    end = start
    while end < len(text) and end - start < _LONGEST and not text[end].isspace() and text[end] not in "[]{}|,;#\"'":
        end += 1
    for stop in range(end, start, -1):
        if (key := text[start:stop]) in known and _ends(text, stop):
            return key
    return ""


def _ends(text: str, stop: int) -> bool:
    after, next_one = text[stop : stop + 1], text[stop + 1 : stop + 2]
    if after.isascii() and (after.isalnum() or after == "_"):
        return False
    if after in _GOES_ON and after:
        return False
    return not (after in ".-:" and after and next_one.isascii() and next_one.isalnum())
