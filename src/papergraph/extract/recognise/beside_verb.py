"""What an ambiguous name means beside a verb that stands between works: Quest in `Quest outperforms H2O`."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.word_lists import word_pattern
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary import Hit, Vocabulary, VocabularyEntry

#: Characters between two names with a verb.
_REACH = 60
_MARKUP = r"[\s*_`=~\[\]「」『』《》“”\"#]*"


def beside_verb(vocabulary: Vocabulary, text: str, hits: tuple[Hit, ...], number: int) -> VocabularyEntry | None:
    """Return the one method or model that a hit may mean, if only such a verb stands between it and another of them.

    >>> from papergraph.vocabulary import load_vocabulary
    >>> known = load_vocabulary()
    >>> def meant(text):
    ...     hits = known.scan(text)
    ...     return [entry.name for n in range(len(hits)) if (entry := beside_verb(known, text, hits, n))]
    >>> meant("Quest outperforms H2O."), meant("It asks Quest. H2O is wet.")
    (['Quest', 'H2O'], [])
    """
    own = _thing(vocabulary, hits[number])
    if own is None or not text[hits[number].start].isupper():
        return None
    for first, second in ((number - 1, number), (number, number + 1)):
        if first < 0 or second == len(hits) or hits[second].start - hits[first].end > _REACH:
            continue
        other = hits[first if second == number else second]
        between = text[hits[first].end : hits[second].start]
        if _verb().fullmatch(between) and _thing(vocabulary, other) and text[other.start].isupper():
            return own
    return None


def _thing(vocabulary: Vocabulary, hit: Hit) -> VocabularyEntry | None:
    entries = [vocabulary.by_id(entry) for entry in hit.entries]
    return entries[0] if len(entries) == 1 and entries[0].type in THINGS else None


@cache
def _verb() -> re.Pattern[str]:
    english, chinese = (word_pattern("discourse", f"between_works_{language}") for language in ("en", "zh"))
    lead = r"(?:[(（\[][^()（）\[\]\n]{1,40}[)）\]])?"
    return re.compile(
        rf"{_MARKUP}{lead}{_MARKUP}(?:的?(?:效果|性能|精度|速度|表现)?(?:全面|明显|显著|大幅|远|后来|随后|也|都|又)?{_MARKUP}(?:{chinese})|\b(?:{english})\b){_MARKUP}"
    )
