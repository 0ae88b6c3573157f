"""A vocabulary: entries, and the search for their names in text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import ahocorasick_rs

from papergraph.model import EntityType
from papergraph.names import fold
from papergraph.vocabulary.folding import FoldedText, fold_text, search_forms

_WORD = re.compile(r"[A-Za-z0-9.]+")


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
    context: tuple[str, ...] = ()
    """Cue words, case-folded; one of them near an ambiguous form makes it this entry."""
    source: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Further values, such as memoryGB and hardwareClass."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Name, Chinese name and aliases, each once."""
        return tuple(dict.fromkeys(f for f in (self.name, self.zh, *self.aliases) if f))


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference or journal."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text where a name of the vocabulary stands."""

    start: int
    end: int
    entries: tuple[str, ...]
    """Ids of the entries that have this name, sorted."""
    ambiguous: bool
    """The form needs context for every one of them."""


@dataclass(frozen=True, slots=True)
class _Form:
    surface: str
    entry: str
    ambiguous: bool


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
            for key in dict.fromkeys(fold(f) for f in entry.forms):
                table[key].append(entry)
        return {key: tuple(entries) for key, entries in table.items()}

    @cached_property
    def _forms(self) -> dict[str, tuple[_Form, ...]]:
        table: dict[str, list[_Form]] = defaultdict(list)
        for entry in self.entries:
            flagged = set(entry.ambiguous)
            for surface in entry.forms:
                for pattern in search_forms(surface):
                    table[pattern].append(_Form(surface, entry.id, surface in flagged))
        return {pattern: tuple(forms) for pattern, forms in sorted(table.items())}

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        return tuple(self._forms)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)

    def by_id(self, entry_id: str) -> VocabularyEntry:
        """Return the entry with this id; raises KeyError for a stranger."""
        return self._by_id[entry_id]

    def find(self, form: str) -> tuple[VocabularyEntry, ...]:
        """Return the entries that have `form` among their names, however it is spelt.

        >>> from papergraph.vocabulary import load_vocabulary
        >>> [e.id for e in load_vocabulary().find("Heavy Hitter Oracle")]
        ['method/h2o']
        """
        return self._by_fold.get(fold(form), ())

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Return where names of the vocabulary stand in `text`, longest first at each place, in order.

        A name never starts or ends inside a Latin word, a number or a longer name: not `rag` in `superragent`, `EAGLE`
        in `EAGLE-2` or `LoRA` in `LoRA+`. Two letters must match in case, and so must ambiguous forms.
        """
        return tuple(self._hits(text, fold_text(text)))

    def _hits(self, text: str, folded: FoldedText) -> Iterator[Hit]:
        last = 0
        for number, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=False):
            begin, stop = folded.original(start, end)
            if begin < last or not self._stands_alone(text, begin, stop):
                continue
            forms = [f for f in self._forms[self._patterns[number]] if _same_case(f, text[begin:stop])]
            if forms:
                entries = tuple(sorted({f.entry for f in forms}))
                last = stop
                yield Hit(begin, stop, entries, all(f.ambiguous for f in forms))

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        return self._free_before(text, start) and self._free_after(text, end)

    def _free_before(self, text: str, start: int) -> bool:
        if not _is_latin(text[start]) or start == 0:
            return True
        if _is_latin(text[start - 1]) or (text[start - 1] == "." and start > 1 and text[start - 2].isdigit()):
            return False
        if text[start - 1] in "-_" and start > 1 and _is_latin(text[start - 2]):
            word = _last_word(text, start - 1)
            return word.islower() or fold(word) in self._by_fold
        return True

    def _free_after(self, text: str, end: int) -> bool:
        last, following = text[end - 1], text[end : end + 1]
        if not following or not (_is_latin(last) or last in "+)"):
            return True
        if _is_latin(following):
            return following == "s" and last.isupper() and not _is_latin(text[end + 1 : end + 2])
        if following == "+" or (following == "." and text[end + 1 : end + 2].isdigit() and last.isdigit()):
            return False
        if following in "-_" and (word := _WORD.match(text, end + 1)):
            rest = word[0].rstrip(".")
            return (rest.islower() and not any(c.isdigit() for c in rest)) or fold(rest) in self._by_fold
        return True


def vocabulary_doubts(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what looks wrong: one form in two entries of one type without a flag, ambiguous forms without context.

    >>> vocabulary_doubts(Vocabulary((VocabularyEntry("method/a", "Method", "A", ambiguous=("A",)),)))
    ("method/a: 'A' is ambiguous, but no context settles it",)
    """
    doubts: list[str] = []
    seen: dict[str, VocabularyEntry] = {}
    for entry in vocabulary.entries:
        doubts += [
            f"{entry.id}: {f!r} is flagged but is no form of it" for f in entry.ambiguous if f not in entry.forms
        ]
        if entry.ambiguous and not entry.context:
            doubts.append(f"{entry.id}: {entry.ambiguous[0]!r} is ambiguous, but no context settles it")
        for form in entry.forms:
            other = seen.setdefault(fold(form), entry)
            flagged = form in entry.ambiguous or any(fold(f) == fold(form) for f in other.ambiguous)
            topical = "Topic" in {entry.type, other.type}  # a field of research is named after its method
            if other is not entry and not flagged and not topical:
                doubts.append(f"{entry.id}: {form!r} is also a form of {other.id}")
    return tuple(doubts)


def _is_latin(character: str) -> bool:
    """Tell whether a character belongs to a word of an alphabet or a number; a Chinese character is a word itself."""
    return character.isalnum() and not "\u2e80" <= character <= "\u9fff" and not "\uac00" <= character <= "\ufaff"


def _last_word(text: str, end: int) -> str:
    start = end
    while start > 0 and _is_latin(text[start - 1]):
        start -= 1
    return text[start:end]


def _same_case(form: _Form, surface: str) -> bool:
    letters = [c for c in form.surface if c.isalpha()]
    if len(letters) > 3 and not form.ambiguous:
        return True
    if _letters(surface) == "".join(letters):
        return True
    return len(letters) == 3 and not form.ambiguous and (surface.islower() or surface.isupper())


def _letters(surface: str) -> str:
    return "".join(c for c in surface if c.isalpha())
