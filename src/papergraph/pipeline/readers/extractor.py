"""Reading one note, as it happens inside a reader process."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from papergraph.errors import ConfigError, NoteError
from papergraph.extract import Rule, extract, load_pipeline, rules_with
from papergraph.extract.foreign import rules_of
from papergraph.extract.propose import add_proposals
from papergraph.extract.relate.cues import cue_finder
from papergraph.pipeline.cache import ExtractionCache, Kept, cache_key, replies_to
from papergraph.pipeline.fingerprint import find_extractor
from papergraph.pipeline.propose.replies import read_replies
from papergraph.pipeline.readers.keys import keys_in
from papergraph.pipeline.readers.messages import Outcome, Setting, outcome_of
from papergraph.pipeline.readers.sample import Sample, take_sample
from papergraph.sources import NoteFile, decode, detect, read_document
from papergraph.vocabulary import Vocabulary, load_vocabulary


class NoteExtractor:
    """Extracts notes and keeps what they say; damaged notes are repaired with the clean ones of the collection."""

    def __init__(self, setting: Setting, own: Vocabulary | None = None) -> None:
        """Load vocabulary, patterns and extractors; `own` is our vocabulary, if it is loaded already.

        Raises:
            ConfigError: for one that cannot be used.
        """
        config = setting.config
        self._setting = setting
        extra = [Path(p) for p in config.vocabulary]
        self._vocabulary = load_vocabulary(extra) if extra or own is None else own
        self._patterns = tuple(Path(p) for p in config.patterns)
        self._rules = rules_with(tuple(rule for name in config.extractors for rule in load_extractor(name)))
        self._replies = read_replies(Path(config.proposals)) if config.propose else {}
        self._cache = ExtractionCache(setting.cache, self._replies)
        self._sample = setting.sample
        cue_finder(self._patterns)
        load_pipeline(self._vocabulary, self._rules)

    def sample(self, data: bytes) -> Sample:
        """Return undamaged Chinese texts of the collection if `data` is damaged and needs them, else none."""
        try:
            if not detect(decode(data)[0]):
                return Sample()
        except NoteError:
            return Sample()
        if self._sample is None:
            self._sample = take_sample(self._setting.notes)
        return self._sample

    def outcome(self, note: NoteFile, data: bytes, sample: Sample) -> Outcome:
        """Return what a note with the bytes `data` says, and keep it with what it depends on."""
        keys = keys_in(note.name, data, self._setting.keys)
        key = cache_key(self._setting.fingerprint, note.name, data, *keys)
        try:
            read = read_document(note.name, data, clean_texts=sample.texts)
            document = replace(read, citation_keys=frozenset(keys))
            extraction = extract(document, self._vocabulary, self._rules, self._patterns)
        except NoteError as error:
            return Outcome(note, None, problem=str(error), sha256=hashlib.sha256(data).hexdigest())
        found = Kept(extraction, consulted=sample.consulted)
        if self._setting.config.propose:
            model, vocabulary = self._setting.config.propose, self._vocabulary
            proposed = add_proposals(document, extraction, self._replies, model, vocabulary=vocabulary)
            if self._setting.propose:
                return Outcome(note, proposed.extraction, proposed=proposed)
            replies = replies_to(proposed.requests, self._replies)
            found = Kept(proposed.extraction, proposed.requests, replies, sample.consulted)
        self._cache.write(key, found)
        return outcome_of(note, key, found)


def load_extractor(name: str) -> tuple[Rule, ...]:
    """Return the rules that the third-party extractor called `name` offers.

    Raises:
        ConfigError: if no installed distribution offers it, it cannot be imported, or it is no rule.
    """
    point = find_extractor(name)
    origin = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
    try:
        offered = point.load()
    except Exception as error:
        raise ConfigError(f"extractor {name!r} of {origin} ({point.value}) could not be loaded: {error}") from error
    return rules_of(name, offered, origin)
