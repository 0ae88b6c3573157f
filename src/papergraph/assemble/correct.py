"""What people decided about claims: which are wrong, right, something else, or missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from papergraph.assemble.bind import Bound, undirected
from papergraph.assemble.claims import Claim, Key, reworded
from papergraph.assemble.witness import witness
from papergraph.correction import CORRECTED, CorrectionOutcome, State
from papergraph.model import Entity, Evidence

#: What people call a note in every folder, in lower case: that two notes are called so does not make them one.
_COMMON = frozenset({"readme", "index", "_index", "note", "notes", "summary", "untitled", "笔记", "未命名"})


@dataclass
class _Work:
    """The corrections of one claim, and what they do to its evidence."""

    rows: list[Bound]
    moved: dict[int, str] = field(default_factory=dict)
    """For the number of each row whose note is gone the only one in which its sentence now stands; else empty."""
    judged: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    """For the number of each row the evidence that it is about."""
    others: list[Claim] = field(default_factory=list)
    """Evidence that no row is about."""


def correct_claims(
    claims: MutableMapping[Key, list[Claim]],
    rows: Sequence[Bound],
    quotes: Mapping[int, Evidence],
    notes: frozenset[str],
    base: str,
) -> list[CorrectionOutcome]:
    """Correct `claims` in place, and return what became of each of `rows`.

    Of several rows the one for a sentence comes before the one for a note, and that before the one for all evidence.
    What a correction makes is corrected no further. `quotes` says where the sentence of a row stands, by the line of
    the row; `notes` are the paths of all notes.
    """
    work: dict[Key, _Work] = {}
    for bound in rows:
        work.setdefault(undirected(bound.key), _Work([])).rows.append(bound)
    alone = _alone(notes) if any(_is_gone(bound, notes) for bound in rows) else {}
    for key, homes in _homes(claims, work).items():
        _follow(claims, homes, key, work[key], notes, alone)
        for home in homes:
            _judge(claims, home, key, work[key])
    made: list[Claim] = []
    outcomes: list[CorrectionOutcome] = []
    for one in work.values():
        for number, bound in enumerate(one.rows):
            found = one.judged[number]
            made += _made(bound, found, quotes, base)
            outcome = _outcome(bound, one, found, quotes, claims)
            if outcome.state == "gone" and _is_gone(bound, notes):
                outcome = replace(outcome, message=f"{bound.row.note} is not among the notes; {outcome.message}")
            if outcome.state == "applied" and _is_gone(bound, notes):
                outcome = replace(outcome, moved=_moved(bound, one.moved.get(number, ""), quotes))
            outcomes.append(outcome)
    for claim in made:
        claims.setdefault(claim.key, []).append(claim)
    return outcomes


def _homes(claims: Mapping[Key, list[Claim]], work: Mapping[Key, _Work]) -> dict[Key, list[Key]]:
    """Return under which keys the evidence of each claim is: in another direction, or that of the method of a paper."""
    homes: dict[Key, list[Key]] = {key: [] for key in work}
    for home, found in sorted(claims.items()):
        for key in sorted({undirected(home), *(undirected(c.stated) for c in found if c.stated)} & homes.keys()):
            homes[key].append(home)
    return homes


def _is_gone(bound: Bound, notes: frozenset[str]) -> bool:
    """Tell whether a row is about a note that is no longer there."""
    return bool(bound.row.note) and bound.row.note not in notes


def _moved(bound: Bound, found: str, quotes: Mapping[int, Evidence]) -> str:
    """Return to which other note a row was applied whose own is gone."""
    return found or (quotes[bound.row.line].note if bound.row.line in quotes else "")


def _follow(
    claims: Mapping[Key, list[Claim]],
    homes: Sequence[Key],
    key: Key,
    work: _Work,
    notes: frozenset[str],
    alone: Mapping[str, str],
) -> None:
    """Find for the rows whose note is gone the only one in which their sentence now stands.

    For a row without a sentence it is the note which alone has the file name of its own, if that states the claim and
    no other row is about it: the note was moved to another folder.
    """
    named = {bound.row.note for bound in work.rows}
    for number, bound in enumerate(work.rows):
        if not _is_gone(bound, notes):
            continue
        meant = (claim for home in homes for claim in claims.get(home, ()) if _is_meant(claim, home, key))
        found = {c.evidence.note for c in meant if _is_said(bound, c)}
        if not bound.row.sentence:
            found &= {alone.get(PurePath(bound.row.note).name, "")} - named
        work.moved[number] = next(iter(found)) if len(found) == 1 else ""


def _alone(notes: frozenset[str]) -> dict[str, str]:
    """Return by its file name each note that alone has it, unless notes of any folder may be called so."""
    named: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        named[PurePath(note).name].append(note)
    return {n: found[0] for n, found in named.items() if len(found) == 1 and PurePath(n).stem.lower() not in _COMMON}


def _judge(claims: MutableMapping[Key, list[Claim]], home: Key, key: Key, work: _Work) -> None:
    """Take out of the evidence at `home` what the rows of a claim are about, sorted by row."""
    kept: list[Claim] = []
    for claim in claims.get(home, ()):
        if _is_meant(claim, home, key):
            number = _row_of(claim, work)
            if number >= 0:
                work.judged[number].append(claim)
                continue
            work.others.append(claim)
        kept.append(claim)
    if kept:
        claims[home] = kept
    else:
        claims.pop(home, None)


def _is_meant(claim: Claim, home: Key, key: Key) -> bool:
    """Tell whether evidence that rules found is of a claim that is corrected."""
    return key in {undirected(home), undirected(claim.stated or home)} and claim.evidence.extractor != CORRECTED


def _row_of(claim: Claim, work: _Work) -> int:
    """Return the number of the most specific row that is about a piece of evidence, or -1."""
    rows = work.rows
    note = claim.evidence.note
    fitting = [n for n, bound in enumerate(rows) if _is_said(bound, claim) and _is_in(work, n, note)]
    return max(fitting, key=lambda n: (bool(rows[n].row.sentence), bool(rows[n].row.note), -n), default=-1)


def _is_in(work: _Work, number: int, note: str) -> bool:
    """Tell whether a row is about the evidence in a note: its own, the one it moved to, or any."""
    own = work.rows[number].row.note
    return not own or note == work.moved.get(number, own)


def _is_said(bound: Bound, claim: Claim) -> bool:
    """Tell whether a piece of evidence says what a row is about, in its words if it has any."""
    row = bound.row
    return claim.polarity == row.polarity and (not row.sentence or bound.scope[1] == witness(claim.evidence.sentence))


def _made(bound: Bound, found: Sequence[Claim], quotes: Mapping[int, Evidence], base: str) -> list[Claim]:
    """Return what becomes of the evidence that a row is about; of what is accepted, the surest is a person's now."""
    row = bound.row
    if row.decision == "reject":
        return []
    if row.decision == "change":
        return [_decided(c, bound.target, base) for c in found]
    if found:
        first, *rest = sorted(found, key=lambda c: (-c.evidence.confidence, c.evidence.note, c.evidence.start, c.key))
        return [_decided(first, first.key, base), *rest]
    quote = quotes.get(row.line)
    return [reworded(Claim(bound.key, quote, row.polarity), bound.key, base)] if quote else []


