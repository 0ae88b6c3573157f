"""Reading every byte of a served graph once, slowly, in the background: opening a large one reads only what changed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store import current_generation, verify_files
from papergraph.store.opening import DAMAGE, refusal

#: Few enough not to be felt by who asks.
_BYTES_PER_SECOND = 20_000_000
#: Seconds between two looks for a new generation.
_INTERVAL = 2.0


class _EndedError(Exception):
    """The server ends while a file is read."""


def _log(line: str) -> None:
    sys.stderr.write(f"papergraph: {line}\n")


class Patrol:
    """Verifies the files of each generation that becomes the current one, and remembers what is wrong with it."""

    def __init__(self, folder: Path, *, report: Callable[[str], object] = _log) -> None:
        """Start; `report` gets a message when damage is found."""
        self._folder, self._report = folder, report
        self._ended = threading.Event()
        self._damaged: dict[str, StoreError] = {}
        threading.Thread(target=self._run, name="patrol", daemon=True).start()

    def check(self, generation: str) -> None:
        """Raise StoreError if damage was found in a generation."""
        if generation in self._damaged:
            raise StoreError(str(self._damaged[generation]))

    def end(self) -> None:
        """Stop reading."""
        self._ended.set()

    def _run(self) -> None:
        seen = ""
        while not self._ended.is_set():
            try:
                name = current_generation(self._folder)
                if name != seen:
                    self._verify(name)
                seen = name
            except _EndedError:
                return
            except StoreError:  # requests report it
                seen = ""
            self._ended.wait(_INTERVAL)

    def _verify(self, name: str) -> None:
        try:
            fault = next(verify_files(self._folder / "generations" / name, pace=self._pace), "")
        except DAMAGE as error:
            fault = str(error)
        # What a build swept away meanwhile is not damaged.
        if fault and current_generation(self._folder) == name:
            self._damaged[name] = refusal(self._folder, ValueError(fault))
            self._report(str(self._damaged[name]))

    def _pace(self, size: int) -> None:
        if self._ended.wait(size / _BYTES_PER_SECOND):
            raise _EndedError
