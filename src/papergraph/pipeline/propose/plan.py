"""What is still to be asked about notes, and what the replies so far came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.extract.propose import Account, Request
from papergraph.model import Problem
from papergraph.pipeline.readers import extract_notes
from papergraph.sources import find_notes


@dataclass(frozen=True, slots=True)
class Plan:
    """The state of the proposals for some notes."""

    requests: tuple[Request, ...]
    """What has no reply yet, in the order of the notes."""
    answered: int
    """How many parts of notes have one."""
    account: Account
    notes: int
    problems: tuple[Problem, ...]

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
    found = find_notes(paths, max_bytes=config.max_bytes)
    problems = [*found.problems, *found.lost]
    requests: list[Request] = []
    account, answered, notes = Account(), 0, 0
    for number, outcome in enumerate(extract_notes(found.notes, config, propose=True), 1):
        progress(outcome.note.name, number, len(found.notes))
        if outcome.proposed is None:
            problems.append(Problem(outcome.note.name, outcome.problem))
            continue
        notes += 1
        requests += outcome.proposed.missing
        answered += outcome.proposed.answered
        account += outcome.proposed.account
    return Plan(tuple(requests), answered, account, notes, tuple(problems))
