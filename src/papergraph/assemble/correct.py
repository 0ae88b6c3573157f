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
    for key, homes in _homes(claims, work).items():
        _follow(claims, homes, key, work[key], notes)
        for home in homes:
            _judge(claims, home, key, work[key])
    made: list[Claim] = []
    outcomes: list[CorrectionOutcome] = []
    for one in work.values():
        for number, bound in enumerate(one.rows):
            found = one.judged[number]
            made += _made(bound, found, quotes, base)
            outcome = _outcome(bound, one, found, quotes, claims)
            if outcome.state == "gone" and bound.row.note not in {"", *notes}:
                outcome = replace(outcome, message=f"{bound.row.note} is not among the notes; {outcome.message}")
            outcomes.append(replace(outcome, moved=_moved(outcome, one.moved.get(number, ""), quotes, notes)))
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


def _moved(outcome: CorrectionOutcome, found: str, quotes: Mapping[int, Evidence], notes: frozenset[str]) -> str:
    """Return to which other note a correction was applied, since its own is gone; empty if it was not."""
    row = outcome.correction
    if outcome.state != "applied" or row.note in {"", *notes}:
        return ""
    return found or (quotes[row.line].note if row.line in quotes else "")


def _follow(
    claims: Mapping[Key, list[Claim]], homes: Sequence[Key], key: Key, work: _Work, notes: frozenset[str]
) -> None:
    """Find for the rows whose note is gone the only one in which their sentence now stands.

    Of a row without a sentence it is the only note of the same file name, which was moved to another folder.
    """
    for number, bound in enumerate(work.rows):
        row = bound.row
        if not row.note or row.note in notes:
            continue
        if not row.sentence:
            work.moved[number] = _namesake(row.note, notes)
            continue
        meant = (claim for home in homes for claim in claims.get(home, ()) if _is_meant(claim, home, key))
        found = {c.evidence.note for c in meant if _is_said(bound, c)}
        work.moved[number] = next(iter(found)) if len(found) == 1 else ""


def _namesake(path: str, notes: frozenset[str]) -> str:
    """Return the only note whose file has the name of the one at `path`; the empty string if none has, or several."""
    name = PurePath(path).name
    found = [note for note in notes if PurePath(note).name == name]
    return found[0] if len(found) == 1 else ""


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
