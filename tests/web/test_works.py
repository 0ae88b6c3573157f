"""Years, venues and authors."""

from __future__ import annotations

import pytest

from papergraph.ontology.iri import entity_iri
from papergraph.web.catalogue import catalogue
from papergraph.web.show import read_thing, show_page
from papergraph.web.view import View
from papergraph.web.works import coauthors, notes_page, venue_page, venues_page, written_by, year_page, years_page
from tests.web.graphs import BIDI, library_store
from tests.web.nowhere import view_of


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(library_store())


def test_a_year_lists_its_works_with_venue_authors_and_what_they_introduce(view: View) -> None:
    page = year_page(view, "2024")
    assert page is not None
    ((_, works),) = page.values["groups"]
    assert {w.label for w in works} == {"Second Paper", "持续学习综述"}
    second = next(w for w in works if w.label == "Second Paper")
    assert second.venue[0] == "ICML"
    assert [label for label, _ in second.introduces] == ["H2O"]
    assert [label for label, _ in second.institutions] == ["清华大学"]
    assert len(second.authors) == 3


def test_a_venue_has_its_works_of_all_years_and_spellings(view: View) -> None:
    page = venue_page(view, "icml")
    assert page is not None
    assert [(year, [w.label for w in works]) for year, works in page.values["groups"]] == [
        ("2024", ["Second Paper"]),
        ("2023", ["First Paper"]),
    ]


def test_there_is_no_page_of_a_year_or_venue_without_works(view: View) -> None:
    assert year_page(view, "1999") is None
    assert venue_page(view, "nowhere") is None


def test_an_author_has_works_by_year_and_coauthors_the_closest_first(view: View) -> None:
    alice = entity_iri("Person", "Alice Liddell")
    assert [(year, [w.label for w in works]) for year, works in written_by(view, alice)] == [
        ("2024", ["Second Paper"]),
        ("2023", ["First Paper"]),
    ]
    assert [(label, number) for label, _, number in coauthors(view, alice)] == [("李雷", 2), (BIDI, 1)]
    page = show_page(view, read_thing(view.store, alice)).html(view.words)
    assert 'id="coauthors"' in page
    assert 'id="wrote"' not in page


def test_lists_of_years_venues_and_notes_count(view: View) -> None:
    assert years_page(view).values["rows"] == [("2024", "/year/2024", 2), ("2023", "/year/2023", 1)]
    assert venues_page(view).values["rows"][0] == ("ICML", "/venue/icml", 2)
    assert notes_page(view).values["rows"] == [("笔记/a b.md", "/id/note/%E7%AC%94%E8%AE%B0/a%20b.md", 11)]


def test_hostile_names_stay_text_and_do_not_turn_the_line_around(view: View) -> None:
    for page in (year_page(view, "2024"), show_page(view, read_thing(view.store, entity_iri("Person", BIDI)))):
        assert page is not None
        html = page.html(view.words)
        assert "<script>alert" not in html
        assert "\u202e" not in html
        assert "&lt;script&gt;" in html


def test_the_catalogue_gives_a_method_what_its_paper_has(view: View) -> None:
    work = catalogue(view).by_iri[entity_iri("Method", "H2O")]
    assert (work.year, work.venue) == ("2024", "icml")
    assert work.facets["institution"] == {entity_iri("Institution", "清华大学")}
