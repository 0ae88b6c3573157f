"""The ways between two entities as text, Markdown, or plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.between import Between, Hop, Way
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import evidence_record
from papergraph.report.markdown import code_span, markdown_text
from papergraph.text.terminal import json_text, printable, shorten

#: What is said where there is no way: that notes say nothing is no denial.
NO_WAY = "your notes do not connect them"


def render_between(between: Between, form: str = "tree", *, width: int = 120) -> str:
    """Return the ways as text; `form` is one of `BETWEEN_FORMATS`, `width` counts terminal columns (tree only).

    Raises:
        UnknownNameError: for another format.
    """
    if form == "tree":
        return _tree(between, width)
    if form not in _WRITERS:
        raise UnknownNameError("format of ways", form, BETWEEN_FORMATS, closed=True)
    return _WRITERS[form](between)


def steps_of(between: Between, way: Way) -> Iterator[tuple[str, str, Hop]]:
    """Yield for each hop what its relation is called from where one stands, and the label of what it leads to.

    From Keyformer to H2O that is `improves on`, from H2O to Keyformer `improved by`.
    """
    for here, there, hop in zip(way.entities, way.entities[1:], way.hops, strict=False):
        called = relation_label(hop.predicate, outgoing=hop.subject == here)
        yield called, between.labels.get(there, there), hop


def _ends(between: Between) -> tuple[str, str]:
    return between.labels.get(between.one, between.one), between.labels.get(between.other, between.other)


def _tree(between: Between, width: int) -> str:
    one, other = map(printable, _ends(between))
    if not between.ways:
        return f"{one}, {other}: {NO_WAY}\n"
    lines = []
    for way in between.ways:
        lines.append(f"{one}  ({way.confidence:.2f})")
        for called, label, hop in steps_of(between, way):
            lines.append(f"  {called} {hop.confidence:.2f}  {printable(label)}")
            lines += [f"    {_quote(hop, width)}"] if hop.evidence else []
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _quote(hop: Hop, width: int) -> str:
    best = hop.evidence[0]
    place = printable(f"{best.note}:{best.line}")
    return f"{place}  {shorten(printable(best.sentence), max(20, width - len(place) - 6))}"


def _markdown(between: Between) -> str:
    one, other = map(markdown_text, _ends(between))
    lines = [f"# How {one} and {other} are connected", ""]
    if not between.ways:
        return "\n".join([*lines, NO_WAY.capitalize() + ".", ""])
    for number, way in enumerate(between.ways, 1):
        chain = "".join(f" *{called}* **{markdown_text(label)}**" for called, label, _ in steps_of(between, way))
        lines += [f"{number}. **{one}**{chain} ({way.confidence:.2f})"]
        lines += [
            f"   - {code_span(f'{e.note}:{e.line}')} {markdown_text(e.sentence)}"
            for hop in way.hops
            for e in hop.evidence[:1]
        ]
    return "\n".join(lines) + "\n"


def between_record(between: Between) -> dict[str, Any]:
    """Return the ways as plain values, the shape of `--format json`."""
    return {
        "one": between.one,
        "other": between.other,
        "ways": [
            {
                "confidence": way.confidence,
                "entities": [{"iri": iri, "label": between.labels.get(iri, iri)} for iri in way.entities],
                "hops": [
                    {
                        "subject": hop.subject,
                        "predicate": hop.predicate,
                        "object": hop.object,
                        "confidence": hop.confidence,
                        "evidence": [evidence_record(e) for e in hop.evidence],
                    }
                    for hop in way.hops
                ],
            }
            for way in between.ways
        ],
    }


def _json(between: Between) -> str:
    return json_text(between_record(between), indent=2) + "\n"


_WRITERS: dict[str, Callable[[Between], str]] = {"markdown": _markdown, "json": _json}
#: What `lineage --between --format` accepts.
BETWEEN_FORMATS: tuple[str, ...] = ("tree", *_WRITERS)
