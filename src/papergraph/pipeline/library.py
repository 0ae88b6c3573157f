"""What the user's library adds to a build: the works that notes name, and where the two disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from papergraph.config import Config
from papergraph.extract.recognise.topic import is_no_topic
from papergraph.model import Entity, Extraction, Mention, Problem, Resolution
from papergraph.ontology.identifiers import CITATION_KEY, canonical, is_untitled, page_of
from papergraph.pipeline.readers import extract_made
from papergraph.sources.bibliography.library import Library, by_file
from papergraph.sources.bibliography.recorded import Named, record_works
from papergraph.sources.bibliography.work import Work
from papergraph.text.folding import fold, tidy
from papergraph.vocabulary import Vocabulary
from papergraph.vocabulary.link_labels import names_a_work

#: Works whose titles are read at once: a change of one costs that of the others.
_AT_ONCE = 200
#: Signs that Markdown would read.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$!])")
_YEAR_BEHIND = re.compile(r"(?<!\d)(\d{4})$")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The part of a library that belongs to a graph."""

    works: tuple[Work, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    """One for each file with such works."""
    keys: frozenset[str] = field(default=frozenset())
    """Under which the cache keeps what their titles name."""


def record_library(
    library: Library, notes: Sequence[Extraction], vocabulary: Vocabulary, config: Config, cache: Path | None
) -> Recorded:
    """Return the works that notes name, by key, identifier or title; all works if the settings say so."""
    chosen = library.works if config.library_all else tuple(_named_works(library.works, notes))
    if not chosen:
        return Recorded()
    works = tuple(replace(w, title=tidy(w.title), tags=tuple(t for t in w.tags if not is_no_topic(t))) for w in chosen)
    named, keys = _contributions(works, config, cache)
    venues = {name.casefold(): venue.name for venue in vocabulary.venues for name in (venue.name, *venue.aliases)}
    extractions = tuple(
        record_works(name, listed, library.texts[name], library.hashes[name], named, venues)
        for name, listed in by_file(works)
    )
    return Recorded(works, extractions, keys)


def _named_works(works: Iterable[Work], notes: Sequence[Extraction]) -> Iterator[Work]:
    """Yield the works that a note names: by citation key or identifier, or by a title that names a work exactly."""
    papers = [m for e in notes for m in e.mentions if m.type == "Paper"]
    identifiers = {canonical(i) for m in papers for i in m.identifiers}
    titles = {fold(m.name) for m in papers if not is_untitled(m.name) and names_a_work(m.name)} - {""}
    for work in works:
        ours = {*work.identifiers, *map(CITATION_KEY.identifier, work.keys)}
        if ours & identifiers or fold(tidy(work.title)) in titles:
            yield work


def _contributions(
    works: Sequence[Work], config: Config, cache: Path | None
) -> tuple[dict[Work, tuple[Named, ...]], frozenset[str]]:
    """Return what the title of each work names as its contribution, as the rules for titles in notes find it."""
    found: dict[Work, tuple[Named, ...]] = {}
    keys: frozenset[str] = frozenset()
    for first in range(0, len(works), _AT_ONCE):
        text, by_line = _titles_note(works[first : first + _AT_ONCE])
        outcome = extract_made("titles.md", text.encode("utf-8", "replace"), config, cache)
        keys |= outcome.keys
        if outcome.extraction:
            found |= _introduced(outcome.extraction, by_line)
    return found, keys


def _titles_note(works: Sequence[Work]) -> tuple[str, dict[int, Work]]:
    """Return a note that lists works, with links to those that have a page, and the line of each."""
    lines: list[str] = []
    by_line: dict[int, Work] = {}
    pages = {work: next((page for i in work.identifiers if (page := page_of(i))), "") for work in works}
    for work in sorted(works, key=lambda w: not pages[w]):
        title, page = _SIGNS.sub(r"\\\1", work.title), pages[work]
        lines += [] if page else [""]
        lines.append(f"- [{title}]({page})" if page else f"## {title}")
        by_line[len(lines)] = work
    return "\n".join(lines), by_line


def _introduced(extraction: Extraction, by_line: Mapping[int, Work]) -> dict[Work, tuple[Named, ...]]:
    found: dict[Work, list[Named]] = defaultdict(list)
    for claim in extraction.relations:
        work, thing = by_line.get(claim.line), extraction.mentions[claim.object]
        if claim.predicate == "introduces" and work and extraction.mentions[claim.subject].line == thing.line:
            found[work].append(Named(thing.name, thing.type, thing.vocabulary, claim.confidence))
    return {work: tuple(dict.fromkeys(things)) for work, things in found.items()}


def find_disagreements(recorded: Recorded, notes: Sequence[Extraction], resolution: Resolution) -> tuple[Problem, ...]:
    """Return where notes and the library say different things of one work; the graph keeps both.

    `resolution` is of the notes and then of the library's extractions.
    """
    entities = {entity.iri: entity for entity in resolution.entities}
    said = _Said.of(notes, resolution.mention_entities[: len(notes)])
    problems: list[Problem] = []
    for extraction, iris in zip(recorded.extractions, resolution.mention_entities[len(notes) :], strict=True):
        for index, mention in enumerate(extraction.mentions):
            if mention.type == "Paper" and iris[index] in entities:
                place = f"{extraction.path}:{mention.line}"
                problems += said.apart(mention, entities[iris[index]], entities, extraction.path)
                years = {a.value for a in extraction.attributes if a.mention == index and a.key == "year"}
                problems += said.of_other_years(mention, iris[index], years, place)
    return tuple(dict.fromkeys(problems))


@dataclass(slots=True)
class _Said:
    """What notes say of works: names under identifiers, and years."""

    mentions: dict[str, list[tuple[str, Mention, str]]] = field(default_factory=lambda: defaultdict(list))
    """For each identifier and folded title the notes and mentions that give it, with the entity."""
    years: dict[str, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))
    """For each entity the years that notes give it, each with note and line."""

    @classmethod
    def of(cls, notes: Sequence[Extraction], iris: Sequence[Sequence[str]]) -> _Said:
        said = cls()
        for extraction, entities in zip(notes, iris, strict=True):
            for mention, iri in zip(extraction.mentions, entities, strict=True):
                for key in _keys(mention) if mention.type == "Paper" else ():
                    said.mentions[key].append((extraction.path, mention, iri))
            for attribute in extraction.attributes:
                year = attribute.value if attribute.key == "year" else ""
                if attribute.key == "venue" and (match := _YEAR_BEHIND.search(attribute.value)):
                    year = match[1]
                if year:
                    said.years[entities[attribute.mention]].append((year, extraction.path, attribute.line))
        return said

    def apart(self, mention: Mention, entity: Entity, entities: dict[str, Entity], library: str) -> Iterator[Problem]:
        """Yield the first note that gives an identifier of the work to something else."""
        for key in _keys(mention):
            for note, other, iri in self.mentions.get(key, ()):
                if iri != entity.iri and iri in entities:
                    ours = next(iter(mention.identifiers), "")
                    what = f"{_quoted(mention.name)} is {_shown(ours)}, but {note}:{other.line} has "
                    against = ", ".join(map(_shown, entities[iri].identifiers[:2])) or "no identifier"
                    what += f"{_quoted(other.name)} ({against}); both are kept, as two works: correct one of the two"
                    yield Problem(library, what, mention.line, "disagreement")
                    return

    def of_other_years(self, mention: Mention, iri: str, years: set[str], place: str) -> Iterator[Problem]:
        """Yield the first note that gives other years only."""
        given = self.years.get(iri, ())
        if years and given and years.isdisjoint(year for year, *_ in given):
            year, note, line = min(given, key=lambda g: (g[1], g[2], g[0]))
            what = f"{_quoted(mention.name)} is of {min(years)}, but of {year} in {note}:{line}; both are kept"
            library, _, number = place.rpartition(":")
            yield Problem(library, what, int(number), "disagreement")


def _keys(mention: Mention) -> Iterator[str]:
    """Yield under what a work can be found: its identifiers, and a title that names a work."""
    yield from map(canonical, mention.identifiers)
    if not is_untitled(mention.name) and names_a_work(mention.name):
        yield f"title {fold(mention.name)}"


def _shown(identifier: str) -> str:
    scheme, number = CITATION_KEY.start, identifier.removeprefix(CITATION_KEY.start)
    return f"@{number}" if identifier.startswith(scheme) else identifier


def _quoted(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:79]}…")
