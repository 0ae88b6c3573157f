"""What became of corrections, as text and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papergraph.correction import CorrectionOutcome
from papergraph.model import Problem
from papergraph.text.terminal import printable


def render_corrections(outcomes: Sequence[CorrectionOutcome], unread: Sequence[Problem] = ()) -> str:
    """Return a line for each correction, by its line in the file: its state, what it says, and why it does not hold."""
    rows: list[tuple[int, str, str, str]] = [(o.correction.line, o.state, _said(o), o.message) for o in outcomes]
    rows += [(p.line, "unreadable" if p.kind == "unread" else "remark", p.message, "") for p in unread]
    lines: list[str] = []
    for number, state, said, message in sorted(rows):
        lines.append(f"{number:5}  {state:10}  {printable(said)}")
        lines += [f"{'':19}{printable(message)}"] if message else []
    return "".join(f"{line}\n" for line in lines) or "no corrections\n"


def _said(outcome: CorrectionOutcome) -> str:
    row = outcome.correction
    scope = [f"in {row.note}" if row.note else "", f"“{row.sentence}”" if row.sentence else ""]
    return " ".join(filter(None, (str(row), *scope)))


def corrections_record(outcomes: Sequence[CorrectionOutcome], unread: Sequence[Problem] = ()) -> dict[str, Any]:
    """Return the corrections as plain values, the shape of `correct list --json`."""
    return {
        "corrections": [
            {
                "line": o.correction.line,
                "decision": o.correction.decision,
                "subject": str(o.correction.subject),
                "predicate": o.correction.relation,
                "object": str(o.correction.object),
                "to": o.correction.target,
                "note": o.correction.note,
                "sentence": o.correction.sentence,
                "comment": o.correction.comment,
                "state": o.state,
                "message": o.message,
            }
            for o in outcomes
        ],
        "unreadable": [{"line": p.line, "message": p.message} for p in unread if p.kind == "unread"],
    }
