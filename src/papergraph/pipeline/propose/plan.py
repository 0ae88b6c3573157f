"""What is still to be asked about notes, and what the replies so far came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.extract.propose import Account, Proposed, Request
from papergraph.model import Problem
from papergraph.pipeline.readers import extract_notes
from papergraph.sources import NoteFile, find_notes


@dataclass(frozen=True, slots=True)
class Plan:
    """The state of the proposals for some notes."""

    read: tuple[tuple[NoteFile, Proposed], ...]
    """The notes that could be read, in their order."""
    problems: tuple[Problem, ...] = ()

    @property
    def requests(self) -> tuple[Request, ...]:
        """What has no reply yet, in the order of the notes."""
        return tuple(request for _, proposed in self.read for request in proposed.missing)

    @property
    def answered(self) -> int:
        """How many parts of notes have a reply."""
        return sum(proposed.answered for _, proposed in self.read)

    @property
    def account(self) -> Account:
        """What the replies came to."""
        return reduce(add, (proposed.account for _, proposed in self.read), Account())

    @property
    def tokens(self) -> tuple[int, int]:
        """About how many tokens are to be sent and received."""
        return sum(r.tokens for r in self.requests), sum(r.reply_tokens for r in self.requests)


def make_plan(
    paths: Sequence[Path], config: Config, *, progress: Callable[[str, int, int], object] = lambda *_: None
) -> Plan:
    """Read notes and say what is still to be asked of the model of the settings; nothing is sent.

    Raises:
        ConfigError: if the settings name no model, or something that cannot be used.
    """
    if not config.propose:
        raise ConfigError('no model given: use --model NAME, or set propose = "NAME" in papergraph.toml')
    found = find_notes(paths, max_bytes=config.max_bytes, exclude=config.exclude)
    problems = [*found.problems, *found.lost]
    return Plan(tuple(_read(found.notes, config, problems, progress)), tuple(problems))


def renew(plan: Plan, config: Config) -> Plan:
    """Return a plan with the replies that there are by now; only the notes that something was asked about are read."""
    problems = list(plan.problems)
    known = {note: proposed for note, proposed in plan.read if not proposed.missing}
    asked = [note for note, _ in plan.read if note not in known]
    known.update(_read(asked, config, problems, lambda *_: None))
    return replace(plan, read=tuple((n, known[n]) for n, _ in plan.read if n in known), problems=tuple(problems))


def _read(
    notes: Sequence[NoteFile], config: Config, problems: list[Problem], progress: Callable[[str, int, int], object]
) -> Iterator[tuple[NoteFile, Proposed]]:
    """Yield each note with its proposals; the others become problems."""
    for number, outcome in enumerate(extract_notes(notes, config, propose=True), 1):
        progress(outcome.note.name, number, len(notes))
        if outcome.proposed is None:
            problems.append(Problem(outcome.note.name, outcome.problem))
        else:
            yield outcome.note, outcome.proposed
