"""Where the words of a sentence stand in a text, however lines are broken and marked up."""

from __future__ import annotations

import unicodedata

from papergraph.model import Span


def find_quotation(text: str, sentence: str) -> Span | None:
    r"""Return the first place in `text` with the words of `sentence`; None if there is none.

    Letters, digits and plus signs count, in any case and width; white space, punctuation and marks do not. Both ends
    are ends of words; marks that end the sentence are taken along if they follow.

    >>> note = "- **SnapKV** builds\n  on H2O."
    >>> find_quotation(note, "SnapKV builds on H2O.").of(note)
    'SnapKV** builds\n  on H2O.'
    """
    wanted, _ = _letters(sentence)
    letters, places = _letters(text)
    start = letters.find(wanted) if wanted else -1
    while start >= 0:
        span = Span(places[start], places[start + len(wanted) - 1] + 1)
        if _is_whole(text, span):
            return Span(span.start, span.end + _shared(text[span.end : span.end + len(sentence)], sentence))
        start = letters.find(wanted, start + 1)
    return None


def letters_of(text: str) -> str:
    """Return what counts of a text: a sentence whose letters are not among it has no place there.

    >>> letters_of("- **H₂O** works.")
    'h2oworks'
    """
    return _letters(text)[0]


def _letters(text: str) -> tuple[str, list[int]]:
    """Return what counts of a text, with the offset of each character."""
    letters: list[str] = []
    places: list[int] = []
    for offset, character in enumerate(text):
        plain = character if character.isascii() else unicodedata.normalize("NFKC", character)
        for letter in plain.casefold():
            if letter.isalnum() or letter == "+":
                letters.append(letter)
                places.append(offset)
    return "".join(letters), places


def _shared(after: str, sentence: str) -> int:
    """Return how many of the marks that end a sentence follow its words in the text too."""
    bare = len(sentence.rstrip())
    while bare and not _letters(sentence[bare - 1])[0]:
        bare -= 1
    marks = sentence.rstrip()[bare:]
    return next((n for n, mark in enumerate(marks) if after[n : n + 1] != mark), len(marks))


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether no word goes on beyond either end; Chinese writes words without space between."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return not (_goes_on(before, text[span.start]) or _goes_on(text[span.end - 1], after) or after == "+")


def _goes_on(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
