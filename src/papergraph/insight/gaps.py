"""What the notes lack: what to read next, and which facts, crossings and second sources are missing.

That the notes do not say something does not mean that nobody does. Each kind is ranked and cut at a number, and its
total is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from papergraph.ask.source import Selectable
from papergraph.insight.bridges import bridges
from papergraph.insight.claims import read_claims
from papergraph.insight.outline import Outline, read_outline
from papergraph.model import Evidence, Predicate

#: Gaps of each kind that are shown.
MOST = 10
#: Works that make a topic or a device worth a look, and the smaller part that a bridge must hold.
_FEW = 3
#: Topics and devices that are crossed with each other, the largest first.
_CROSSED = 60
#: Works that a reason names.
_NAMED = 3
_RELYING: tuple[Predicate, ...] = ("extends", "improvesOn", "uses")
_LINKING: tuple[Predicate, ...] = (*_RELYING, "outperforms", "comparedWith")
_HARDWARE: tuple[Predicate, ...] = ("targetsHardware", "measuredOn")
_DATASETS: tuple[Predicate, ...] = ("evaluatedOn", "trainedOn")
_ALL: tuple[Predicate, ...] = (*_LINKING, *_HARDWARE, *_DATASETS, "introduces", "hasTopic", "broader")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that the notes lack."""

    kind: str
    """The name of a row of `GAPS`."""
    about: tuple[str, ...]
    """IRIs of the entities that it is about."""
    names: tuple[str, ...]
    """What each of them is called."""
    reason: str
    """Why it is listed, in numbers and names that one can check."""
    weight: int
    """Its rank within its kind; more counts more."""
    facts: tuple[tuple[str, str], ...] = ()
    """The numbers and names of the reason, by what they are: `works`, `notes`, `examples` and others."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def label(self) -> str:
        """The names as one text."""
        return (" \u2013 " if self.kind == "one source" else " \u00d7 ").join(self.names)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the notes lack, ranked."""

    gaps: tuple[Gap, ...]
    """By kind in the order of `GAPS`, the weightiest first."""
    totals: tuple[tuple[str, int], ...]
    """How many there are of each kind, shown or not; of links with one source only those that are shown are known."""


def find_gaps(source: Selectable, *, most: int = MOST) -> Gaps:
    """Return what the notes lack, at most `most` of each kind; 0 stands for all.

    Raises:
        QueryError: if the store cannot answer.
    """
    outline = read_outline(source, _ALL)
    gaps: list[Gap] = []
    totals = []
    for kind, find in GAPS:
        found = sorted(find(outline), key=lambda g: (-g.weight, g.label.casefold(), g.about))
        if kind == "one source":
            found = list(islice(_single(source, found), most or None))
            totals.append((kind, len(found)))
        else:
            totals.append((kind, len(found)))
            found = found[: most or None]
        gaps += found
    return Gaps(tuple(_with_evidence(source, gaps)), tuple(totals))


def _works(number: int, verb: str) -> str:
    """Return how many works do something.

    >>> _works(1, "name"), _works(2, "name")
    ('1 work names', '2 works name')
    """
    return f"{number} work {verb}s" if number == 1 else f"{number} works {verb}"


def _relying(number: int) -> str:
    """Return how many works rely on something.

    >>> _relying(1), _relying(2)
    ('1 work relies on it', '2 works rely on it')
    """
    return "1 work relies on it" if number == 1 else f"{number} works rely on it"


def _facts(**values: object) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in values.items())


def _unread(outline: Outline) -> Iterator[Gap]:
    """Yield what others rely on and no note is about: it has no paper, and nothing is said of it."""
    described = {s for s, _, _ in outline.claims}
    for iri, users in outline.dependents.items():
        if outline.types.get(iri) in {"Method", "Model"} and iri not in outline.papers and iri not in described:
            reason = f"{_relying(len(users))}; no paper introduces it, and no note describes it"
            yield Gap("unread", (iri,), (outline.label(iri),), reason, len(users), _facts(works=len(users)))


