"""Extraction: what one note says, as mentions and relation mentions."""

from __future__ import annotations

from pathlib import Path

from papergraph.extract.context import Context, Recogniser, Relater
from papergraph.extract.nlp import annotate_and_relate, load_pipeline
from papergraph.extract.registry import RECOGNISERS, RELATERS, RULES, SCORERS, rules_with
from papergraph.extract.rules import Rule, Rules
from papergraph.extract.stages import annotate, relate
from papergraph.model import Document, Extraction
from papergraph.vocabulary import Vocabulary

__all__ = [
    "RECOGNISERS",
    "RELATERS",
    "RULES",
    "SCORERS",
    "Context",
    "Recogniser",
    "Relater",
    "Rule",
    "Rules",
    "annotate",
    "extract",
    "load_pipeline",
    "relate",
    "rules_with",
]


def extract(
    document: Document,
    vocabulary: Vocabulary,
    rules: Rules = RULES,
    pattern_files: tuple[Path, ...] = (),
) -> Extraction:
    """Return what `document` says: mentions, coreferences, attributes and relation mentions.

    `rules` are ours, alone or by `rules_with` with those of third parties; `pattern_files` are the user's sentence
    patterns.

    Raises:
        ConfigError: for a pattern file that is wrong, or a rule of a third party that finds what cannot be used.
    """
    annotation, relations = annotate_and_relate(document, vocabulary, rules, pattern_files)
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
