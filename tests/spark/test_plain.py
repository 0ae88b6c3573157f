"""Summed over any partitions, what notes say gives the graph of a local build."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from papergraph.assemble.claims import Key
from papergraph.assemble.relations import assemble
from papergraph.extract import extract
from papergraph.model import Extraction, Graph
from papergraph.rdf import canonical_nquads, to_quads
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.spark.relating import final_moves
from papergraph.spark.resolving import unpack_profile
from papergraph.spark.writing import problem_row
from papergraph.vocabulary import Vocabulary
from tests.conftest import NOTES
from tests.spark.plain import copies, run_plain

#: Contradictions, a title under two identifiers, an acronym, a method claimed through its paper, names that clash.
ODD = {
    "one.md": "# Notes\n\n## [GlornKV: Quick Sums of Long Rows](https://arxiv.org/abs/2401.00001)\n\n"
    "- It proposes GlornKV.\n- GlornKV outperforms SnapKV on MMLU.\n- We compare GlornKV with SnapKV.\n"
    "- GlornKV extends SnapKV.\n- GlornKV uses H2O.\n- H2O builds on SnapKV. H2O outperforms SnapKV.\n",
    "two.md": "# More\n\n- H2O does not outperform SnapKV.\n- H2O does not use SnapKV.\n\n"
    "## [GlornKV: Quick Sums of Long Rows](https://arxiv.org/abs/2402.00002)\n\n- It improves on SnapKV.\n"
    "- Position Blending (PB) improves on H2O. PB extends SnapKV.\n",
    "三.md": "# 笔记\n\n- H2O 改进了 SnapKV。\n- H2O 优于 SnapKV。\n- 位置混合（PB）改进了 SnapKV。\n",
}


def said(texts: dict[str, str], vocabulary: Vocabulary) -> list[Extraction]:
    return [extract(parse_document(text, name, sha256=name), vocabulary) for name, text in texts.items()]


def local(extractions: list[Extraction], vocabulary: Vocabulary) -> tuple[str, list[tuple[object, ...]]]:
    made = assemble(extractions, resolve(extractions, vocabulary))
    graph: Graph = made.graph
    return canonical_nquads(to_quads(graph)), sorted(problem_row(problem) for problem in made.left_out)


@pytest.fixture(scope="module")
def notes(vocabulary: Vocabulary) -> list[Extraction]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md"))[:2]}
    return said(texts | ODD, vocabulary)


@pytest.mark.parametrize("parts", [1, 3, 20])
def test_partitions_in_any_number_and_order_give_what_a_local_build_gives(
    notes: list[Extraction], vocabulary: Vocabulary, parts: int
) -> None:
    shuffled = random.Random(parts).sample(notes, len(notes))  # noqa: S311  nothing secret
    made = run_plain(shuffled, vocabulary, parts)
    nquads, problems = local(notes, vocabulary)
    assert made.nquads == nquads
    assert sorted(made.problems) == problems


def test_the_odd_notes_have_what_they_are_there_for(vocabulary: Vocabulary) -> None:
    nquads, problems = local(said(ODD, vocabulary), vocabulary)
    assert "contradictedBy" in nquads
    assert "kept apart from" in nquads
    assert any("contradicts stronger evidence" in str(problem) for problem in problems)


def test_a_key_in_every_note_is_one_small_record(vocabulary: Vocabulary) -> None:
    (note,) = said({"a.md": "# KV\n\n- H2O improves on SnapKV.\n"}, vocabulary)
    few, many = (run_plain(copies(note, count), vocabulary, 4) for count in (10, 300))
    sizes = [sorted(len(packed) for _, packed in made.profiles) for made in (few, many)]
    assert max(sizes[1]) < max(sizes[0]) + 50
    assert max(unpack_profile(packed).count for _, packed in many.profiles) >= 300


def test_a_claim_that_is_moved_twice_goes_all_the_way() -> None:
    keys: tuple[Key, ...] = (("a", "uses", "x"), ("b", "uses", "x"), ("c", "uses", "x"))
    a, b, c = keys
    assert final_moves([(a, b), (b, c)]) == {a: c, b: c}
    assert final_moves([(b, c), (a, b)]) == {b: c, a: b}


def test_long_chains_of_moves_are_followed_once() -> None:
    keys: list[Key] = [(f"{number:06}", "uses", "x") for number in range(50_000)]
    assert set(final_moves(pairwise(keys)).values()) == {keys[-1]}
