"""A comparison as a table for a terminal, as Markdown, or as plain values; every value with its note and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.compare import Comparison, Contest, Value
from papergraph.model import Evidence
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style, evidence_record
from papergraph.report.markdown import code_span, markdown_text
from papergraph.report.quotes import quote_line
from papergraph.text.terminal import columns, json_text, printable, shorten

#: What stands in a cell of which the notes say nothing, and what is said of it below the table.
_NOTHING = "\u2014"
_LEGEND = f"{_NOTHING} the notes say nothing; \u201cnot\u201d: they say that it is not so"
#: Values of a cell that a terminal shows, and columns that a cell takes at least.
_SHOWN = 6
#: Lines that one value takes at most.
_LINES = 3
_LEAST = 18
#: Relations that share a heading with another, and are named.
_TOLD = frozenset({"extends", "improvesOn", "measuredOn", "trainedOn"})
#: The widest heading of a row, with the space behind it.
_HEAD = 17


def render_comparison(
    comparison: Comparison, form: str = "table", *, width: int = 120, style: Style | None = None
) -> str:
    """Return the comparison as text; `form` is one of `COMPARISON_FORMATS`, `width` counts terminal columns.

    Raises:
        UnknownNameError: for another format.
    """
    if form == "table":
        return _table(comparison, width, style or (lambda text, _: text))
    if form not in _WRITERS:
        raise UnknownNameError("format of comparisons", form, COMPARISON_FORMATS, closed=True)
    return _WRITERS[form](comparison)


def place_of(evidence: Sequence[Evidence]) -> str:
    """Return note and line of the best evidence; the empty string for none."""
    return f"{evidence[0].note}:{evidence[0].line}" if evidence else ""


def describe_value(value: Value) -> str:
    """Return a value on one line: denied or not, its relation where the heading has several, and its figures."""
    said = ""
    if value.predicate and value.predicate in _TOLD:
        said = f"{relation_label(value.predicate, outgoing=True)} "
    return (
        ("not " if value.denied else "")
        + said
        + value.text
        + (f" ({', '.join(value.figures)})" if value.figures else "")
    )


def contest_line(contest: Contest, labels: dict[str, str]) -> str:
    """Return who is compared with whom, on what, and with which figures."""
    says = relation_label(contest.value.predicate or "comparedWith", outgoing=True)
    on = f" {'on' if len(contest.datasets) == 1 else 'with'} {', '.join(contest.datasets)}" if contest.datasets else ""
    metric = f" ({contest.metric})" if contest.metric else ""
    found = f": {', '.join(contest.value.figures)}" if contest.value.figures else ""
    negated = "not: " if contest.value.denied else ""
    return f"{negated}{labels[contest.subject]} {says} {labels[contest.object]}{on}{metric}{found}"


def _labels(comparison: Comparison) -> dict[str, str]:
    return {work.iri: work.label for work in comparison.works}


def _table(comparison: Comparison, width: int, style: Style) -> str:
    each = max(_LEAST, (width - _HEAD) // max(1, len(comparison.works)) - 2)
    lines = [_row("", [(work.label, "name") for work in comparison.works], each, style)]
    for aspect in comparison.aspects:
        stacks = [list(_stack(cell, each)) for cell in aspect.cells]
        for number, parts in enumerate(zip_longest(*stacks, fillvalue=("", ""))):
            lines.append(_row("" if number else aspect.name, parts, each, style))
    if comparison.contests:
        lines += ["", "With each other"]
    for contest in comparison.contests:
        lines.append(f"  {shorten(printable(contest_line(contest, _labels(comparison))), max(20, width - 2))}")
        for evidence in contest.value.evidence:
            lines.append(
                quote_line(evidence.note, evidence.line, evidence.sentence, indent=4, width=width, style=style)
            )
    return "\n".join([*lines, "", _LEGEND]) + "\n"


def _stack(cell: Sequence[Value], each: int) -> Iterator[tuple[str, str]]:
    """Yield the lines of a cell with their styles: each value, and its place behind or below it."""
    if not cell:
        yield _NOTHING, "quote"
    for value in cell[:_SHOWN]:
        text, place = printable(describe_value(value)), printable(place_of(value.evidence))
        for line in _wrapped(text, each):
            yield line, "quote" if value.predicate is None else "name"
        yield shorten(f"  {place}", each), "place"
    if len(cell) > _SHOWN:
        yield f"and {len(cell) - _SHOWN} more", "quote"


def _wrapped(text: str, each: int) -> Iterator[str]:
    """Yield a text in lines of at most `each` columns, the last one cut."""
    for _ in range(_LINES - 1):
        if columns(text) <= each:
            break
        part = shorten(text, each).removesuffix("\u2026")
        if not part.isascii() or " " not in part:
            line = part
        else:
            line = part if text[len(part) :].startswith(" ") else part.rpartition(" ")[0]
        yield line
        text = text[len(line) :].lstrip()
    yield shorten(text, each)


def _row(head: str, parts: Sequence[tuple[str, str]], each: int, style: Style) -> str:
    cells = []
    for text, kind in parts:
        shown = shorten(printable_start(text), each)
        cells.append(style(shown, kind) + " " * (each - columns(shown)) if shown else " " * each)
    return f"{head:{_HEAD}}{'  '.join(cells)}".rstrip()


def printable_start(text: str) -> str:
    """Return `text` made safe for a terminal, with the spaces that it begins with."""
    return text[: len(text) - len(text.lstrip(" "))] + printable(text)


def _markdown(comparison: Comparison) -> str:
    labels = _labels(comparison)
    heads = [markdown_text(work.label) for work in comparison.works]
    lines = [f"# {' / '.join(heads)}", "", f"| | {' | '.join(heads)} |", "| --- " * (len(heads) + 1) + "|"]
    for aspect in comparison.aspects:
        cells = ["<br>".join(map(_markdown_value, cell)) or _NOTHING for cell in aspect.cells]
        lines.append(f"| {aspect.name} | {' | '.join(cells)} |")
    lines += ["", _LEGEND, ""]
    if comparison.contests:
        lines += ["## With each other", ""]
    for contest in comparison.contests:
        lines.append(f"- {markdown_text(contest_line(contest, labels))}")
        lines += [f"  - {code_span(f'{e.note}:{e.line}')} {markdown_text(e.sentence)}" for e in contest.value.evidence]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_value(value: Value) -> str:
    place = place_of(value.evidence).replace("|", "\\|")
    return markdown_text(describe_value(value)) + (f" {code_span(place)}" if place else "")


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as plain values, the shape of `compare --json`; null where the notes say nothing."""
    return {
        "works": [{"iri": w.iri, "label": w.label, "type": w.type} for w in comparison.works],
        "aspects": {
            aspect.name: [[_value_record(v) for v in cell] or None for cell in aspect.cells]
            for aspect in comparison.aspects
        },
        "contests": [
            {
                "subject": c.subject,
                "object": c.object,
                "datasets": list(c.datasets),
                "metric": c.metric,
                **_value_record(c.value),
            }
            for c in comparison.contests
        ],
    }


