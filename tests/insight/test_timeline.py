"""How something developed."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.choose import choose
from papergraph.insight.timeline import Timeline, read_timeline
from papergraph.store import GraphStore, memory_store, open_store
from tests import graphs
from tests.graphs import iri
from tests.insight.test_gaps import method, paper, said, store_of

SMALL = memory_store(graphs.small_graph(), graphs.RUN, threshold=0.5)


def listed(timeline: Timeline) -> list[tuple[str, str]]:
    return [(event.year, event.label) for event in timeline.events]


def test_a_method_has_a_family_by_year_and_those_without_one_come_last() -> None:
    found = read_timeline(SMALL, graphs.H2O)
    assert (found.label, found.type) == ("H2O", "Method")
    assert listed(found) == [("2023", "H2O"), ("2024", "Keyformer"), ("", "Squeezed Attention")]
    start, step, _ = found.events
    assert (start.predicate, start.title, start.evidence[0].line) == (None, "An oracle of heavy hitters", 1)
    assert (step.predicate, step.other, step.evidence[0].note) == ("improvesOn", "H2O", "caches.md")
    assert [year for year, _ in found.years()] == ["2023", "2024", ""]


def test_a_topic_has_the_works_of_narrower_ones() -> None:
    assert listed(read_timeline(SMALL, graphs.CACHES)) == [("2023", "An oracle of heavy hitters")]
    assert listed(read_timeline(SMALL, graphs.TSINGHUA)) == [("2025", "在手机上运行大模型")]
    assert listed(read_timeline(SMALL, graphs.PHONE)) == [("2025", "在手机上运行大模型")]
    assert listed(read_timeline(SMALL, graphs.PERSON)) == [("2025", "在手机上运行大模型")]
    assert listed(read_timeline(SMALL, graphs.MMLU)) == [("", "Llama 2")]


def test_a_thing_and_its_paper_are_one_work() -> None:
    topic = iri("Topic", "t")
    store = store_of(
        [
            said(paper("p"), "hasTopic", topic, 2),
            said(method("a"), "hasTopic", topic, 3),
            said(paper("p"), "introduces", method("a")),
        ],
        {paper("p"): "2024"},
    )
    (event,) = read_timeline(store, topic).events
    assert (event.label, event.year, event.title, event.evidence[0].line) == ("A", "2024", "P", 3)


def test_topics_in_a_circle_are_walked_once() -> None:
    one, other = iri("Topic", "t"), iri("Topic", "u")
    store = store_of([said(one, "broader", other), said(other, "broader", one), said(method("a"), "hasTopic", other)])
    assert listed(read_timeline(store, one)) == [("", "A")]


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


def test_every_work_of_the_sample_cites_a_line(demo: GraphStore) -> None:
    for name in ("H2O", "LoRA", "Stanford", "NVIDIA A100", "LongBench"):
        found = read_timeline(demo, choose(demo, name).iri)
        assert len(found.events) > 1
        assert all(event.evidence for event in found.events)
        years = [event.year for event in found.events]
        assert years == sorted(years, key=lambda y: (not y, y))