def _decided(claim: Claim, key: Key, base: str) -> Claim:
    """Return what a person makes of a claim: certain, and no longer a language model's if it was."""
    made = reworded(claim, key, base, extractor=CORRECTED, confidence=1.0)
    if made.evidence.tier != "model":
        return made
    return replace(made, evidence=replace(made.evidence, tier="prose"))


def _outcome(
    bound: Bound,
    work: _Work,
    found: Sequence[Claim],
    quotes: Mapping[int, Evidence],
    claims: Mapping[Key, list[Claim]],
) -> CorrectionOutcome:
    row = bound.row
    judged = tuple(claim.evidence for claim in found)
    if found or (row.decision in {"accept", "add"} and row.line in quotes):
        return CorrectionOutcome(row, "applied", judged=judged)
    elsewhere = [c for c in work.others if c.polarity == row.polarity]
    state: State = "gone"
    if row.decision == "add":
        message = f"its sentence does not stand in {row.note}"
    elif elsewhere:
        places = sorted({f"{c.evidence.note}:{c.evidence.line}" for c in elsewhere})
        message = f"its evidence is gone, but the claim is also stated in {', '.join(places[:3])}"
    elif row.decision == "reject":
        state, message = "not needed", "no note states this claim"
    elif row.decision == "change" and any(c.polarity == row.polarity for c in claims.get(bound.target, ())):
        state, message = "not needed", "the notes say so themselves"
    elif work.others:
        message = "the notes say the opposite" if row.polarity == "positive" else "the notes do not deny it"
    else:
        message = "no note states this claim"
    return CorrectionOutcome(row, state, message)


def explain_rejected(
    entities: Sequence[Entity], rows: Sequence[Bound], outcomes: Sequence[CorrectionOutcome]
) -> tuple[Entity, ...]:
    """Return the entities, those at the ends of rejected and changed claims with a reason that says so."""
    if not rows:
        return tuple(entities)
    applied = {o.correction.line for o in outcomes if o.state == "applied"}
    labels = {entity.iri: entity.label for entity in entities}
    reasons: dict[str, set[str]] = defaultdict(set)
    for bound in rows:
        row = bound.row
        if row.decision in {"reject", "change"} and row.line in applied:
            subject, predicate, obj = bound.target
            denied = "not " if row.polarity == "negative" else ""
            claim = f"{labels[bound.key[0]]} {row.relation} {labels[bound.key[2]]}"
            instead = f"changed to {labels[subject]} {denied}{predicate} {labels[obj]}"
            verdict = instead if row.decision == "change" else f"rejected{f' for {row.note}' if row.note else ''}"
            for iri in (bound.key[0], bound.key[2]):
                reasons[iri].add(f"{claim}: {verdict} by {PurePath(row.path).name or 'a correction'}")
    return tuple(
        replace(e, reasons=tuple(sorted({*e.reasons, *reasons[e.iri]}))) if e.iri in reasons else e for e in entities
    )
