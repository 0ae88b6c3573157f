"""The search for all names of a vocabulary in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from papergraph.text.folding import compatible, fold
from papergraph.text.scripts import without_script_marks
from papergraph.vocabulary.edges import goes_on, stands_alone
from papergraph.vocabulary.offsets import FoldedText, fold_form, fold_text
from papergraph.vocabulary.seams import is_parted_well


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text where a name of the vocabulary stands."""

    start: int
    end: int
    entries: tuple[str, ...]
    """Ids of the entries that have this name, sorted."""
    ambiguous: bool
    """The form needs context for every one of them."""
    form: str = ""
    """The name as the vocabulary lists it; the first entry's, where several have it."""


class Form(NamedTuple):
    """One listed spelling of one entry."""

    surface: str
    entry: str
    """Empty for a word that is no name and keeps the names in it from being read."""
    ambiguous: bool
    exact: bool = False
    """In another case it is another word."""


@dataclass(frozen=True, slots=True)
class FormIndex:
    """All names, by their folded spelling, with the automaton that finds them."""

    table: dict[str, tuple[Form, ...]]
    patterns: tuple[str, ...]
    automaton: ahocorasick_rs.AhoCorasick


def index_forms(forms: Sequence[Form], words: Set[str] = frozenset()) -> FormIndex:
    """Return the index of `forms`, and of words that hold a form and mean something else; order does not matter."""
    table: dict[str, list[Form]] = {}
    for form in (*forms, *(Form(word, "", ambiguous=True) for word in words)):
        if key := fold_form(form.surface):
            table.setdefault(key, []).append(form)
    patterns = tuple(sorted(table))
    # Every match is wanted, not only the longest: the longest may end inside a word, and the next one stand alone.
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MATCHKIND_STANDARD)
    ordered = {k: tuple(sorted(table[k], key=_entry_of) if len(table[k]) > 1 else table[k]) for k in patterns}
    return FormIndex(ordered, patterns, automaton)


def _entry_of(form: Form) -> str:
    return form.entry


def scan_text(text: str, index: FormIndex) -> Iterator[Hit]:
    """Yield the names in `text` in order, the longest at the leftmost place; none overlaps another."""
    folded = fold_text(text)
    found = index.automaton.find_matches_as_indexes(folded.text, overlapping=True)
    offsets = folded.offsets
    found = [m for m in found if not _is_inside_word(text, offsets[m[1]])]  # most are: settle them before sorting
    last, refused = 0, -1
    for number, start, end in sorted(found, key=lambda m: (m[1], -m[2])):
        if start < last or (place := folded.original(start, end)) is None:
            continue
        if start == refused and goes_on(text, place[1]):
            continue  # it starts a name like a listed one, but another: Claude 2.1 next to Claude 2
        if not stands_alone(text, *place, index.table):
            refused = start
            continue
        forms = _fitting(text, folded, start, end, place, index.table[index.patterns[number]])
        if forms:
            last = end
            if forms[-1].entry:  # a word without an entry sorts first
                yield _hit(place, [form for form in forms if form.entry])


def _is_inside_word(text: str, start: int) -> bool:
    """Tell whether an ASCII letter or digit at `start` follows another, so that no name can start there."""
    if start == 0:
        return False
    pair = text[start - 1 : start + 1]
    return pair.isascii() and pair.isalnum()


def _hit(place: tuple[int, int], forms: list[Form]) -> Hit:
    entries = tuple(sorted({form.entry for form in forms}))
    return Hit(*place, entries, all(form.ambiguous for form in forms), forms[0].surface)


def _fitting(
    text: str, folded: FoldedText, start: int, end: int, place: tuple[int, int], forms: tuple[Form, ...]
) -> list[Form]:
    surface = text[place[0] : place[1]]
    return [
        form
        for form in forms
        if _is_same_case(form, surface)
        and is_parted_well(text, folded, start, end, form.surface)
        and (surface.isascii() or fold(surface) == fold(form.surface))
    ]


def _is_same_case(form: Form, surface: str) -> bool:
    own = _letters(form.surface)
    is_fixed = form.ambiguous or form.exact
    if len(own) > 3 and not is_fixed:
        return True
    written = _letters(surface)
    if written == own:
        return True
    return len(own) == 3 and not is_fixed and (written.islower() or written.isupper())


@lru_cache(maxsize=65_536)
def _letters(surface: str) -> str:
    plain = without_script_marks(surface if surface.isascii() else compatible(surface))
    return "".join(c for c in plain if c.isalpha())
