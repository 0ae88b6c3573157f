"""A timeline as a list by year for a terminal, as Markdown, or as plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.timeline import Event, Timeline
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style, evidence_record
from papergraph.report.markdown import code_span, markdown_text
from papergraph.report.quotes import quote_line
from papergraph.text.terminal import json_text, printable, shorten

_UNDATED = "without a year"


def render_timeline(timeline: Timeline, form: str = "text", *, width: int = 120, style: Style | None = None) -> str:
    """Return the timeline as text; `form` is one of `TIMELINE_FORMATS`, `width` counts terminal columns.

    Raises:
        UnknownNameError: for another format.
    """
    if form == "text":
        return _text(timeline, width, style or (lambda text, _: text))
    if form not in _WRITERS:
        raise UnknownNameError("format of timelines", form, TIMELINE_FORMATS, closed=True)
    return _WRITERS[form](timeline)


def describe_event(event: Event) -> str:
    """Return why a work is listed, and the title of its paper, as far as they are known."""
    says = f"{relation_label(event.predicate, outgoing=True)} {event.other}" if event.predicate else ""
    return " \u00b7 ".join(part for part in (says, event.title) if part)


def _text(timeline: Timeline, width: int, style: Style) -> str:
    lines = [f"{style(printable(timeline.label), 'name')}  {timeline.type}"]
    for year, events in timeline.years():
        lines.append(f"{style(year or _UNDATED, 'edge')}")
        for event in events:
            label = shorten(printable(event.label), max(20, width - 2))
            about = shorten(printable(describe_event(event)), max(20, width - 6))
            lines.append(f"  {style(label, 'name')}")
            if about:
                lines.append(f"    {about}")
            lines += [
                quote_line(e.note, e.line, e.sentence, indent=4, width=width, style=style) for e in event.evidence[:1]
            ]
    if not timeline.events:
        lines.append("  (no works in these notes)")
    return "\n".join(lines) + "\n"


def _markdown(timeline: Timeline) -> str:
    lines = [f"# {markdown_text(timeline.label)}", ""]
    for year, events in timeline.years():
        lines += [f"## {year or _UNDATED}", ""]
        for event in events:
            about = describe_event(event)
            lines.append(f"- **{markdown_text(event.label)}**" + (f": {markdown_text(about)}" if about else ""))
            lines += [f"  - {code_span(f'{e.note}:{e.line}')} {markdown_text(e.sentence)}" for e in event.evidence[:1]]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def timeline_record(timeline: Timeline) -> dict[str, Any]:
    """Return the timeline as plain values, the shape of `timeline --json`; an unknown year is empty."""
    return {
        "iri": timeline.iri,
        "label": timeline.label,
        "type": timeline.type,
        "events": [
            {
                "iri": event.iri,
                "label": event.label,
                "year": event.year,
                "title": event.title,
                "predicate": event.predicate or "",
                "other": event.other,
                "evidence": [evidence_record(e) for e in event.evidence],
            }
            for event in timeline.events
        ],
    }


def _json(timeline: Timeline) -> str:
    return json_text(timeline_record(timeline), indent=2) + "\n"


_WRITERS: dict[str, Callable[[Timeline], str]] = {"markdown": _markdown, "json": _json}
#: What `timeline --format` accepts.
TIMELINE_FORMATS: tuple[str, ...] = ("text", *_WRITERS)

TIMELINE_COLUMNS = ("year", "label", "iri", "title", "predicate", "other", "note", "line", "sentence")


def timeline_rows(timeline: Timeline) -> list[dict[str, Any]]:
    """Return a row for each work, by `TIMELINE_COLUMNS`, with the best of its evidence."""
    rows = []
    for event in timeline.events:
        best = event.evidence[0] if event.evidence else None
        where = (best.note, best.line, best.sentence) if best else ("", 0, "")
        values = (event.year, event.label, event.iri, event.title, event.predicate or "", event.other, *where)
        rows.append(dict(zip(TIMELINE_COLUMNS, values, strict=True)))
    return rows
