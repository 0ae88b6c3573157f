"""Whatever is decided and however notes are edited: each correction is kept, reported or no longer needed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papergraph.correction import CORRECTED, CorrectionOutcome
from papergraph.model import Entity, Relation
from papergraph.pipeline.steps import Build
from papergraph.text.folding import fold
from tests.pipeline.corrections.building import built, claims, rows

#: Two of these are one entity.
NAMES = ("SnapKV", "PyramidKV", "LoRA", "Low-Rank Adaptation")
LABELS = {"Low-Rank Adaptation": "LoRA"}
#: Sentences, with what rules read in them.
FORMS = {
    "{} extends {}.": "extends",
    "{} uses {}.": "uses",
    "{} outperforms {}.": "outperforms",
    "{} 改进了 {}。": "improvesOn",
    "{} does not extend {}.": "not extends",
    "We like {} and {} alike.": "uses",
}

fresh = st.sampled_from(("d.md", "e.md", "a.md"))

Said = tuple[str, str, str]
Notes = Mapping[str, tuple[Said, ...]]

pairs = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
sayings = st.builds(lambda form, pair: (form, pair[0], pair[1]), st.sampled_from(sorted(FORMS)), pairs)
collections = st.dictionaries(
    st.sampled_from(("a.md", "b.md", "c.md")), st.lists(sayings, min_size=1, max_size=4).map(tuple), min_size=1
)


def sentence(said: Said) -> str:
    form, subject, obj = said
    return form.format(subject, obj)


def texts(notes: Notes) -> dict[str, str]:
    return {name: "\n\n".join([*map(sentence, said), ""]) or "Nothing.\n" for name, said in notes.items()}


@st.composite
def edits(draw: st.DrawFn) -> tuple[Notes, ...]:
    """Notes, and what they become: sentences come and go, notes get other names, exchange them, are copied and lost."""
    states: list[Notes] = [draw(collections)]
    for _ in range(draw(st.integers(1, 3))):
        now = dict(states[-1])
        note, other = (draw(st.sampled_from(sorted(now))) for _ in range(2))
        action = draw(st.sampled_from(("remove", "add", "rename", "swap", "copy", "delete")))
        if action == "remove":
            now[note] = now[note][1:]
        elif action == "add":
            now[note] = (draw(sayings), *now[note])
        elif action == "swap":
            now[note], now[other] = now[other], now[note]
        elif action == "copy":
            now[draw(fresh)] = now[note]
        else:
            said = now.pop(note)
            if action == "rename" or not now:
                now[draw(fresh)] = said
        states.append(now)
    return tuple(states)


def claim_row(draw: st.DrawFn, notes: Notes) -> str:
    """A line about a claim, most often one that the notes state."""
    said = [(note, one) for note, lines in sorted(notes.items()) for one in lines]
    note, (form, subject, obj) = draw(st.sampled_from(said))
    if draw(st.integers(0, 4)) == 0:
        note, (form, subject, obj) = "b.md", draw(sayings)
    decision = draw(st.sampled_from(("reject", "accept", "change", "add")))
    with_note, with_sentence = decision == "add" or draw(st.booleans()), decision == "add" or draw(st.booleans())
    predicate = draw(st.sampled_from(sorted({*FORMS.values()}))) if decision == "add" else FORMS[form]
    to = draw(st.sampled_from(("reverse", "reverse uses", "uses", "improvesOn"))) if decision == "change" else ""
    quote = sentence((form, subject, obj)) if with_sentence else ""
    return "|".join((decision, subject, predicate, obj, to, note if with_note else "", quote))


def entity_row(draw: st.DrawFn) -> str:
    one, other = draw(pairs)
    forms = (
        *(f"not-entity|{one}", f"type|{one}|||Model", f"type|{one}|||Dataset", f"label|{one}|||{one} by us"),
        *(f"same|{one}||{other}", f"different|{one}||{other}", f"different|{other}||{one}"),
    )
    return draw(st.sampled_from(forms))


@st.composite
def cases(draw: st.DrawFn, *, with_entities: bool) -> tuple[tuple[Notes, ...], list[str]]:
    """Notes before and after an edit, and lines of corrections."""
    notes = draw(edits())
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        about_entity = with_entities and draw(st.integers(0, 2)) > 0
        lines.append(entity_row(draw) if about_entity else claim_row(draw, notes[0]))
    return notes, lines


def wanted(row: CorrectionOutcome) -> tuple[str, str, str]:
    c = row.correction
    return label(c.subject.name), c.relation, label(c.object.name)


def label(name: str) -> str:
    return LABELS.get(name, name)


def support(relation: Relation | None) -> set[tuple[str, str]]:
    return {(e.note, fold(e.sentence)) for e in relation.evidence} if relation else set()


def in_scope(outcome: CorrectionOutcome, build: Build, notes: Mapping[str, str]) -> set[tuple[str, str]]:
    """The evidence that rules found and a row is about, by the words of docs/corrections.md."""
    row = outcome.correction
    found: set[tuple[str, str]] = set()
    for one in build.extractions:
        for r in one.relations:
            ends = label(one.mentions[r.subject].name), label(one.mentions[r.object].name)
            if (ends[0], r.predicate, r.polarity, ends[1]) == (
                *(label(row.subject.name), row.predicate, row.polarity, label(row.object.name)),
            ):
                found.add((one.path, fold(r.sentence)))
    if row.sentence:
        found = {(note, words) for note, words in found if words == fold(row.sentence)}
        if row.note and row.note not in notes:  # it moved, if there is no doubt where to
            return found if len({note for note, _ in found}) == 1 else set()
    return {(note, words) for note, words in found if row.note in {"", note}}


@given(cases(with_entities=False))
def test_a_correction_of_a_claim_is_kept_reported_or_not_needed(case: tuple[tuple[Notes, ...], list[str]]) -> None:
    notes, lines = case
    with tempfile.TemporaryDirectory() as folder:
        for state in map(texts, notes):
            plain, build = built(Path(folder), state), built(Path(folder), state, rows(*lines))
            assert [o.correction.line for o in build.outcomes] == list(range(2, len(lines) + 2))
            assert_reported(build)
            for outcome in build.outcomes:
                alone = sum(wanted(o) == wanted(outcome) for o in build.outcomes) == 1
                assert_claim(outcome, build, state, alone=alone)
            assert_nothing_else(claims(plain), build)


def assert_reported(build: Build) -> None:
    failed = {o.correction.line for o in build.outcomes if o.state in {"gone", "refused"} or o.moved}
    assert {p.line for p in build.problems if p.path == "corrections.tsv"} == failed
    assert all(o.message for o in build.outcomes if o.state != "applied")


def assert_claim(outcome: CorrectionOutcome, build: Build, notes: Mapping[str, str], *, alone: bool) -> None:
    row = outcome.correction
    relation = claims(build).get(wanted(outcome))
    judged = {(e.note, fold(e.sentence)) for e in outcome.judged}
    decided = {(e.note, fold(e.sentence)) for e in (relation.evidence if relation else ()) if e.extractor == CORRECTED}
    meant = in_scope(outcome, build, notes)
    assert judged == meant if alone and outcome.state != "refused" else judged <= meant
    if outcome.state != "applied":
        assert not judged
        assert not outcome.moved
        return
    if outcome.moved:
        assert row.note not in notes
        assert {note for note, _ in judged} <= {outcome.moved}
    assert all(note in notes and words in fold(notes[note]) for note, words in judged | decided)
    if row.decision in {"accept", "add"}:
        assert relation is not None
        assert relation.confidence == 1.0
        assert decided
    if row.decision in {"reject", "change"}:
        # only another line, for less evidence or by a change, may say the contrary of the same words
        assert judged
        assert not (judged & support(relation)) - decided


def assert_nothing_else(before: Mapping[tuple[str, str, str], Relation], build: Build) -> None:
    """Claims that no line names, as itself or as what it is changed to, are as they were without corrections."""
    named: set[tuple[str, str, str]] = set()
    for outcome in build.outcomes:
        row = outcome.correction
        subject, obj = label(row.subject.name), label(row.object.name)
        left, right = (obj, subject) if row.reverse else (subject, obj)
        for denied in ("", "not "):
            named |= {(subject, f"{denied}{row.predicate}", obj), (left, f"{denied}{row.to or row.predicate}", right)}
    after = claims(build)
    assert {k: r for k, r in after.items() if k not in named} == {k: r for k, r in before.items() if k not in named}


@given(cases(with_entities=True))
def test_a_correction_of_an_entity_is_kept_reported_or_not_needed(case: tuple[tuple[Notes, ...], list[str]]) -> None:
    notes, lines = case
    with tempfile.TemporaryDirectory() as folder:
        for state in map(texts, notes):
            plain, build = built(Path(folder), state), built(Path(folder), state, rows(*lines))
            assert [o.correction.line for o in build.outcomes] == list(range(2, len(lines) + 2))
            assert_reported(build)
            assert build.graph == built(Path(folder), state, rows(*lines)).graph
            for outcome in build.outcomes:
                assert_entity(outcome, build)
            assert_other_entities(plain, build)


def called(build: Build, name: str) -> list[Entity]:
    return [e for e in build.graph.entities if name in {e.label, *e.aliases}]


def assert_entity(outcome: CorrectionOutcome, build: Build) -> None:
    row = outcome.correction
    found, others = called(build, row.subject.name), called(build, row.object.name)
    if row.decision == "different" and outcome.state in {"applied", "not needed"}:
        assert not {e.iri for e in found} & {e.iri for e in others}
    if outcome.state != "applied":
        return
    removed = {label(o.correction.subject.name) for o in build.outcomes if o.correction.decision == "not-entity"}
    joined = {label(name) for o in build.outcomes if o.correction.decision == "same" for name in names_of(o)}
    if row.decision == "not-entity":
        assert not found
    elif row.decision == "type" and not joined & removed:
        assert [e.type for e in found] == [row.to]
    elif row.decision == "label" and not (joined | {label(row.subject.name)}) & removed:
        assert [e.label for e in found] == [row.to]
    elif row.decision == "same" and not joined & removed:
        assert len(found) == 1
        assert found == others


def names_of(outcome: CorrectionOutcome) -> set[str]:
    return {outcome.correction.subject.name, outcome.correction.object.name} - {""}


def assert_other_entities(plain: Build, build: Build) -> None:
    """Entities that no line names are as they were."""
    named = {called for outcome in build.outcomes for name in names_of(outcome) for called in (name, label(name))}
    before = {e.iri: e for e in plain.graph.entities if e.label not in named}
    after = {e.iri: e for e in build.graph.entities}
    assert all(after.get(iri) == entity for iri, entity in before.items())
