"""Extraction as a spaCy pipeline, whose components spaCy users can reuse, replace and extend.

spaCy's blank Chinese pipeline splits Latin words into letters, and its English one glues whole Chinese clauses
together. Notes mix both, so the pipeline has a tokenizer of its own: one token a Chinese character, one a Latin word or
number.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from papergraph.extract.annotation import Annotation
from papergraph.extract.registry import RULES
from papergraph.extract.rules import Rules
from papergraph.extract.stages import annotate_in_context, relate, relate_in_context
from papergraph.model import Block, Document, RelationMention
from papergraph.model import Span as Place
from papergraph.vocabulary import Vocabulary, load_vocabulary

SPANS_KEY = "papergraph"
_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff"
#: One space behind a word belongs to it; any other white space is a token, as spaCy has it.
_TOKEN = re.compile(rf"(?:[{_LETTER}][{_LETTER}0-9]*|\d+(?:[.,]\d+)*[A-Za-z]*|\S) ?|\s+")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")

for _name, _default in (
    ("document", None),
    ("pattern_files", ()),
    ("annotation", None),
    ("context", None),
    ("relations", ()),
):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


class MixedTokenizer:
    """Splits mixed Chinese and English text; the tokens and spaces of the result give the text back exactly.

    >>> [t.text for t in MixedTokenizer(Vocab())("用LoRA微调 Llama 2")]
    ['用', 'LoRA', '微', '调', 'Llama', '2']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`."""
        found = _TOKEN.findall(text)
        spaces = [piece[-1] == " " and not piece.isspace() for piece in found]
        words = [piece[:-1] if space else piece for piece, space in zip(found, spaces, strict=True)]
        return Doc(self.vocab, words=words, spaces=spaces)


@Language.factory("papergraph_mentions", assigns=["doc.spans", "doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:  # noqa: ARG001  spaCy's signature
    """Return the component that finds the names in a text, with the vocabulary that papergraph ships."""
    return Mentions()


@Language.factory("papergraph_relations", requires=["doc.spans"])
def make_relations(nlp: Language, name: str) -> Relations:  # noqa: ARG001  spaCy's signature
    """Return the component that relates the names that `papergraph_mentions` found."""
    return Relations()


class Mentions:
    """Writes the mentions of a text to `doc.spans["papergraph"]` and `doc.ents`, and all else to `doc._.annotation`."""

    def __init__(self, vocabulary: Vocabulary | None = None, rules: Rules = RULES) -> None:
        if vocabulary is not None:
            self.vocabulary = vocabulary
        self.rules = rules

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names to find: unless others are given, those that papergraph ships, loaded when first asked for."""
        return load_vocabulary()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc`; a text that is no read note counts as one paragraph."""
        document = doc._.document or plain_document(doc.text)
        context = annotate_in_context(document, self.vocabulary, self.rules, doc._.pattern_files)
        mentions = context.annotation.mentions
        spans = [doc.char_span(m.span.start, m.span.end, m.type, alignment_mode="expand") for m in mentions]
        found = [s for s in spans if s is not None]
        doc.spans[SPANS_KEY] = found
        doc.ents = _without_overlaps(found)
        doc._.annotation, doc._.context = context.annotation, context
        return doc


class Relations:
    """Writes the relation mentions of a text to `doc._.relations`."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Relate the mentions of `doc`."""
        context, annotation = doc._.context, doc._.annotation
        known = context is not None and context.annotation is annotation and context.reading.rules == self.rules
        doc._.relations = relate_in_context(context) if known else relate(annotation, self.rules)
        return doc


def load_pipeline(vocabulary: Vocabulary, rules: Rules = RULES) -> Language:
    """Return the pipeline for a vocabulary, built once.

    >>> nlp = load_pipeline(load_vocabulary())
    >>> [(e.text, e.label_) for e in nlp("Keyformer 改进了 SnapKV。").ents]
    [('Keyformer', 'Method'), ('SnapKV', 'Method')]
    """
    key = (vocabulary.digest, rules)
    if key not in _PIPELINES:
        # Lexemes without attributes such as shapes, which nobody asks for, are made four times as fast.
        # spaCy's limit of length is for parsers; the reader has a limit of its own.
        nlp = Language(Vocab(), max_length=sys.maxsize, create_tokenizer=lambda nlp: MixedTokenizer(nlp.vocab))
        mentions = nlp.add_pipe("papergraph_mentions")
        assert isinstance(mentions, Mentions)  # noqa: S101  the factory above made it
        # A config of spaCy can hold names and numbers only, so the loaded vocabulary is handed over here.
        mentions.vocabulary, mentions.rules = vocabulary, rules
        relations = nlp.add_pipe("papergraph_relations")
        assert isinstance(relations, Relations)  # noqa: S101  the factory above made it
        relations.rules = rules
        _PIPELINES[key] = nlp
    return _PIPELINES[key]


_PIPELINES: dict[tuple[str, Rules], Language] = {}


def annotate_and_relate(
    document: Document, vocabulary: Vocabulary, rules: Rules, pattern_files: tuple[Path, ...]
) -> tuple[Annotation, tuple[RelationMention, ...]]:
    """Return what the pipeline finds in a document that was read."""
    nlp = load_pipeline(vocabulary, rules)
    doc = nlp.make_doc(document.text)
    doc._.document, doc._.pattern_files = document, pattern_files
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc._.annotation, doc._.relations


def plain_document(text: str) -> Document:
    """Return a text without markup as a document of one paragraph."""
    whole = text.strip()
    if not whole:
        return Document("", text, "")
    start = text.index(whole)
    place = Place(start, start + len(whole))
    found = (m.span() for m in _SENTENCE.finditer(text, place.start, place.end) if m[0].strip())
    sentences = tuple(Place(*span) for span in found)
    return Document("", text, "", (Block("paragraph", place, 1, sentences=sentences or (place,)),))


def _without_overlaps(spans: list[Span]) -> list[Any]:
    from spacy.util import filter_spans

    return filter_spans(s for s in spans if s.label_ not in {"Paper", "Topic"})
