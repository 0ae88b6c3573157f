"""The keys under which mentions meet: the vocabulary's id, a paper's identifier or title, a name within its kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papergraph.model import Coreference, Extraction, Mention
from papergraph.ontology.identifiers import is_untitled, scheme_of
from papergraph.ontology.kinds import group_of
from papergraph.resolve.facts import GUESSED, Facts, facts_of, together
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.joins import Claims, Link, Tie
from papergraph.resolve.naming import Naming
from papergraph.resolve.titles import Variants, find_variants, title_keys
from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary

_ORGANISATION_EDGES = re.compile(r"^the\s+|[,，]?\s*\b(?:inc|ltd|llc|corp|co|gmbh)\b\.?$|(?:有限)?公司$", re.IGNORECASE)
_SHORTEST_PLURAL = 4
#: The scheme of the vocabulary's ids.
VOCABULARY = "vocabulary"

_Local = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class NoteKeys:
    """The keys of one note's mentions."""

    own: tuple[str, ...]
    """For each mention the key that stands for it."""
    links: tuple[Link, ...]
    """To the other keys under which they meet mentions."""
    claims: Mapping[str, Claims]
    """For each key the identifiers that it stands for."""
    stated: Mapping[int, Mapping[str, str]]
    """For each mention that has some its identifiers by their keys."""


