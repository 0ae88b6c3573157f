"""What the notes lack, as a list for a terminal, as Markdown, or as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.gaps import Gap, Gaps
from papergraph.report.lineage import Style, evidence_record
from papergraph.report.markdown import code_span, markdown_text
from papergraph.report.quotes import quote_line
from papergraph.text.terminal import json_text, printable, shorten

#: What each kind means, as a heading.
HEADINGS = {
    "unread": "What to read next: others rely on it, and no note is about it",
    "no paper": "Methods without a paper",
    "no year": "Papers without a year",
    "no hardware": "Methods without hardware",
    "no dataset": "Methods without a dataset",
    "empty cell": "Topics and hardware that no work has in common",
    "stale topic": "Topics without recent work",
    "one source": "Links between works that rest on one sentence",
}


def render_gaps(gaps: Gaps, form: str = "text", *, width: int = 120, style: Style | None = None) -> str:
    """Return the gaps as text; `form` is one of `GAP_FORMATS`, `width` counts terminal columns.

    Raises:
        UnknownNameError: for another format.
    """
    if form == "text":
        return "\n".join(_lines(gaps, width, style or (lambda text, _: text))) + "\n"
    if form not in _WRITERS:
        raise UnknownNameError("format of gaps", form, GAP_FORMATS, closed=True)
    return _WRITERS[form](gaps)


def heading(gaps: Gaps, kind: str) -> str:
    """Return the heading of a kind, with how many there are and how many are shown."""
    total = dict(gaps.totals).get(kind, 0)
    shown = sum(gap.kind == kind for gap in gaps.gaps)
    return f"{HEADINGS[kind]} ({total:,}{f', {shown} shown' if shown < total else ''})"


def _lines(gaps: Gaps, width: int, style: Style) -> Iterator[str]:
    if not gaps.gaps:
        yield "(nothing is missing in these notes)"
    for number, (kind, found) in enumerate(groupby(gaps.gaps, key=lambda g: g.kind)):
        if number:
            yield ""
        yield heading(gaps, kind)
        for gap in found:
            yield f"  {style(shorten(printable(gap.label), max(20, width - 2)), 'name')}"
            yield f"    {shorten(printable(gap.reason), max(20, width - 4))}"
            for item in gap.evidence:
                yield quote_line(item.note, item.line, item.sentence, indent=6, width=width, style=style)


def _markdown(gaps: Gaps) -> str:
    lines: list[str] = []
    for kind, found in groupby(gaps.gaps, key=lambda g: g.kind):
        lines += [f"## {heading(gaps, kind)}", ""]
        for gap in found:
            lines.append(f"- **{markdown_text(gap.label)}**: {markdown_text(gap.reason)}")
            lines += [f"  - {code_span(f'{e.note}:{e.line}')} {markdown_text(e.sentence)}" for e in gap.evidence]
        lines.append("")
    return "\n".join(lines)


def gap_record(gap: Gap) -> dict[str, Any]:
    """Return one gap as plain values."""
    return {
        "kind": gap.kind,
        "about": list(gap.about),
        "names": list(gap.names),
        "reason": gap.reason,
        "weight": gap.weight,
        "facts": dict(gap.facts),
        "evidence": [evidence_record(e) for e in gap.evidence],
    }


def _json(gaps: Gaps) -> str:
    record = {"totals": dict(gaps.totals), "gaps": [gap_record(gap) for gap in gaps.gaps]}
    return json_text(record, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Gaps], str]] = {"markdown": _markdown, "json": _json}
#: What `gaps --format` accepts.
GAP_FORMATS: tuple[str, ...] = ("text", *_WRITERS)

GAP_COLUMNS = ("kind", "label", "about", "reason", "weight", "note", "line", "sentence")


def gap_rows(gaps: Gaps) -> list[dict[str, Any]]:
    """Return a row for each gap, by `GAP_COLUMNS`, with the first of its evidence."""
    rows = []
    for gap in gaps.gaps:
        first = gap.evidence[0] if gap.evidence else None
        where = (first.note, first.line, first.sentence) if first else ("", 0, "")
        values = (gap.kind, gap.label, list(gap.about), gap.reason, gap.weight, *where)
        rows.append(dict(zip(GAP_COLUMNS, values, strict=True)))
    return rows
