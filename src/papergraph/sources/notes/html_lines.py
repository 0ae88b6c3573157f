"""What people see of a line of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Tags inside of a line of text.
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|s|em|strong|mark|span|font|code|sub|sup|small|del|ins)\b", re.IGNORECASE)
_HTML_LINE = re.compile(r"<[^<>]*>?|(?P<text>[^<>\r\n]+)")


def shown_pieces(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the text of a line of HTML stands: between its tags other than those of links and type."""
    first, texts = 0, list[re.Match[str]]()
    for match in (*_HTML_LINE.finditer(line), None):
        if match is not None and (match["text"] or _INLINE_TAG.match(match[0])):
            texts += [match] if (match["text"] or "").strip() else []
            continue
        last = match.start() if match else len(line)
        if len(texts) == 1 and "href" not in line[first:last]:
            yield texts[0].span()
        elif texts:
            yield first, last
        first, texts = match.end() if match else last, []
