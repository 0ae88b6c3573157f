"""Extraction note by note, through the cache, in processes that can be replaced.

Notes may come from anyone, so each is read in a separate process, under limits of time and memory: whatever a note does
to its reader, the others are read.
"""

from __future__ import annotations

from papergraph.pipeline.readers.crew import extract_each, extract_made, extract_notes, extract_text
from papergraph.pipeline.readers.messages import Outcome
from papergraph.pipeline.readers.reader import stand_by

__all__ = ["Outcome", "extract_each", "extract_made", "extract_notes", "extract_text", "stand_by"]
