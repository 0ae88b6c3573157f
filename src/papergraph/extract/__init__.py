"""Extraction: what one note says, as mentions and relation mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from papergraph.errors import ConfigError
from papergraph.extract.nlp import load_pipeline, run_pipeline
from papergraph.extract.recognise import RECOGNISERS, Recogniser, annotate
from papergraph.extract.relate import RELATERS, relate
from papergraph.model import Document, Extraction
from papergraph.resources import list_resources, read_resource
from papergraph.vocabulary import Vocabulary

#: Raised whenever the same note may give another extraction; part of every cache key.
VERSION = "1"

__all__ = [
    "RECOGNISERS",
    "RELATERS",
    "VERSION",
    "Recogniser",
    "annotate",
    "extract",
    "load_pipeline",
    "pattern_digest",
    "relate",
]


def extract(
    document: Document,
    vocabulary: Vocabulary,
    extra: Iterable[Recogniser] = (),
    pattern_files: tuple[Path, ...] = (),
) -> Extraction:
    """Return what `document` says: mentions, coreferences, attributes and relation mentions.

    `extra` are recognisers of third parties, which run after our own; `pattern_files` are the user's sentence patterns.

    Raises:
        ConfigError: for a pattern file that is wrong.
    """
    annotation, relations = run_pipeline(document, vocabulary, tuple(extra), pattern_files)
    return Extraction(
        path=document.path,
        sha256=document.sha256,
        mentions=annotation.mentions,
        coreferences=annotation.coreferences,
        attributes=annotation.attributes,
        relations=relations,
        encoding=document.encoding,
        warnings=document.warnings,
    )


@cache
def pattern_digest(extra: tuple[Path, ...] = ()) -> str:
    """Return a hash of every file in data/patterns and of the user's own, for cache keys; raises ConfigError."""
    digest = hashlib.sha256()
    for name in list_resources("data/patterns", ".yaml"):
        digest.update(f"{name}\n{read_resource(f'data/patterns/{name}')}\n".encode())
    for path in extra:
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    return digest.hexdigest()
