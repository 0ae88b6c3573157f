"""A lineage as text in five formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.lineage import Lineage, Member, Step
from papergraph.model import Evidence
from papergraph.report.markdown import code_span, markdown_text
from papergraph.text.terminal import json_text, printable, shorten

#: Wraps a text in a style, `name`, `edge`, `quote` or `place`; the command line maps them to colours.
Style = Callable[[str, str], str]


def render_lineage(lineage: Lineage, form: str = "tree", *, width: int = 120, style: Style | None = None) -> str:
    """Return the lineage as text; `form` is one of `LINEAGE_FORMATS`, `width` counts terminal columns (tree only).

    Raises:
        UnknownNameError: for another format.
    """
    if form == "tree":
        return _tree(lineage, width, style or (lambda text, _: text))
    if form not in _WRITERS:
        raise UnknownNameError("lineage format", form, LINEAGE_FORMATS)
    return _WRITERS[form](lineage)


def describe_member(member: Member) -> str:
    """Return paper, year and institutions of a member on one line, as far as they are known."""
    parts: list[str] = []
    for work in member.works:
        title = "" if work.title.casefold() == member.label.casefold() else work.title
        parts.extend(p for p in (title, work.year, ", ".join(work.institutions)) if p)
    return " · ".join(dict.fromkeys(parts))


def _walk(lineage: Lineage) -> Iterator[tuple[Step, tuple[bool, ...], bool]]:
    """Yield each step below the one that leads to it; a chain may be longer than Python calls itself.

    With it come, from the top down to itself, whether a step is the last beside its like, and whether what it leads to
    was drawn before.
    """
    drawn = {lineage.start}
    waiting: list[tuple[Step, tuple[bool, ...]]] = []

    def put(iri: str, above: tuple[bool, ...]) -> None:
        steps = lineage.next_steps(iri)
        waiting.extend((step, (*above, number == 0)) for number, step in enumerate(reversed(steps)))

    put(lineage.start, ())
    while waiting:
        step, last = waiting.pop()
        far = lineage.far_end(step)
        yield step, last, far in drawn
        if far not in drawn:
            drawn.add(far)
            put(far, last)


def _tree(lineage: Lineage, width: int, style: Style) -> str:
    lines = [_headline(lineage.member(lineage.start), style)]
    for step, last, seen in _walk(lineage):
        indent = "".join("   " if above else "│  " for above in last[:-1])
        follow = indent + ("   " if last[-1] else "│  ")
        lines.append(indent + ("└─ " if last[-1] else "├─ ") + _tree_step(lineage, step, width, style, seen=seen))
        if step.evidence:
            lines.append(follow + _tree_quote(step.evidence, width - len(follow), style))
    if not lineage.steps:
        way = "builds on it" if lineage.direction == "downstream" else "it builds on"
        lines.append(f"   (nothing that {way} in these notes)")
    if lineage.truncated:
        lines.append("   (more lies deeper; raise --depth)")
    return "\n".join(lines) + "\n"


def _headline(member: Member, style: Style) -> str:
    about = printable(describe_member(member))
    return style(printable(member.label), "name") + (f"  {about}" if about else "")


def _tree_step(lineage: Lineage, step: Step, width: int, style: Style, *, seen: bool) -> str:
    member = lineage.member(lineage.far_end(step))
    note = "  (cycle, not followed)" if step.cycle else "  (see above)" if seen else ""
    edge = style(f"{step.predicate} {step.confidence:.2f}", "edge")
    about = "" if seen else shorten(printable(describe_member(member)), max(20, width - 40))
    return f"{style(printable(member.label), 'name')}  {edge}{note}" + (f"  {about}" if about else "")


def _tree_quote(evidence: tuple[Evidence, ...], width: int, style: Style) -> str:
    best = evidence[0]
    place = printable(f"{best.note}:{best.line}")
    more = f" (+{len(evidence) - 1} more)" if len(evidence) > 1 else ""
    quote = shorten(printable(best.sentence), max(20, width - len(place) - len(more) - 4))
    return f"   {style(place, 'place')}{more}  {style(quote, 'quote')}"


def _markdown(lineage: Lineage) -> str:
    start = lineage.member(lineage.start)
    title = "What builds on" if lineage.direction == "downstream" else "What came before"
    lines = [f"# {title} {markdown_text(start.label)}", ""]
    if about := describe_member(start):
        lines += [markdown_text(about), ""]
    for step, last, _ in _walk(lineage):
        indent = "  " * (len(last) - 1)
        lines.append(indent + _markdown_step(lineage, step))
        lines.extend(f"{indent}  - {_markdown_quote(e)}" for e in step.evidence)
    return "\n".join(lines).rstrip() + "\n"


def _markdown_step(lineage: Lineage, step: Step) -> str:
    member = lineage.member(lineage.far_end(step))
    about = markdown_text(describe_member(member))
    cycle = " (cycle, not followed)" if step.cycle else ""
    tail = f": {about}" if about else ""
    return f"- **{markdown_text(member.label)}** {step.predicate} ({step.confidence:.2f}){cycle}{tail}"


def _markdown_quote(evidence: Evidence) -> str:
    return f"{code_span(f'{evidence.note}:{evidence.line}')} {markdown_text(evidence.sentence)}"


def _json(lineage: Lineage) -> str:
    return json_text(lineage_record(lineage), indent=2) + "\n"


def lineage_record(lineage: Lineage) -> dict[str, Any]:
    """Return the lineage as plain values, the shape of `--format json`."""
    return {
        "start": lineage.start,
        "direction": lineage.direction,
        "truncated": lineage.truncated,
        "members": [
            {
                "iri": m.iri,
                "label": m.label,
                "depth": m.depth,
                "papers": [
                    {"iri": w.iri, "title": w.title, "year": w.year, "institutions": list(w.institutions)}
                    for w in m.works
                ],
            }
            for m in lineage.members
        ],
        "steps": [
            {
                "subject": s.subject,
                "predicate": s.predicate,
                "object": s.object,
                "confidence": s.confidence,
                "cycle": s.cycle,
                "evidence": [evidence_record(e) for e in s.evidence],
            }
            for s in lineage.steps
        ],
    }


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Return one piece of evidence as plain values."""
    return {
        "note": evidence.note,
        "line": evidence.line,
        "start": evidence.start,
        "end": evidence.end,
        "sentence": evidence.sentence,
        "extractor": evidence.extractor,
        "tier": evidence.tier,
        "confidence": evidence.confidence,
    }