@dataclass(frozen=True)
class Keys:
    """What deciding on keys needs to know of all notes."""

    vocabulary: Vocabulary
    variants: Variants
    doubtful: frozenset[str]
    """Identifiers that are given to clearly different titles."""
    groups: Mapping[str, str]
    """For each folded name that the vocabulary does not know, the kind that most of its mentions say it is."""
    names: frozenset[tuple[str, str]]
    """Kind and folded form of every name, to distinguish a plural from a name."""

    @classmethod
    def of(cls, extractions: Sequence[Extraction], vocabulary: Vocabulary) -> Keys:
        """Look through all notes once; their order does not matter."""
        return cls.by_facts(together(map(facts_of, extractions)), vocabulary)

    @classmethod
    def by_facts(cls, facts: Facts, vocabulary: Vocabulary) -> Keys:
        """Know what notes say together; it may be less than all, if it is all of the names and identifiers at hand."""
        ballots: dict[str, dict[str, int]] = defaultdict(dict)
        for (name, group), votes in facts.seen.items():
            if votes is not None:
                ballots[name][group] = votes
        groups = {name: min(ballot, key=lambda g: (-ballot[g], g)) for name, ballot in ballots.items()}
        names = {(groups.get(name, group), name) for name, group in facts.seen}
        variants = find_variants(facts.titles)
        doubtful = frozenset(i for i, suffixes in variants.items() if len(set(suffixes.values())) > 1)
        return cls(vocabulary, variants, doubtful, groups, frozenset(names))

    def known_of(self, folded: str) -> tuple[str, bool, bool]:
        """Return what is known of a folded name: the kind that was guessed, and of which guessed kinds it is a name."""
        return (self.groups.get(folded, ""), ("Method", folded) in self.names, ("Dataset", folded) in self.names)

    def of_note(self, extraction: Extraction) -> NoteKeys:
        """Return the keys of a note's mentions."""
        local = self._local_names(extraction)
        own: list[str] = []
        links: list[Link] = []
        claims: dict[str, Claims] = {}
        stated: dict[int, Mapping[str, str]] = {}
        for index, mention in enumerate(extraction.mentions):
            named = tuple(self._named(mention, local, extraction.path))
            if by_identifier := self.identifiers_by_key(mention):
                stated[index] = by_identifier
            own.append(next(iter(by_identifier), named[0].hub if named else ""))
            claims.update({key: _claim(key, identifier) for key, identifier in by_identifier.items()})
            claims.update({n.hub: {VOCABULARY: n.hub.partition(" ")[2]} for n in named if n.tie == Tie.VOCABULARY})
            met = (*(Link(Tie.IDENTIFIER, key, "") for key in by_identifier), *named)
            links += [Link(m.tie, m.hub, own[-1]) for m in met if m.hub not in {"", own[-1]}]
        links += self._said(extraction.coreferences, extraction, own)
        return NoteKeys(tuple(own), tuple(links), claims, stated)

    def identifiers_by_key(self, mention: Mention) -> dict[str, str]:
        """Return a mention's identifiers by their keys, the best first; a title that fits no other has its own key."""
        if not mention.identifiers:
            return {}
        folded, untitled = fold(mention.name), is_untitled(mention.name)
        keys: dict[str, str] = {}
        for identifier in stated_identifiers(mention):
            variant = "" if untitled else self.variants.get(identifier, {}).get(folded, "")
            keys[f"{group_of(mention.type)} {identifier}{variant}"] = identifier
        return keys

    def _named(self, mention: Mention, local: _Local, path: str) -> Iterator[Link]:
        """Yield how a mention meets others by its name; the first stands for it where it has no identifier."""
        if mention.type == "Paper":
            yield from self._titled(mention, path)
        elif mention.vocabulary:
            yield Link(Tie.VOCABULARY, f"{VOCABULARY} {mention.vocabulary}", "")
        elif local and (key := local.get((group_of(mention.type), fold(mention.name)))):
            yield Link(Tie.COREFERENCE, key, "")
        elif known := self.known(mention):
            yield Link(Tie.VOCABULARY, f"{VOCABULARY} {known}", "")
        else:
            yield Link(Tie.TITLE, self._name_key(mention), "")

    def _titled(self, mention: Mention, path: str) -> Iterator[Link]:
        title, subtitle = title_keys(mention)
        identifiers = stated_identifiers(mention)
        if not identifiers:
            # a title that does not identify a work counts in its note only
            yield Link(Tie.TITLE, title or f"title of {path} {fold(mention.name) or mention.name}", "")
        elif is_untitled(mention.name) or not self.doubtful.isdisjoint(identifiers):
            return
        else:
            yield Link(Tie.TITLE, title, "")
        yield Link(Tie.SUBTITLE, subtitle, "")

    @staticmethod
    def _said(coreferences: Sequence[Coreference], extraction: Extraction, own: Sequence[str]) -> Iterator[Link]:
        """Yield what a note says of two of its papers; it says of other things how it calls them, which is local."""
        for pair in coreferences:
            both = {extraction.mentions[pair.left].type, extraction.mentions[pair.right].type}
            hub, key = sorted((own[pair.left], own[pair.right]))
            if both == {"Paper"} and hub != key:
                yield Link(Tie.COREFERENCE, hub, key)

    def known(self, mention: Mention | Naming) -> str:
        """Return the id of the only unambiguous vocabulary entry of this kind with this name, or the empty string."""
        entries = [
            e.id
            for e in self.vocabulary.find(mention.name)
            if group_of(e.type) == group_of(mention.type) and mention.surface not in e.ambiguous
        ]
        return entries[0] if len(entries) == 1 else ""

    def _name_key(self, mention: Mention) -> str:
        name = mention.name
        if mention.type == "Institution":
            name = _ORGANISATION_EDGES.sub("", name).strip() or name
        folded = fold(name) or name
        group = group_of(mention.type)
        group = self.groups.get(folded, group) if group in GUESSED else group
        is_plural = name.endswith("s") and len(folded) > _SHORTEST_PLURAL and (group, folded[:-1]) in self.names
        return f"name {group} {folded[:-1] if is_plural and group in GUESSED else folded}"

    def _local_names(self, extraction: Extraction) -> dict[tuple[str, str], str]:
        """Map the names that the note defines to the key of what it defines them as: PI is an acronym there only."""
        local: dict[tuple[str, str], str] = {}
        pairs = [(extraction.mentions[c.left], extraction.mentions[c.right]) for c in extraction.coreferences]
        for left, right in sorted(pairs, key=lambda pair: (pair[0].span, pair[1].span)):
            if "Paper" in {left.type, right.type} or (left.vocabulary and right.vocabulary):
                continue
            known = left.vocabulary or right.vocabulary
            long = right if len(right.name) >= len(left.name) else left
            key = f"{VOCABULARY} {known}" if known else self._name_key(long)
            for mention in (left, right):
                if not mention.vocabulary:
                    local.setdefault((group_of(mention.type), fold(mention.name)), key)
        return local


def _claim(key: str, identifier: str) -> Claims:
    """Return what the key of an identifier claims; titles that do not fit claim as if they had another identifier."""
    scheme = scheme_of(identifier)
    return {scheme: key.partition(" ")[2]} if scheme else {}
