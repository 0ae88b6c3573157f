"""Every entity with what lists are narrowed and sorted by: year, venue, topics, institutions, hardware, authors.

A paper and what it introduces are one work to readers: each has the topics, institutions and hardware of the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from papergraph.insight.outline import Outline, read_outline
from papergraph.model import Predicate
from papergraph.ontology.iri import slug
from papergraph.store import Candidate, GraphStore
from papergraph.web.view import View

#: What lists can be narrowed by, in the order in which pages show it, and the relations that say it.
FACETS: dict[str, tuple[Predicate, ...]] = {
    "year": (),
    "topic": ("hasTopic",),
    "institution": ("affiliatedWith",),
    "hardware": ("targetsHardware", "measuredOn"),
}
_ALL: tuple[Predicate, ...] = ("introduces", "authoredBy", *(p for ps in FACETS.values() for p in ps))
#: The year at the end of a venue: `ICML 2024`, `NeurIPS'23`, `ACL (2021)`.
_YEAR = re.compile(r"(?:[\s,(（'’-]+|(?<=[A-Za-z]))(?:(?:19|20)\d\d|(?<=['’])\d\d)[)）]?$")


@dataclass(frozen=True, slots=True)
class Work:
    """An entity in a list."""

    iri: str
    type: str
    label: str
    mentions: int
    years: tuple[str, ...]
    """Of its papers, the earliest first."""
    venue: str
    """Key of the venue of its first paper; "" if the notes do not say."""
    facets: Mapping[str, frozenset[str]]
    """For each of `FACETS` its values: years, and IRIs."""

    @property
    def year(self) -> str:
        """The first year; "" if the notes do not say."""
        return self.years[0] if self.years else ""


@dataclass(frozen=True)
class Catalogue:
    """All entities, those named most often first."""

    works: tuple[Work, ...]
    outline: Outline
    venues: Mapping[str, str]
    """What each venue is called, by its key."""

    @cached_property
    def by_iri(self) -> Mapping[str, Work]:
        """The entities by IRI."""
        return {work.iri: work for work in self.works}

    @cached_property
    def dated(self) -> Mapping[str, tuple[Work, ...]]:
        """The papers of each year, the latest year first."""
        found: dict[str, list[Work]] = defaultdict(list)
        for work in self.works:
            if work.iri in self.outline.years:
                found[work.year].append(work)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}

    @cached_property
    def published(self) -> Mapping[str, tuple[Work, ...]]:
        """The papers of each venue, the venue with most papers first; of one venue, the latest paper first."""
        found: dict[str, list[Work]] = defaultdict(list)
        for work in self.works:
            if work.venue and (work.type == "Paper" or work.iri not in self.outline.papers):
                found[work.venue].append(work)
        order = sorted(found, key=lambda key: (-len(found[key]), self.venues[key].casefold(), key))
        return {key: tuple(sorted(found[key], key=lambda w: w.year, reverse=True)) for key in order}

    @cached_property
    def written(self) -> Mapping[str, tuple[str, ...]]:
        """The works of each author, the latest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for paper, author in self.outline.pairs("authoredBy"):
            found[author].append(paper)
        return {author: tuple(sorted(papers, key=self._latest)) for author, papers in found.items()}

    @cached_property
    def authors(self) -> Mapping[str, tuple[str, ...]]:
        """The authors of each work."""
        found: dict[str, list[str]] = defaultdict(list)
        for paper, author in self.outline.pairs("authoredBy"):
            found[paper].append(author)
        return {paper: tuple(authors) for paper, authors in found.items()}

    def coauthors(self, author: str) -> list[tuple[str, int]]:
        """Return those who wrote with an author, and how many works, the closest first."""
        others = Counter(
            other for paper in self.written.get(author, ()) for other in self.authors[paper] if other != author
        )
        return sorted(others.items(), key=lambda item: (-item[1], self.outline.label(item[0]).casefold(), item[0]))

    def _latest(self, iri: str) -> tuple[int, str, str]:
        return (-int(self.outline.years.get(iri, "0") or 0), self.outline.label(iri).casefold(), iri)


def catalogue(view: View) -> Catalogue:
    """Return the catalogue of a graph, made once for each state of it."""
    return view.remember("catalogue", lambda: read_catalogue(view.store))


def read_catalogue(store: GraphStore) -> Catalogue:
    """Return the catalogue of a graph.

    Raises:
        QueryError: if the store cannot answer.
    """
    outline = read_outline(store, _ALL)
    venues = _venues(store)
    stated = {name: _stated(outline, predicates) for name, predicates in FACETS.items()}
    works = [_work(candidate, outline, venues, stated) for candidate in store.entities(store.base)]
    works.sort(key=lambda w: (-w.mentions, w.label.casefold(), w.iri))
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for name in venues.values():
        called[venue_key(name)][series_of(name)] += 1
    names = {key: min(counts, key=lambda n: (-counts[n], n)) for key, counts in called.items()}
    return Catalogue(tuple(works), outline, names)


def _stated(outline: Outline, predicates: Iterable[Predicate]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for subject, obj in outline.pairs(*predicates):
        found[subject].add(obj)
    return found


def _venues(store: GraphStore) -> dict[str, str]:
    """Return the venue of each paper that has one."""
    found: dict[str, str] = {}
    for row in store.select("SELECT ?s ?v { ?s pg:venue ?v }"):
        found[row["s"]] = min(found.get(row["s"], row["v"]), row["v"])
    return {iri: name for iri, name in found.items() if venue_key(name)}


def _work(
    candidate: Candidate, outline: Outline, venues: Mapping[str, str], stated: Mapping[str, Mapping[str, set[str]]]
) -> Work:
    iri = candidate.iri
    papers = outline.papers.get(iri, ())
    parts = (iri, *papers, *outline.things.get(iri, ()))
    years = tuple(sorted({outline.years[paper] for paper in (iri, *papers) if outline.years.get(paper)}))
    first = next((venues[paper] for paper in (iri, *papers) if paper in venues), "")
    facets = {name: frozenset(o for part in parts for o in found.get(part, ())) for name, found in stated.items()}
    return Work(
        iri,
        candidate.type,
        candidate.label,
        candidate.mentions,
        years,
        venue_key(first) if first else "",
        facets | {"year": frozenset(years)},
    )


def series_of(venue: str) -> str:
    """Return a venue without its year.

    >>> series_of("ICML 2024"), series_of("NeurIPS'23"), series_of("ICLR2025"), series_of("PLDI")
    ('ICML', 'NeurIPS', 'ICLR', 'PLDI')
    """
    return _YEAR.sub("", venue.strip()).strip(" '’") or venue.strip()


def venue_key(venue: str) -> str:
    """Return what the address of a venue's page ends with: the same for every year and spelling.

    >>> venue_key("ICML 2024"), venue_key("icml"), venue_key("计算机学报 2023")
    ('icml', 'icml', 'ji-suan-ji-xue-bao')
    """
    return slug(series_of(venue).casefold()) if venue.strip() else ""
