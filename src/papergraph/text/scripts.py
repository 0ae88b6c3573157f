"""Sub- and superscripts inside names, as HTML, TeX and Markdown write them: H<sub>2</sub>O, H$_2$O, H~2~O."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A letter or digit or two, lowered or raised, with its marks.
_SCRIPT = re.compile(
    r"<(?P<tag>su[bp])>(?P<html>\w{1,3})</(?P=tag)>"
    r"|\$[_^]\{?(?P<tex>\w{1,3})\}?\$"
    r"|(?<=[^\W_])(?P<mark>[~^])(?P<markdown>[0-9]{1,3})(?P=mark)"
)
#: What HTML writes around them.
SCRIPT_TAGS = ("<sub>", "</sub>", "<sup>", "</sup>")
#: Without one of these there is none.
_SIGN = re.compile(r"[$~^]|<su")


def script_marks(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the marks around sub- and superscripts stand, in order: none of them is part of a name.

    >>> list(script_marks("H<sub>2</sub>O"))
    [(1, 6), (7, 13)]
    """
    stop = len(text) if end is None else end
    if not _SIGN.search(text, start, stop):
        return
    for match in _SCRIPT.finditer(text, start, stop):
        written = match.lastgroup if match.lastgroup != "mark" else "markdown"
        inner = match.span(written or 0)
        yield match.start(), inner[0]
        yield inner[1], match.end()


def without_script_marks(name: str) -> str:
    """Return a name with its sub- and superscripts on the line.

    >>> without_script_marks("D$_2$O"), without_script_marks("H~2~O"), without_script_marks("S$^{4}$C")
    ('D2O', 'H2O', 'S4C')
    """
    pieces, position = [], 0
    for start, end in script_marks(name):
        pieces.append(name[position:start])
        position = end
    return "".join([*pieces, name[position:]])