def _mermaid(lineage: Lineage) -> str:
    numbers = {m.iri: f"n{i}" for i, m in enumerate(lineage.members)}
    lines = ["flowchart LR"]
    lines += [f'  {numbers[m.iri]}["{_entities(m.label)}"]' for m in lineage.members]
    lines += [f"  {numbers[s.subject]} -->|{s.predicate}| {numbers[s.object]}" for s in lineage.steps]
    return "\n".join(lines) + "\n"


def _dot(lineage: Lineage) -> str:
    return "\n".join(["digraph lineage {", "  rankdir=LR;", *_dot_lines(lineage), "}"]) + "\n"


def _dot_lines(lineage: Lineage) -> Iterator[str]:
    numbers = {m.iri: f"n{i}" for i, m in enumerate(lineage.members)}
    for member in lineage.members:
        yield f"  {numbers[member.iri]} [label={_dot_string(member.label)}];"
    for step in lineage.steps:
        yield f"  {numbers[step.subject]} -> {numbers[step.object]} [label={_dot_string(step.predicate)}];"


def _dot_string(text: str) -> str:
    """Quote for DOT: https://graphviz.org/doc/info/lang.html, double-quoted strings."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entities(text: str) -> str:
    """Quote for Mermaid, whose labels know numeric entities written with `#`."""
    return re.sub(r'[#"<>&\[\]{}|`]', lambda m: f"#{ord(m[0])};", printable(text))


_WRITERS: dict[str, Callable[[Lineage], str]] = {
    "markdown": _markdown,
    "json": _json,
    "mermaid": _mermaid,
    "dot": _dot,
}
#: What `lineage --format` accepts.
LINEAGE_FORMATS: tuple[str, ...] = ("tree", *_WRITERS)
