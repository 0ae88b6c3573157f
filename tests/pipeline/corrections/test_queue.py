"""The claims where a decision is worth most come first."""

from __future__ import annotations

from pathlib import Path

from papergraph.correction import Correction, Reference
from papergraph.pipeline.corrections.queue import Question, questions
from papergraph.sources.corrections import parse_corrections
from tests.pipeline.corrections.building import built, rows

NOTES = {
    "a.md": "SnapKV extends H2O.\n\nPyramidKV extends SnapKV.\n\nStreamingLLM outperforms SnapKV.\n",
    "b.md": "LoRA outperforms QLoRA.\n\nQLoRA outperforms LoRA.\n",
}


def named(found: tuple[Question, ...]) -> list[str]:
    return [f"{q.subject.label} {q.relation.predicate} {q.object.label}" for q in found]


def test_conflicts_come_first_then_what_others_rely_on(tmp_path: Path) -> None:
    found = questions(built(tmp_path, NOTES).graph)
    assert set(named(found[:2])) == {"LoRA outperforms QLoRA", "QLoRA outperforms LoRA"}
    assert "vice versa" in found[0].conflicts[0].message
    assert found[2].relied_on > found[-1].relied_on or found[2].worth >= found[-1].worth
    assert [q.worth for q in found] == sorted((q.worth for q in found), reverse=True)
    relied = {name: q.relied_on for name, q in zip(named(found), found, strict=True)}
    assert (relied["SnapKV extends H2O"], relied["PyramidKV extends SnapKV"]) == (2, 0)


def test_what_was_decided_is_not_asked_again_before_or_after_a_build(tmp_path: Path) -> None:
    lines = rows("accept|LoRA|outperforms|QLoRA", "reject|PyramidKV|extends|SnapKV")
    left = {"SnapKV extends H2O", "StreamingLLM outperforms SnapKV", "QLoRA outperforms LoRA"}
    assert set(named(questions(built(tmp_path, NOTES, lines).graph))) == left
    decided = parse_corrections(lines, "").corrections
    assert set(named(questions(built(tmp_path, NOTES).graph, decided))) == left
    other = Correction("reject", Reference("LoRA"), "uses", Reference("QLoRA"))
    assert len(questions(built(tmp_path, NOTES).graph, [other])) == 5


def test_a_line_by_hand_may_name_an_alias(tmp_path: Path) -> None:
    graph = built(tmp_path, NOTES).graph
    decided = parse_corrections(rows("accept|SnapKV|extends|Heavy-Hitter Oracle"), "").corrections
    assert "SnapKV extends H2O" not in named(questions(graph, decided))


def test_claims_about_what_is_no_entity_are_not_asked(tmp_path: Path) -> None:
    graph = built(tmp_path, NOTES).graph
    for line in ("not-entity|SnapKV", "not-entity|Method:SnapKV"):
        found = questions(graph, parse_corrections(rows(line), "").corrections)
        assert set(named(found)) == {"LoRA outperforms QLoRA", "QLoRA outperforms LoRA"}
    other = parse_corrections(rows("not-entity|Topic:SnapKV"), "").corrections
    assert len(questions(graph, other)) == 5
