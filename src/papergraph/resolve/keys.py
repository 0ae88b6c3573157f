"""The keys under which mentions meet: the vocabulary's id, a paper's identifier or title, a name within its kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papergraph.model import Extraction, Mention
from papergraph.names import fold
from papergraph.resolve.titles import Variants, find_variants, paper_keys
from papergraph.vocabulary import Vocabulary

_GROUPS: dict[str, str] = {"Model": "Method"}
#: Kinds between which only a guess may have decided.
_GUESSED = frozenset({"Method", "Dataset"})
_ORGANISATION_EDGES = re.compile(r"^the\s+|[,，]?\s*\b(?:inc|ltd|llc|corp|co|gmbh)\b\.?$|(?:有限)?公司$", re.IGNORECASE)
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class Keys:
    """What deciding on keys needs to know of all notes."""

    vocabulary: Vocabulary
    variants: Variants
    groups: Mapping[str, str]
    """For each folded name that the vocabulary does not know, the kind that most of its mentions say it is."""
    names: frozenset[tuple[str, str]]
    """Kind and folded form of every name, to tell a plural from a name."""

    @classmethod
    def of(cls, extractions: Sequence[Extraction], vocabulary: Vocabulary) -> Keys:
        """Look through all notes once; their order does not matter."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for extraction in extractions:
            for mention in extraction.mentions:
                if not mention.vocabulary and group_of(mention) in _GUESSED:
                    votes[fold(mention.name)][group_of(mention)] += round(100 * mention.confidence)
        groups = {name: min(ballot, key=lambda g: (-ballot[g], g)) for name, ballot in votes.items()}
        names = {(groups.get(fold(m.name), group_of(m)), fold(m.name)) for e in extractions for m in e.mentions}
        return cls(vocabulary, find_variants(extractions), groups, frozenset(names))

    def of_note(self, extraction: Extraction) -> list[tuple[str, ...]]:
        """Return for each mention of a note the keys under which it meets others; the first is its own."""
        local = self._local_names(extraction)
        return [tuple(self._of_mention(m, local)) for m in extraction.mentions]

    def _of_mention(self, mention: Mention, local: Mapping[tuple[str, str], str]) -> Iterator[str]:
        if mention.type == "Paper":
            yield from paper_keys(mention, self.variants)
        elif mention.vocabulary:
            yield f"vocabulary {mention.vocabulary}"
        elif key := local.get((group_of(mention), fold(mention.name))):
            yield key
        elif known := self.known(mention):
            yield f"vocabulary {known}"
        else:
            yield self._name_key(mention)

    def known(self, mention: Mention) -> str:
        """Return the id of the only unambiguous vocabulary entry of this kind with this name, or the empty string."""
        entries = [
            e.id
            for e in self.vocabulary.find(mention.name)
            if _GROUPS.get(e.type, e.type) == group_of(mention) and mention.surface not in e.ambiguous
        ]
        return entries[0] if len(entries) == 1 else ""

    def _name_key(self, mention: Mention) -> str:
        name = mention.name
        if mention.type == "Institution":
            name = _ORGANISATION_EDGES.sub("", name).strip() or name
        folded = fold(name) or name
        group = self.groups.get(folded, group_of(mention)) if group_of(mention) in _GUESSED else group_of(mention)
        is_plural = name.endswith("s") and len(folded) > _SHORTEST_PLURAL and (group, folded[:-1]) in self.names
        return f"name {group} {folded[:-1] if is_plural and group in _GUESSED else folded}"

    def _local_names(self, extraction: Extraction) -> dict[tuple[str, str], str]:
        """Map the names that the note defines to the key of what it defines them as: PI is an acronym there only."""
        local: dict[tuple[str, str], str] = {}
        for coreference in extraction.coreferences:
            left, right = extraction.mentions[coreference.left], extraction.mentions[coreference.right]
            if left.type == "Paper" or (left.vocabulary and right.vocabulary):
                continue
            known = left.vocabulary or right.vocabulary
            long = right if len(right.name) >= len(left.name) else left
            key = f"vocabulary {known}" if known else self._name_key(long)
            for mention in (left, right):
                if not mention.vocabulary:
                    local.setdefault((group_of(mention), fold(mention.name)), key)
        return local


def group_of(mention: Mention) -> str:
    """Return the kind within which names meet: a model is a method."""
    return _GROUPS.get(mention.type, mention.type)
