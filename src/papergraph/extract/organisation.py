"""Organisations by the words in their names."""

from __future__ import annotations

from collections.abc import Sequence

from papergraph.extract.word_lists import word_set
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary


def is_organisation(name: str) -> bool:
    """Tell whether a name that nobody listed is an organisation's by one of its words.

    >>> is_organisation("Great Bay University"), is_organisation("Ming-Yu Liu")
    (True, False)
    """
    words = word_set("generic", "organisation_words")
    parts = name.casefold().replace(".", " ").split()
    return any(p in words for p in parts) or any(is_chinese(w) and name.endswith(w) for w in words)


def is_maker(vocabulary: Vocabulary, name: str) -> bool:
    """Tell whether what stands in a list of authors is one organisation, or several without a comma between them."""
    known = any(e.type == "Institution" and name in (e.name, *e.aliases) for e in vocabulary.find(name))
    if known or is_organisation(name):
        return True
    return all(any(e.type == "Institution" for e in vocabulary.find(word)) for word in name.split())


def without_address(vocabulary: Vocabulary, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of organisations without the departments, streets and places that stand beside them.

    >>> from papergraph.vocabulary import load_vocabulary
    >>> names = ("School of Physics", "Chemistry", "Zorb University", "Research Ave", "North Edinburgh", "UK")
    >>> without_address(load_vocabulary(), names)
    ('Zorb University',)
    """
    whole = [is_maker(vocabulary, name) and not _is_unit(name) and not _is_street(name) for name in names]
    if not any(whole):
        return tuple(names)
    beside = [number > 0 and _is_unit(names[number - 1]) for number in range(len(names))]
    parts = [
        is_beside or _is_unit(name) or _is_street(name) or _is_place(vocabulary, name)
        for name, is_beside in zip(names, beside, strict=True)
    ]
    return tuple(n for n, is_whole, is_part in zip(names, whole, parts, strict=True) if is_whole or not is_part)


def _is_unit(name: str) -> bool:
    """Tell whether a name is a department's: `School of Physics`, but not `School of Physics (Zorb University)`."""
    first, _, rest = name.casefold().partition(" ")
    return first.rstrip(".") in word_set("generic", "units") and not any(w in rest for w in ("univers", "("))


def _is_street(name: str) -> bool:
    return name.casefold().split()[-1].rstrip(".") in word_set("generic", "streets")


def _is_place(vocabulary: Vocabulary, name: str) -> bool:
    """Tell whether a name ends with a place's; that of an organisation, known or in capitals, may stand before it."""
    *before, last = name.split()
    folded = name.casefold().split()
    if {" ".join(folded[-n:]) for n in range(1, 4)}.isdisjoint(word_set("generic", "places")):
        return False
    if any(sum(map(str.isupper, word)) > 1 for word in before):
        return False
    return not any(e.type == "Institution" for word in (*before, last) for e in vocabulary.find(word))