def _no_paper(outline: Outline) -> Iterator[Gap]:
    """Yield what others rely on and a note describes, without its paper."""
    described = {s for s, _, _ in outline.claims}
    for iri, users in outline.dependents.items():
        if outline.types.get(iri) in {"Method", "Model"} and iri not in outline.papers and iri in described:
            reason = f"{_relying(len(users))}; no paper introduces it"
            yield Gap("no paper", (iri,), (outline.label(iri),), reason, len(users), _facts(works=len(users)))


def _no_year(outline: Outline) -> Iterator[Gap]:
    """Yield papers without a year, by what builds on them and on what they introduce."""
    for iri, kind in outline.types.items():
        if kind == "Paper" and iri not in outline.years:
            users = {u for thing in (iri, *outline.things.get(iri, ())) for u in outline.dependents.get(thing, ())}
            reason = f"no note gives its year; {_relying(len(users))}"
            yield Gap("no year", (iri,), (outline.label(iri),), reason, len(users), _facts(works=len(users)))


def _without(outline: Outline, kind: str, predicates: tuple[Predicate, ...], lacking: str) -> Iterator[Gap]:
    """Yield what a paper introduces and others rely on, and of which neither it nor the paper has such a claim."""
    having = {subject for subject, _ in outline.pairs(*predicates)}
    for iri, papers in outline.papers.items():
        users = outline.dependents.get(iri, frozenset())
        if users and outline.types.get(iri) != "Dataset" and not having & {iri, *papers}:
            reason = f"{_relying(len(users))}; no note says {lacking}"
            yield Gap(kind, (iri,), (outline.label(iri),), reason, len(users), _facts(works=len(users)))


def _no_hardware(outline: Outline) -> Iterator[Gap]:
    return _without(outline, "no hardware", _HARDWARE, "what it runs on")


def _no_dataset(outline: Outline) -> Iterator[Gap]:
    return _without(outline, "no dataset", _DATASETS, "what it was evaluated on")


def _filed(outline: Outline) -> Mapping[str, set[str]]:
    """Return the works on each topic, those on narrower topics among them."""
    above: dict[str, list[str]] = defaultdict(list)
    for narrower, broader in outline.pairs("broader"):
        above[narrower].append(broader)
    found: dict[str, set[str]] = defaultdict(set)
    for iri, topic in outline.pairs("hasTopic"):
        seen, waiting = {topic}, [topic]
        while waiting:
            here = waiting.pop()
            found[here].update(outline.works(iri))
            fresh = [t for t in above.get(here, ()) if t not in seen]
            seen.update(fresh)
            waiting += fresh
    return found


def _empty_cells(outline: Outline) -> Iterator[Gap]:
    """Yield a topic and a device that several works name each, but none both; topics must be about hardware at all."""
    running: dict[str, set[str]] = defaultdict(set)
    for iri, device in outline.pairs(*_HARDWARE):
        running[device].update(outline.works(iri))
    somewhere = set().union(*running.values())
    topics = {topic: works & somewhere for topic, works in _filed(outline).items()}
    for topic, ours in _largest(topics):
        for device, theirs in _largest(running):
            if not ours & theirs:
                names = (outline.label(topic), outline.label(device))
                reason = (
                    f"{_works(len(ours), 'name')} hardware on {outline.label(topic)} ({_some(outline, ours)}), none of "
                    f"them {outline.label(device)}, which {_works(len(theirs), 'name')} ({_some(outline, theirs)})"
                )
                facts = _facts(
                    works=len(ours),
                    examples=_some(outline, ours),
                    others=len(theirs),
                    other_examples=_some(outline, theirs),
                    topic=names[0],
                    device=names[1],
                )
                yield Gap("empty cell", (topic, device), names, reason, len(ours) * len(theirs), facts)


def _largest(found: Mapping[str, set[str]]) -> list[tuple[str, set[str]]]:
    kept = [(iri, works) for iri, works in found.items() if len(works) >= _FEW]
    return sorted(kept, key=lambda pair: (-len(pair[1]), pair[0]))[:_CROSSED]


def _some(outline: Outline, works: Iterable[str]) -> str:
    names = sorted({outline.short_label(iri) for iri in works}, key=lambda n: (n.casefold(), n))
    return ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")


