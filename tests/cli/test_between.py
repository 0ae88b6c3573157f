"""`papergraph lineage --between`."""

from __future__ import annotations

import json
from pathlib import Path

import papergraph as pg
from tests.conftest import Run


def test_the_ways_between_two_entities_cite_their_lines(run: Run, demo_store: Path) -> None:
    outcome = run("lineage", "--between", "QLoRA", "GaLore", "--store", demo_store)
    assert outcome.code == 0
    assert "LoftQ" in outcome.out
    assert "lora-family.md:" in outcome.out
    record = json.loads(run("lineage", "--between", "QLoRA", "GaLore", "--json", "--store", demo_store).out)
    answer = pg.open_graph(demo_store).between("QLoRA", "GaLore")
    assert answer.to_dict() == record
    assert len(answer) == len(record["ways"]) == len(list(answer))
    assert str(answer).splitlines()[:2] == outcome.out.splitlines()[:2]


def test_one_name_or_two_are_needed(run: Run, demo_store: Path) -> None:
    for words in ([], ["H2O", "--between", "QLoRA", "GaLore"]):
        outcome = run("lineage", *words, "--store", demo_store)
        assert (outcome.code, "give either NAME or --between A B" in outcome.err) == (2, True)
    wrong = run("lineage", "--between", "QLoRA", "GaLore", "--format", "dot", "--store", demo_store)
    assert (wrong.code, "format of ways" in wrong.err) == (2, True)


def test_several_lineages_follow_each_other(run: Run, demo_store: Path) -> None:
    both = run("lineage", "H2O", "LoRA", "--store", demo_store).out
    assert both == "\n".join(run("lineage", name, "--store", demo_store).out for name in ("H2O", "LoRA"))
    assert len(json.loads(run("lineage", "H2O", "LoRA", "--json", "--store", demo_store).out)) == 2
    outcome = run("lineage", "H2O", "LoRA", "--format", "svg", "--store", demo_store)
    assert (outcome.code, "svg holds one lineage" in outcome.err) == (2, True)