def _value_record(value: Value) -> dict[str, Any]:
    return {
        "text": value.text,
        "iri": value.iri,
        "predicate": value.predicate or "",
        "denied": value.denied,
        "confidence": value.confidence,
        "figures": list(value.figures),
        "evidence": [evidence_record(e) for e in value.evidence],
    }


def _json(comparison: Comparison) -> str:
    return json_text(comparison_record(comparison), indent=2) + "\n"


_WRITERS: dict[str, Callable[[Comparison], str]] = {"markdown": _markdown, "json": _json}
#: What `compare --format` accepts.
COMPARISON_FORMATS: tuple[str, ...] = ("table", *_WRITERS)

COMPARISON_COLUMNS = ("aspect", "work", "label", "value", "iri", "denied", "confidence", "note", "line", "sentence")


def comparison_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Return a row for each value, by `COMPARISON_COLUMNS`, with the best of its evidence."""
    rows = []
    for aspect in comparison.aspects:
        for work, cell in zip(comparison.works, aspect.cells, strict=True):
            for value in cell:
                best = value.evidence[0] if value.evidence else None
                where = (best.note, best.line, best.sentence) if best else ("", 0, "")
                row = (aspect.name, work.iri, work.label, value.text, value.iri, value.denied, value.confidence, *where)
                rows.append(dict(zip(COMPARISON_COLUMNS, row, strict=True)))
    return rows
