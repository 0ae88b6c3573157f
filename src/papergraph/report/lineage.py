"""A lineage as text in seven formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from papergraph.errors import QueryError, UnknownNameError
from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Lineage, Member, Step
from papergraph.model import Evidence
from papergraph.report.branch import describe_member, remark_of
from papergraph.report.markdown import code_span, markdown_text
from papergraph.text.terminal import json_text, printable, shorten

#: Wraps a text in a style, `name`, `edge`, `quote` or `place`; the command line maps them to colours.
Style = Callable[[str, str], str]
#: Formats whose texts can follow each other.
_OF_SEVERAL = ("tree", "markdown")


def render_lineage(lineage: Lineage, form: str = "tree", *, width: int = 120, style: Style | None = None) -> str:
    """Return the lineage as text; `form` is one of `LINEAGE_FORMATS`, `width` counts terminal columns (tree only).

    Raises:
        UnknownNameError: for another format.
    """
    if form == "tree":
        return _tree(lineage, width, style or (lambda text, _: text))
    if form not in _WRITERS:
        raise UnknownNameError("lineage format", form, LINEAGE_FORMATS, closed=True)
    return _WRITERS[form](lineage)


def render_lineages(
    lineages: Sequence[Lineage], form: str = "tree", *, width: int = 120, style: Style | None = None
) -> str:
    """Return several lineages one after the other: of trees and Markdown one text, of JSON a list.

    Raises:
        UnknownNameError: for another format.
        QueryError: for a format that holds a single lineage.
    """
    if len(lineages) == 1:
        return render_lineage(lineages[0], form, width=width, style=style)
    if form == "json":
        return json_text([lineage_record(lineage) for lineage in lineages], indent=2) + "\n"
    if form not in _OF_SEVERAL:
        if form in LINEAGE_FORMATS:
            several = ", ".join((*_OF_SEVERAL, "json"))
            raise QueryError(f"{form} holds one lineage: name one entity, or write several as one of: {several}")
        raise UnknownNameError("lineage format", form, LINEAGE_FORMATS, closed=True)
    return "\n".join(render_lineage(lineage, form, width=width, style=style) for lineage in lineages)


def _tree(lineage: Lineage, width: int, style: Style) -> str:
    lines = [_headline(lineage.member(lineage.start), style)]
    for branch in branches(lineage):
        indent = "".join("   " if above else "│  " for above in branch.last[:-1])
        follow = indent + ("   " if branch.last[-1] else "│  ")
        lines.append(indent + ("└─ " if branch.last[-1] else "├─ ") + _tree_step(lineage, branch, width, style))
        if branch.step.evidence:
            lines.append(follow + _tree_quote(lineage, branch.step, width - len(follow), style))
    if not lineage.steps:
        way = "builds on it" if lineage.direction == "downstream" else "it builds on"
        lines.append(f"   (nothing that {way} in these notes)")
    if lineage.truncated:
        lines.append("   (there are further steps; raise --depth)")
    return "\n".join(lines) + "\n"


def _headline(member: Member, style: Style) -> str:
    about = printable(describe_member(member))
    return style(printable(member.label), "name") + (f"  {about}" if about else "")


def _tree_step(lineage: Lineage, branch: Branch, width: int, style: Style) -> str:
    edge = style(f"{branch.step.predicate} {branch.step.confidence:.2f}", "edge")
    about = "" if branch.mark else shorten(printable(describe_member(branch.member)), max(20, width - 40))
    name = style(printable(branch.member.label), "name")
    return f"{name}  {edge}{remark_of(lineage, branch)}" + (f"  {about}" if about else "")


def _tree_quote(lineage: Lineage, step: Step, width: int, style: Style) -> str:
    """Return place and sentence on one line; where the sentence is too long, its clause that says what changed."""
    best = step.evidence[0]
    place = printable(f"{best.note}:{best.line}")
    more = f" (+{len(step.evidence) - 1} more)" if len(step.evidence) > 1 else ""
    room = max(20, width - len(place) - len(more) - 4)
    quote = shorten(sentence := printable(best.sentence), room)
    if quote != sentence and (change := lineage.change(step)):
        quote = shorten(f"… {printable(change)}", room)
    return f"   {style(place, 'place')}{more}  {style(quote, 'quote')}"


def _markdown(lineage: Lineage) -> str:
    start = lineage.member(lineage.start)
    title = "What builds on" if lineage.direction == "downstream" else "What came before"
    lines = [f"# {title} {markdown_text(start.label)}", ""]
    if about := describe_member(start):
        lines += [markdown_text(about), ""]
    for branch in branches(lineage):
        indent = "  " * (branch.depth - 1)
        lines.append(indent + _markdown_step(lineage, branch))
        lines.extend(f"{indent}  - {_markdown_quote(e)}" for e in branch.step.evidence)
    return "\n".join(lines).rstrip() + "\n"


def _markdown_step(lineage: Lineage, branch: Branch) -> str:
    about = "" if branch.mark else markdown_text(describe_member(branch.member))
    step, remark = branch.step, remark_of(lineage, branch).replace("  ", " ", 1)
    tail = f": {about}" if about else ""
    change = lineage.change(step)
    told = f". Change: {markdown_text(change)}" if change else ""
    return f"- **{markdown_text(branch.member.label)}** {step.predicate} ({step.confidence:.2f}){remark}{tail}{told}"


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
                "subject": branch.step.subject,
                "predicate": branch.step.predicate,
                "object": branch.step.object,
                "confidence": branch.step.confidence,
                "depth": branch.depth,
                "cycle": branch.mark == "cycle",
                "repeated": branch.mark == "repeated",
                "reversed": lineage.is_reversed(branch.step),
                "change": lineage.change(branch.step),
                "evidence": [evidence_record(e) for e in branch.step.evidence],
            }
            for branch in branches(lineage)
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


def _numbered(lineage: Lineage) -> tuple[dict[str, str], list[Step]]:
    """Return a short name for each member, and the steps, both in the order of the tree."""
    steps = [branch.step for branch in branches(lineage)]
    iris = dict.fromkeys([lineage.start, *map(lineage.far_end, steps)])
    return {iri: f"n{number}" for number, iri in enumerate(iris)}, steps


def _mermaid(lineage: Lineage) -> str:
    numbers, steps = _numbered(lineage)
    lines = ["flowchart LR"]
    lines += [f'  {number}["{_entities(lineage.member(iri).label)}"]' for iri, number in numbers.items()]
    lines += [f"  {numbers[s.subject]} -->|{s.predicate}| {numbers[s.object]}" for s in steps]
    return "\n".join(lines) + "\n"


def _dot(lineage: Lineage) -> str:
    numbers, steps = _numbered(lineage)
    lines = ["digraph lineage {", "  rankdir=LR;"]
    lines += [f"  {number} [label={_dot_string(lineage.member(iri).label)}];" for iri, number in numbers.items()]
    lines += [f"  {numbers[s.subject]} -> {numbers[s.object]} [label={_dot_string(s.predicate)}];" for s in steps]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_string(text: str) -> str:
    """Quote for DOT: https://graphviz.org/doc/info/lang.html, double-quoted strings."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entities(text: str) -> str:
    """Quote for Mermaid, whose labels know numeric entities written with `#`."""
    return re.sub(r'[#"<>&\[\]{}|`]', lambda m: f"#{ord(m[0])};", printable(text))


def _html(lineage: Lineage) -> str:
    from papergraph.report.lineage_html import lineage_html  # a tree is there sooner without

    return lineage_html(lineage)


def _svg(lineage: Lineage) -> str:
    from papergraph.report.lineage_svg import lineage_svg

    return lineage_svg(lineage)


_WRITERS: dict[str, Callable[[Lineage], str]] = {
    "markdown": _markdown,
    "json": _json,
    "mermaid": _mermaid,
    "dot": _dot,
    "html": _html,
    "svg": _svg,
}
#: What `lineage --format` accepts.
LINEAGE_FORMATS: tuple[str, ...] = ("tree", *_WRITERS)