def _stale(outline: Outline) -> Iterator[Gap]:
    """Yield topics whose newest work is two years older than the newest of all; there is no clock."""
    newest = max(map(int, outline.years.values()), default=0)
    for topic, works in _filed(outline).items():
        years = sorted(int(outline.years[w]) for w in works if w in outline.years)
        if len(years) >= _FEW and years[-1] <= newest - 2:
            last = f"the newest of {len(years)} dated works is from {years[-1]}"
            reason = f"{last}; the newest in the notes is from {newest}"
            facts = _facts(works=len(years), last=years[-1], newest=newest)
            weight = (newest - years[-1]) * len(years)
            yield Gap("stale topic", (topic,), (outline.label(topic),), reason, weight, facts)


def _one_source(outline: Outline) -> Iterator[Gap]:
    """Yield claims between works whose loss would split the graph; whether each has one source is looked up later."""
    ends: dict[tuple[str, str], tuple[str, str]] = {}
    for subject, obj in outline.pairs(*_LINKING):
        ends[min(subject, obj), max(subject, obj)] = (subject, obj)
    for one, other, size in bridges(ends):
        if size >= _FEW:
            subject, obj = ends[min(one, other), max(one, other)]
            names = (outline.label(subject), outline.label(obj))
            reason = f"one sentence alone connects {size} works to the others"
            yield Gap("one source", (subject, obj), names, reason, size, _facts(works=size))


def _single(source: Selectable, found: Iterable[Gap]) -> Iterator[Gap]:
    """Yield the bridges that one piece of evidence supports, with it."""
    for gap in found:
        subject, obj = gap.about
        both = read_claims(source, [subject, obj], _LINKING)
        claims = [c for c in both if {c.subject, c.object} == {subject, obj} and not c.denied]
        evidence = {(e.note, e.line): e for c in claims for e in c.evidence}
        if len(evidence) == 1:
            yield replace(gap, evidence=tuple(evidence.values()))


#: By which claims, read from which end, a gap is shown in the notes.
_SHOWN_BY: dict[str, tuple[tuple[Predicate, ...], bool]] = {
    "unread": (_RELYING, False),
    "no paper": (_RELYING, False),
    "no year": (("introduces", "hasTopic"), True),
    "no hardware": (_RELYING, False),
    "no dataset": (_RELYING, False),
    "stale topic": (("hasTopic",), False),
}


def _with_evidence(source: Selectable, gaps: list[Gap]) -> Iterator[Gap]:
    """Yield the gaps with up to three places, in different notes where there are, and how many notes there are."""
    for gap in gaps:
        if gap.kind not in _SHOWN_BY:
            yield gap
            continue
        predicates, outgoing = _SHOWN_BY[gap.kind]
        claims = read_claims(source, gap.about, predicates, "subject" if outgoing else "object")
        evidence = {(e.note, e.line): e for c in reversed(claims) if not c.denied for e in c.evidence[:1]}
        seen: dict[str, int] = defaultdict(int)
        order = []
        for item in reversed(evidence.values()):
            seen[item.note] += 1
            order.append((seen[item.note], item.note, item.line, item))
        order.sort(key=lambda row: row[:3])
        reason = f"{gap.reason}; in {_notes(len(seen))}" if predicates == _RELYING else gap.reason
        facts = (*gap.facts, *_facts(notes=len(seen)))
        yield replace(gap, reason=reason, facts=facts, evidence=tuple(row[3] for row in order[:_NAMED]))


def _notes(number: int) -> str:
    return f"{number} {'note' if number == 1 else 'notes'}"


#: Every kind of gap, in the order in which people read them.
GAPS: tuple[tuple[str, Callable[[Outline], Iterator[Gap]]], ...] = (
    ("unread", _unread),
    ("no paper", _no_paper),
    ("no year", _no_year),
    ("no hardware", _no_hardware),
    ("no dataset", _no_dataset),
    ("empty cell", _empty_cells),
    ("stale topic", _stale),
    ("one source", _one_source),
)
