"""A claim to decide on, with its sentence and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from papergraph.model import Entity, Evidence, Predicate
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style
from papergraph.text.terminal import printable, shorten


def render_claim(  # noqa: PLR0913  what is shown of a claim
    subject: Entity,
    predicate: Predicate,
    obj: Entity,
    evidence: Evidence,
    around: tuple[Sequence[str], Sequence[str]],
    *,
    negated: bool,
    confidence: float,
    width: int,
    style: Style,
) -> str:
    """Return a claim for a terminal of `width` columns; `around` are the lines before and after its sentence."""
    said = f"{'not ' if negated else ''}{relation_label(predicate, outgoing=True)}"
    ends = [style(printable(e.label), "name") + f" ({e.type})" for e in (subject, obj)]
    lines = [f"{ends[0]}  {style(said, 'edge')}  {ends[1]}  {confidence:.2f}"]
    lines.append(f"  {style(printable(f'{evidence.note}:{evidence.line}'), 'place')}")
    before, after = around
    lines += [f"    {style(shorten(printable(line), width - 4), 'quote')}" for line in before]
    lines.append(f"  > {printable(evidence.sentence)}")
    lines += [f"    {style(shorten(printable(line), width - 4), 'quote')}" for line in after]
    return "\n".join(lines) + "\n"
