"""What corrections of entities do to a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.model import Entity
from papergraph.pipeline.steps import Build
from papergraph.quality.shapes import validate
from papergraph.rdf import to_quads
from tests.pipeline.corrections.building import built, claims, rows, states

NOTES = {
    "a.md": "SnapKV extends H2O. Heavy-Hitter Oracle keeps tokens.\n\nLoRA is evaluated on LongBench.\n",
    "b.md": "PyramidKV improves on Heavy-Hitter Oracle.\n",
}


def entity(build: Build, label: str) -> Entity:
    return next(e for e in build.graph.entities if e.label == label)


def labels(build: Build) -> set[str]:
    return {e.label for e in build.graph.entities}


def test_what_is_not_an_entity_is_left_out_with_its_claims(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("not-entity|H2O", "reject|SnapKV|extends|H2O"))
    assert "H2O" not in labels(build)
    assert list(claims(build)) == [("LoRA", "evaluatedOn", "LongBench")]
    assert states(build) == ["applied", "not needed"]
    assert build.problems == ()


def test_a_label_is_corrected_and_the_old_one_becomes_an_alias(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("label|H2O|||H₂O cache"))
    called = entity(build, "H₂O cache")
    assert "H2O" in called.aliases
    assert called.iri.endswith("method/h2o")
    assert "H2O: called H₂O cache by corrections.tsv" in called.reasons
    assert states(built(tmp_path, NOTES, rows("label|H2O|||H2O"))) == ["not needed"]


def test_a_type_is_corrected_and_claims_that_do_not_suit_it_are_reported(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("type|LongBench|||Method", "accept|LoRA|evaluatedOn|Dataset:LongBench"))
    found = entity(build, "LongBench")
    assert (found.type, found.iri.rpartition("/id/")[2]) == ("Method", "method/longbench")
    assert ("LoRA", "evaluatedOn", "LongBench") not in claims(build)
    assert "a.md:3: 'LoRA' evaluatedOn 'LongBench' was left out: it does not suit" in str(build.problems[0])
    assert states(build) == ["applied", "gone"]
    assert validate(to_quads(build.graph)).conforms


@pytest.mark.parametrize("kind", ["Paper", "Institution", "Topic", "Person", "Hardware", "Model"])
def test_a_graph_with_a_corrected_type_conforms(tmp_path: Path, kind: str) -> None:
    build = built(tmp_path, NOTES, rows(f"type|H2O|||{kind}"))
    assert entity(build, "H2O").type == kind
    assert validate(to_quads(build.graph)).conforms


def test_later_lines_may_name_the_type_from_before_or_after(tmp_path: Path) -> None:
    for kind in ("Method", "Model"):
        lines = ("type|Method:H2O|||Model", f"label|{kind}:H2O|||Oracle", f"reject|SnapKV|extends|{kind}:H2O")
        expected = ["applied", "applied", "applied"]
        assert states(built(tmp_path, NOTES, rows(*lines))) == expected


def test_two_entities_become_one_with_the_name_of_the_first(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("same|SnapKV||PyramidKV"))
    merged = entity(build, "SnapKV")
    assert "PyramidKV" in merged.aliases
    assert "PyramidKV" not in labels(build)
    assert {p.note for p in merged.places} == {"a.md", "b.md"}
    assert {("SnapKV", "extends", "H2O"), ("SnapKV", "improvesOn", "H2O")} <= claims(build).keys()
    assert "PyramidKV: the same as SnapKV by corrections.tsv" in merged.reasons


def test_a_chain_of_merges_does_not_depend_on_its_order(tmp_path: Path) -> None:
    lines = ("same|SnapKV||PyramidKV", "same|PyramidKV||LoRA")
    one, other = (entity(built(tmp_path, NOTES, rows(*order)), "SnapKV") for order in (lines, lines[::-1]))
    assert one.aliases == other.aliases
    assert one.places == other.places


def test_one_entity_becomes_two_by_its_names(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("different|H2O||Heavy-Hitter Oracle"))
    kept, other = entity(build, "H2O"), entity(build, "Heavy-Hitter Oracle")
    assert {p.surface for p in kept.places} == {"H2O"}
    assert {p.surface for p in other.places} == {"Heavy-Hitter Oracle"}
    assert "Heavy-Hitter Oracle" not in kept.aliases
    assert kept.iri.endswith("method/h2o")
    assert kept.iri != other.iri
    assert {("SnapKV", "extends", "H2O"), ("PyramidKV", "improvesOn", "Heavy-Hitter Oracle")} <= claims(build).keys()
    swapped = built(tmp_path, NOTES, rows("different|Heavy-Hitter Oracle||H2O"))
    assert [e.iri for e in swapped.graph.entities] == [e.iri for e in build.graph.entities]


def test_what_was_split_off_can_be_corrected_further(tmp_path: Path) -> None:
    lines = ("different|H2O||Heavy-Hitter Oracle", "type|Heavy-Hitter Oracle|||Model", "same|LoRA||Heavy-Hitter Oracle")
    build = built(tmp_path, NOTES, rows(*lines))
    assert states(build) == ["applied"] * 3
    assert entity(build, "LoRA").type == "Model"


def test_a_split_of_what_nobody_writes_takes_the_name_away(tmp_path: Path) -> None:
    build = built(tmp_path, {"a.md": "SnapKV extends H2O.\n"}, rows("different|H2O||Heavy-Hitter Oracle"))
    assert states(build) == ["applied"]
    assert "Heavy-Hitter Oracle" not in entity(build, "H2O").aliases


def test_entities_that_are_two_anyway_need_no_line(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("different|H2O||SnapKV", "same|H2O||Heavy-Hitter Oracle"))
    assert states(build) == ["not needed", "not needed"]


def test_what_is_different_is_never_merged_not_even_by_way_of_a_third(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("same|SnapKV||LoRA", "same|LoRA||H2O", "different|SnapKV||H2O"))
    assert states(build) == ["applied", "refused", "not needed"]
    assert {"SnapKV", "H2O"} <= labels(build)
    assert "contradicts line 4" in str(build.problems[0])


def test_things_of_other_kinds_and_papers_with_other_identifiers_are_not_merged(tmp_path: Path) -> None:
    title = "[{}](https://arxiv.org/abs/{})"
    first, second = "SnapKV: LLM Knows What You Are Looking for", "PyramidKV: Dynamic KV Cache Compression by Layers"
    notes = {"a.md": f"- {title.format(first, '2404.14469')}\n- {title.format(second, '2406.02069')}\n"}
    build = built(tmp_path, notes, rows("same|Method:SnapKV||LongBench", f"same|Paper:{first}||Paper:{second}"))
    assert states(build) == ["gone", "refused"]
    assert "different identifiers of the scheme arXiv" in build.outcomes[1].message
    kinds = built(tmp_path, NOTES, rows("same|SnapKV||LongBench"))
    assert "SnapKV is a Method, LongBench a Dataset" in kinds.outcomes[0].message


def test_lines_about_one_entity_that_contradict_each_other_do_not_hold(tmp_path: Path) -> None:
    lines = ("type|H2O|||Dataset", "type|Heavy-Hitter Oracle|||Model", "label|H2O|||A", "label|H2O|||B")
    build = built(tmp_path, NOTES, rows(*lines))
    assert states(build) == ["refused"] * 4
    assert entity(build, "H2O").type == "Method"


def test_a_name_that_a_split_gives_to_another_entity_stays_apart_from_what_it_was_kept_apart_from(
    tmp_path: Path,
) -> None:
    notes = {"a.md": "We like SnapKV and Low-Rank Adaptation alike.\n"}
    lines = (
        "same|Low-Rank Adaptation||SnapKV",
        "different|Low-Rank Adaptation||SnapKV",
        "different|LoRA||Low-Rank Adaptation",
    )
    build = built(tmp_path, notes, rows(*lines))
    assert states(build) == ["refused", "not needed", "applied"]
    assert labels(build) == {"SnapKV", "Low-Rank Adaptation"}
