"""What a graph learned, lost and changed: a letter in Markdown, lines for a terminal, or plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.insight.diff import Changed, Diff, Stated
from papergraph.model import ENTITY_TYPES, PREDICATES, Entity, Evidence, Predicate
from papergraph.ontology.relation_labels import relation_label
from papergraph.report.lineage import Style, evidence_record
from papergraph.report.markdown import code_span, markdown_text
from papergraph.report.quotes import quote_line
from papergraph.text.terminal import json_text, printable, shorten

#: Entities, claims and sentences that a letter lists of each kind; the rest is counted.
_SHOWN = 200
#: Claims between works come first in a letter, and what follows from headings last.
_FIRST: tuple[Predicate, ...] = ("extends", "improvesOn", "uses", "outperforms", "comparedWith", "introduces")
_ORDER: tuple[Predicate, ...] = (*_FIRST, *(p for p in PREDICATES if p not in _FIRST))
_SIGNS = {"asserted": "", "negated": "not: ", "weak": "perhaps: "}


def render_diff(
    diff: Diff, form: str = "text", *, since: str = "", width: int = 120, style: Style | None = None
) -> str:
    """Return the difference as text; `form` is one of `DIFF_FORMATS`, `since` names the older state.

    Raises:
        UnknownNameError: for another format.
    """
    if form == "text":
        return "\n".join(_lines(diff, width, style or (lambda text, _: text))) + "\n"
    if form not in _WRITERS:
        raise UnknownNameError("format of differences", form, DIFF_FORMATS, closed=True)
    return _WRITERS[form](diff, since)


def counts(diff: Diff) -> list[tuple[str, int]]:
    """Return how much there is of each kind of difference, without those of which there is nothing."""
    found: tuple[tuple[str, str, Sequence[object]], ...] = (
        ("new note", "new notes", diff.new_notes),
        ("changed note", "changed notes", diff.changed_notes),
        ("renamed note", "renamed notes", diff.renamed_notes),
        ("removed note", "removed notes", diff.lost_notes),
        ("new entity", "new entities", diff.new_entities),
        ("new claim", "new claims", diff.new_claims),
        ("changed claim", "changed claims", diff.changed_claims),
        ("renamed entity", "renamed entities", diff.renamed),
        ("merge", "merges", diff.merged),
        ("split", "splits", diff.split),
        ("lost entity", "lost entities", diff.lost_entities),
        ("lost claim", "lost claims", diff.lost_claims),
    )
    return [(one if len(items) == 1 else many, len(items)) for one, many, items in found if items]


def claim_line(claim: Stated) -> str:
    """Return a claim in words, negated or weak ones with a sign."""
    subject, obj = claim.labels
    return f"{_SIGNS[claim.status]}{subject} {relation_label(claim.predicate, outgoing=True)} {obj}"


def change_line(changed: Changed) -> str:
    """Return what changed about a claim: its status, its confidence."""
    before, after = changed.before, changed.after
    parts = [claim_line(after)]
    if "status" in changed.kinds:
        parts.append(f"was {before.status}, is {after.status}")
    if "confidence" in changed.kinds:
        parts.append(f"{before.confidence:.2f} \u2192 {after.confidence:.2f}")
    return "; ".join(parts)


def _names(entities: Iterable[Entity]) -> str:
    return ", ".join(f"{e.label} ({e.type})" for e in entities)


def _joined(diff: Diff) -> list[tuple[str, list[str]]]:
    """Return what became of entities that live on under other names, as lines under a heading."""
    return [
        ("Renamed", [f"{_names([old])} \u2192 {_names([now])}" for old, now in diff.renamed]),
        ("Merged", [f"{_names(olds)} \u2192 {_names([now])}" for olds, now in diff.merged]),
        ("Split", [f"{_names([old])} \u2192 {_names(now)}" for old, now in diff.split]),
    ]


def _lines(diff: Diff, width: int, style: Style) -> Iterator[str]:
    if not diff:
        yield "(no difference)"
        return
    yield ", ".join(f"{number:,} {name}" for name, number in counts(diff))
    for sign, notes in (("+", diff.new_notes), ("~", diff.changed_notes), ("-", diff.lost_notes)):
        yield from (f"{sign} {style(printable(note), 'place')}" for note in notes)
    renamed = (f"{old} \u2192 {now}" for old, now in diff.renamed_notes)
    yield from (f"= {style(printable(both), 'place')}" for both in renamed)
    for sign, entities in (("+", diff.new_entities), ("-", diff.lost_entities)):
        yield from (f"{sign} {style(_fit(f'{e.label}', width - 14), 'name')}  {e.type}" for e in entities)
    for heading, lines in _joined(diff):
        yield from (f"= {heading.lower()}: {_fit(line, width - 12)}" for line in lines)
    for sign, claims in (("+", diff.new_claims), ("-", diff.lost_claims)):
        for claim in claims:
            yield f"{sign} {_fit(claim_line(claim), width - 8)}  {claim.confidence:.2f}"
            yield from _quoted(claim.evidence[:1], width, style)
    for changed in diff.changed_claims:
        yield f"~ {_fit(change_line(changed), width - 2)}"
        for sign, sentences in (("+", changed.gained), ("-", changed.dropped)):
            yield from (f"    {sign} {style(_fit(sentence, width - 6), 'quote')}" for sentence in sentences)


def _fit(text: str, width: int) -> str:
    return shorten(printable(text), max(20, width))


def _quoted(evidence: Sequence[Evidence], width: int, style: Style) -> Iterator[str]:
    return (quote_line(e.note, e.line, e.sentence, indent=4, width=width, style=style) for e in evidence)


def _markdown(diff: Diff, since: str) -> str:
    title = f"What these notes learned since {markdown_text(since)}" if since else "What these notes learned"
    lines = [f"# {title}", ""]
    summary = ", ".join(f"{number:,} {name}" for name, number in counts(diff))
    lines += [f"{summary}." if summary else "Nothing has changed.", ""]
    lines += _section("New notes", map(code_span, diff.new_notes))
    lines += _section("New entities", _by_type(diff.new_entities))
    lines += _section("New claims", _told(diff.new_claims))
    lines += _section("Changed claims", map(_markdown_change, diff.changed_claims))
    for heading, joined in _joined(diff):
        lines += _section(heading, map(markdown_text, joined))
    lines += _section("No longer in the notes", [*_by_type(diff.lost_entities), *_told(diff.lost_claims)])
    lines += _section("Renamed notes", (f"{code_span(old)} \u2192 {code_span(now)}" for old, now in diff.renamed_notes))
    lines += _section("Removed notes", map(code_span, diff.lost_notes))
    return "\n".join(lines).rstrip() + "\n"


def _section(heading: str, items: Iterable[str]) -> list[str]:
    listed = list(items)
    if not listed:
        return []
    rest = [f"- and {len(listed) - _SHOWN:,} more"] if len(listed) > _SHOWN else []
    return [f"## {heading}", "", *(f"- {item}" for item in listed[:_SHOWN]), *rest, ""]


def _by_type(entities: Sequence[Entity]) -> Iterator[str]:
    """Yield a line for each type with all its entities, and where a paper is first named."""
    for kind in ENTITY_TYPES:
        found = [e for e in entities if e.type == kind]
        if found:
            names = "; ".join(_placed(e) for e in found[:_SHOWN])
            more = f"; and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
            yield f"**{kind}** ({len(found):,}): {names}{more}"


def _placed(entity: Entity) -> str:
    place = f" {code_span(f'{entity.places[0].note}:{entity.places[0].line}')}" if entity.places else ""
    return f"{markdown_text(entity.label)}{place}"


def _told(claims: Iterable[Stated]) -> Iterator[str]:
    for claim in sorted(claims, key=lambda c: _ORDER.index(c.predicate)):
        best = claim.evidence[0] if claim.evidence else None
        said = f": \u201c{markdown_text(best.sentence)}\u201d {code_span(f'{best.note}:{best.line}')}" if best else ""
        yield f"{markdown_text(claim_line(claim))} ({claim.confidence:.2f}){said}"


def _markdown_change(changed: Changed) -> str:
    lines = [markdown_text(change_line(changed))]
    lines += [f"  - now: \u201c{markdown_text(sentence)}\u201d" for sentence in changed.gained]
    lines += [f"  - before: \u201c{markdown_text(sentence)}\u201d" for sentence in changed.dropped]
    return "\n".join(lines)


def diff_record(diff: Diff) -> dict[str, Any]:
    """Return the difference as plain values, the shape of `diff --json`."""
    return {
        "notes": {
            "new": list(diff.new_notes),
            "changed": list(diff.changed_notes),
            "lost": list(diff.lost_notes),
            "renamed": [{"before": old, "after": now} for old, now in diff.renamed_notes],
        },
        "entities": {
            "new": [_entity(e) for e in diff.new_entities],
            "lost": [_entity(e) for e in diff.lost_entities],
            "renamed": [{"before": _entity(old), "after": _entity(now)} for old, now in diff.renamed],
            "merged": [{"before": [*map(_entity, olds)], "after": _entity(now)} for olds, now in diff.merged],
            "split": [{"before": _entity(old), "after": [*map(_entity, now)]} for old, now in diff.split],
        },
        "claims": {
            "new": [_claim(c) for c in diff.new_claims],
            "lost": [_claim(c) for c in diff.lost_claims],
            "changed": [
                {
                    "kinds": list(c.kinds),
                    "before": _claim(c.before),
                    "after": _claim(c.after),
                    "gained": list(c.gained),
                    "dropped": list(c.dropped),
                }
                for c in diff.changed_claims
            ],
        },
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {"iri": entity.iri, "type": entity.type, "label": entity.label, "aliases": list(entity.aliases)}


def _claim(claim: Stated) -> dict[str, Any]:
    return {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "labels": list(claim.labels),
        "confidence": claim.confidence,
        "status": claim.status,
        "evidence": [evidence_record(e) for e in claim.evidence],
    }


def _json(diff: Diff, since: str) -> str:
    return json_text({"since": since, **diff_record(diff)}, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Diff, str], str]] = {"markdown": _markdown, "json": _json}
#: What `diff --format` accepts.
DIFF_FORMATS: tuple[str, ...] = ("text", *_WRITERS)

DIFF_COLUMNS = ("change", "what", "subject", "predicate", "object", "before", "after", "note", "line", "sentence")


def diff_rows(diff: Diff) -> list[dict[str, Any]]:
    """Return a row for each new, lost and changed claim, by `DIFF_COLUMNS`, with the best of its evidence."""
    rows: list[tuple[Any, ...]] = []
    for kind, claims in (("new", diff.new_claims), ("lost", diff.lost_claims)):
        for c in claims:
            confidences = (None, c.confidence) if kind == "new" else (c.confidence, None)
            rows.append((kind, c.status, *_ends(c), *confidences, *_where(c)))
    for changed in diff.changed_claims:
        both = changed.before.confidence, changed.after.confidence
        rows.append(("changed", " ".join(changed.kinds), *_ends(changed.after), *both, *_where(changed.after)))
    return [dict(zip(DIFF_COLUMNS, row, strict=True)) for row in rows]


def _ends(claim: Stated) -> tuple[str, str, str]:
    return claim.labels[0], claim.predicate, claim.labels[1]


def _where(claim: Stated) -> tuple[str, int, str]:
    return next(((e.note, e.line, e.sentence) for e in claim.evidence), ("", 0, ""))
