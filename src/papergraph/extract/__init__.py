"""Extraction: what one note says, as mentions and relation mentions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from papergraph.extract.context import Context, Recogniser, Relater
from papergraph.extract.foreign import as_rules
from papergraph.extract.nlp import annotate_and_relate, load_pipeline
from papergraph.extract.registry import RECOGNISERS, RELATERS, SCORERS
from papergraph.extract.rules import Rule
from papergraph.extract.stages import annotate, relate
from papergraph.model import Document, Extraction
from papergraph.vocabulary import Vocabulary

__all__ = [
    "RECOGNISERS",
    "RELATERS",
    "SCORERS",
    "Context",
    "Recogniser",
    "Relater",
    "Rule",
    "annotate",
    "extract",
    "load_pipeline",
    "relate",
]


def extract(
    document: Document,
    vocabulary: Vocabulary,
    extra: Iterable[Rule | Recogniser] = (),
    pattern_files: tuple[Path, ...] = (),
) -> Extraction:
    """Return what `document` says: mentions, coreferences, attributes and relation mentions.

    `extra` are rules of third parties, which run after our own; `pattern_files` are the user's sentence patterns.

    Raises:
        ConfigError: for a pattern file that is wrong, or a rule of a third party that finds what cannot be used.
    """
    annotation, relations = annotate_and_relate(document, vocabulary, as_rules(extra), pattern_files)
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
