"""The embedded store: an Oxigraph database, one sealed generation per build.

    FOLDER/papergraph-store.json    marks the folder as ours, with the format version
    FOLDER/CURRENT                  name of the generation that readers open
    FOLDER/generations/NAME/        graph/ (the database), names.json (labels for look-up), seal.json
    FOLDER/cache/                   extractions by content hash
    FOLDER/lock                     held by the process that builds

A build never touches a generation that readers may have open: it makes a new one under another name, seals it and swaps
the pointer. NAME is the hash of the seal, so that a seal is itself sealed.
"""

from __future__ import annotations

from papergraph.store.build import write_generation
from papergraph.store.folder import prepare_store
from papergraph.store.graph import Dataset, GraphStore, memory_store
from papergraph.store.names import Candidate
from papergraph.store.opening import current_generation, open_store, read_seal
from papergraph.store.seal import Seal

__all__ = [
    "Candidate",
    "Dataset",
    "GraphStore",
    "Seal",
    "current_generation",
    "memory_store",
    "open_store",
    "prepare_store",
    "read_seal",
    "write_generation",
]
