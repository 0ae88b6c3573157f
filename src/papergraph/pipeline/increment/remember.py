"""Keeping the records of a build of all notes, from which the next build goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from papergraph.assemble.claims import Key
from papergraph.assemble.related import Pair, pair_of
from papergraph.assemble.relations import claimed_keys, loops_of_note
from papergraph.model import Extraction, Problem
from papergraph.pipeline.increment.record import NoteRow, Problems, in_order
from papergraph.pipeline.increment.state import UNUSABLE, State, opened
from papergraph.pipeline.readers import Outcome
from papergraph.resolve import Resolved
from papergraph.resolve.components import give_iris


def remember(
    folder: Path,
    outcomes: Sequence[Outcome],
    resolved: Resolved,
    outweighed: Mapping[Key, tuple[Problem, ...]],
    **meta: str,
) -> None:
    """Keep what the state of the store in `folder` needs to know of a graph without corrections, with values by name.

    A disk that refuses costs only time at the next build.
    """
    with contextlib.suppress(*UNUSABLE), opened(folder) as state:
        state.begin(anew=True)
        _put_notes(state, outcomes, resolved)
        _put_entities(state, resolved)
        pairs: dict[Pair, set[Problem]] = {}
        for (subject, _, obj), problems in outweighed.items():
            pairs.setdefault(pair_of(subject, obj), set()).update(problems)
        state.replace_problems((), ((pair, in_order(problems)) for pair, problems in pairs.items()))
        state.commit(**meta)


def _put_notes(state: State, outcomes: Sequence[Outcome], resolved: Resolved) -> None:
    read = [outcome for outcome in outcomes if outcome.extraction]
    iris = resolved.resolution.mention_entities
    for outcome, facts, keys, names in zip(read, resolved.facts, resolved.keys, iris, strict=True):
        extraction = outcome.extraction
        if extraction:
            path, loops = extraction.path, in_order(loops_of_note(extraction, names))
            state.put_rows([(path, row_of(outcome, extraction, loops), keys)])
            state.put_facts([(path, facts)])
            state.put_keys([(path, keys)])
            state.put_relations(path, claimed_keys(extraction, names))
    unread = (outcome for outcome in outcomes if not outcome.extraction)
    state.put_rows((o.note.name, NoteRow(o.sha256, problem=o.problem), None) for o in unread)


def _put_entities(state: State, resolved: Resolved) -> None:
    components = resolved.components
    owners = {key: components.partition.owner(key) for keys in resolved.keys for key in keys.own}
    entities = give_iris(components.entities)
    rows = ((o, components.entities[o].iri, e.iri, str(e.type)) for o, e in entities.items())
    state.replace_entities((), owners.items(), rows)


def row_of(outcome: Outcome, extraction: Extraction, loops: Problems = ()) -> NoteRow:
    """Return what is remembered of a note that was read."""
    (key,) = outcome.keys
    return NoteRow(
        extraction.sha256,
        key,
        warnings=extraction.warnings,
        replies=outcome.replies,
        consulted=outcome.consulted,
        loops=loops,
    )
