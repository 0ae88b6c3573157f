"""Reading one note, as it happens inside a reader process."""

from __future__ import annotations

from collections.abc import Iterator
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
from papergraph.pipeline.readers.messages import Outcome, Setting
from papergraph.sources import NoteFile, decode, detect, read_bytes, read_document
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import load_vocabulary


class NoteExtractor:
    """Extracts notes and keeps what they say; damaged notes are repaired with the clean ones of the collection."""

    def __init__(self, setting: Setting) -> None:
        """Load vocabulary, patterns and extractors.

        Raises:
            ConfigError: for one that cannot be used.
        """
        config = setting.config
        self._setting = setting
        self._vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
        self._patterns = tuple(Path(p) for p in config.patterns)
        self._rules = rules_with(tuple(rule for name in config.extractors for rule in load_extractor(name)))
        self._replies = read_replies(Path(config.proposals)) if config.propose else {}
        self._cache = ExtractionCache(setting.cache, self._replies)
        self._clean: tuple[str, ...] | None = None
        cue_finder(self._patterns)
        load_pipeline(self._vocabulary, self._rules)

    def clean_texts(self, data: bytes) -> tuple[str, ...]:
        """Return the undamaged Chinese texts of the collection if `data` is damaged and needs them, else nothing."""
        try:
            if not detect(decode(data)[0]):
                return ()
        except NoteError:
            return ()
        if self._clean is None:
            self._clean = tuple(sorted(_clean_texts(self._setting.notes)))
        return self._clean

    def outcome(self, note: NoteFile, data: bytes, clean: tuple[str, ...]) -> Outcome:
        """Return what a note with the bytes `data` says, and keep it under what it depends on."""
        keys = keys_in(note.name, data, self._setting.keys)
        key = cache_key(self._setting.fingerprint, note.name, data, *keys, *clean)
        kept = self._cache.read(key) if clean else None
        if kept is not None:
            return Outcome(note, kept.extraction, frozenset([key]), replies=kept.replies)
        try:
            document = replace(read_document(note.name, data, clean_texts=clean), citation_keys=frozenset(keys))
            extraction = extract(document, self._vocabulary, self._rules, self._patterns)
        except NoteError as error:
            return Outcome(note, None, problem=str(error))
        found = Kept(extraction)
        if self._setting.config.propose:
            model, vocabulary = self._setting.config.propose, self._vocabulary
            proposed = add_proposals(document, extraction, self._replies, model, vocabulary=vocabulary)
            if self._setting.propose:
                return Outcome(note, proposed.extraction, proposed=proposed)
            found = Kept(proposed.extraction, proposed.requests, replies_to(proposed.requests, self._replies))
        self._cache.write(key, found)
        return Outcome(note, found.extraction, frozenset([key]), replies=found.replies)


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


def _clean_texts(notes: tuple[NoteFile, ...]) -> Iterator[str]:
    """Yield the undamaged Chinese texts among the notes."""
    for note in notes:
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if is_chinese(text) and not detect(text):
            yield text
