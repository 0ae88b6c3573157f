"""A claim to decide on, with its sentence and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from papergraph.model import Entity, Evidence, Relation
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style
from papergraph.text.terminal import printable, shorten


def render_claim(
    relation: Relation,
    ends: tuple[Entity, Entity],
    evidence: Evidence,
    around: tuple[Sequence[str], Sequence[str]],
    width: int,
    style: Style,
) -> str:
    """Return a claim for a terminal of `width` columns; `around` are the lines before and after its sentence."""
    denied = "not " if relation.polarity == "negative" else ""
    said = style(f"{denied}{relation_label(relation.predicate, outgoing=True)}", "edge")
    subject, obj = (f"{style(printable(e.label), 'name')} ({e.type})" for e in ends)
    before, after = ([style(shorten(printable(line), width - 4), "quote") for line in lines] for lines in around)
    lines = [
        f"{subject}  {said}  {obj}  {relation.confidence:.2f}",
        f"  {style(printable(f'{evidence.note}:{evidence.line}'), 'place')}",
        *(f"    {line}" for line in before),
        f"  > {printable(evidence.sentence)}",
        *(f"    {line}" for line in after),
    ]
    return "".join(f"{line}\n" for line in lines)
