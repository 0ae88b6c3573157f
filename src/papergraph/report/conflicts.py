"""What contradicts what, as lines, as Markdown, or as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.conflicts import CONFLICTS, Conflict
from papergraph.report.markdown import code_span, markdown_text
from papergraph.text.terminal import json_text, printable


def render_conflicts(conflicts: Sequence[Conflict], form: str = "text") -> str:
    """Return the conflicts as text, the empty string for none; `form` is one of `CONFLICT_FORMATS`.

    Raises:
        UnknownNameError: for another format.
    """
    if form not in _WRITERS:
        raise UnknownNameError("format of conflicts", form, CONFLICT_FORMATS)
    return _WRITERS[form](conflicts)


def conflict_record(conflict: Conflict) -> dict[str, Any]:
    """Return one conflict as plain values, the shape of `conflicts --json`."""
    return {
        "place": conflict.place,
        "kind": conflict.kind,
        "message": conflict.message,
        "about": list(conflict.about),
    }


def _text(conflicts: Sequence[Conflict]) -> str:
    return "".join(printable(f"{c.place}: {c.kind}: {c.message}") + "\n" for c in conflicts)


def _markdown(conflicts: Sequence[Conflict]) -> str:
    order = [kind for kind, _ in CONFLICTS]
    by_kind = sorted(conflicts, key=lambda c: next(n for n, kind in enumerate(order) if c.kind.startswith(kind)))
    lines: list[str] = []
    for kind, found in groupby(by_kind, key=lambda c: c.kind):
        lines += [f"## {kind}", ""]
        lines += [f"- {code_span(c.place)} {markdown_text(c.message)}" for c in found]
        lines.append("")
    return "\n".join(lines)


def _json(conflicts: Sequence[Conflict]) -> str:
    return json_text([conflict_record(c) for c in conflicts], indent=2) + "\n"


_WRITERS: dict[str, Callable[[Sequence[Conflict]], str]] = {"text": _text, "markdown": _markdown, "json": _json}
#: What `conflicts --format` accepts.
CONFLICT_FORMATS: tuple[str, ...] = tuple(_WRITERS)
