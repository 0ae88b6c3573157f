"""Writing a site: every page in both languages, the data beside it, the search, the map."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from papergraph.export import triples_to_jsonld
from papergraph.ontology.relation_labels import Language
from papergraph.ontology.terms import prefixes
from papergraph.pipeline.fingerprint import code_fingerprint
from papergraph.resources import list_resources, read_resource
from papergraph.site.files import Folder, Written
from papergraph.site.links import MAP, SHARED, Files, SiteLinks
from papergraph.site.names import page_file
from papergraph.site.plan import Planned, plan, whole_graph
from papergraph.site.search import FOLDER, Sentence, name_script, script_names, sentence_scripts
from papergraph.site.sitemap import sitemaps_of
from papergraph.store import GraphStore
from papergraph.web.data import describe_iri
from papergraph.web.note import note_lines
from papergraph.web.templates import script, style
from papergraph.web.view import View
from papergraph.web.words import LANGUAGES, Words
from papergraph.web.works import notes_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How a site is written."""

    first: Language = "en"
    """The language of the pages at the top; those of the other lie in a folder of its name."""
    base_url: str = ""
    """Where the site will stand, for its sitemap; "" for none."""
    note_url: str = ""
    """Address that opens a note, with `{path}` and `{line}`; "" for its page in the site."""
    with_map: bool = True
    with_data: bool = True
    """Whether Turtle and JSON-LD lie beside the pages."""


def write_site(
    store: GraphStore,
    folder: Path,
    options: SiteOptions | None = None,
    *,
    progress: Callable[[int, int], Any] | None = None,
) -> Written:
    """Write the pages of a graph into a folder, or bring a site in it up to date; the same graph gives the same bytes.

    Only files that changed are written, and only files that an earlier run made are removed; where the folder holds
    the site of this graph already, no page is made at all.

    Raises:
        ConfigError: if a file that papergraph did not make is in the way; nothing is written then.
        OSError: if a file cannot be written.
    """
    options = options or SiteOptions()
    place, made_from = Folder(folder), _made_from(store, options)
    if place.is_current(made_from):
        return Written(0, place.files, 0)
    site = _Site(store, options, progress or (lambda *_: None))
    return place.write(site.contents(), site.names(), made_from)


def _made_from(store: GraphStore, options: SiteOptions) -> str:
    """Return a hash of all that a site depends on: the graph, the options, our code and templates."""
    digest = hashlib.sha256(f"{store.seal!r} {options!r} {code_fingerprint()}".encode())
    for folder in ("ontology", "viz", "viz/serve"):
        for name in list_resources(folder, ""):
            digest.update(read_resource(f"{folder}/{name}").encode())
    return digest.hexdigest()


@dataclass
class _Site:
    """A site while it is written."""

    store: GraphStore
    options: SiteOptions
    progress: Callable[[int, int], Any]
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unlinked = Files({}, self.options.first)
        start = self.view(SiteLinks(unlinked, self.options.first, ""))
        self.planned = list(plan(start))
        pages = {planned.address: page_file(planned.address) for planned in self.planned}
        self.files = Files(pages, self.options.first, self.options.with_map, self.options.with_data)
        self.sentences = list(self._sentences(start))
        self.start = start

    def view(self, links: SiteLinks) -> View:
        return View(self.store, Words(links.language, links), self.remember, self.options.note_url)

    def remember(self, key: str, make: Callable[[], _T], /) -> _T:
        if key not in self.known:
            self.known[key] = make()
        found: _T = self.known[key]
        return found

    def pages(self) -> list[str]:
        """Return the files of all pages in both languages."""
        return [self.files.page(p.address, language) for p in self.planned for language in LANGUAGES]

    def names(self) -> list[str]:
        """Return the names of all files, in no order."""
        planned = self.pages()
        data = [self.files.shared(f"{p.address}.{e}") for p in self._with_data() for e in ("ttl", "jsonld")]
        more = [MAP] if self.options.with_map else []
        sitemaps = (name for name, _ in sitemaps_of(self.options.base_url, planned))
        return [*planned, *data, *SHARED.values(), *script_names(len(self.sentences)), *more, *sitemaps]

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file with its content."""
        yield "style.css", style().encode()
        yield "theme.js", script("theme.js").encode()
        yield "search.js", script("search.js").encode()
        yield "ontology.ttl", read_resource("ontology/papergraph.ttl").encode()
        yield FOLDER + "names.js", name_script(self.start, self.files)
        yield from sentence_scripts(self.sentences)
        if self.options.with_map:
            yield MAP, self._map().encode("utf-8", "backslashreplace")
        for number, planned in enumerate(self.planned):
            yield from self._page(planned)
            self.progress(number + 1, len(self.planned))
        for planned in self._with_data():
            yield from self._data(planned)
        yield from sitemaps_of(self.options.base_url, self.pages())

    def _page(self, planned: Planned) -> Iterator[tuple[str, bytes]]:
        for language in LANGUAGES:
            name = self.files.page(planned.address, language)
            view = self.view(SiteLinks(self.files, language, name))
            page = planned.make(view)
            if page is not None:
                yield name, page.html(view.words).encode("utf-8", "backslashreplace")

    def _with_data(self) -> list[Planned]:
        return [planned for planned in self.planned if planned.iri and self.options.with_data]

    def _data(self, planned: Planned) -> Iterator[tuple[str, bytes]]:
        triples = sorted(set(describe_iri(self.store, planned.iri)), key=str)
        base = self.store.base
        turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes(base)) or b""
        yield self.files.shared(f"{planned.address}.ttl"), turtle
        yield self.files.shared(f"{planned.address}.jsonld"), triples_to_jsonld(triples, base).encode()

    def _map(self) -> str:
        from papergraph.page import make_page

        # The search knows the page of every entity.
        where = f"{self.files.page('/search', self.options.first)}#{{path}}"
        return make_page(whole_graph(self.start), note_url=self.options.note_url, page_url=where).html

    def _sentences(self, view: View) -> Iterator[Sentence]:
        """Yield the sentences behind claims, in the order of notes and lines."""
        for note, address, _ in notes_of(view):
            page = self.files.pages[address]
            for line in note_lines(view, note):
                yield Sentence(line.sentence, f"{page}#{line.anchor}", f"{note}:{line.number}")
