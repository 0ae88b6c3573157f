"""From notes to a stored graph: the stages in their order, and the only module that knows every one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from papergraph.assemble import assemble
from papergraph.cache import ExtractionCache
from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.extract import VERSION, Recogniser, extract, pattern_digest
from papergraph.model import Extraction, Graph, Problem, Resolution, Run
from papergraph.names import is_chinese
from papergraph.notes import NoteFile, decode, detect, find_notes, read_bytes, read_document
from papergraph.record import note_record
from papergraph.resolve import resolve
from papergraph.store import GraphStore, Seal, memory_store, prepare_store, write_generation
from papergraph.version import __version__
from papergraph.vocabulary import Vocabulary, load_vocabulary

#: Called with the name of the note at hand, its number from 1, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What is known of a build after each of its steps."""

    paths: tuple[Path, ...]
    config: Config
    vocabulary: Vocabulary
    cache: ExtractionCache
    progress: Progress
    notes: tuple[NoteFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    resolution: Resolution = field(default_factory=lambda: Resolution((), ()))
    graph: Graph = field(default_factory=Graph)


def read_step(build: Build) -> Build:
    """Find the notes."""
    notes, problems = find_notes(build.paths, max_bytes=build.config.max_bytes)
    return replace(build, notes=notes, problems=problems)


def extract_step(build: Build) -> Build:
    """Read and extract each note, unless the cache has it."""
    extractions: list[Extraction] = []
    problems = list(build.problems)
    extra = load_extractors(build.config.extractors)
    reader = _Reader(build, extra)
    for number, note in enumerate(build.notes, 1):
        build.progress(note.name, number, len(build.notes))
        try:
            extraction = reader.extraction(note)
        except NoteError as error:
            problems.append(Problem(note.name, str(error)))
            continue
        problems += [Problem(note.name, w) for w in extraction.warnings if not w.startswith("was read")]
        extractions.append(extraction)
    build.cache.prune()
    return replace(build, extractions=tuple(extractions), problems=tuple(problems))


def resolve_step(build: Build) -> Build:
    """Decide which mentions name one thing."""
    return replace(build, resolution=resolve(build.extractions, build.vocabulary, base=build.config.base))


def assemble_step(build: Build) -> Build:
    """Merge relation mentions into relations, with all their evidence."""
    return replace(build, graph=assemble(build.extractions, build.resolution, base=build.config.base))


#: The pipeline.
STEPS: tuple[tuple[str, Callable[[Build], Build]], ...] = (
    ("read", read_step),
    ("extract", extract_step),
    ("resolve", resolve_step),
    ("assemble", assemble_step),
)


def run_pipeline(
    paths: Sequence[Path], config: Config, *, cache: Path | None = None, progress: Progress | None = None
) -> Build:
    """Run every step over the notes in `paths`; a note that cannot be read becomes a problem and stops nothing.

    Raises:
        ConfigError: for a vocabulary, pattern file or extractor that cannot be used.
    """
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    build = Build(tuple(paths), config, vocabulary, ExtractionCache(cache), progress or (lambda *_: None))
    for _, step in STEPS:
        build = step(build)
    return build


def build_store(
    paths: Sequence[Path], config: Config, *, progress: Progress | None = None
) -> tuple[Seal, tuple[Problem, ...]]:
    """Build the graph of `paths` into the store that `config` names.

    Raises:
        ConfigError: as `run_pipeline`.
        StoreError: if the store cannot be written.
    """
    folder = Path(config.store)
    prepare_store(folder)
    build = run_pipeline(paths, config, cache=folder / "cache", progress=progress)
    seal = write_generation(folder, build.graph, _run(build), base=config.base, threshold=config.threshold)
    return seal, build.problems


def build_in_memory(paths: Sequence[Path], config: Config) -> tuple[GraphStore, tuple[Problem, ...]]:
    """Build the graph of `paths` in memory; raises ConfigError as `run_pipeline`."""
    build = run_pipeline(paths, config)
    return memory_store(build.graph, _run(build), base=config.base, threshold=config.threshold), build.problems


def extract_records(paths: Sequence[Path], config: Config) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return what each note says by itself, as `papergraph extract` prints it; raises ConfigError as `run_pipeline`."""
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    build = Build(tuple(paths), config, vocabulary, ExtractionCache(None), lambda *_: None)
    build = extract_step(read_step(build))
    records = [note_record(e, resolve([e], vocabulary, base=config.base)) for e in build.extractions]
    return records, build.problems


def extract_bytes(name: str, data: bytes, config: Config) -> dict[str, Any]:
    """Return what the note in `data` says, in the form of `papergraph extract`.

    Raises:
        NoteError: if it is no text.
        ConfigError: as `run_pipeline`.
    """
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    document = read_document(name, data)
    extra = load_extractors(config.extractors)
    extraction = extract(document, vocabulary, extra, tuple(Path(p) for p in config.patterns))
    return note_record(extraction, resolve([extraction], vocabulary, base=config.base))


def load_extractors(names: Sequence[str]) -> tuple[Recogniser, ...]:
    """Return the third-party recognisers with these names, from the entry point group `papergraph.extractors`.

    Raises:
        ConfigError: for a name that no installed distribution offers, or one that cannot be imported.
    """
    known = {point.name: point for point in entry_points(group="papergraph.extractors")}
    loaded: list[Recogniser] = []
    for name in names:
        if name not in known:
            others = ", ".join(sorted(known)) or "none"
            raise ConfigError(f"no extractor named {name!r} is installed; there are: {others}")
        try:
            loaded.append(known[name].load())
        except Exception as error:
            raise ConfigError(f"extractor {name!r} ({known[name].value}) cannot be loaded: {error}") from error
    return tuple(loaded)


class _Reader:
    """Reads notes through the cache; damaged notes are repaired with the clean ones of the same build."""

    def __init__(self, build: Build, extra: tuple[Recogniser, ...]) -> None:
        self._build = build
        self._extra = extra
        self._patterns = tuple(Path(p) for p in build.config.patterns)
        self._version = "\n".join(
            (VERSION, build.vocabulary.digest, pattern_digest(self._patterns), *build.config.extractors)
        )
        self._clean: tuple[str, ...] | None = None

    def extraction(self, note: NoteFile) -> Extraction:
        """Return what one note says; raises NoteError if it cannot be read."""
        data = read_bytes(note)
        key = self._key(note.name, data)
        if cached := self._build.cache.read(key):
            return cached
        text, _ = decode(data)
        clean: tuple[str, ...] = ()
        if detect(text):
            clean = self._clean_texts()
            key = self._key(note.name, data, *clean)
            if cached := self._build.cache.read(key):
                return cached
        document = read_document(note.name, data, clean_texts=clean)
        extraction = extract(document, self._build.vocabulary, self._extra, self._patterns)
        self._build.cache.write(key, extraction)
        return extraction

    def _key(self, name: str, data: bytes, *texts: str) -> str:
        parts = (self._version.encode(), name.encode(), data, *(t.encode("utf-8", "surrogatepass") for t in texts))
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()[:32]

    def _clean_texts(self) -> tuple[str, ...]:
        if self._clean is None:
            self._clean = tuple(sorted(_clean_texts(self._build.notes)))
        return self._clean


def _clean_texts(notes: Sequence[NoteFile]) -> Iterator[str]:
    """Yield the undamaged Chinese texts among the notes."""
    for note in notes:
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if is_chinese(text) and not detect(text):
            yield text


def _run(build: Build) -> Run:
    patterns = pattern_digest(tuple(Path(p) for p in build.config.patterns))
    settings = "\n".join((build.vocabulary.digest, patterns, str(build.config.threshold), build.config.base))
    configuration = hashlib.sha256(settings.encode()).hexdigest()
    return Run(__version__, configuration, tuple(sorted((e.path, e.sha256) for e in build.extractions)))
