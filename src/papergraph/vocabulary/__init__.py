"""The gazetteers: names that papergraph knows, from data/vocabulary and from the user's own files."""

from papergraph.vocabulary.load import load_vocabulary
from papergraph.vocabulary.values import Hit, Venue, Vocabulary, VocabularyEntry, vocabulary_doubts

__all__ = ["Hit", "Venue", "Vocabulary", "VocabularyEntry", "load_vocabulary", "vocabulary_doubts"]
