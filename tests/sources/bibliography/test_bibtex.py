"""BibTeX as people have it: accents, braces, shorthands, Chinese names, and entries that are broken."""

from __future__ import annotations

from papergraph.sources.bibliography.bibtex import read_bibtex

LIBRARY = r"""@string{conf = "Conference on Zebras"}
@comment{made by hand}
@inproceedings{mueller2023zorb,
  title = {{Zorb$_2$}: Striped {GPUs} \& More},
  author = {M{\"u}ller, J{\'e}r{\^o}me and {李明} and Laurens van der Berg
            and King, Jr., Ann and {Zebra Lab} and others},
  booktitle = conf,
  year = 2023, month = dec,
  eprint = {2306.99999v2}, archiveprefix = {arXiv},
  keywords = {stripes, kv cache; stripes},
  url = {https://zebra.example/a%20b},
  ids = {oldkey, older}
}

@article{broken, title = {never closed, author = {Nobody}

@misc{fine, title = "Fine, at last", date = {2024-05-01}, doi = {https://doi.org/10.1145/ABC}}
@misc{fine, title = {A second one}}
@misc{untitled, author = {Somebody}}
"""


def test_an_entry_is_read_with_its_fields_and_its_place() -> None:
    works, _ = read_bibtex(LIBRARY, "refs.bib")
    zorb = works[0]
    assert (zorb.key, zorb.title, zorb.year) == ("mueller2023zorb", "Zorb2: Striped GPUs & More", "2023")
    assert zorb.venue == "Conference on Zebras"
    assert zorb.identifiers == ("arXiv:2306.99999",)
    assert zorb.tags == ("stripes", "kv cache")
    assert zorb.url == "https://zebra.example/a%20b"
    assert zorb.keys == ("mueller2023zorb", "oldkey", "older")
    assert zorb.place == "refs.bib:3"
    assert zorb.span.of(LIBRARY).startswith("@inproceedings{mueller2023zorb,")


def test_names_keep_their_order_and_their_parts() -> None:
    works, _ = read_bibtex(LIBRARY, "refs.bib")
    assert [(a.family, a.given, a.suffix) for a in works[0].authors] == [
        ("Müller", "Jérôme", ""),
        ("李明", "", ""),
        ("van der Berg", "Laurens", ""),
        ("King", "Ann", "Jr."),
        ("Zebra Lab", "", ""),
    ]
    spans = [a.span.of(LIBRARY) if a.span else "" for a in works[0].authors]
    assert spans == [
        r"M{\"u}ller, J{\'e}r{\^o}me",
        "{李明}",
        "Laurens van der Berg",
        "King, Jr., Ann",
        "{Zebra Lab}",
    ]


def test_a_bad_entry_costs_no_other_and_is_reported_with_its_line() -> None:
    works, problems = read_bibtex(LIBRARY, "refs.bib")
    assert [w.key for w in works] == ["mueller2023zorb", "fine"]
    assert [p.line for p in problems] == [15, 18, 19]
    assert "invalid BibTeX" in str(problems[0])
    assert "another entry has the key 'fine'" in str(problems[1])
    assert "has no title" in str(problems[2])


def test_a_field_that_stands_twice_costs_no_entry() -> None:
    text = "@misc{a, title = {Two Years}, year = 2020, year = 2021}\n@misc{b, title = {Other}}\n"
    works, problems = read_bibtex(text, "r.bib")
    assert [(w.key, w.year) for w in works] == [("a", "2020"), ("b", "")]
    assert [str(p) for p in problems] == ["r.bib:1: 'a' has the field year twice; the first one counts"]


def test_a_preprint_server_is_no_venue_and_names_the_identifier() -> None:
    text = "@article{a, title={T}, journal={arXiv preprint arXiv:2012.06678}, year={2020}}"
    (work,), _ = read_bibtex(text, "r.bib")
    assert (work.venue, work.identifiers) == ("", ("arXiv:2012.06678",))


def test_what_is_no_bibtex_is_a_comment() -> None:
    assert read_bibtex("Just some words.\n", "r.bib") == ((), ())
    assert read_bibtex("", "r.bib") == ((), ())
