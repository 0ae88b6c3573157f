"""Extraction: what one note says, as mentions and relation mentions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from papergraph.extract.nlp import load_pipeline, run_pipeline
from papergraph.extract.recognise import RECOGNISERS, Recogniser, annotate
from papergraph.extract.relate import RELATERS, relate
from papergraph.model import Document, Extraction
from papergraph.vocabulary import Vocabulary

__all__ = [
    "RECOGNISERS",
    "RELATERS",
    "Recogniser",
    "annotate",
    "extract",
    "load_pipeline",
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
