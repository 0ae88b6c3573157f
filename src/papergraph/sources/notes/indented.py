"""Lists that are indented as a whole, as outliners write them below a heading: CommonMark takes them for code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*\n?")
_INDENT = re.compile(r"[ \t]*")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r"(?:```|~~~)")
#: Columns from which on CommonMark takes a line for code.
_CODE = 4


@dataclass(frozen=True, slots=True)
class Dedented:
    """A text without the indentation that its lists have as a whole, and where its characters stood."""

    text: str
    starts: tuple[int, ...] = (0,)
    """Offsets in the new text from which on so many characters were left out before."""
    left_out: tuple[int, ...] = (0,)

    def original(self, offset: int) -> int:
        """Return where a character of the new text stands in the old one."""
        return offset + self.left_out[bisect_right(self.starts, offset) - 1] if self.left_out[-1] else offset


def dedent_lists(source: str) -> Dedented:
    r"""Return `source` with lists that stand under no item moved to the left margin.

    >>> found = dedent_lists("## Kinds\n\t- LoRA\n\t\t- QLoRA\n")
    >>> found.text, found.original(found.text.index("LoRA"))
    ('## Kinds\n- LoRA\n\t- QLoRA\n', 12)
    """
    if "\n\t" not in source and "\n    " not in source and not source.startswith(("\t", "    ")):
        return Dedented(source)
    pieces: list[str] = []
    starts, left_out = [0], [0]
    length = 0
    for line, cut in _lines(source):
        if cut:
            starts.append(length)
            left_out.append(left_out[-1] + cut)
        pieces.append(line[cut:])
        length += len(line) - cut
    return Dedented("".join(pieces), tuple(starts), tuple(left_out)) if len(starts) > 1 else Dedented(source)


def _lines(source: str) -> Iterator[tuple[str, int]]:
    """Yield each line with the number of characters of its indentation that belong to its whole list."""
    base, in_list, in_fence, was_blank = 0, False, False, True
    for match in _LINE.finditer(source):
        line = match[0]
        if not line:
            return
        indent = _INDENT.match(line)
        rest = line[indent.end() :] if indent else line
        width = _columns(line[: len(line) - len(rest)])
        if _FENCE.match(rest):
            in_fence = not in_fence
        if not rest.strip() or in_fence or _FENCE.match(rest):
            yield line, _characters(line, base) if base else 0
            was_blank = was_blank or not rest.strip()
            continue
        is_marker = _MARKER.match(rest) is not None
        if width < _CODE:
            in_list = is_marker or (in_list and (width > 0 or (not was_blank and not rest.startswith("#"))))
            base = 0
        elif not in_list and not base and is_marker:
            base = width
        was_blank = False
        yield line, _characters(line, base) if base else 0


def _columns(indent: str) -> int:
    return len(indent.expandtabs(_CODE))


def _characters(line: str, columns: int) -> int:
    """Return how many characters of white space at the start of a line make up so many columns, or fewer."""
    width = 0
    for number, character in enumerate(line):
        if character not in " \t":
            return number
        width = (width // _CODE + 1) * _CODE if character == "\t" else width + 1
        if width >= columns:
            return number + 1 if width == columns else number
    return 0
