"""CSL JSON, Better CSL JSON and Better BibTeX JSON."""

from __future__ import annotations

import json
from typing import Any

from papergraph.sources.bibliography.csl import read_csl
from papergraph.sources.bibliography.work import Author, Work

ITEM: dict[str, Any] = {
    "id": "berg2023zorb",
    "citation-key": "berg2023zorb",
    "type": "paper-conference",
    "title": "Zorb<sub>2</sub>: Striped &amp; Fast",
    "container-title": "Conference on Zebras",
    "author": [
        {"family": "Berg", "given": "Laurens", "non-dropping-particle": "van der"},
        {"family": "李", "given": "明"},
        {"literal": "Zebra Lab"},
    ],
    "issued": {"date-parts": [["2023", 12]]},
    "note": "arXiv: 2306.99999 [cs.LG]\nread twice",
    "DOI": "10.1145/ABC",
    "keyword": "stripes, kv cache",
}


def one(text: str) -> Work:
    works, problems = read_csl(text, "refs.json")
    assert problems == ()
    (work,) = works
    return work


def test_an_item_of_csl_json() -> None:
    text = json.dumps([ITEM], ensure_ascii=False, indent=2)
    work = one(text)
    assert (work.key, work.title, work.year, work.venue) == (
        "berg2023zorb",
        "Zorb2: Striped & Fast",
        "2023",
        "Conference on Zebras",
    )
    assert [a.name for a in work.authors] == ["Laurens van der Berg", "李明", "Zebra Lab"]
    assert work.identifiers == ("arXiv:2306.99999", "10.1145/abc")
    assert work.tags == ("stripes", "kv cache")
    assert work.place == "refs.json:2"
    assert json.loads(work.span.of(text)) == ITEM
    assert [a.span.of(text) if a.span else "" for a in work.authors] == ["Berg", "李", "Zebra Lab"]


def test_better_bibtex_json_has_collections_tags_and_creators() -> None:
    library = {
        "config": {"id": "36a3b0b5"},
        "collections": {
            "C1": {"key": "C1", "name": "Compression", "items": [], "parent": ""},
            "C2": {"key": "C2", "name": "KV Cache", "items": [7], "parent": "C1"},
        },
        "items": [
            {
                "itemType": "conferencePaper",
                "itemID": 7,
                "citationKey": "li2024quux",
                "title": "Quux",
                "date": "2024-03-01",
                "creators": [
                    {"creatorType": "author", "firstName": "Ming", "lastName": "Li"},
                    {"creatorType": "editor", "firstName": "No", "lastName": "Body"},
                ],
                "tags": [{"tag": "stripes"}, {"tag": "Computer Science", "type": 1}],
                "extra": ["arXiv: 2401.00001", "tex.venue: ZebraConf"],
            },
            {"itemType": "attachment", "title": "a.pdf"},
        ],
    }
    work = one(json.dumps(library))
    assert (work.key, work.year, work.venue, work.tags) == ("li2024quux", "2024", "ZebraConf", ("stripes",))
    assert [(a.family, a.given) for a in work.authors] == [("Li", "Ming")]
    assert work.collections == (("Compression", "KV Cache"),)
    assert work.identifiers == ("arXiv:2401.00001",)


def test_what_is_broken_costs_only_what_follows() -> None:
    works, problems = read_csl('[{"id": "a", "title": "One"},\n {"title": }, {"id": "b", "title": "Two"}]', "r.json")
    assert [w.key for w in works] == ["a"]
    assert [p.line for p in problems] == [2]
    assert "invalid JSON" in problems[0].message


def test_a_number_that_python_refuses_costs_only_what_follows() -> None:
    works, problems = read_csl('[{"id": "a", "title": "T"}, {"id": "b", "volume": ' + "9" * 5000 + "}]", "x.json")
    assert [work.key for work in works] == ["a"]
    assert [str(p) for p in problems] == [
        "x.json:1: invalid JSON: a number has too many digits; what follows was left out"
    ]


def test_items_without_title_and_second_ones_are_reported() -> None:
    works, problems = read_csl('[{"id": "a"}, 3,\n{"id": "b", "title": "B"}, {"id": "b", "title": "C"}]', "r.json")
    assert [w.title for w in works] == ["B"]
    assert [(p.line, p.kind) for p in problems] == [(1, "left out"), (1, "left out"), (2, "unread")]


def test_a_name_has_the_order_of_its_script() -> None:
    assert Author("李", "明").name == "李明"
    assert Author("Li", "Ming").name == "Ming Li"
