"""Bibliographies in a build: which works they ground, and what happens where notes disagree with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.model import Entity
from papergraph.pipeline.steps import Build, build_store, run_pipeline

REFS = """
@inproceedings{berg2023zorb,
  title = {Zorb: Striped Attention for Zebra Herds},
  author = {van der Berg, Laurens and Li, Ming},
  booktitle = {Conference on Zebras},
  year = 2023,
  keywords = {zebra attention, todo}
}
@misc{quagga, title = {Quagga: Half a Zebra is Enough}, eprint = {2401.00001}, year = {2024}}
@misc{unnamed1999, title = {A Work That Nobody Names}, year = {1999}}
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "refs.bib").write_text(REFS, encoding="utf-8")
    return tmp_path


def run(vault: Path, text: str, **settings: object) -> Build:
    (vault / "notes" / "a.md").write_text(text, encoding="utf-8")
    config = replace(Config(library=(str(vault / "refs.bib"),)), **settings)  # type: ignore[arg-type]
    return run_pipeline([vault / "notes"], config, cache=vault / "cache")


def paper(build: Build, title: str) -> Entity:
    return next(e for e in build.graph.entities if e.type == "Paper" and e.label.startswith(title))


@pytest.mark.parametrize(
    "text",
    [
        "FT-Zebra extends [@berg2023zorb].\n",
        "FT-Zebra improves on [[@berg2023zorb|Zorb]].\n",
        "As @berg2023zorb says, all is well.\n",
        "See [[berg2023zorb]].\n",
        "# Zorb: Striped Attention for Zebra Herds\n\nA note.\n",
        "---\ncitekey: berg2023zorb\n---\n\nText.\n",
    ],
)
def test_a_work_that_a_note_names_is_grounded(vault: Path, text: str) -> None:
    build = run(vault, text)
    found = paper(build, "Zorb")
    assert dict(found.attributes)["venue"] == "Conference on Zebras 2023"
    assert "citekey:berg2023zorb" in found.identifiers
    labels = {e.iri: e.label for e in build.graph.entities}
    authors = [r for r in build.graph.relations if (r.subject, r.predicate) == (found.iri, "authoredBy")]
    assert {labels[r.object] for r in authors} == {"Laurens van der Berg", "Ming Li"}
    assert {(e.note, e.line) for r in authors for e in r.evidence} == {("refs.bib", 2)}
    filed = {labels[r.object] for r in build.graph.relations if r.predicate == "hasTopic"}
    assert "zebra attention" in filed
    assert "todo" not in filed
    assert not any("Nobody" in e.label for e in build.graph.entities)
    assert build.problems == ()


def test_a_key_without_brackets_counts_only_if_the_library_has_it(vault: Path) -> None:
    build = run(vault, "Ask @quagga, @somebody, me@berg2023zorb.org or @berg2023zorb/core.\n")
    assert [e.label for e in build.graph.entities if e.type == "Paper"] == ["Quagga: Half a Zebra is Enough"]


def test_all_works_are_in_the_graph_if_the_settings_say_so(vault: Path) -> None:
    build = run(vault, "# Nothing\n", library_all=True)
    assert sum(e.type == "Paper" for e in build.graph.entities) == 3


def test_what_a_title_names_is_introduced_by_its_work(vault: Path) -> None:
    build = run(vault, "FT-Zebra extends [@berg2023zorb].\n")
    labels = {e.iri: e.label for e in build.graph.entities}
    introduced = [(labels[r.subject], labels[r.object]) for r in build.graph.relations if r.predicate == "introduces"]
    assert introduced == [("Zorb: Striped Attention for Zebra Herds", "Zorb")]
    extended = [(labels[r.subject], labels[r.object]) for r in build.graph.relations if r.predicate == "extends"]
    assert extended == [("FT-Zebra", "Zorb")]


def test_another_year_is_reported_and_both_are_kept(vault: Path) -> None:
    build = run(vault, "# Zorb: Striped Attention for Zebra Herds\n\nICML 2021\n")
    (problem,) = build.problems
    assert problem.kind == "disagreement"
    assert str(problem).startswith("refs.bib:2: 'Zorb: Striped Attention for Zebra Herds' is of 2023, but of 2021 in ")
    assert {v for k, v in paper(build, "Zorb").attributes if k == "year"} == {"2021", "2023"}


