"""What looks wrong in a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.ontology.kinds import group_of
from papergraph.text.folding import fold
from papergraph.vocabulary.values import Vocabulary, VocabularyEntry

#: Names with fewer letters differ by one letter as a matter of course.
_LONG = 12


def vocabulary_problems(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the problems found: clashes, invalid marks, unresolved ambiguity, and probable typos.

    >>> vocabulary_problems(Vocabulary((VocabularyEntry("method/a", "Method", "A", ambiguous=("A",)),)))
    ("method/a: 'A' is ambiguous and has no context words; add some",)
    """
    return (*_clashes(vocabulary), *_flags(vocabulary), *_typos(vocabulary))


def _flags(vocabulary: Vocabulary) -> Iterator[str]:
    for entry in vocabulary.entries:
        for form in entry.ambiguous:
            if form not in entry.forms:
                yield f"{_at(entry)}: {form!r} is marked as ambiguous but is not a form of this entry"
        for form in entry.exact:
            if form not in entry.forms or form in entry.ambiguous:
                yield f"{_at(entry)}: {form!r} is marked as exact but is ambiguous, or is not a form of this entry"
        for word in entry.unless:
            if not any(fold(form) in fold(word) and fold(form) != fold(word) for form in entry.forms):
                yield f"{_at(entry)}: {word!r} contains none of the forms of this entry"
        if entry.ambiguous and not entry.context:
            yield f"{_at(entry)}: {entry.ambiguous[0]!r} is ambiguous and has no context words; add some"


def _clashes(vocabulary: Vocabulary) -> Iterator[str]:
    seen: dict[str, tuple[VocabularyEntry, str]] = {}
    for entry in vocabulary.entries:
        for form in entry.forms:
            other, its = seen.setdefault(fold(form), (entry, form))
            flagged = form in entry.ambiguous or any(fold(f) == fold(form) for f in other.ambiguous)
            apart = form != its and form in entry.exact and its in other.exact
            topical = "Topic" in {entry.type, other.type}  # a field of research is named after its method
            if other is not entry and not flagged and not apart and not (topical and entry.type != other.type):
                yield f"{_at(entry)}: {form!r} is also a form of {_at(other)}"


def _typos(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield long names of one type that differ by one letter left out or two swapped: Hugging Face, Huging Face."""
    seen: dict[tuple[str, str], tuple[str, str, str]] = {}
    for entry in vocabulary.entries:
        for form in entry.forms:
            key = fold(form)
            if len(key) < _LONG or not key.isascii() or not key.isalpha():
                continue
            # the line between methods and models is thin, so a similar name in the other counts as well
            kind = group_of(entry.type)
            for variant in dict.fromkeys((key, *_variants(key))):
                other_key, other_form, other_id = seen.setdefault((kind, variant), (key, form, entry.id))
                if other_id != entry.id and _is_slip(key, other_key):
                    yield f"{_at(entry)}: {form!r} looks like a misspelling of {other_form!r}, or vice versa"
                    break


def _at(entry: VocabularyEntry) -> str:
    return f"{entry.place}: {entry.id}" if entry.place else entry.id


def _variants(key: str) -> Iterator[str]:
    for i in range(len(key)):
        yield key[:i] + key[i + 1 :]


def _is_slip(left: str, right: str) -> bool:
    """Tell whether near names differ by a lost letter or a swap; an s behind, a letter before or another is meant."""
    if len(left) == len(right):
        return left != right and sorted(left) == sorted(right)
    return left[:-1] != right and right[:-1] != left and left[1:] != right and right[1:] != left
