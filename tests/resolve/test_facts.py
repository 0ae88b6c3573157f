"""What notes say of names and titles together does not depend on how they are grouped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import EntityType, Extraction, Mention
from papergraph.resolve.facts import Facts, facts_of, together
from papergraph.resolve.keys import Keys
from papergraph.vocabulary import Vocabulary
from tests.resolve.test_merging import mention, note

KINDS: tuple[EntityType, ...] = ("Method", "Dataset", "Paper", "Topic")
MENTIONS = st.builds(
    lambda name, kind, start, sure, ids: mention(name, kind, start, confidence=sure, ids=ids),
    st.sampled_from(("Zeb", "Zebs", "A Long Title of Some Work", "A Long Title of Another Thing")),
    st.sampled_from(KINDS),
    st.integers(0, 9),
    st.sampled_from((0.0, 0.5, 0.9)),
    st.sampled_from(((), ("arXiv:2401.00001",), ("arXiv:2401.00002", "10.1145/1.2"))),
)


@st.composite
def notes(draw: st.DrawFn) -> list[Extraction]:
    found: list[list[Mention]] = draw(st.lists(st.lists(MENTIONS, max_size=4), max_size=5))
    return [note(f"{number}.md", *mentions) for number, mentions in enumerate(found)]


@given(notes(), st.integers(0, 5))
def test_any_order_and_grouping_gives_the_same(extractions: list[Extraction], cut: int) -> None:
    facts = [facts_of(extraction) for extraction in extractions]
    whole = together(facts)
    assert together([together(facts[cut:]), together(facts[:cut])]) == whole
    assert together([whole, Facts({}, frozenset())]) == whole


@given(notes())
def test_keys_of_a_note_need_no_more_than_what_is_said_of_its_own_names(extractions: list[Extraction]) -> None:
    from papergraph.resolve.facts import consulted_names
    from papergraph.text.folding import fold

    vocabulary = Vocabulary(())
    whole = together(map(facts_of, extractions))
    for extraction in extractions:
        names = {name for m in extraction.mentions for name in consulted_names(fold(m.name))}
        identifiers = {i for m in extraction.mentions for i in m.identifiers}
        part = Facts(
            {key: votes for key, votes in whole.seen.items() if key[0] in names},
            frozenset(title for title in whole.titles if title.identifier in identifiers),
        )
        needed = Keys.by_facts(part, vocabulary).of_note(extraction)
        assert needed == Keys.of(extractions, vocabulary).of_note(extraction)
