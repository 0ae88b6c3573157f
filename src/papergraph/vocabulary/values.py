"""A vocabulary: entries, and the search for their names in text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from papergraph.model import EntityType
from papergraph.text.folding import fold
from papergraph.vocabulary.scan import Form, FormIndex, Hit, index_forms, scan_text


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """One thing that the vocabulary knows."""

    id: str
    """Kind and slug, such as `method/h2o`."""
    type: EntityType
    name: str
    zh: str = ""
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """Forms that mean something else as well and need context."""
    exact: tuple[str, ...] = ()
    """Forms that are another word in another case, and need none as they are listed: CLIP, RotatE, SICK."""
    context: tuple[str, ...] = ()
    """Cue words, case-folded; one of them near an ambiguous form makes it this entry."""
    source: str = ""
    """The paper that introduced it, such as `arXiv:1706.03762`, where it is listed."""
    work: bool = False
    """Some paper introduced it, be it listed or not; what is no work is common property."""
    values: tuple[tuple[str, str], ...] = ()
    """Further values, such as memoryGB and hardwareClass."""
    place: str = field(default="", compare=False)
    """File and line that list it."""
    unless: tuple[str, ...] = ()
    """Longer words that hold a form and do not mean the entry: 高通量 for 高通, 河北大学 for 北大."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Name, Chinese name and aliases, each once."""
        if not self.zh and not self.aliases:
            return (self.name,)
        return tuple(dict.fromkeys([f for f in (self.name, self.zh, *self.aliases) if f]))


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference or journal."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    """`conference`, `journal`, `workshop` or `preprint server`."""
    ambiguous: tuple[str, ...] = ()
    """Forms that are words or acronyms of other things as well."""


def _is_exact(entry: VocabularyEntry, form: str) -> bool:
    """Tell whether an entry has a form only as it is spelt: `QuALITY` is no quality, `Bridge` no bridge."""
    folded, strict = fold(form), {*entry.exact, *entry.ambiguous}
    return all(own in strict and own != form for own in entry.forms if fold(own) == folded)


@dataclass(frozen=True)
class Vocabulary:
    """All entries, with the automaton that finds their names."""

    entries: tuple[VocabularyEntry, ...]
    """Sorted by id."""
    venues: tuple[Venue, ...] = ()
    digest: str = ""
    """SHA-256 of the files that it was read from."""

    @cached_property
    def _by_id(self) -> dict[str, VocabularyEntry]:
        return {e.id: e for e in self.entries}

    @cached_property
    def _by_fold(self) -> dict[str, tuple[VocabularyEntry, ...]]:
        table: dict[str, list[VocabularyEntry]] = defaultdict(list)
        for entry in self.entries:
            for key in dict.fromkeys(map(fold, entry.forms)):
                table[key].append(entry)
        return dict(zip(table, map(tuple, table.values()), strict=True))

    @cached_property
    def _index(self) -> FormIndex:
        forms = [Form(f, e.id, f in e.ambiguous, exact=f in e.exact) for e in self.entries for f in e.forms]
        return index_forms(forms, {word for e in self.entries for word in e.unless})

    @cached_property
    def venue_names(self) -> frozenset[str]:
        """The names of all venues, as they are written."""
        return frozenset(name for venue in self.venues for name in (venue.name, *venue.aliases))

    def by_id(self, entry_id: str) -> VocabularyEntry:
        """Return the entry with this id; raises KeyError if there is none."""
        return self._by_id[entry_id]

    def find(self, form: str) -> tuple[VocabularyEntry, ...]:
        """Return the entries that have `form` among their names, however it is spelt; none that needs its capitals.

        >>> from papergraph.vocabulary import load_vocabulary
        >>> [e.id for e in load_vocabulary().find("Heavy Hitter Oracle")]
        ['method/h2o']
        """
        found = self._by_fold.get(fold(form), ())
        if form.islower() and any(entry.exact or entry.ambiguous for entry in found):
            return tuple(entry for entry in found if not _is_exact(entry, form))
        return found

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Return where names of the vocabulary stand in `text`, longest first at each place, in order.

        A name never starts or ends inside a Latin word, a number or a longer name: not `rag` in `superragent`, `EAGLE`
        in `EAGLE-2` or `LoRA` in `LoRA+`. Two letters must match in case, and so must ambiguous and exact forms.

        >>> from papergraph.vocabulary import load_vocabulary
        >>> [(h.start, h.end, h.form) for h in load_vocabulary().scan("在Llama2-70B上用 Flash Attention")]
        [(1, 11, 'Llama 2 70B'), (14, 29, 'FlashAttention')]
        """
        return tuple(scan_text(text, self._index))
