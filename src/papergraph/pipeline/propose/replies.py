"""The replies of models, kept in one file that people may commit and share: JSON lines, sorted by fingerprint.

While a run asks, replies are appended one by one, so that a crash loses none that was paid for; at its end the file is
sorted. A line that a crash cut, or that is none of ours, is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import ConfigError
from papergraph.system.files import write_whole

#: How every line begins.
_BEGIN = '{"fingerprint":'
#: Characters of a reply at most.
LONGEST = 400_000


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A reply under the fingerprint of its request."""

    fingerprint: str
    model: str
    reply: str

    def line(self) -> str:
        r"""Return the line of the file.

        >>> Kept("f1", "tiny", "{}").line()
        '{"fingerprint":"f1","model":"tiny","reply":"{}"}\n'
        """
        values = {"fingerprint": self.fingerprint, "model": self.model, "reply": self.reply}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_replies(path: Path) -> dict[str, str]:
    """Return the reply of each fingerprint in a file; none if there is no file.

    Raises:
        ConfigError: if the file cannot be read.
    """
    return {kept.fingerprint: kept.reply for kept in read_kept(path)}


def read_kept(path: Path) -> Iterator[Kept]:
    """Yield the replies in a file in order of their fingerprints, one for each; raises as `read_replies`."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the replies: {error.strerror}") from error
    found: dict[str, Kept] = {}
    for line in text.split("\n"):
        if kept := _kept(line):
            found.setdefault(kept.fingerprint, kept)
    yield from (found[fingerprint] for fingerprint in sorted(found))


class Journal:
    """A file of replies to which a run adds."""

    def __init__(self, path: Path, model: str) -> None:
        """Open the file, which need not exist.

        Raises:
            ConfigError: if it cannot be read, or holds something else, which would be lost.
        """
        self.path, self._model = path, model
        self._check()

    def add(self, replies: Iterable[tuple[str, str]]) -> None:
        """Append replies of the model, each behind its fingerprint, safe from the next moment on.

        Raises:
            ConfigError: if the file cannot be written.
        """
        data = "".join(Kept(fingerprint, self._model, reply).line() for fingerprint, reply in replies)
        try:
            with self.path.open("a+b") as file:
                if file.tell() and _ends_open(self.path):  # what a crash cut must not swallow the next line
                    file.write(b"\n")
                file.write(data.encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ConfigError(f"{self.path}: cannot write the replies: {error.strerror}") from error

    def _check(self) -> None:
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace") if self.path.exists() else ""
        except OSError as error:
            raise ConfigError(f"{self.path}: cannot read the replies: {error.strerror}") from error
        if any(line and not line.startswith(_BEGIN) and not _BEGIN.startswith(line) for line in text.split("\n")):
            raise ConfigError(f"{self.path}: not a file of replies; set another one as proposals in papergraph.toml")

    def sort(self) -> None:
        """Write the file anew in order, one line for each fingerprint."""
        if text := "".join(kept.line() for kept in read_kept(self.path)):
            write_whole(self.path, text.encode("utf-8", "replace"))


def _ends_open(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _kept(line: str) -> Kept | None:
    try:
        values = json.loads(line)
        texts = values["fingerprint"], values["model"], values["reply"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in texts) or len(texts[2]) > LONGEST:
        return None
    return Kept(*texts)
