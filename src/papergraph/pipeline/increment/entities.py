"""Which entities an edit touches, and what becomes of them: their components are resolved again, and no others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from papergraph.model import Entity, Extraction
from papergraph.pipeline.increment.notes import KnownNotes, iris_by_key
from papergraph.pipeline.increment.state import State
from papergraph.resolve.components import Components, KeyedNote, give_iris, resolve_components
from papergraph.resolve.entity import NoteIndex
from papergraph.resolve.facts import Facts, consulted_names, facts_of, names_that_consult
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.keys import Keys, NoteKeys
from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary

_NO_FACTS = Facts({}, frozenset())
#: Tells whether the graph shows the line at which a note names an entity: its IRI and the path of the note are given.
ShowsLine = Callable[[str, str], bool]
#: For each key what a note says under it, without and with the places.
_Records = dict[str, tuple[list[object], list[object]]]


@dataclass(frozen=True, slots=True)
class TouchedEntities:
    """What becomes of the entities that an edit touches."""

    before: Mapping[str, KeyedNote]
    """The notes whose extraction, keys or IRIs change, as they were; new ones are left out."""
    after: Mapping[str, KeyedNote]
    """As they are; those that are gone are left out."""
    iris_before: Mapping[str, str]
    """The IRIs of all keys of `before`."""
    gone: tuple[tuple[str, str], ...]
    """IRI and type of each entity that is no longer, or is to be written anew."""
    entities: tuple[Entity, ...]
    """Those that are in their place."""


class EntityUpdate:
    """Resolves the components that changed notes touch, and keeps the new records in the state."""

    def __init__(
        self, state: State, known: KnownNotes, vocabulary: Vocabulary, base: str, shows_line: ShowsLine
    ) -> None:
        self._state = state
        self._known = known
        self._vocabulary = vocabulary
        self._base = base
        self._shows_line = shows_line

    def run(self, changed: Mapping[str, Extraction | None]) -> TouchedEntities:
        """Return what becomes of the entities when notes change; None stands for a note that is gone."""
        before = {path: self._known[path] for path in changed if path in self._known}
        extractions = {path: extraction for path, extraction in changed.items() if extraction is not None}
        for path in self._change_facts({p: e for p, (e, _) in before.items()}, extractions):
            before[path] = self._known[path]
            extractions[path] = before[path][0]
        after = self._keyed(extractions)
        keys = self._state.joined(self._touched(before, after))
        self._change_keys(before, after)
        components, wanted = self._resolve(self._state.joined(keys), after)
        return self._finish(before, after, components, wanted)

    def _change_facts(self, before: Mapping[str, Extraction], after: Mapping[str, Extraction]) -> set[str]:
        """Put new facts in the place of old ones; return the other notes whose keys may change by that."""
        old = {path: facts_of(extraction) for path, extraction in before.items()}
        new = {path: facts_of(extraction) for path, extraction in after.items()}
        names: set[str] = set()
        identifiers: set[str] = set()
        for path in {*old, *new}:
            one, other = old.get(path, _NO_FACTS), new.get(path, _NO_FACTS)
            names |= {name for (name, _), _ in one.seen.items() ^ other.seen.items()}
            identifiers |= {title.identifier for title in one.titles ^ other.titles}
        known = Keys.by_facts(self._state.facts(names, identifiers), self._vocabulary)
        for path, facts in old.items():
            self._state.drop_facts(path, facts)
        self._state.put_facts(new.items())
        now = Keys.by_facts(self._state.facts(names, identifiers), self._vocabulary)
        named = [name for name in names if known.known_of(name) != now.known_of(name)]
        titled = [i for i in identifiers if known.variants.get(i) != now.variants.get(i)]
        consulting = {other for name in named for other in names_that_consult(name)}
        return self._state.notes_with(consulting, titled) - {*before, *after}

    def _keyed(self, extractions: Mapping[str, Extraction]) -> dict[str, KeyedNote]:
        mentions = [mention for extraction in extractions.values() for mention in extraction.mentions]
        names = {name for mention in mentions for name in consulted_names(fold(mention.name))}
        identifiers = {i for mention in mentions for i in stated_identifiers(mention)}
        keys = Keys.by_facts(self._state.facts(names, identifiers), self._vocabulary)
        return {path: (extraction, keys.of_note(extraction)) for path, extraction in extractions.items()}

    def _touched(self, before: Mapping[str, KeyedNote], after: Mapping[str, KeyedNote]) -> set[str]:
        """Return the keys under which notes say something else than before."""
        touched: set[str] = set()
        for path in {*before, *after}:
            old, new = (_records(notes[path]) if path in notes else {} for notes in (before, after))
            of_old, of_new = (notes[path][1] if path in notes else _NO_KEYS for notes in (before, after))
            shifted: set[str] = set()
            for key in {*old, *new}:
                one, other = old.get(key), new.get(key)
                if one is None or other is None or one[0] != other[0]:
                    touched.add(key)
                elif one[1] != other[1]:
                    shifted.add(key)
            links = Counter(of_old.links), Counter(of_new.links)
            touched |= {end for link, _ in links[0].items() ^ links[1].items() for end in (link.hub, link.key)}
            claimed = {*of_old.claims, *of_new.claims}
            touched |= {key for key in claimed if of_old.claims.get(key) != of_new.claims.get(key)}
            iris = iris_by_key(self._state, shifted - touched)
            touched |= {key for key, iri in iris.items() if self._shows_line(iri, path)}
            touched |= self._clashing(shifted - touched)
        return touched

    def _clashing(self, keys: set[str]) -> set[str]:
        """Return the keys of entities that share an IRI but for a suffix, which depends on places."""
        owners = self._state.owners(keys)
        iris = {owner: iri for owner, (iri, _, _) in self._state.entities(set(owners.values())).items()}
        shared = Counter(iri for _, iri in self._state.unsuffixed(set(iris.values())))
        return {key for key, owner in owners.items() if shared[iris[owner]] > 1}

    def _change_keys(self, before: Mapping[str, KeyedNote], after: Mapping[str, KeyedNote]) -> None:
        for path, (_, keys) in before.items():
            self._state.drop_keys(path, keys)
        self._state.put_keys((path, keys) for path, (_, keys) in after.items())

    def _resolve(self, keys: set[str], after: Mapping[str, KeyedNote]) -> tuple[Components, set[str]]:
        """Resolve components, and those whose entities share an IRI with theirs; returns all their keys too."""
        knowing = Keys.by_facts(_NO_FACTS, self._vocabulary)
        while True:
            notes = [after[p] if p in after else self._known[p] for p in sorted(self._state.notes_of(keys))]
            links, claims = self._state.links(keys), self._state.claims(keys)
            found = resolve_components(notes, links, claims, knowing, self._base, keys.__contains__)
            iris = {entity.iri for entity in found.entities.values()}
            iris |= {unsuffixed for unsuffixed, _, _ in self._state.entities(keys).values()}
            more = {owner for owner, _ in self._state.unsuffixed(iris)} - keys
            if not more:
                return found, keys
            keys = self._state.joined(keys | more)

    def _finish(
        self,
        before: dict[str, KeyedNote],
        after: dict[str, KeyedNote],
        components: Components,
        keys: set[str],
    ) -> TouchedEntities:
        """Keep the new entities in the state, and find the notes of which they change a mention's IRI."""
        entities = give_iris(components.entities)
        gone = self._state.entities(keys)
        own = {key for path in self._state.notes_of(keys) for key in (after.get(path) or self._known[path])[1].own}
        owners = {key: components.partition.owner(key) for key in own & keys}
        old = iris_by_key(self._state, keys)
        moved = {key for key in {*old, *owners} if old.get(key) != (entities[owners[key]].iri if key in owners else "")}
        for path in self._state.notes_of(moved) - {*before, *after}:
            before[path] = after[path] = self._known[path]
        iris_before = iris_by_key(self._state, {key for _, of_note in before.values() for key in of_note.own})
        rows = [(o, components.entities[o].iri, e.iri, str(e.type)) for o, e in entities.items()]
        self._state.replace_entities(keys, owners.items(), rows)
        return TouchedEntities(
            before,
            after,
            iris_before,
            tuple(sorted((iri, kind) for _, iri, kind in gone.values())),
            tuple(sorted(entities.values(), key=lambda e: e.iri)),
        )


_NO_KEYS = NoteKeys((), (), {}, {})


def _records(note: KeyedNote) -> _Records:
    """Return what a note says under each key of its mentions, in their order."""
    records: _Records = defaultdict(lambda: ([], []))
    for key, said, place in sorted(_said(note), key=lambda item: (item[0], item[2])):
        records[key][0].append(said)
        records[key][1].append(place)
    return records


def _said(note: KeyedNote) -> Iterator[tuple[str, object, tuple[int, int, int]]]:
    extraction, keys = note
    index = NoteIndex.of(extraction)
    for number, (mention, key) in enumerate(zip(extraction.mentions, keys.own, strict=True)):
        said = (
            (mention.surface, mention.type, mention.name, mention.confidence, mention.vocabulary, mention.identifiers),
            [(attribute.key, attribute.value) for attribute in index.attributes.get(number, ())],
            index.reasons.get(number, ()),
            keys.stated.get(number),
        )
        yield key, said, (mention.line, mention.span.start, mention.span.end)
