"""Names that the note has told, wherever else they stand: what an acronym means holds in the whole note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papergraph.extract.literals import Literals
from papergraph.extract.patterns import is_generic
from papergraph.extract.reading import Reading
from papergraph.model import Mention, Span
from papergraph.names import is_chinese

#: Rules that see a name told: in a title, a definition, at the head of an entry.
_TOLD = frozenset({"title-name", "introduced", "acronym", "list-head", "note-title"})
_SURE = 0.8
#: Shorter names, and Chinese ones of fewer characters, are parts of too much else.
_SHORTEST, _SHORTEST_ZH = 3, 4


def recognise_echo(reading: Reading, told: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the further places of unknown names that the note tells; case counts, and names are whole words."""
    names: dict[str, Mention] = {}
    for mention in told:
        if mention.extractor in _TOLD and mention.confidence >= _SURE and _is_telling(mention):
            names.setdefault(mention.surface, mention)
    if not names:
        return
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    pattern = re.compile(rf"(?<![A-Za-z0-9_-])(?:{alternatives})(?![A-Za-z0-9_-])")
    # The expression looks around names, which is slow: it is tried only on blocks that hold one.
    places = Literals(names, any_case=False).places(reading.text)
    for index, block in reading.readable:
        if not places.any_in(block.span.start, block.span.end):
            continue
        for match in pattern.finditer(reading.text, block.span.start, block.span.end):
            if reading.is_visible(index, *match.span()):
                first = names[match[0]]
                yield reading.mention(Span(*match.span()), first.type, "echo", 0.6, name=first.name)


def _is_telling(mention: Mention) -> bool:
    """Tell whether a name is unknown to the vocabulary and too special to be a common word."""
    name = mention.surface
    if mention.vocabulary or is_generic(name) or mention.type in {"Paper", "Topic", "Person"}:
        return False
    if mention.extractor == "acronym" and mention.type == "Model":
        return False  # a kind of model, such as VLM
    if is_chinese(name):
        return len(name) >= _SHORTEST_ZH
    return len(name) >= _SHORTEST and sum(c.isupper() or c.isdigit() for c in name) >= 2  # GDCN, not Guidance
