"""Extraction: what one note says, as mentions and relation mentions."""

from __future__ import annotations

from collections.abc import Iterable

from papergraph.extract.recognise import RECOGNISERS, Recogniser, annotate
from papergraph.extract.relate import RELATERS, relate
from papergraph.model import Document, Extraction
from papergraph.vocabulary import Vocabulary

#: Raised whenever the same note may give another extraction; part of every cache key.
VERSION = "1"

__all__ = ["RECOGNISERS", "RELATERS", "VERSION", "annotate", "extract", "relate"]


def extract(document: Document, vocabulary: Vocabulary, extra: Iterable[Recogniser] = ()) -> Extraction:
    """Return what `document` says: mentions, coreferences, attributes and relation mentions.

    `extra` are recognisers of third parties, which run after our own.
    """
    annotation = annotate(document, vocabulary, extra)
    return Extraction(
        path=document.path,
        sha256=document.sha256,
        mentions=annotation.mentions,
        coreferences=annotation.coreferences,
        attributes=annotation.attributes,
        relations=relate(annotation),
        encoding=document.encoding,
        warnings=document.warnings,
    )
