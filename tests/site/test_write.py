"""A whole site."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from papergraph.model import Graph
from papergraph.site import SiteOptions, Written, write_site
from papergraph.site.names import page_file
from papergraph.store import memory_store, open_store
from papergraph.web.address import path_of
from tests.graphs import RUN
from tests.site.reading import broken, read_pages
from tests.web.graphs import library, library_store

SMALL = SiteOptions(with_map=False)


def digests(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.mark.slow
def test_every_link_and_anchor_of_the_sample_leads_somewhere(demo_site: Path) -> None:
    pages = read_pages(demo_site)
    assert len(pages) > 1500
    assert list(broken(demo_site, pages)) == []
    assert [name for name, page in pages.items() if max(Counter(page.ids).values(), default=0) > 1] == []
    assert {page.language for page in pages.values()} == {"en", "zh-CN"}


@pytest.mark.slow
def test_every_entity_and_note_of_the_sample_has_its_page_in_both_languages_and_data(
    demo_site: Path, demo_store: Path
) -> None:
    graph = open_store(demo_store).read_graph()
    for iri in (*(e.iri for e in graph.entities), *(n.iri for n in graph.notes)):
        name = page_file(path_of(iri, open_store(demo_store).base))
        assert (demo_site / name).is_file(), iri
        assert (demo_site / "zh" / name).is_file(), iri
        assert (demo_site / name).with_suffix(".ttl").is_file(), iri


def test_links_of_a_small_site_hold_with_chinese_first_and_without_map_and_data(tmp_path: Path) -> None:
    for number, options in enumerate(
        (
            SiteOptions("zh"),
            SMALL,
            replace(SMALL, with_data=False),
            SiteOptions(note_url="vscode://file/n/{path}:{line}"),
        )
    ):
        folder = tmp_path / str(number)
        write_site(library_store(), folder, options)
        pages = read_pages(folder)
        found = [b for b in broken(folder, pages) if "vscode:" not in b]
        assert found == []
        assert pages[Path("index.html")].language == ("zh-CN" if options.first == "zh" else "en")
        assert (folder / "map.html").exists() == options.with_map


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    write_site(library_store(), tmp_path, SiteOptions())
    for name, page in read_pages(tmp_path).items():
        assert all(not re.match(r"(?!data:)[a-z]+:|//", address) for address in page.loaded), name
    for script in (*tmp_path.glob("*.js"), *tmp_path.glob("*.css")):
        assert not re.search(
            r"https?://|fetch\(|import\(|innerHTML|@import|XMLHttp", script.read_text(encoding="utf-8")
        )


def test_the_same_graph_gives_the_same_bytes_and_an_unchanged_site_is_not_written(tmp_path: Path) -> None:
    one = write_site(library_store(), tmp_path / "one")
    assert one.written == one.files > 0
    write_site(library_store(), tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert write_site(library_store(), tmp_path / "one") == Written(0, one.files, 0)


def test_no_page_is_made_again_unless_the_graph_the_options_or_a_file_changed(tmp_path: Path) -> None:
    made: list[int] = []

    def write(options: SiteOptions = SMALL) -> Written:
        made.clear()
        return write_site(library_store(), tmp_path, options, progress=lambda done, _: made.append(done))

    assert write().written
    assert (write().written, made) == (0, [])
    (tmp_path / "index.html").write_text("edited", encoding="utf-8")
    assert (write().written, bool(made)) == (1, True)
    assert (write(replace(SMALL, first="zh")).written > 0, bool(made)) == (True, True)


def test_of_a_changed_graph_only_what_changed_is_written_and_the_rest_removed(tmp_path: Path) -> None:
    graph = library()
    write_site(memory_store(graph, RUN), tmp_path, SMALL)
    before = digests(tmp_path)
    gone = next(e for e in graph.entities if e.label == "<b>Tool</b>")
    left = tuple(e for e in graph.entities if e != gone)
    smaller = Graph(left, tuple(r for r in graph.relations if gone.iri not in {r.subject, r.object}), graph.notes, 0.5)
    written = write_site(memory_store(smaller, RUN), tmp_path, SMALL)
    fresh = tmp_path.parent / "fresh"
    write_site(memory_store(smaller, RUN), fresh, SMALL)
    after = digests(tmp_path)
    assert after == digests(fresh)
    assert written.removed == 4
    assert written.written == sum(before.get(name) != digest for name, digest in after.items()) - 1  # the list of files
    assert before["venue/icml.html"] == after["venue/icml.html"]


def test_hostile_names_are_text_on_every_page(tmp_path: Path) -> None:
    write_site(library_store(), tmp_path, SiteOptions())
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text, page
        assert "<b>Tool" not in text, page
        if page.name != "map.html":
            assert "\u202e" not in text, page
    assert "</script" not in (tmp_path / "search" / "names.js").read_text(encoding="utf-8")


def test_data_beside_a_page_says_what_the_graph_says(tmp_path: Path) -> None:
    store = library_store()
    write_site(store, tmp_path, SMALL)
    data = tmp_path / "method" / "h2o"
    turtle = {str(q.triple) for q in ox.parse(data.with_suffix(".ttl").read_bytes(), format=ox.RdfFormat.TURTLE)}
    jsonld = {str(q.triple) for q in ox.parse(data.with_suffix(".jsonld").read_bytes(), format=ox.RdfFormat.JSON_LD)}
    iri = f"{store.base}method/h2o"
    assert turtle == jsonld
    assert turtle >= {str(q.triple) for q in (*store.quads(iri), *store.quads(obj=iri))}


def test_an_empty_graph_has_a_site_too(tmp_path: Path) -> None:
    write_site(memory_store(Graph(), RUN), tmp_path, SiteOptions())
    assert list(broken(tmp_path, read_pages(tmp_path))) == []
