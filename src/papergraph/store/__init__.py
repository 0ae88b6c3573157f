"""The embedded store: an Oxigraph database, one sealed generation per build.

    FOLDER/papergraph-store.json    marks the folder as ours, with the format version
    FOLDER/CURRENT                  names of the generation that readers open, and of the one before it
    FOLDER/generations/NAME/        graph/ (the database), names.tsv (labels), seal.json, files.json (hashes)
    FOLDER/sources.json             how many notes came from each path
    FOLDER/cache/                   extractions by content hash
    FOLDER/state.sqlite             records of notes by their keys, from which a build after an edit goes on
    FOLDER/lock                     held by the process that builds

A build never touches a generation that readers may have open: it makes a new one under another name, seals it and swaps
the pointer. NAME is the hash of the seal, so that a seal is itself sealed. A build after an edit links the files of the
generation before, and adds those that hold the difference.
"""

from __future__ import annotations

from papergraph.store.build import replace_graph, write_generation
from papergraph.store.change import Change, change_graph, open_current
from papergraph.store.graph import Dataset, GraphStore, memory_store
from papergraph.store.lock import Held, writing
from papergraph.store.names import Candidate, likeness
from papergraph.store.opening import current_generation, open_previous, open_store, read_names, read_seal
from papergraph.store.restore import restore_previous
from papergraph.store.seal import Seal
from papergraph.store.sources import read_sources, source_key, write_sources
from papergraph.store.verify import Verification, verify_files, verify_store

__all__ = [
    "Candidate",
    "Change",
    "Dataset",
    "GraphStore",
    "Held",
    "Seal",
    "Verification",
    "change_graph",
    "current_generation",
    "likeness",
    "memory_store",
    "open_current",
    "open_previous",
    "open_store",
    "read_names",
    "read_seal",
    "read_sources",
    "replace_graph",
    "restore_previous",
    "source_key",
    "verify_files",
    "verify_store",
    "write_generation",
    "write_sources",
    "writing",
]
