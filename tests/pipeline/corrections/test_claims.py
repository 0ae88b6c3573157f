"""What corrections of claims do to a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.memory import MemoryGraph
from papergraph.insight.show import read_profile
from papergraph.quality.shapes import validate
from papergraph.rdf import from_quads, to_quads
from papergraph.report.show import render_profile
from papergraph.store import memory_store
from tests import graphs
from tests.pipeline.corrections.building import built, claims, rows, states

NOTES = {
    "a.md": "SnapKV extends H2O.\n\nSnapKV outperforms StreamingLLM.\n",
    "b.md": "SnapKV extends H2O, a KV cache method.\n",
}


def test_a_rejected_claim_is_not_in_the_graph_and_the_others_are_as_before(tmp_path: Path) -> None:
    before = claims(built(tmp_path, NOTES))
    build = built(tmp_path, NOTES, rows("reject|SnapKV|extends|H2O"))
    assert ("SnapKV", "extends", "H2O") in before
    after = claims(build)
    del before["SnapKV", "extends", "H2O"]
    assert after == before
    assert states(build) == ["applied"]
    assert build.problems == ()
    (snapkv,) = (e for e in build.graph.entities if e.label == "SnapKV")
    assert "SnapKV extends H2O: rejected by corrections.tsv" in snapkv.reasons


def test_a_rejection_may_be_about_one_note_or_one_sentence(tmp_path: Path) -> None:
    for cells in ("a.md|", "|SnapKV extends H2O.", "a.md|SnapKV extends H2O."):
        build = built(tmp_path, NOTES, rows(f"reject|SnapKV|extends|H2O||{cells}"))
        (evidence,) = claims(build)["SnapKV", "extends", "H2O"].evidence
        assert evidence.note == "b.md"
        assert states(build) == ["applied"]


def test_a_rejection_for_a_sentence_follows_it_into_a_note_with_a_new_name(tmp_path: Path) -> None:
    row = rows("reject|SnapKV|extends|H2O||a.md|SnapKV extends H2O.")
    build = built(tmp_path, {"new.md": NOTES["a.md"]}, row)
    assert ("SnapKV", "extends", "H2O") not in claims(build)
    assert states(build) == ["applied"]


def test_evidence_that_is_gone_is_reported_and_its_correction_is_used_for_no_other(tmp_path: Path) -> None:
    row = rows("reject|SnapKV|extends|H2O||a.md|SnapKV extends H2O in full.")
    build = built(tmp_path, NOTES, row)
    assert len(claims(build)["SnapKV", "extends", "H2O"].evidence) == 2
    (problem,) = build.problems
    assert (problem.path, problem.line, problem.kind) == ("corrections.tsv", 2, "left out")
    assert "also stated in a.md:1, b.md:1" in problem.message
    assert "papergraph correct undo 2" in problem.message


def test_a_rejection_whose_claim_no_note_states_is_not_needed(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("reject|H2O|extends|SnapKV"))
    assert states(build) == ["not needed"]
    assert build.problems == ()


def test_an_accepted_claim_is_certain_and_its_surest_evidence_is_of_a_person(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("accept|SnapKV|extends|H2O"))
    relation = claims(build)["SnapKV", "extends", "H2O"]
    assert relation.confidence == 1.0
    assert sorted(e.extractor == "corrected" for e in relation.evidence) == [False, True]
    assert max(relation.evidence, key=lambda e: e.confidence).confidence == 1.0
    assert len(build.outcomes[0].judged) == 2


def test_an_accepted_claim_that_is_gone_is_reported(tmp_path: Path) -> None:
    build = built(tmp_path, {"a.md": "SnapKV and H2O are compared.\n"}, rows("accept|SnapKV|extends|H2O"))
    assert states(build) == ["gone"]
    assert "no note states this claim" in str(build.problems[0])


def test_a_claim_that_the_notes_deny_is_accepted_only_as_denied(tmp_path: Path) -> None:
    notes = {"a.md": "SnapKV does not extend H2O.\n"}
    assert ("SnapKV", "not extends", "H2O") in claims(built(tmp_path, notes))
    build = built(tmp_path, notes, rows("accept|SnapKV|extends|H2O"))
    assert states(build) == ["gone"]
    assert "the notes say the opposite" in build.outcomes[0].message
    build = built(tmp_path, notes, rows("accept|SnapKV|not extends|H2O"))
    assert claims(build)["SnapKV", "not extends", "H2O"].confidence == 1.0
    build = built(tmp_path, notes, rows("reject|SnapKV|extends|H2O"))
    assert ("SnapKV", "not extends", "H2O") in claims(build)
    build = built(tmp_path, notes, rows("reject|SnapKV|not extends|H2O"))
    assert claims(build) == {}


def test_a_claim_gets_another_predicate_or_direction(tmp_path: Path) -> None:
    for to, expected in {
        "uses": ("SnapKV", "uses", "H2O"),
        "reverse": ("H2O", "extends", "SnapKV"),
        "reverse improvesOn": ("H2O", "improvesOn", "SnapKV"),
    }.items():
        build = built(tmp_path, NOTES, rows(f"change|SnapKV|extends|H2O|{to}"))
        found = claims(build)
        assert ("SnapKV", "extends", "H2O") not in found
        assert found[expected].confidence == 1.0
        assert [e.extractor for e in found[expected].evidence] == ["corrected", "corrected"]
        assert states(build) == ["applied"]


def test_a_change_that_the_notes_have_made_is_not_needed(tmp_path: Path) -> None:
    build = built(tmp_path, {"a.md": "SnapKV improves on H2O.\n"}, rows("change|SnapKV|extends|H2O|improvesOn"))
    assert states(build) == ["not needed"]


def test_a_change_that_types_forbid_is_refused(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("change|SnapKV|extends|H2O|evaluatedOn"))
    assert states(build) == ["refused"]
    assert ("SnapKV", "extends", "H2O") in claims(build)
    assert "does not relate a Method to a Method" in str(build.problems[0])


def test_an_added_claim_has_its_sentence_from_the_note_however_it_is_marked_up(tmp_path: Path) -> None:
    notes = {"a.md": "# Notes\n\n- **SnapKV** and its\n  cousin PyramidKV\n"}
    build = built(tmp_path, notes, rows("add|SnapKV|comparedWith|PyramidKV||a.md|SnapKV and its cousin PyramidKV"))
    (evidence,) = claims(build)["SnapKV", "comparedWith", "PyramidKV"].evidence
    assert (evidence.line, evidence.extractor, evidence.confidence) == (3, "corrected", 1.0)
    assert notes["a.md"][evidence.start : evidence.end] == "SnapKV** and its\n  cousin PyramidKV"
    assert evidence.sentence == "SnapKV** and its cousin PyramidKV"


def test_an_added_claim_ends_with_its_sentence_and_follows_it_into_another_note(tmp_path: Path) -> None:
    row = rows("add|SnapKV|uses|PyramidKV||a.md|SnapKV and its cousin PyramidKV")
    moved = built(tmp_path, {"b.md": "SnapKV and its cousin PyramidKV\n"}, row)
    assert claims(moved)["SnapKV", "uses", "PyramidKV"].evidence[0].note == "b.md"
    gone = built(tmp_path, {"a.md": "SnapKV and its cousin, the old PyramidKV\n"}, row)
    assert claims(gone) == {}
    assert states(gone) == ["gone"]
    assert "does not stand in a.md" in str(gone.problems[0])


def test_names_that_are_not_there_or_ambiguous_are_reported(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("reject|Zorb|extends|H2O", "accept|Dataset:SnapKV|extends|H2O"))
    assert states(build) == ["gone", "gone"]
    assert "no entity is called 'Zorb'" in str(build.problems[0])
    assert "no Dataset is called 'SnapKV'" in str(build.problems[1])


def test_lines_that_contradict_each_other_do_not_hold(tmp_path: Path) -> None:
    build = built(
        tmp_path, NOTES, rows("reject|SnapKV|extends|H2O", "accept|Method:SnapKV|extends|Heavy-Hitter Oracle")
    )
    assert states(build) == ["refused", "refused"]
    assert "contradicts line 3" in str(build.problems[0])
    assert claims(build) == claims(built(tmp_path, NOTES))


def test_the_line_for_less_evidence_comes_first(tmp_path: Path) -> None:
    build = built(tmp_path, NOTES, rows("reject|SnapKV|extends|H2O", "accept|SnapKV|extends|H2O||b.md"))
    (evidence,) = claims(build)["SnapKV", "extends", "H2O"].evidence
    assert (evidence.note, evidence.extractor) == ("b.md", "corrected")
    assert states(build) == ["applied", "applied"]


def test_what_is_compared_is_meant_in_both_directions(tmp_path: Path) -> None:
    notes = {"a.md": "PyramidKV is compared with SnapKV.\n"}
    assert ("PyramidKV", "comparedWith", "SnapKV") in claims(built(tmp_path, notes))
    build = built(tmp_path, notes, rows("reject|SnapKV|comparedWith|PyramidKV"))
    assert claims(build) == {}


def test_a_rejected_claim_of_a_method_takes_that_of_its_paper_along(tmp_path: Path) -> None:
    paper = "[SnapKV: LLM Knows What You Are Looking for Before Generation](https://arxiv.org/abs/2404.14469)"
    notes = {"a.md": f"- {paper}\n  - It extends H2O.\n  - SnapKV extends H2O.\n"}
    build = built(tmp_path, notes, rows("reject|Method:SnapKV|extends|H2O"))
    assert not [key for key in claims(build) if key[1] == "extends"]


def test_a_corrected_graph_conforms_and_survives_the_store(tmp_path: Path) -> None:
    decided = (
        "accept|SnapKV|extends|H2O",
        "reject|SnapKV|outperforms|StreamingLLM",
        "add|SnapKV|uses|H2O||b.md|SnapKV extends H2O",
    )
    graph = built(tmp_path, NOTES, rows(*decided)).graph
    assert validate(to_quads(graph)).conforms
    again = from_quads(to_quads(graph))
    assert (again.entities, again.relations) == (graph.entities, graph.relations)
    source = MemoryGraph(memory_store(graph, graphs.RUN))
    assert len(list(source.select("SELECT ?e { ?e pg:extractor 'corrected' }"))) == 2
    shown = render_profile(read_profile(source, source.find("SnapKV")[0].iri), why=True)
    assert "H2O  1.00  corrected" in shown
    assert "because  SnapKV outperforms StreamingLLM: rejected by corrections.tsv" in shown


def test_a_claim_is_not_made_and_denied_at_once(tmp_path: Path) -> None:
    lines = ("accept|SnapKV|extends|H2O", "add|SnapKV|not extends|H2O||b.md|SnapKV extends H2O")
    build = built(tmp_path, NOTES, rows(*lines))
    assert states(build) == ["refused", "refused"]
    assert claims(build) == claims(built(tmp_path, NOTES))


def test_of_two_equal_lines_one_is_enough(tmp_path: Path) -> None:
    for line in ("accept|SnapKV|extends|H2O", "reject|SnapKV|extends|H2O", "change|SnapKV|extends|H2O|uses"):
        build = built(tmp_path, NOTES, rows(line, line))
        assert states(build) == ["applied", "not needed"]
        assert claims(build) == claims(built(tmp_path, NOTES, rows(line)))


def test_a_decision_about_one_sentence_follows_its_note_to_another_name_and_says_so(tmp_path: Path) -> None:
    lines = rows("reject|SnapKV|extends|H2O||old.md|SnapKV extends H2O.")
    note = "# Caches\n\nSnapKV extends H2O.\n"
    build = built(tmp_path, {"new.md": note, "b.md": "LoRA uses QLoRA.\n"}, lines)
    assert ("SnapKV", "extends", "H2O") not in claims(build)
    assert [(o.state, o.moved) for o in build.outcomes] == [("applied", "new.md")]
    (problem,) = build.problems
    assert "was applied to new.md, where its sentence now stands; name that note in the line" in str(problem)
    assert problem.kind == "repaired"
    build = built(tmp_path, {"new.md": note, "copy.md": note}, lines)
    assert ("SnapKV", "extends", "H2O") in claims(build)
    (problem,) = build.problems
    assert "also stated in copy.md:3, new.md:3" in str(problem)
    assert problem.kind == "left out"


def test_a_decision_about_a_note_follows_it_to_another_folder_and_says_so(tmp_path: Path) -> None:
    lines = rows("reject|SnapKV|extends|H2O||old/caches.md")
    note, other = "# Caches\n\nSnapKV extends H2O.\n", {"b.md": "LoRA uses QLoRA.\n"}
    build = built(tmp_path, {"new/caches.md": note, **other}, lines)
    assert ("SnapKV", "extends", "H2O") not in claims(build)
    (problem,) = build.problems
    assert "was applied to new/caches.md, which has the name of its note; name that note in the line" in str(problem)
    for notes in ({"new/caches.md": note, "also/caches.md": note}, {"renamed.md": note, **other}):
        build = built(tmp_path, notes, lines)
        assert ("SnapKV", "extends", "H2O") in claims(build)
        (problem,) = build.problems
        assert "old/caches.md is not among the notes; its evidence is gone, but the claim is also stated in" in str(
            problem
        )


@pytest.mark.parametrize("name", ["README.md", "index.md", "_index.md", "Notes.md", "笔记.md"])
def test_a_decision_about_a_deleted_note_does_not_reach_one_that_is_called_as_many_are(
    tmp_path: Path, name: str
) -> None:
    build = built(
        tmp_path, {f"b/{name}": "# Caches\n\nSnapKV extends H2O.\n"}, rows(f"reject|SnapKV|extends|H2O||a/{name}")
    )
    assert ("SnapKV", "extends", "H2O") in claims(build)
    assert [(o.state, o.moved) for o in build.outcomes] == [("gone", "")]
    assert f"a/{name} is not among the notes" in str(build.problems[0])


def test_a_decision_about_a_deleted_note_does_not_reach_one_with_a_decision_of_its_own(tmp_path: Path) -> None:
    lines = rows("reject|SnapKV|extends|H2O||a/caches.md", "accept|SnapKV|extends|H2O||b/caches.md")
    build = built(tmp_path, {"b/caches.md": "# Caches\n\nSnapKV extends H2O.\n"}, lines)
    assert states(build) == ["not needed", "applied"]
    assert claims(build)["SnapKV", "extends", "H2O"].confidence == 1
