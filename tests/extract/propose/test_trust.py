"""A model is trusted as far as gold says; what nobody measured, as far as the default."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract import extract
from papergraph.extract.propose import add_proposals
from papergraph.extract.propose.trust import LEAST, MOST, UNKNOWN, Trust, read_trust, trust_in
from papergraph.model import PREDICATES
from papergraph.pipeline.propose.replies import Journal
from papergraph.resources import read_resource
from papergraph.sources import parse_document
from papergraph.vocabulary import load_vocabulary
from tests.conftest import ROOT

NOTE = """PyramidKV builds on SnapKV. It is much lighter than Quellcache.

PyramidKV, unlike Mirebridge, is small. Written by {0}.
"""


def relation(predicate: str, obj: str, quote: str) -> dict[str, object]:
    return {"subject": "PyramidKV", "predicate": predicate, "object": obj, "line": 1, "quote": quote}


REPLY = {
    "entities": [{"name": n, "type": "Method", "line": 1} for n in ("PyramidKV", "SnapKV", "Quellcache", "Mirebridge")],
    "relations": [
        relation("extends", "SnapKV", "PyramidKV builds on SnapKV"),
        relation("outperforms", "Quellcache", "much lighter than Quellcache"),
        relation("uses", "Mirebridge", "PyramidKV, unlike Mirebridge, is small"),
    ],
}
GOLD = {
    "entities": [
        {"id": name, "type": "Method", "name": name, "aliases": [], "optional": False, "lines": [1]}
        for name in ("PyramidKV", "SnapKV", "Quellcache", "Mirebridge")
    ],
    "relations": [
        {"s": "PyramidKV", "p": p, "o": o, "optional": False, "lines": [1]}
        for p, o in (("extends", "SnapKV"), ("outperforms", "Quellcache"))
    ],
}
COUNTS = st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n).map(float), st.just(float(n))))


@given(st.builds(Trust, COUNTS, COUNTS, COUNTS, st.dictionaries(st.sampled_from(PREDICATES), COUNTS)))
def test_agreement_never_makes_a_claim_less_sure_and_nothing_is_certain(trust: Trust) -> None:
    for predicate in PREDICATES:
        alone, agreed = (trust.of_claim(predicate, agreed=a) for a in (False, True))
        assert LEAST <= alone <= agreed <= MOST
    assert LEAST <= trust.of_name() <= MOST


def test_more_right_claims_make_surer() -> None:
    sure = [Trust(alone=(right, 40)).of_claim("uses", agreed=False) for right in range(41)]
    assert sure == sorted(sure)
    assert sure[0] < UNKNOWN < sure[-1]


def test_the_file_can_be_read_and_an_unknown_model_has_the_default() -> None:
    rows = yaml.safe_load(read_resource("data/propose/confidence.yaml"))["models"]
    assert all(read_trust(row).of_claim("uses", agreed=False) > 0 for row in rows.values())
    assert trust_in("a model that nobody measured").of_claim("uses", agreed=False) == 0.75


def test_claims_that_rules_make_too_are_trusted_apart() -> None:
    document, trust = parse_document(NOTE.format("me"), "a.md"), Trust(agreed=(50, 50), relations={"uses": (0, 50)})
    ruled = extract(document, load_vocabulary())
    asked = add_proposals(document, ruled, {}, "tiny").missing
    replies = {request.fingerprint: json.dumps(REPLY) for request in asked}
    found = add_proposals(document, ruled, replies, "tiny", trust=trust).extraction.relations
    sure = {r.predicate: r.confidence for r in found if r.tier == "model"}
    assert sure["extends"] > sure["outperforms"] == UNKNOWN > sure["uses"]


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """Notes of three authors with gold, and replies of a model to them."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "notes").mkdir()
    journal = Journal(tmp_path / "proposals.jsonl", "tiny")
    for author in ("ann", "bob", "cho"):
        text, name = NOTE.format(author), f"{author}-1.md"
        (tmp_path / "notes" / name).write_text(text, encoding="utf-8")
        (tmp_path / "gold" / f"{author}-1.json").write_text(json.dumps({"note": name, **GOLD}), encoding="utf-8")
        document = parse_document(text, name)
        asked = add_proposals(document, extract(document, load_vocabulary()), {}, "tiny").missing
        journal.add((request.fingerprint, json.dumps(REPLY)) for request in asked)
    return tmp_path


@pytest.mark.slow
def test_the_command_measures_a_model_on_gold_and_leaves_the_others(annotated: Path) -> None:
    file = annotated / "confidence.yaml"
    file.write_text("# Words at the top.\nmodels:\n  other:\n    alone: [1, 2]\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "calibrate_model.py"), "--replies", "proposals.jsonl"]
    command += ["--set", "gold:notes", "--file", str(file), "--model"]
    done = subprocess.run([*command, "tiny"], cwd=annotated, capture_output=True, text=True, check=True)
    assert "| as the rules | 3 | 0." in done.stdout
    assert "| alone | 6 |" in done.stdout
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Words at the top.\nmodels:\n")
    rows = yaml.safe_load(text)["models"]
    trust = read_trust(rows["tiny"])
    assert (trust.agreed, trust.alone) == ((3, 3), (3, 6))
    assert trust.relations == {"outperforms": (3, 3), "uses": (0, 3)}
    assert rows["other"]["alone"] == [1, 2]
    refused = subprocess.run([*command, "unasked"], cwd=annotated, capture_output=True, text=True, check=False)
    assert "no reply of this model" in refused.stderr
