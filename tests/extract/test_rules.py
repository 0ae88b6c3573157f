"""Rules: which there are, what their numbers do, and how third parties add theirs."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import papergraph as pg
from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.extract import RECOGNISERS, RELATERS, RULES, SCORERS, Context, Rule, annotate, extract, rules_with
from papergraph.extract.foreign import rules_of
from papergraph.extract.rules import LAST, Role, Rules
from papergraph.extract.select import select_mentions
from papergraph.model import Extraction, Mention, RelationMention, Span
from papergraph.pipeline.readers import reader
from papergraph.pipeline.readers.extractor import load_extractor
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary
from tests.conftest import ROOT, Install

EXAMPLE = ROOT / "docs" / "example-extractor"
HUB_NOTE = (
    "- [Zorb: Sparse Zorbing of Long Sequences](https://arxiv.org/abs/2401.00001)\n"
    "  - weights: [zorblabs/Zorb-7B](https://huggingface.co/zorblabs/Zorb-7B)\n"
    "\nSnapKV 优于 Keyformer（待核实）。\n"
)
DOUBTED = ["zh-outperforms-8.1"]
Find = Callable[[Context], Iterable[Any]]


def test_the_recognisers_run_in_this_order() -> None:
    assert [r.find.__name__.removeprefix("recognise_") for r in RULES.steps("recogniser")] == [
        *(
            "title",
            "cited",
            "citation_keys",
            "opening_title",
            "title_name",
            "gazetteer",
            "institution",
            "head",
            "note_title",
            "introduced",
        ),
        *(
            "declared",
            "hardware",
            "person",
            "shape",
            "acronym",
            "of_kind",
            "code",
            "item_phrase",
            "bilingual",
            "exemplified",
            "capitals",
            "technique",
        ),
        *("means", "beside", "echo", "topic"),
    ]


def test_these_are_the_numbers_of_the_recognisers() -> None:
    assert [(r.name, r.rank, r.weight, r.confidence) for r in sorted(RECOGNISERS, key=lambda r: r.rank)] == [
        ("field-institution", 10, 1, 0.95),
        ("declared", 20, 2, 0.9),
        ("field-author", 20, 1, 0.9),
        ("title-name", 30, 4, 0.95),
        ("title-phrase", 35, 3, 0.75),
        ("hardware-quantity", 40, 1, 0.9),
        ("note-title", 45, 1, 0.8),
        ("list-head", 50, 2, 0.85),
        ("introduced", 70, 2, 0.8),
        ("gazetteer", 80, 1, 0.9),
        ("acronym", 90, 1, 0.85),
        ("credit", 100, 1, 0.75),
        ("echo", 110, 1, 0.6),
        ("bilingual", 112, 1, 0.75),
        ("item-phrase", 114, 1, 0.75),
        ("technique", 115, 1, 0.65),
        ("beside", 116, 1, 0.7),
        ("exemplified", 117, 1, 0.75),
        ("means", 117, 1, 0.7),
        ("capitals", 118, 1, 0.75),
        ("shape", 120, 1, 0.55),
        ("of-kind", 121, 1, 0.75),
        ("code", 122, 1, 0.7),
        ("title-heading", LAST, 1, 0.95),
        ("title-link", LAST, 1, 0.95),
        ("link", LAST, 1, 0.9),
        ("title-page", LAST, 1, 0.75),
        ("title-article", LAST, 1, 0.7),
        ("title-item", LAST, 1, 0.6),
        ("title-front-matter", LAST, 1, 0.9),
        ("title-field", LAST, 1, 0.9),
        ("title-cited", LAST, 1, 0.85),
        ("citation-key", LAST, 1, 0.9),
        ("title-opening", LAST, 1, 0.85),
        ("heading-topic", LAST, 1, 0.9),
        ("item-topic", LAST, 1, 0.75),
        ("tag", LAST, 1, 0.9),
        ("field-topic", LAST, 1, 0.85),
    ]


def test_the_relaters_run_in_this_order() -> None:
    assert [r.find.__name__.removeprefix("relate_") for r in RULES.steps("relater")] == [
        *(
            "introductions",
            "cited_pages",
            "credits",
            "filing",
            "fields",
            "nesting",
            "labelled",
            "parts",
            "jotted",
            "opened",
            "members",
            "outlines",
            "contenders",
            "sums",
        ),
        *(
            "tables",
            "aspects",
            "results",
            "scoreboards",
            "settings",
            "titles",
            "versions",
            "makers",
            "conditions",
            "prose",
        ),
    ]


def test_these_are_the_relaters_with_how_sure_they_are() -> None:
    assert {r.name: r.confidence for r in RELATERS} == {
        "introduces-*": 0.75,
        "introduces-title-name": 0.95,
        "introduces-title-phrase": 0.8,
        "introduces-list-head": 0.9,
        "introduces-introduced": 0.8,
        "cited-name": 0.8,
        "cited-kind": 0.75,
        "field-institution": 0.95,
        "title-institution": 0.85,
        "byline": 0.85,
        "opener": 0.7,
        "credited": 0.75,
        "category": 0.9,
        "tag": 0.9,
        "field-topic": 0.9,
        "nested-category": 0.9,
        "field-*": 0.95,
        "listed-variant": 0.85,
        "ranking": 0.85,
        "chain": 0.8,
        "labelled": 0.85,
        "listed-part": 0.6,
        "headed-part": 0.6,
        "jotted": 0.6,
        "opened": 0.7,
        "member": 0.8,
        "outline-part": 0.65,
        "contender": 0.75,
        "sum": 0.75,
        "table": 0.85,
        "aspect": 0.8,
        "results": 0.8,
        "scoreboard": 0.8,
        "experiments": 0.75,
        "title-extends": 0.8,
        "title-improvesOn": 0.75,
        "title-outperforms": 0.75,
        "title-uses": 0.8,
        "title-hardware": 0.85,
        "variant-name": 0.7,
        "component-name": 0.7,
        "narrower-name": 0.7,
        "maker": 0.75,
        "run-on": 0.7,
        "trained-on": 0.7,
        "tried-on": 0.7,
        "*-*-*.*": 0.7,
    }


def test_the_scorers_run_in_this_order() -> None:
    assert [(r.name, r.kind) for r in SCORERS] == [
        ("research-field", "mention scorer"),
        ("standing", "mention scorer"),
        ("cited-titles", "mention scorer"),
        ("agreement", "mention scorer"),
        ("calibration", "relation scorer"),
        ("learned-*", "relation scorer"),
        ("own-names", "relation scorer"),
        ("how-to", "relation scorer"),
        ("surveys", "relation scorer"),
    ]


@pytest.mark.parametrize("rows", [RECOGNISERS, RELATERS, SCORERS])
def test_the_rows_of_one_function_stand_together_under_names_of_their_own(rows: tuple[Rule, ...]) -> None:
    assert len({r.name for r in rows}) == len(rows)
    finds = [r.find for r in rows]
    changes = sum(left is not right for left, right in pairwise(finds))
    assert changes + 1 == len(set(finds))


def names_of(node: ast.expr) -> set[str]:
    inner = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return inner | {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def test_no_code_compares_the_names_of_rules() -> None:
    places = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        and "extractor" in names_of(node)
        and not {"CORRECTED", "model", "_model"} & names_of(node)  # what people decide and models propose is no rule
    ]
    assert places == []


def test_every_name_that_signs_something_has_a_row(vocabulary: Vocabulary) -> None:
    notes = sorted((ROOT / "data" / "notes").glob("*.md"))[::9]
    for path in notes:
        found = extract(parse_document(path.read_text(encoding="utf-8"), path.name), vocabulary)
        known = {("recogniser", m.extractor) for m in found.mentions} | {
            ("relation scorer" if r.extractor.startswith("learned-") else "relater", r.extractor)
            for r in found.relations
        }
        rows = [RULES.named(kind, name) for kind, name in known]  # type: ignore[arg-type]
        assert all(row in RULES.rows for row in rows)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("field-institution", "field-institution"),
        ("field-dataset", "field-*"),
        ("introduces-list-head", "introduces-list-head"),
        ("introduces-hub-model", "introduces-*"),
        ("zh-extends-3.1", "*-*-*.*"),
    ],
)
def test_a_name_without_a_row_belongs_to_its_family(name: str, row: str) -> None:
    assert RULES.named("relater", name).name == row


def rule(name: str, kind: str, find: Find, **numbers: Any) -> tuple[Rule, ...]:
    return rules_of(name, Rule(name, kind, find=find, **numbers), "zorb-rules 1.0")  # type: ignore[arg-type]


def read(note: str, vocabulary: Vocabulary, extra: tuple[Rule, ...]) -> Extraction:
    return extract(parse_document(note, "a.md"), vocabulary, rules_with(extra))


def zorb_at(name: str, sure: float | str = "") -> Find:
    def find(context: Context) -> Iterator[Mention]:
        start = context.text.find("SnapKV")
        yield context.mention(Span(start, start + 6), "Dataset", name, sure)

    return find


@pytest.mark.parametrize(("rank", "winner"), [(79, "zorb"), (81, "gazetteer")])
def test_the_smaller_rank_stands_at_the_same_place(rank: int, winner: str, vocabulary: Vocabulary) -> None:
    found = read("We use SnapKV.\n", vocabulary, rule("zorb", "recogniser", zorb_at("zorb"), rank=rank))
    assert [m.extractor for m in found.mentions] == [winner]


def test_a_rule_says_how_sure_it_is_and_of_which_cases_less(vocabulary: Vocabulary) -> None:
    for case, sure in (("", 0.9), ("faint", 0.3), (0.4, 0.4)):
        finder = zorb_at("zorb", case)
        extra = rule("zorb", "recogniser", finder, rank=1, confidence=0.9, cases=(("faint", 0.3),))
        assert [m.confidence for m in read("We use SnapKV.\n", vocabulary, extra).mentions] == [sure]


def test_votes_on_the_type_of_a_name_have_the_weight_of_their_rule() -> None:
    light, heavy = (Rules((Rule("a", "recogniser", weight=w, find=list), *SCORERS)) for w in (1, 9))
    agree = next(r.find for r in SCORERS if r.name == "agreement")
    document = parse_document("Zorb and then Zorb, at last Zorb.\n", "a.md")

    def types(rules: Rules) -> list[str]:
        from papergraph.extract.annotation import Annotation

        words = [(0, "Model", "a"), (14, "Dataset", "b"), (28, "Dataset", "b")]
        named = [Mention(Span(s, s + 4), "Zorb", 1, t, "Zorb", by, 0.9) for s, t, by in words]  # type: ignore[arg-type]
        empty = Vocabulary(())
        return [m.type for m in agree(Context.of(Annotation(document, empty, tuple(named)), rules))]

    assert types(light) == ["Dataset"] * 3
    assert types(heavy) == ["Model"] * 3


def test_a_role_is_what_other_rules_ask_for(vocabulary: Vocabulary) -> None:
    note = "- Zorb speeds things up\n"

    def find(context: Context) -> Iterator[Mention]:
        yield context.mention(Span(2, 6), "Method", "zorb")

    for roles, entries in ((frozenset[Role](), 0), (frozenset[Role]({"opens-entry"}), 1)):
        extra = rule("zorb", "recogniser", find, confidence=0.9, roles=roles)
        annotation = annotate(parse_document(note, "a.md"), vocabulary, rules_with(extra))
        assert len(annotation.entries) == entries


def test_selection_goes_by_length_and_then_by_rank() -> None:
    rules = Rules((Rule("first", "recogniser", rank=1, find=list), Rule("second", "recogniser", rank=2, find=list)))
    whole = Mention(Span(0, 9), "SnapKV v2", 1, "Method", "SnapKV v2", "second", 0.1)
    part = Mention(Span(0, 6), "SnapKV", 1, "Method", "SnapKV", "first", 0.9)
    same = replace(whole, extractor="first")
    assert select_mentions(rules, [part, whole]) == (whole,)
    assert select_mentions(rules, [whole, same]) == (same,)


def test_a_relater_of_a_third_party_adds_claims_and_its_family_is_known(vocabulary: Vocabulary) -> None:
    def find(context: Context) -> Iterator[RelationMention]:
        first, second = context.within(context.document.blocks[0].span)
        yield context.claim(first, "uses", second, context.document.blocks[0].span, "zorb-1", "prose", "shy")

    extra = rule("zorb-*", "relater", find, confidence=1.0, cases=(("shy", 0.0),))
    (claim,) = read("SnapKV, LoRA\n", vocabulary, extra).relations
    assert (claim.extractor, claim.confidence) == ("zorb-1", 0.0)


@pytest.mark.parametrize("kind", ["mention scorer", "relation scorer"])
def test_a_scorer_changes_confidences(kind: str, vocabulary: Vocabulary) -> None:
    def score(context: Context) -> Iterator[Any]:
        for one in context.mentions if kind == "mention scorer" else context.relations:
            yield replace(one, confidence=0.125)

    found = read("SnapKV 优于 Keyformer。\n", vocabulary, rule("zorb", kind, score))
    judged: tuple[Any, ...] = found.mentions if kind == "mention scorer" else found.relations
    assert judged
    assert all(one.confidence == 0.125 for one in judged)


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        ("recogniser", lambda c: ["SnapKV"], "returned a value of type str among its mentions"),
        ("recogniser", lambda c: [replace(c.mentions[0], surface="x")], "found 'x' where the text has 'SnapKV'"),
        ("recogniser", lambda c: [replace(c.mentions[0], confidence=7.0)], "the confidence 7.0, which is not between"),
        ("relater", lambda c: [c.claim(0, "uses", 9, Span(0, 6), "zorb", "prose")], "that there are not: 0 and 9"),
        ("relater", lambda c: [c.claim(0, "likes", 1, Span(0, 6), "zorb", "prose")], "'likes', which is no predicate"),
        ("mention scorer", lambda c: c.mentions[1:], "returned 1 of 2 that it was given; it may leave none out"),
        ("mention scorer", lambda c: [replace(m, type="Model") for m in c.mentions], "may change the confidence only"),
        ("relation scorer", lambda c: [replace(r, confidence=-1) for r in c.relations], "-1, which is not between"),
    ],
)
def test_what_a_rule_of_a_third_party_may_not_do_is_told_with_its_distribution(
    kind: str, wrong: Find, message: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(ConfigError) as caught:
        read("SnapKV 优于 Keyformer。\n", vocabulary, rule("zorb", kind, wrong))
    assert str(caught.value).startswith(f"the {kind} 'zorb' of zorb-rules 1.0 ")
    assert message in str(caught.value)


def test_a_rule_needs_a_name_that_no_other_has() -> None:
    with pytest.raises(ConfigError, match=r"the recogniser 'shape' of zorb-rules 1\.0 needs another name"):
        rules_with(rule("shape", "recogniser", lambda _: ()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "", "kind": "relater"}, "needs a name"),
        ({"name": "x", "kind": "guesser"}, "has the kind 'guesser'; kinds are recogniser, "),
        ({"name": "x", "kind": "relater", "roles": frozenset({"king"})}, "has the role 'king'; roles are note-paper, "),
        ({"name": "x", "kind": "relater", "cases": (("y", 2.0),)}, "2.0, which is not between 0 and 1"),
    ],
)
def test_a_wrong_rule_is_explained(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rule(**arguments, find=list)


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("recognise = lambda context: ()", ["recogniser"]),
        ("recognise = Rule('a', 'relater', find=list)", ["relater"]),
        (
            "recognise = (Rule('a', 'relater', find=list), Rule('a', 'recogniser', find=list))",
            ["relater", "recogniser"],
        ),
    ],
)
def test_an_entry_point_offers_rules_or_a_recogniser(source: str, kinds: list[str], install: Install) -> None:
    install("offering", f"from papergraph.extract import Rule\n{source}\n")
    rules = load_extractor("offering")
    assert [r.kind for r in rules] == kinds
    assert {r.origin for r in rules} == {"offering 1.0"}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "recognise = 7",
            "of offering 1.0 must be a Rule, a tuple of Rules or a recogniser function, not int",
        ),
        ("recognise = ()", "must be a Rule, a tuple of Rules or a recogniser function, not tuple"),
        ("recognise = Rule('a', 'b', find=list)", "could not be loaded: the rule 'a' has the kind 'b'"),
    ],
)
def test_an_entry_point_that_offers_none_is_refused(source: str, message: str, install: Install) -> None:
    install("offering", f"from papergraph.extract import Rule\n{source}\n")
    with pytest.raises(ConfigError, match=message):
        load_extractor("offering")


@pytest.mark.slow
def test_a_note_that_a_wrong_rule_fails_on_is_left_out_with_the_reason(tmp_path: Path, install: Install) -> None:
    install("liar", "def recognise(context):\n    return [1] if 'SnapKV' in context.text else []\n")
    (tmp_path / "a.md").write_text("We use SnapKV.\n", encoding="utf-8")
    reason = "a.md: the recogniser 'liar' of liar 1.0 returned a value of type int among its mentions"
    with pytest.raises(pg.LossError, match=r"none of 1 notes could be read: a\.md: the recogniser 'liar'") as caught:
        pg.build(tmp_path / "a.md", config=Config(extractors=("liar",)))
    assert caught.value.problems == (reason,)
    (tmp_path / "b.md").write_text("We use H2O.\n", encoding="utf-8")
    graph = pg.build(tmp_path, config=Config(extractors=("liar",)))
    assert [str(p) for p in graph.problems] == [reason]


def test_the_example_finds_claims_and_doubts(vocabulary: Vocabulary) -> None:
    example = runpy.run_path(str(EXAMPLE / "papergraph_hub.py"))["RULES"]
    plain, extended = (read(HUB_NOTE, vocabulary, extra) for extra in ((), example))
    assert {m.name for m in extended.mentions} - {m.name for m in plain.mentions} == {"Zorb-7B"}
    assert [r.extractor for r in extended.relations if r not in plain.relations] == [
        "variant-name",
        "hub-checkpoint",
        *DOUBTED,
    ]
    sure, doubtful = (next(r for r in e.relations if r.extractor in DOUBTED) for e in (plain, extended))
    assert doubtful.confidence == sure.confidence / 2


@pytest.mark.slow
def test_the_example_package_installs_and_shows_in_a_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    offline = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(site)]
    source = tmp_path / "source"
    source.mkdir()
    for file in EXAMPLE.iterdir():
        (source / file.name).write_bytes(file.read_bytes()) if file.is_file() else None
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, str(source)], check=True)
    reader.dismiss_standby()
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]))
    note = tmp_path / "a.md"
    note.write_text(HUB_NOTE, encoding="utf-8")
    plain, extended = (pg.build(note, config=Config(extractors=e)) for e in ((), ("hub",)))
    reader.dismiss_standby()
    sure = {r.predicate: r.confidence for r in plain.to_graph().relations}
    found = {(r.predicate, e.extractor): r.confidence for r in extended.to_graph().relations for e in r.evidence}
    assert ("introduces", "hub-checkpoint") in found
    assert "Zorb-7B" in {e.label for e in extended.to_graph().entities}
    halved = next(c for (predicate, _), c in found.items() if predicate == "outperforms")
    assert halved == pytest.approx(sure["outperforms"] / 2)
