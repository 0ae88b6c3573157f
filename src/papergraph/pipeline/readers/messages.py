"""What a reader process and its owner say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.config import Config
from papergraph.model import Extraction
from papergraph.pipeline.cache import Consulted, Kept
from papergraph.pipeline.readers.sample import Sample
from papergraph.sources import NoteFile

if TYPE_CHECKING:
    from papergraph.extract.propose import Proposed


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reader needs to know before it reads notes."""

    config: Config
    notes: tuple[NoteFile, ...]
    """The whole collection: the clean notes of it help to repair the damaged ones."""
    cache: Path | None
    """Folder of kept extractions, if any are kept."""
    fingerprint: str
    """Of all that an extraction depends on beside its note."""
    folder: Path
    """Where relative paths begin: the owner's current folder."""
    keys: frozenset[str] = frozenset()
    """The citation keys of the user's library."""
    sample: Sample | None = None
    """The clean notes that help, if they are known already; `notes` may be empty then."""
    propose: bool = False
    """Whether to say what is still to be asked of a language model; nothing is kept then."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A note to read: from its file, or from `data` where it has none."""

    note: NoteFile
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one note: an extraction, or the reason why there is none."""

    note: NoteFile
    extraction: Extraction | None
    keys: frozenset[str] = frozenset()
    """Under which the cache may keep it."""
    problem: str = ""
    proposed: Proposed | None = None
    """What a model adds and is still to be asked, where the setting wants to know."""
    replies: str = ""
    """Hash of the replies of a model that are in the extraction; empty for none."""
    consulted: Consulted = field(default_factory=Consulted)
    """The notes that helped to repair it."""
    sha256: str = ""
    """Of the bytes of a note that is damaged; empty where nobody knows what was read."""


def outcome_of(note: NoteFile, key: str, kept: Kept) -> Outcome:
    """Return the outcome of a note whose extraction is kept under a key."""
    return Outcome(note, kept.extraction, frozenset([key]), replies=kept.replies, consulted=kept.consulted)


@dataclass(frozen=True, slots=True)
class ReadReply:
    """What a reader answers to a task."""

    outcome: Outcome
    spent: bool = False
    """Whether the reader has grown so large that another should take its place."""
