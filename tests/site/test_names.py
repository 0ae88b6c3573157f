"""Names of files."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from papergraph.ontology.iri import entity_iri, note_iri
from papergraph.ontology.terms import BASE
from papergraph.site.names import page_file
from papergraph.web.address import list_address, path_of, timeline_address

_PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,90}")
_ODD = st.sampled_from(
    ["index", "con", "NUL", "aux.md", "a", "A", "a.", "a-", "Å", "持续学习", "a b.md", "a/b.md", ".x", "%41"]
)
_NAMES = st.one_of(_ODD, st.text(min_size=1, max_size=120).filter(lambda t: t.strip("/. ")))


def addresses(name: str) -> list[str]:
    """Every kind of address that a name may get into."""
    title = entity_iri("Paper", "", identifiers=(f"OpenReview:{name}",)) if name.isascii() and name.isalnum() else ""
    iris = [entity_iri("Method", name), entity_iri("Topic", name), note_iri(name), *([title] if title else [])]
    return [*(path_of(iri, BASE) for iri in iris), timeline_address(iris[1], BASE)]


@given(st.lists(_NAMES, max_size=12))
def test_names_are_ascii_and_unique_whatever_the_case(names: list[str]) -> None:
    asked = dict.fromkeys(a for name in names for a in addresses(name))
    files = {address: page_file(address) for address in asked}
    assert len({file.lower() for file in files.values()}) == len(files)
    for file in files.values():
        assert file.isascii()
        assert all(_PART.fullmatch(part) for part in file.split("/")), file
        assert not any(re.match(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", part) for part in file.split("/"))


@given(_NAMES, st.lists(_NAMES, max_size=5))
def test_a_name_depends_on_its_address_only(name: str, others: list[str]) -> None:
    first = [page_file(a) for a in addresses(name)]
    for other in others:
        [page_file(a) for a in addresses(other)]
    assert [page_file(a) for a in addresses(name)] == first


def test_no_page_of_ours_meets_one_of_an_entity() -> None:
    fixed = ["/", "/search", "/conflicts", "/gaps", "/years", "/venues", "/notes", "/timeline", "/timeline?page=2"]
    lists = [list_address(kind, page) for kind in ("Method", "Model") for page in (1, 2, 12)]
    works = ["/year/2024", "/year/2024?page=2", "/venue/icml", "/venue/icml-2", "/venue/icml?page=2"]
    entities = [path_of(entity_iri("Method", name), BASE) for name in ("index", "search", "method 2", "method-2")]
    everything = [*fixed, *lists, *works, *dict.fromkeys(entities)]
    assert len({page_file(a) for a in everything}) == len(everything)
