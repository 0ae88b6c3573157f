"""What becomes of corrections in a build, without a build of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from papergraph.config import Config
from papergraph.correction import CorrectionOutcome
from papergraph.model import Problem
from papergraph.pipeline.steps import run_pipeline


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """What became of the lines of corrections.tsv."""

    outcomes: tuple[CorrectionOutcome, ...]
    """Of each correction, in the order of the file."""
    unread: tuple[Problem, ...]
    """Lines that cannot be read."""
    problems: tuple[Problem, ...]
    """All problems of the build, those of corrections among them."""


def report_corrections(paths: Sequence[Path], config: Config) -> CorrectionReport:
    """Return what a build of the notes in `paths` makes of the corrections; the store is not changed.

    Raises:
        ConfigError: as `run_pipeline`.
    """
    cache = Path(config.store) / "cache"
    build = run_pipeline(paths, config, cache=cache if cache.is_dir() else None)
    return CorrectionReport(build.outcomes, build.corrections.problems, build.problems)
