"""What the page answers beside what it draws: how works compare, what contradicts what, and what the notes lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from papergraph.ask.source import Selectable
from papergraph.insight.compare import ASPECTS, Comparison, Contest, Value, compare_within
from papergraph.insight.conflicts import CONFLICTS, Conflict, find_conflicts
from papergraph.insight.gaps import Gap, Gaps, find_gaps
from papergraph.insight.part import most_linked
from papergraph.model import EntityType, Evidence, Graph
from papergraph.page.numbers import Numbers
from papergraph.page.predicates import PREDICATES

#: What people compare; see viz/page/src/acts.ts.
_COMPARED: frozenset[EntityType] = frozenset({"Method", "Model", "Dataset", "Paper", "Hardware"})
#: Entities among which works are compared; of a larger graph the best linked ones.
MOST_COMPARED = 50_000
#: Values of a cell beyond this are counted, not shown.
_MOST_VALUES = 12
#: Places of a contest, best first.
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a page, as commands give them."""

    comparison: Comparison
    conflicts: tuple[Conflict, ...]
    gaps: Gaps


def find_answers(source: Selectable, graph: Graph) -> Answers:
    """Return the answers about the entities of `graph`, which is all that `source` holds or a part of it.

    Raises:
        QueryError: if the source cannot answer.
    """
    known = {e.iri for e in graph.entities}
    works = [e.iri for e in most_linked(graph, MOST_COMPARED).entities if e.type in _COMPARED]
    gaps = find_gaps(source)
    ours = tuple(gap for gap in gaps.gaps if known.issuperset(gap.about))
    totals = gaps.totals if len(ours) == len(gaps.gaps) else _counted(ours)
    return Answers(compare_within(graph, works), find_conflicts(graph), Gaps(ours, totals))


def _counted(gaps: Iterable[Gap]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for gap in gaps:
        found[gap.kind] = found.get(gap.kind, 0) + 1
    return tuple(found.items())


def pack_answers(answers: Answers, nodes: Mapping[str, int], notes: Numbers, sentences: Numbers) -> dict[str, Any]:
    """Return the answers as plain values, with `nodes`, `notes` and `sentences` by their numbers in the page."""
    packing = _Packing(nodes, notes, sentences)
    return {
        "aspects": list(ASPECTS),
        "works": packing.works(answers.comparison),
        "contests": [packing.contest(contest) for contest in answers.comparison.contests],
        "conflicts": [packing.conflict(conflict) for conflict in answers.conflicts],
        "gaps": [packing.gap(gap) for gap in answers.gaps.gaps],
        "totals": [list(total) for total in answers.gaps.totals if total[1]],
    }


@dataclass(frozen=True, slots=True)
class _Packing:
    """Values as columns; the shapes are those of viz/page/src/answers.ts."""

    nodes: Mapping[str, int]
    notes: Numbers
    sentences: Numbers

    def works(self, comparison: Comparison) -> dict[str, list[list[Any]]]:
        """Return by node, for each aspect, the values of its cell; a number at its end counts those left out."""
        found = {}
        for column, work in enumerate(comparison.works):
            cells = [[*map(self.value, a.cells[column][:_MOST_VALUES])] for a in comparison.aspects]
            for cell, aspect in zip(cells, comparison.aspects, strict=True):
                if len(aspect.cells[column]) > _MOST_VALUES:
                    cell.append(len(aspect.cells[column]) - _MOST_VALUES)
            if any(cells):
                found[str(self.nodes[work.iri])] = cells
        return found

    def value(self, value: Value) -> Any:
        """Return what it is, its relation or -1, whether it is denied, its figures, and its first place."""
        predicate = PREDICATES.index(value.predicate) if value.predicate else -1
        if value.predicate is None and value.evidence and value.evidence[0].sentence == value.text:
            return ["", predicate, 0, [], *self.place(value.evidence[0])]
        place = self.place(value.evidence[0]) if value.evidence else []
        return [self.named(value.iri, value.text), predicate, int(value.denied), list(value.figures), *place]

    def named(self, iri: str, text: str) -> int | str:
        """Return the number of an entity on the page, else how it is called."""
        return self.nodes.get(iri, text)

    def place(self, evidence: Evidence) -> list[int]:
        return [self.notes[evidence.note], evidence.line, self.sentences[evidence.sentence]]

    def contest(self, contest: Contest) -> list[Any]:
        value = contest.value
        return [
            self.nodes[contest.subject],
            self.nodes[contest.object],
            PREDICATES.index(value.predicate or "comparedWith"),
            int(value.denied),
            list(contest.datasets),
            contest.metric,
            list(value.figures),
            [self.place(e) for e in value.evidence[:_MOST_PLACES]],
        ]

    def conflict(self, conflict: Conflict) -> list[Any]:
        kind = next(name for name, _ in CONFLICTS if conflict.kind.startswith(name))
        sides = [[self.notes[s.note], s.line, self.sentences[s.sentence]] for s in conflict.sides]
        if not sides and conflict.place:
            note, _, line = conflict.place.rpartition(":")
            sides = [[self.notes[note], int(line), self.sentences[""]]]
        about = [self.nodes[iri] for iri in conflict.about if iri in self.nodes]
        return [kind, conflict.message, about, sides, conflict.wording, dict(conflict.facts)]

    def gap(self, gap: Gap) -> list[Any]:
        about = [self.named(iri, name) for iri, name in zip(gap.about, gap.names, strict=True)]
        return [gap.kind, about, gap.reason, dict(gap.facts), [self.place(e) for e in gap.evidence]]
