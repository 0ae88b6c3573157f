"""A library goes in, BibTeX comes out, and a real parser reads the same works in it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.assemble.relations import assemble
from papergraph.export.bibtex import to_bibtex
from papergraph.model import Span
from papergraph.ontology.identifiers import ARXIV
from papergraph.resolve import resolve
from papergraph.sources.bibliography.bibtex import read_bibtex
from papergraph.sources.bibliography.recorded import record_works
from papergraph.sources.bibliography.work import Author, Work
from papergraph.text.folding import fold, tidy
from papergraph.vocabulary import Vocabulary

SIGNS = "abcXYZ éöł 中文 &%$#_{}~^\\-'`?!<>|:/()+=*\"@;"
WORDS = st.text(SIGNS, min_size=1, max_size=12).map(tidy).filter(lambda text: any(map(str.isalnum, text)))
NAMES = st.from_regex(r"[A-ZÉ][a-zöłß]{1,8}", fullmatch=True)
FAMILIES = st.builds("{}{}".format, st.sampled_from(["", "van der ", "de la ", "O'"]), NAMES)
AUTHORS = (
    st.builds(Author, FAMILIES, st.builds("{} {}".format, NAMES, st.sampled_from(["A.", "B. C.", "Lee"])))
    | st.builds(Author, FAMILIES, NAMES, st.sampled_from(["", "Jr.", "III"]))
    | st.builds(Author, st.sampled_from(["李飞飞", "欧阳修", "Zebra Lab", "Bell and Sons", "OpenZebra"]))
)
KEYS = st.from_regex(r"[a-z][A-Za-z0-9:._+/-]{0,8}[0-9]", fullmatch=True)


def work(number: int, key: str, title: str, authors: list[Author], venue: str, year: str, is_preprint: bool) -> Work:
    identifiers = (ARXIV.identifier(f"2401.{number:05}"),) if is_preprint else (f"10.1145/{number}.a",)
    title = f"{title} {number} on zebras and quaggas in striped herds"
    unique = {fold(a.name): a for a in authors}
    return Work(key, title, tuple(unique.values()), year, venue if year else "", identifiers)


WORKS = st.lists(
    st.tuples(
        KEYS,
        WORDS,
        st.lists(AUTHORS, max_size=4),
        st.sampled_from(["", "Zebra Conference", "Journal of Zebras & Co", "第三届会议"]),
        st.sampled_from(["", "1998", "2023"]),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda parts: parts[0].casefold(),
).map(lambda rows: [work(number, *row) for number, row in enumerate(rows)])


def through_the_graph(works: list[Work]) -> str:
    text = "\n".join(f"{w.key} {w.title}" for w in works)
    starts = [text.index(f"{w.key} {w.title}") for w in works]
    placed = [replace(w, span=Span(s, s + len(f"{w.key} {w.title}"))) for w, s in zip(works, starts, strict=True)]
    return exported(placed, text)


def exported(works: list[Work], text: str) -> str:
    extraction = record_works("refs.bib", works, text, "0", {}, {})
    return to_bibtex(assemble([extraction], resolve([extraction], Vocabulary(()))).graph)


def plain(works: list[Work]) -> dict[str, tuple[object, ...]]:
    return {
        w.key: (
            " ".join(w.title.split()),
            [(a.family, a.given, a.suffix) for a in w.authors],
            w.year,
            w.venue,
            w.identifiers,
        )
        for w in works
    }


def one_spelling(works: list[Work]) -> list[Work]:
    """Give each person one set of parts: in a graph, a person has one name."""
    first: dict[str, Author] = {}
    return [replace(w, authors=tuple(first.setdefault(fold(a.name), a) for a in w.authors)) for w in works]


@given(WORKS)
@settings(deadline=None, max_examples=80)
def test_a_library_goes_through_the_graph_and_back(works: list[Work]) -> None:
    works = one_spelling(works)
    written = through_the_graph(works)
    found, problems = read_bibtex(written, "out.bib")
    assert problems == ()
    assert plain(list(found)) == plain(works)
    again, _ = read_bibtex(exported(list(found), written), "out.bib")
    assert plain(list(again)) == plain(works)


def test_two_keys_of_a_work_are_kept() -> None:
    one = Work("b2", "A Title of Zebras", (), "2024", "", ("arXiv:2401.00001",), other_keys=("a1",))
    (found,), _ = read_bibtex(through_the_graph([one]), "out.bib")
    assert found.keys == ("a1", "b2")