def test_another_identifier_makes_two_works_and_is_reported(vault: Path) -> None:
    text = "---\ncitekey: quagga\n---\n\n# [Quagga: Half a Zebra is Enough](https://arxiv.org/abs/2402.99999)\n"
    build = run(vault, text)
    assert [p.kind for p in build.problems] == ["disagreement"]
    assert "a.md:5" in build.problems[0].message
    assert "both are kept" in build.problems[0].message
    found = {i for e in build.graph.entities for i in e.identifiers if i.startswith("arXiv:")}
    assert found == {"arXiv:2401.00001", "arXiv:2402.99999"}


def test_another_title_under_the_key_is_reported(vault: Path) -> None:
    text = "---\ncitekey: quagga\n---\n\n# Entirely Different Matters of Giraffe Training at Scale\n"
    build = run(vault, text)
    assert [p.kind for p in build.problems] == ["disagreement"]


def test_an_edited_library_shows_and_no_other_note_is_read_again(vault: Path) -> None:
    before = run(vault, "FT-Zebra extends [@berg2023zorb].\n")
    refs = vault / "refs.bib"
    refs.write_text(REFS.replace("2023,", "2022,"), encoding="utf-8")
    after = run(vault, "FT-Zebra extends [@berg2023zorb].\n")
    assert dict(paper(before, "Zorb").attributes)["year"] == "2023"
    assert dict(paper(after, "Zorb").attributes)["year"] == "2022"
    assert [r.keys for r in before.readings] == [r.keys for r in after.readings]
    assert before.recorded.keys == after.recorded.keys
    refs.write_text(REFS.replace("berg2023zorb", "other"), encoding="utf-8")
    assert not any(e.type == "Person" for e in run(vault, "FT-Zebra extends [@berg2023zorb].\n").graph.entities)


def test_the_store_knows_the_library_and_counts_notes_only(vault: Path) -> None:
    (vault / "notes" / "a.md").write_text("As @quagga says.\n", encoding="utf-8")
    config = Config(store=str(vault / "store"), library=(str(vault / "refs.bib"),))
    first, _ = build_store([vault / "notes"], config)
    assert [name for name, _ in first.run.inputs] == ["a.md"]
    again, _ = build_store([vault / "notes"], config)
    assert again == first
    (vault / "refs.bib").write_text(REFS.replace("2024", "2025"), encoding="utf-8")
    edited, _ = build_store([vault / "notes"], config)
    assert edited.digest != first.digest


def test_edits_build_on_each_other_as_a_fresh_build_has_it(vault: Path) -> None:
    """Of notes, of the library, and with the library taken out and put in."""
    note, refs = vault / "notes" / "a.md", vault / "refs.bib"
    refs_setting = (str(refs),)
    steps: list[tuple[str, str, tuple[str, ...]]] = [
        ("FT-Zebra extends [@berg2023zorb].\n", REFS, refs_setting),
        ("FT-Zebra extends [@berg2023zorb]. SnapKV extends H2O.\n", REFS, refs_setting),
        ("FT-Zebra extends [@berg2023zorb]. SnapKV extends H2O.\n", REFS, ()),
        ("FT-Zebra extends [@berg2023zorb]. SnapKV improves on H2O.\n", REFS, ()),
        ("FT-Zebra extends [@berg2023zorb]. SnapKV improves on H2O.\n", REFS.replace("2023", "2022"), refs_setting),
        ("FT-Zebra extends @quagga. SnapKV improves on H2O.\n", REFS, refs_setting),
    ]
    for number, (text, library, setting) in enumerate(steps):
        note.write_text(text, encoding="utf-8")
        refs.write_text(library, encoding="utf-8")
        config = Config(store=str(vault / "store"), library=setting)
        built, _ = build_store([vault / "notes"], config)
        fresh, _ = build_store([vault / "notes"], replace(config, store=str(vault / f"fresh{number}")))
        assert built.digest == fresh.digest
        assert built.run == fresh.run


def test_a_library_that_is_gone_costs_nothing_else(vault: Path) -> None:
    (vault / "refs.bib").unlink()
    build = run(vault, "SnapKV extends H2O.\n")
    assert [str(p) for p in build.problems] == ["refs.bib: does not exist; correct the library setting"]
    assert build.graph.relations
