"""What recognition knows of a note, and relation extraction works on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from papergraph.model import Attribute, Coreference, Document, Mention
from papergraph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of a note that is about one work: a heading with its section, a list item with what hangs under it."""

    blocks: tuple[int, ...]
    """Indices of the blocks that belong to it, the one with its title or name first; nested entries excluded."""
    paper: int
    """Mention of the paper; -1 where the note names only a method (`- LoRA-FA: freezes the A matrix ...`)."""
    contributions: tuple[int, ...]
    """Mentions (the first of each) of the methods, models and datasets that the work introduces."""
    parent: int = -1
    """Index of the entry that it is nested in; -1 at the top."""
    whole: bool = False
    """The whole note is about it, wherever in the note its title stands."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document with its mentions and entries."""

    document: Document
    vocabulary: Vocabulary
    mentions: tuple[Mention, ...] = ()
    """Sorted by span; spans of mentions do not partly overlap; one mention may lie inside a paper's title."""
    entries: tuple[Entry, ...] = ()
    """In the order of the note."""
    block_entry: tuple[int, ...] = ()
    """For each block of the document the index of its innermost entry; -1 for none."""
    coreferences: tuple[Coreference, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    pattern_files: tuple[Path, ...] = ()
    """The user's own sentence patterns, which come before ours."""
