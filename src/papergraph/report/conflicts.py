"""What contradicts what: as text and as Markdown with both sentences side by side, or as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.conflicts import CONFLICTS, Conflict, Side
from papergraph.report.lineage import Style
from papergraph.report.markdown import code_span, markdown_text
from papergraph.report.quotes import quote_line
from papergraph.text.terminal import json_text, printable


def render_conflicts(
    conflicts: Sequence[Conflict], form: str = "text", *, width: int = 120, style: Style | None = None
) -> str:
    """Return the conflicts, the empty string for none; `form` is one of `CONFLICT_FORMATS`, `width` counts columns.

    Raises:
        UnknownNameError: for another format.
    """
    if form == "text":
        return "".join(_lines(conflicts, width, style or (lambda text, _: text)))
    if form not in _WRITERS:
        raise UnknownNameError("format of conflicts", form, CONFLICT_FORMATS, closed=True)
    return _WRITERS[form](conflicts)


def conflict_record(conflict: Conflict) -> dict[str, Any]:
    """Return one conflict as plain values, the shape of `conflicts --json`."""
    return {
        "place": conflict.place,
        "kind": conflict.kind,
        "message": conflict.message,
        "about": list(conflict.about),
        "sides": [{"note": s.note, "line": s.line, "sentence": s.sentence} for s in conflict.sides],
    }


def _lines(conflicts: Sequence[Conflict], width: int, style: Style) -> Iterator[str]:
    """Yield a line for each conflict that begins with its place, and an indented one for each side."""
    for conflict in conflicts:
        yield printable(f"{conflict.place}: {conflict.kind}: {conflict.message}") + "\n"
        for side in conflict.sides:
            yield quote_line(side.note, side.line, side.sentence, indent=4, width=width, style=style) + "\n"


def _markdown(conflicts: Sequence[Conflict]) -> str:
    order = [kind for kind, _ in CONFLICTS]
    rank = {c.kind: next(n for n, kind in enumerate(order) if c.kind.startswith(kind)) for c in conflicts}
    lines: list[str] = []
    for kind, found in groupby(sorted(conflicts, key=lambda c: (rank[c.kind], c.kind)), key=lambda c: c.kind):
        lines += [f"## {kind}", "", "| conflict | one says | another says |", "| --- | --- | --- |"]
        lines += [_row(conflict) for conflict in found]
        lines.append("")
    return "\n".join(lines)


def _row(conflict: Conflict) -> str:
    one, *others = [_said(side) for side in conflict.sides] or [code_span(conflict.place)]
    return f"| {markdown_text(conflict.message)} | {one} | {'<br>'.join(others)} |"


def _said(side: Side) -> str:
    place = side.place.replace("|", "\\|")
    return f"{code_span(place)} {markdown_text(side.sentence)}"


def _json(conflicts: Sequence[Conflict]) -> str:
    return json_text([conflict_record(c) for c in conflicts], indent=2) + "\n"


_WRITERS: dict[str, Callable[[Sequence[Conflict]], str]] = {"markdown": _markdown, "json": _json}
#: What `conflicts --format` accepts.
CONFLICT_FORMATS: tuple[str, ...] = ("text", *_WRITERS)

CONFLICT_COLUMNS = ("kind", "message", "place", "about", "note", "line", "sentence")


def conflict_rows(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """Return a row for each side of each conflict, by `CONFLICT_COLUMNS`."""
    rows = []
    for c in conflicts:
        for side in c.sides or (Side("", 0, ""),):
            values = (c.kind, c.message, c.place, list(c.about), side.note, side.line, side.sentence)
            rows.append(dict(zip(CONFLICT_COLUMNS, values, strict=True)))
    return rows
