"""From notes to a stored graph: the stages in their order, and the only module that knows every one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from papergraph.assemble.claims import Key
from papergraph.assemble.relations import Corrections, assemble
from papergraph.config import Config
from papergraph.correction import CorrectedEntities, CorrectionOutcome, CorrectionsFile
from papergraph.export.record import note_record
from papergraph.model import Extraction, Graph, Predicate, Problem, Resolution, Run
from papergraph.ontology.iri import digest
from papergraph.pipeline.cache import ExtractionCache
from papergraph.pipeline.corrections.quotes import find_quotes
from papergraph.pipeline.fingerprint import data_fingerprint, extraction_fingerprint
from papergraph.pipeline.increment import Basis, build_on, remember
from papergraph.pipeline.library import Recorded, find_disagreements, record_library
from papergraph.pipeline.losses import count_sources, read_before, refuse_lost, refuse_unread
from papergraph.pipeline.propose.replies import read_replies
from papergraph.pipeline.readers import Outcome, extract_notes, extract_text
from papergraph.resolve import Resolved, resolve, resolve_corrected
from papergraph.sources import Found, NoteFile, decode, find_lines, find_notes, read_bytes
from papergraph.sources.bibliography.library import Library, read_library
from papergraph.sources.corrections import read_corrections
from papergraph.store import (
    GraphStore,
    Held,
    Seal,
    current_generation,
    memory_store,
    replace_graph,
    write_sources,
    writing,
)
from papergraph.system.garbage import rare_collections
from papergraph.system.version import __version__
from papergraph.text.folding import one_line
from papergraph.vocabulary import Vocabulary, load_vocabulary
from papergraph.vocabulary.suggest import Suggestion, only_proposed, suggest_entries, suggest_examples

#: Called with the name of the note at hand, its number from 1, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What is known of a build after each of its steps."""

    paths: tuple[Path, ...]
    config: Config
    vocabulary: Vocabulary
    cache: Path | None
    """Folder of kept extractions, if any are kept."""
    progress: Progress
    found: Found = field(default_factory=lambda: Found(()))
    problems: tuple[Problem, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    readings: tuple[Outcome, ...] = ()
    """What came of each note."""
    resolved: Resolved | None = None
    graph: Graph = field(default_factory=Graph)
    outweighed: Mapping[Key, tuple[Problem, ...]] = field(default_factory=dict)
    """Of each relation what was left out since it contradicts stronger evidence."""
    corrections: CorrectionsFile = field(default_factory=CorrectionsFile)
    corrected: CorrectedEntities = field(default_factory=CorrectedEntities)
    outcomes: tuple[CorrectionOutcome, ...] = ()
    """Of all corrections, in the order of the file."""
    library: Library | None = None
    """The bibliographies of the settings, once they are read."""
    recorded: Recorded = field(default_factory=Recorded)
    """What of them belongs to the graph."""

    @property
    def notes(self) -> tuple[NoteFile, ...]:
        """The notes that were found, sorted by name."""
        return self.found.notes

    @property
    def all_extractions(self) -> tuple[Extraction, ...]:
        """Those of the notes, then those of the library."""
        return self.extractions + self.recorded.extractions


def read_step(build: Build) -> Build:
    """Find the notes."""
    found = find_notes(build.paths, max_bytes=build.config.max_bytes, exclude=build.config.exclude)
    return replace(build, found=found, problems=found.problems + found.lost)


def library_step(build: Build) -> Build:
    """Read the bibliographies of the settings."""
    library = read_library(build.config.library)
    return replace(build, library=library, problems=build.problems + library.problems)


def extract_step(build: Build) -> Build:
    """Read and extract each note, unless the cache has it."""
    extractions: list[Extraction] = []
    problems, readings = list(build.problems), list[Outcome]()
    known = build.library.keys if build.library else None
    for number, outcome in enumerate(extract_notes(build.notes, build.config, build.cache, keys=known), 1):
        build.progress(outcome.note.name, number, len(build.notes))
        readings.append(outcome)
        if outcome.extraction is None:
            problems.append(Problem(outcome.note.name, outcome.problem))
            continue
        found = outcome.extraction
        problems += [Problem(found.path, warning, kind="repaired") for warning in found.warnings]
        extractions.append(found)
    return replace(build, extractions=tuple(extractions), problems=tuple(problems), readings=tuple(readings))


def record_step(build: Build) -> Build:
    """Add the works of the library that notes name."""
    library = build.library or Library()
    recorded = record_library(library, build.extractions, build.vocabulary, build.config, build.cache)
    return replace(build, recorded=recorded)


def resolve_step(build: Build) -> Build:
    """Decide which mentions name one thing, as corrections have it; what notes and library disagree on is a problem."""
    rows = build.corrections.corrections
    resolved = resolve_corrected(build.all_extractions, build.vocabulary, rows, base=build.config.base)
    problems = build.problems + find_disagreements(build.recorded, build.extractions, resolved.resolution)
    return replace(build, resolved=resolved, corrected=resolved.corrected, problems=problems)


def assemble_step(build: Build) -> Build:
    """Merge relation mentions into relations, with all their evidence, as corrections have it.

    What has to be left out becomes a problem, and so does a correction that does not hold.
    """
    rows = build.corrections.corrections
    clean = {e.path for e in build.extractions if " misread as " not in e.encoding}
    quotes = find_quotes(rows, [note for note in build.notes if note.name in clean])
    corrections = Corrections(rows, build.corrected, quotes)
    resolution = build.resolved.resolution if build.resolved else Resolution((), ())
    made = assemble(build.all_extractions, resolution, corrections, base=build.config.base)
    outcomes = tuple(sorted((*build.corrected.outcomes, *made.outcomes), key=lambda o: o.correction.line))
    stale = tuple(problem for outcome in outcomes if (problem := outcome.problem))
    problems = build.problems + made.left_out + build.corrections.problems + stale
    return replace(build, graph=made.graph, outcomes=outcomes, problems=problems, outweighed=made.outweighed)


#: The pipeline.
STEPS: tuple[tuple[str, Callable[[Build], Build]], ...] = (
    ("read", read_step),
    ("library", library_step),
    ("extract", extract_step),
    ("record", record_step),
    ("resolve", resolve_step),
    ("assemble", assemble_step),
)


def run_pipeline(
    paths: Sequence[Path],
    config: Config,
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
    check: Callable[[str, Build], object] = lambda *_: None,
) -> Build:
    """Run every step over the notes in `paths`; a note that cannot be read becomes a problem, and the others go on.

    `check` is called with the name and the result of each step; it may raise an exception to stop the build.

    Raises:
        ConfigError: for a vocabulary, pattern or corrections file or an extractor that cannot be used.
    """
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    corrections = read_corrections(Path(config.corrections))
    build = Build(tuple(paths), config, vocabulary, cache, progress or (lambda *_: None), corrections=corrections)
    for name, step in STEPS:
        build = step(build)
        check(name, build)
    return build


def build_store(
    paths: Sequence[Path], config: Config, *, progress: Progress | None = None, allow_empty: bool = False
) -> tuple[Seal, tuple[Problem, ...]]:
    """Build the graph of `paths` into the store that `config` names.

    From before the notes are looked for until readers see the graph, the store is locked.

    Raises:
        ConfigError: as `run_pipeline`.
        LossError: if there are no notes, or the graph would lose all that it has from one of `paths`. With
            `allow_empty` folders without notes are read as what they are.
        BusyError: if another build holds the store.
        StoreError: if the store cannot be written.
    """
    folder = Path(config.store)
    check = _loss_check(folder, allow_empty=allow_empty)
    if not folder.exists():  # what finds no notes makes no store
        check("read", read_step(Build(tuple(paths), config, Vocabulary(()), None, lambda *_: None)))
    with writing(folder, f"on {' '.join(map(str, paths))}") as held, rare_collections():
        if done := _build_on_last(held, paths, config, progress, check):
            return done
        durable = _durable(config, read_corrections(Path(config.corrections)))
        build = run_pipeline(paths, config, cache=folder / "cache", progress=progress, check=check)
        seal = replace_graph(held, build.graph, _run(build), base=config.base, threshold=config.threshold)
        keys = build.recorded.keys.union(*(reading.keys for reading in build.readings))
        _keep_account(held, build.paths, build.notes, _names(build), keys)
        is_same = durable == _durable(config, build.corrections)  # nothing was edited meanwhile
        if build.resolved and is_same and not build.corrections.corrections and not config.library:
            meta = {"durable": durable, "generation": current_generation(folder), "changes": "0"}
            remember(folder, build.readings, build.resolved, build.outweighed, **meta)
    return seal, build.problems


def _build_on_last(
    held: Held,
    paths: Sequence[Path],
    config: Config,
    progress: Progress | None,
    check: Callable[[str, Build], object],
) -> tuple[Seal, tuple[Problem, ...]] | None:
    """Build what changed since the last build, if that gives the same graph; see `papergraph.pipeline.increment`.

    With a library there is always a whole build: which of its works are in the graph depends on all notes.
    """
    corrections = read_corrections(Path(config.corrections))
    if corrections.corrections or config.library:
        return None
    cache = held.folder / "cache"
    start = read_step(Build(tuple(paths), config, Vocabulary(()), cache, lambda *_: None))
    found = start.found
    check("read", start)

    def check_read(names: Sequence[str], problems: Sequence[Problem]) -> None:
        refuse_unread(paths, found.notes, names, (*found.problems, *problems), read_before(held.folder))

    def run_of(replies: Sequence[str], inputs: Sequence[tuple[str, str]]) -> Run:
        return Run(__version__, configuration_of(config, replies, corrections), tuple(inputs))

    durable = _durable(config, corrections)
    vocabulary = partial(load_vocabulary, [Path(p) for p in config.vocabulary])
    basis = Basis(config, vocabulary, cache, durable, progress or (lambda *_: None), run_of, check_read)
    if (done := build_on(held, found.notes, basis)) is None:
        return None
    _keep_account(held, paths, found.notes, done.names, done.keys)
    return done.seal, start.problems + done.problems + corrections.problems


def _durable(config: Config, corrections: CorrectionsFile) -> str:
    """Return a hash of all that a graph depends on but its notes, with the limits of reading and all replies."""
    parts = [__version__, extraction_fingerprint(config), configuration_of(config, (), corrections)]
    parts += [f"{config.max_bytes} {config.note_seconds} {config.note_megabytes}"]
    if config.propose:
        replies = sorted(read_replies(Path(config.proposals)).items())
        parts += [part for reply in replies for part in reply]
    return digest(*parts, length=64)


def _loss_check(folder: Path | None, *, allow_empty: bool) -> Callable[[str, Build], None]:
    def check(step: str, build: Build) -> None:
        if step == "read":
            refuse_lost(build.paths, build.found, read_before(folder), allow_empty=allow_empty)
        if step == "extract":
            refuse_unread(build.paths, build.notes, _names(build), build.problems, read_before(folder))

    return check


def _keep_account(
    held: Held, paths: Sequence[Path], notes: Sequence[NoteFile], names: Sequence[str], keys: Iterable[str]
) -> None:
    """Keep where the notes came from, and of the extractions those that the graph was made of."""
    write_sources(held, count_sources(paths, notes, names))
    kept = ExtractionCache(held.folder / "cache")
    kept.used.update(keys)
    kept.prune()


def _names(build: Build) -> tuple[str, ...]:
    return tuple(extraction.path for extraction in build.extractions)


def build_in_memory(
    paths: Sequence[Path], config: Config, *, allow_empty: bool = False
) -> tuple[GraphStore, tuple[Problem, ...]]:
    """Build the graph of `paths` in memory.

    Raises:
        ConfigError: as `run_pipeline`.
        LossError: if there are no notes, or none can be read; with `allow_empty` folders may be empty.
    """
    build = run_pipeline(paths, config, check=_loss_check(None, allow_empty=allow_empty))
    return memory_store(build.graph, _run(build), base=config.base, threshold=config.threshold), build.problems


def extract_records(paths: Sequence[Path], config: Config) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return what each note says by itself, as `papergraph extract` prints it; raises ConfigError as `run_pipeline`."""
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    build = Build(tuple(paths), config, vocabulary, None, lambda *_: None)
    build = extract_step(read_step(build))
    records = [note_record(e, resolve([e], vocabulary, base=config.base)) for e in build.extractions]
    return records, build.problems


def suggest_for(
    paths: Sequence[Path], config: Config, *, least: int, proposed: bool = False
) -> tuple[tuple[Suggestion, ...], dict[tuple[str, int], str], tuple[Problem, ...]]:
    """Return the names in notes that deserve an entry, and the line of text where each is first seen.

    With `proposed`, they are those that the language model of the settings alone finds; without, those of the rules.

    Raises:
        ConfigError: as `run_pipeline`.
    """
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    ruled = Build(tuple(paths), replace(config, propose=""), vocabulary, None, lambda *_: None)
    build = extract_step(read_step(ruled))
    found: Iterable[Extraction] = build.extractions
    if proposed:
        whole = extract_step(replace(build, config=config, problems=()))
        found = only_proposed(whole.extractions, build.extractions, vocabulary)
    suggestions = suggest_entries(found, least=least)
    wanted = {(s.note, s.line) for s in suggestions}
    lines: dict[tuple[str, int], str] = {}
    for note in build.notes:
        numbers = {line for name, line in wanted if name == note.name}
        if numbers:
            text, _ = decode(read_bytes(note))
            starts = (*find_lines(text), len(text))
            lines.update({(note.name, n): one_line(text[starts[n - 1] : starts[n]]) for n in numbers})
    return suggestions, lines, build.problems


def suggest_patterns(
    paths: Sequence[Path], config: Config
) -> tuple[dict[Predicate, tuple[str, ...]], tuple[Problem, ...]]:
    """Return sentences from which the language model of the settings reads what no rule does, by relation.

    Raises:
        ConfigError: as `run_pipeline`.
    """
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    build = extract_step(read_step(Build(tuple(paths), config, vocabulary, None, lambda *_: None)))
    return suggest_examples(build.extractions), build.problems


def extract_bytes(name: str, data: bytes, config: Config) -> dict[str, Any]:
    """Return what the note in `data` says, in the form of `papergraph extract`.

    Raises:
        NoteError: if it is not text.
        ConfigError: as `run_pipeline`.
    """
    extraction = extract_text(name, data, config)
    vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
    return note_record(extraction, resolve([extraction], vocabulary, base=config.base))


def _run(build: Build) -> Run:
    replies = [reading.replies for reading in build.readings if reading.replies]
    library = [f"library {e.path} {e.sha256}" for e in build.recorded.extractions]
    configuration = configuration_of(build.config, replies, build.corrections, library)
    return Run(__version__, configuration, tuple(sorted((e.path, e.sha256) for e in build.extractions)))


def configuration_of(
    config: Config, replies: Sequence[str], corrections: CorrectionsFile, library: Sequence[str] = ()
) -> str:
    """Return a hash of settings, data, corrections, libraries, and the replies of a model in a graph, by note."""
    parts = [data_fingerprint(config), str(config.threshold), config.base]
    if config.propose:
        parts += [config.propose, *replies]
    parts += [f"correction {row}\t{row.note}\t{row.sentence}" for row in corrections.corrections]
    return hashlib.sha256("\n".join([*parts, *library]).encode()).hexdigest()
