"""From notes to a stored graph: the stages in their order, and the only module that knows every one of them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from papergraph import __version__
from papergraph.assemble import assemble
from papergraph.cache import ExtractionCache
from papergraph.config import Config
from papergraph.errors import NoteError
from papergraph.model import Document, Extraction, Graph, Problem, Resolution, Run
from papergraph.names import is_chinese
from papergraph.notes import NoteFile, decode_note, find_notes, parse_document, read_document
from papergraph.record import note_record
from papergraph.resolve import resolve
from papergraph.vocabulary import Vocabulary, load_vocabulary

#: Called with the note at hand, its number from 1, and how many there are.
Progress = Callable[[str, int, int], None]
