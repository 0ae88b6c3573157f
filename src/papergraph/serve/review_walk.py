"""A walk along what is to be decided, while the server runs: what was skipped, and what can be undone."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from papergraph.ask.source import Nameable
from papergraph.config import Config
from papergraph.correction import Correction, Decision
from papergraph.errors import CorrectionError
from papergraph.pipeline.corrections.decide import decide
from papergraph.pipeline.corrections.write import take_back, write_corrections

_T = TypeVar("_T")
#: One decision as the cells of a line of corrections.tsv.
Cells = tuple[Decision, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk."""

    key: str
    """What it was about: the IRI of a claim, or those of two entities."""
    row: Correction | None
    """What was written; None if it was skipped."""

    @property
    def place(self) -> str:
        """Where it was written."""
        return f"{self.row.path}:{self.row.line}" if self.row else ""


class Walk:
    """The steps since the server started; requests may come at the same time."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._first = ""

    @property
    def file(self) -> Path:
        """The file of corrections."""
        return Path(self._config.corrections)

    @property
    def last(self) -> Step | None:
        """The step that undo takes back."""
        return self._steps[-1] if self._steps else None

    @property
    def number(self) -> str:
        """The number of the last step."""
        return str(len(self._steps))

    def skipped(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that were skipped."""
        return {step.key for step in tuple(self._steps) if step.row is None} & set(keys)

    def order(self, found: Sequence[tuple[str, _T]]) -> list[tuple[str, _T]]:
        """Return what is to be decided by key, without what was skipped; what was just undone comes first."""
        skipped, first = self.skipped(key for key, _ in found), self._first
        left = [(key, value) for key, value in found if key not in skipped]
        return sorted(left, key=lambda pair: pair[0] != first)

    def write(self, source: Nameable, key: str, cells: Cells) -> None:
        """Write a decision.

        Raises:
            PapergraphError: as `decide` and `write_corrections`.
        """
        with self._lock:
            made = decide(source, *cells, self._config)
            ((row, is_new),) = write_corrections(self.file, [made])
            if is_new:
                self._steps.append(Step(key, row))
            self._first = ""

    def skip(self, key: str) -> None:
        """Leave something for later."""
        with self._lock:
            self._steps.append(Step(key, None))
            self._first = ""

    def skip_nothing(self) -> None:
        """Ask about everything that was skipped."""
        with self._lock:
            self._steps = [step for step in self._steps if step.row]

    def undo(self, number: str = "") -> Step | None:
        """Take back the last step, and return it; what it was about comes next.

        With the `number` of a step, nothing is done unless it is the last: a form that is sent twice takes back one.

        Raises:
            CorrectionError: if there is none, or what it wrote is no longer in the file.
        """
        with self._lock:
            if not self._steps:
                raise CorrectionError("nothing to undo")
            if number not in {"", self.number}:
                return None
            step = self._steps.pop()
            self._first = step.key
            if step.row:
                take_back(self.file, step.row)
            return step
