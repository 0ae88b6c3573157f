"""The profile of one entity as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from papergraph.correction import CORRECTED
from papergraph.insight.show import Fact, Profile
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style, evidence_record
from papergraph.text.terminal import printable, shorten


def render_profile(profile: Profile, *, width: int = 120, why: bool = False, style: Style | None = None) -> str:
    """Return the profile for a terminal of `width` columns; with `why`, why names were merged, and corrections."""
    paint = style or (lambda text, _: text)
    lines = [f"{paint(printable(profile.label), 'name')}  {profile.type}  <{printable(profile.iri)}>"]
    if profile.aliases:
        lines.append(f"  also     {', '.join(printable(a) for a in profile.aliases)}")
    lines += [f"  {name:8} {printable(value)}" for name, value in profile.values]
    if profile.notes:
        lines.append(f"  notes    {', '.join(printable(n) for n in profile.notes)}")
    if why:
        lines += [f"  because  {printable(reason)}" for reason in profile.reasons]
    for (outgoing, predicate), facts in groupby(profile.facts, key=lambda f: (f.outgoing, f.predicate)):
        lines += ["", f"  {paint(relation_label(predicate, outgoing=outgoing), 'edge')}"]
        lines += _fact_lines(facts, width, paint)
    return "\n".join(lines) + "\n"


def _fact_lines(facts: Iterable[Fact], width: int, paint: Style) -> Iterator[str]:
    for fact in facts:
        negated = "not " if fact.polarity == "negative" else ""
        decided = "  corrected" if any(e.extractor == CORRECTED for e in fact.evidence) else ""
        yield f"    {negated}{paint(printable(fact.label), 'name')}  {fact.confidence:.2f}{decided}"
        # Two rules may have read one sentence.
        for note, line, sentence in dict.fromkeys((e.note, e.line, e.sentence) for e in fact.evidence):
            place = printable(f"{note}:{line}")
            quote = shorten(printable(sentence), max(20, width - len(place) - 10))
            yield f"      {paint(place, 'place')}  {paint(quote, 'quote')}"


def profile_record(profile: Profile) -> dict[str, Any]:
    """Return the profile as plain values, the shape of `show --json`."""
    return {
        "iri": profile.iri,
        "type": profile.type,
        "label": profile.label,
        "aliases": list(profile.aliases),
        "values": [{"name": name, "value": value} for name, value in profile.values],
        "notes": list(profile.notes),
        "reasons": list(profile.reasons),
        "relations": [
            {
                "predicate": f.predicate,
                "direction": "out" if f.outgoing else "in",
                "iri": f.other,
                "label": f.label,
                "confidence": f.confidence,
                "polarity": f.polarity,
                "evidence": [evidence_record(e) for e in f.evidence],
            }
            for f in profile.facts
        ],
    }
