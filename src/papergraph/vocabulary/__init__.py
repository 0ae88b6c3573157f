"""The gazetteers: names that papergraph knows, from data/vocabulary and from the user's own files."""

from papergraph.vocabulary.check import vocabulary_problems
from papergraph.vocabulary.load import load_vocabulary
from papergraph.vocabulary.scan import Hit
from papergraph.vocabulary.values import Venue, Vocabulary, VocabularyEntry

__all__ = ["Hit", "Venue", "Vocabulary", "VocabularyEntry", "load_vocabulary", "vocabulary_problems"]
