"""Relations: the examples of every pattern, and a case file for structure."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.errors import ConfigError
from papergraph.extract import extract
from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.context import Context
from papergraph.extract.registry import RULES
from papergraph.extract.relate.prose import relate_prose
from papergraph.extract.relate.sentence_patterns import Group, load_patterns
from papergraph.model import EntityType, Mention, Span
from papergraph.ontology.terms import DOMAINS
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary

_MARKED = re.compile(r"\[(S|O|X) ([^\]]+)\]")
CASES = Path(__file__).parents[1] / "cases" / "relate.md"


def marked(example: str, group: Group, vocabulary: Vocabulary) -> tuple[Annotation, set[tuple[str, str]]]:
    """Return the annotation of an example whose names are marked, and the pairs that it states."""
    text = ""
    mentions: list[Mention] = []
    subjects: list[str] = []
    objects: list[str] = []
    others: list[str] = []
    position = 0
    for match in _MARKED.finditer(example):
        text += example[position : match.start()]
        types = DOMAINS[group.patterns[0].predicate][0 if match[1] == "S" else 1]
        allowed = group.patterns[0].subjects if match[1] == "S" else group.patterns[0].objects
        kind: EntityType = "Method" if "Method" in types and not allowed else types[0]
        kind = "Model" if "Model" in allowed else "Paper" if "Paper" in allowed else kind
        kind = "Paper" if match[1] == "S" and group.patterns[0].predicate == "introduces" else kind
        span = Span(len(text), len(text) + len(match[2]))
        mentions.append(Mention(span, match[2], 1, kind, match[2], "test", 1.0))
        {"S": subjects, "O": objects, "X": others}[match[1]].append(match[2])
        text += match[2]
        position = match.end()
    document = parse_document(text + example[position:], "a.md")
    if group.patterns[0].own or group.patterns[0].common:
        mentions = [replace(m, vocabulary="method/fp8") if m.surface == "FP8" else m for m in mentions]
    if group.patterns[0].own:
        contributed = tuple(i for i, m in enumerate(mentions) if m.surface in subjects)
        entry = Entry(tuple(range(len(document.blocks))), -1, contributed)
        owners = tuple(0 for _ in document.blocks)
        return Annotation(document, vocabulary, tuple(mentions), (entry,), owners), {(subjects[0], o) for o in objects}
    papers = [i for i, m in enumerate(mentions) if m.type == "Paper"]
    entries = (Entry(tuple(range(len(document.blocks))), papers[0], ()),) if papers else ()
    owners = tuple(0 if papers else -1 for _ in document.blocks)
    annotation = Annotation(document, vocabulary, tuple(mentions), entries, owners)
    return annotation, {(s, o) for s in subjects for o in objects}


GROUPS = load_patterns()
EXAMPLES = [(n, e) for n, g in enumerate(GROUPS) for e in g.examples if "[S " in e]


@pytest.mark.parametrize(("number", "example"), EXAMPLES, ids=[e for _, e in EXAMPLES])
def test_each_example_is_read_by_its_group(number: int, example: str, vocabulary: Vocabulary) -> None:
    group = GROUPS[number]
    annotation, stated = marked(example, group, vocabulary)
    names = [m.name for m in annotation.mentions]
    read = {
        (names[r.subject], names[r.object])
        for r in relate_prose(Context.of(annotation, RULES))
        if r.predicate == group.patterns[0].predicate
    }
    assert stated <= read


COUNTER_EXAMPLES = [(n, e) for n, g in enumerate(GROUPS) for e in g.counter_examples]


@pytest.mark.parametrize(("number", "example"), COUNTER_EXAMPLES, ids=[e for _, e in COUNTER_EXAMPLES])
def test_nothing_is_read_from_a_counter_example(number: int, example: str, vocabulary: Vocabulary) -> None:
    annotation, _ = marked(example, GROUPS[number], vocabulary)
    predicate = GROUPS[number].patterns[0].predicate
    claims = relate_prose(Context.of(annotation, RULES))
    assert [r for r in claims if r.predicate == predicate and r.polarity == "positive"] == []


def test_every_group_has_an_example() -> None:
    assert all(group.examples for group in GROUPS)


@pytest.mark.parametrize(
    "sentence",
    ["[S A1] 是否优于 [O B1]？", "如果 [S A1] 优于 [O B1] 就好了。", "[S A1] could be faster than [O B1]."],
)
def test_questions_and_wishes_state_nothing(sentence: str, vocabulary: Vocabulary) -> None:
    annotation, _ = marked(sentence, next(g for g in GROUPS if g.patterns[0].predicate == "outperforms"), vocabulary)
    assert list(relate_prose(Context.of(annotation, RULES))) == []


@pytest.mark.parametrize("sentence", ["[S A1] 没有使用 [O B1]。", "[S A1] does not outperform [O B1]."])
def test_a_denial_is_a_negative_claim(sentence: str, vocabulary: Vocabulary) -> None:
    annotation, _ = marked(sentence, next(g for g in GROUPS if g.patterns[0].predicate == "uses"), vocabulary)
    assert [r.polarity for r in relate_prose(Context.of(annotation, RULES))] == ["negative"]


def read_cases() -> list[tuple[str, str, list[str]]]:
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("\n\n.\n\n")[1:]:
        title, note, facts = part.split("\n.\n")
        cases.append((title.strip(), note.strip("\n") + "\n", [f for f in facts.strip().splitlines() if f]))
    return cases


@pytest.mark.parametrize(("title", "note", "facts"), read_cases(), ids=[c[0] for c in read_cases()])
def test_case(title: str, note: str, facts: list[str], vocabulary: Vocabulary) -> None:
    extraction = extract(parse_document(note, "case.md"), vocabulary)
    names = [m.name for m in extraction.mentions]
    stated = (r for r in extraction.relations if r.polarity == "positive")
    read = {f"{names[r.subject]} {r.predicate} {names[r.object]}" for r in stated}
    for fact in facts:
        if fact.startswith("not "):
            assert fact.removeprefix("not ") not in read
        else:
            assert fact in read, sorted(read)
    for relation in extraction.relations:
        assert relation.line == note.count("\n", 0, relation.span.start) + 1
        assert relation.sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "invalid YAML"),
        ("a: b", "must be a list"),
        ("- predicate: likes\n  cues: [x]\n  patterns: [x]", "needs predicate"),
        ("- predicate: uses\n  cues: [x]\n  patterns: ['(']", "missing \\), unterminated subpattern"),
    ],
)
def test_a_wrong_pattern_file_is_explained(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=reason):
        load_patterns((path,))
    with pytest.raises(ConfigError, match="cannot be read"):
        load_patterns((tmp_path / "none.yaml",))


def test_a_comparison_knows_where_it_was_measured(vocabulary: Vocabulary) -> None:
    extraction = extract(parse_document("SnapKV 在 LongBench 上优于 Keyformer。\n", "a.md"), vocabulary)
    (claim,) = [r for r in extraction.relations if r.predicate == "outperforms"]
    assert extraction.mentions[claim.dataset].name == "LongBench"
