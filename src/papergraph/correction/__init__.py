"""The frozen values of corrections: what people decided about the graph, and what became of each decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from papergraph.model import ENTITY_TYPES, EntityType, Evidence, Polarity, Predicate, Problem

Decision = Literal["reject", "accept", "change", "add", "not-entity", "type", "label", "same", "different"]
State = Literal["applied", "not needed", "gone", "refused"]

DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)
#: What is decided of claims; the other decisions are about entities.
OF_CLAIMS: Final[frozenset[Decision]] = frozenset({"reject", "accept", "change", "add"})
#: The extractor of evidence that a person accepted or added; its confidence is 1.
CORRECTED: Final = "corrected"
#: Before the predicate of a claim that the notes deny.
_NOT: Final = "not "
_REVERSE: Final = "reverse"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """An entity by one of its names, and by its type where several have that name.

    >>> str(Reference.read("Method:H2O")), Reference.read("SnapKV: Fast").type
    ('Method:H2O', '')
    """

    name: str
    type: EntityType | Literal[""] = ""

    @classmethod
    def read(cls, text: str) -> Reference:
        """Return the reference that `Method:H2O` or `H2O` stands for."""
        prefix, colon, name = text.partition(":")
        kind = next((t for t in ENTITY_TYPES if colon and t == prefix.strip() and name.strip()), None)
        return cls(name.strip(), kind) if kind else cls(text.strip())

    def __str__(self) -> str:
        return f"{self.type}:{self.name}" if self.type else self.name


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision, as a line of corrections.tsv states it.

    >>> print(Correction("change", Reference("A"), "extends", Reference("B"), to="uses", reverse=True))
    change A extends B -> reverse uses
    """

    decision: Decision
    subject: Reference
    predicate: Predicate | Literal[""] = ""
    object: Reference = Reference("")
    to: str = ""
    """The new predicate, type or label."""
    reverse: bool = False
    """Of a change: subject and object change places."""
    polarity: Polarity = "positive"
    """Of the claim that is meant; in the file, the predicate of a negated claim begins with `not`."""
    note: str = ""
    """The only note whose evidence is meant; of all notes if empty."""
    sentence: str = ""
    """The only sentence that is meant; all of the claim's if empty."""
    comment: str = ""
    path: str = ""
    line: int = 0

    @property
    def relation(self) -> str:
        """The predicate as the file writes it, such as `not extends`; empty for decisions about entities."""
        return f"{_NOT if self.polarity == 'negative' else ''}{self.predicate}"

    @property
    def target(self) -> str:
        """The cell `to` as the file writes it, such as `reverse uses`."""
        return " ".join(part for part in (_REVERSE if self.reverse else "", self.to) if part)

    def __str__(self) -> str:
        said = [self.decision, str(self.subject), self.relation, str(self.object)]
        return " ".join(filter(None, (*said, f"-> {self.target}" if self.target else "")))


@dataclass(frozen=True, slots=True)
class CorrectionOutcome:
    """What became of one correction in a build."""

    correction: Correction
    state: State
    """`applied`; `not needed`, since the notes now say so themselves; `gone`: what it is about is no longer there;
    `refused`: it contradicts another correction, does not suit the types, or its names are ambiguous."""
    message: str = ""
    """Why it was not applied."""
    judged: tuple[Evidence, ...] = ()
    """Of a claim: the evidence, as the rules found it, that the correction is about."""
    moved: str = ""
    """The note in which its sentence stands now, or which now has the file name of its note, if that is gone."""

    @property
    def problem(self) -> Problem | None:
        """What to report of a correction that did not hold, or whose note has another name; None if all is well."""
        row = self.correction
        if self.moved:
            advice = f"name that note in the line instead of {row.note}"
            why = "where its sentence now stands" if row.sentence else "which has the name of its note"
            message = f"'{row}' was applied to {self.moved}, {why}; {advice}"
            return Problem(row.path, message, row.line, "repaired")
        if self.state not in {"gone", "refused"}:
            return None
        advice = f"correct the line, or remove it: papergraph correct undo {row.line}"
        return Problem(row.path, f"'{row}' was not applied: {self.message}; {advice}", row.line, "left out")


@dataclass(frozen=True, slots=True)
class CorrectedEntities:
    """What corrections did to entities, for those that are about claims."""

    outcomes: tuple[CorrectionOutcome, ...] = ()
    former: tuple[tuple[str, EntityType], ...] = ()
    """IRIs of the entities whose type was corrected, each with a type that it had before; sorted."""
    removed: tuple[Reference, ...] = ()
    """The names of what is not an entity."""


@dataclass(frozen=True, slots=True)
class CorrectionsFile:
    """What a corrections file says."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Lines that cannot be read."""
