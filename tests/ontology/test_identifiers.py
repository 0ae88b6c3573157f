"""One table of the schemes in which works are identified."""

from __future__ import annotations

import pytest

from papergraph.ontology.identifiers import (
    ARXIV,
    CITATION_KEY,
    DOI,
    SCHEMES,
    Scheme,
    canonical,
    find_scheme,
    identifier_at,
    identifier_rank,
    page_of,
    scheme_of,
)

#: A number in each scheme.
NUMBERS = {"arXiv": "2306.14048", "doi": "10.1145/3600006.3613165", "OpenReview": "wHBfxhZu1u"}


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_number_goes_into_an_identifier_and_back(scheme: Scheme) -> None:
    number = NUMBERS.get(scheme.name, "x1")
    identifier = scheme.identifier(number)
    assert find_scheme(identifier) is scheme
    assert scheme_of(identifier) == ("" if scheme is CITATION_KEY else scheme.start)
    assert scheme.number(identifier) == number
    assert canonical(identifier) == identifier


@pytest.mark.parametrize("name", NUMBERS)
def test_the_page_of_a_work_names_the_work(name: str) -> None:
    scheme = next(s for s in SCHEMES if s.name == name)
    identifier = scheme.identifier(NUMBERS[name])
    host, _, rest = page_of(identifier).removeprefix("https://").partition("/")
    path, _, query = rest.partition("?")
    assert identifier_at(host, f"/{path}", query) == identifier


def test_identifiers_sort_as_they_name_a_work_and_addresses_come_last() -> None:
    found = ["https://a.org/b.pdf", "other:1", "OpenReview:wHBfxhZu1u", "10.1/x", "arXiv:2306.14048"]
    assert sorted(found, key=identifier_rank) == found[::-1]


def test_an_address_has_no_scheme_and_is_its_own_page() -> None:
    assert scheme_of("https://a.org/b.pdf") == ""
    assert page_of("https://a.org/b.pdf") == "https://a.org/b.pdf"
    assert page_of("ACL:2023.acl-long.1") == ""


def test_rdf_and_bibtex_have_a_place_for_arxiv_ids_and_dois() -> None:
    assert {s.name: s.bibtex for s in SCHEMES if s.property} == {ARXIV.name: "eprint", DOI.name: "doi"}
