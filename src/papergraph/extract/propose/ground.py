"""Which proposals a note proves: names that stand in it, and relations whose words stand where both ends are named.

Offsets come from the text, never from the model; the lines that it names only choose among equal places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from papergraph.extract.context import readable
from papergraph.extract.propose.account import Account, Drop
from papergraph.extract.propose.chunks import Chunk
from papergraph.extract.propose.folded import FoldedRegion, fold_copy
from papergraph.extract.propose.forms import forms_of
from papergraph.extract.propose.names import Known, layer_of
from papergraph.extract.propose.quotes import evidence_at
from papergraph.extract.propose.schema import RELATIONS, TYPES, ProposedEntity, ProposedRelation, Reply
from papergraph.extract.propose.trust import Trust
from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import is_generic
from papergraph.model import EntityType, Extraction, Mention, Predicate, RelationMention, Span
from papergraph.ontology.terms import DOMAINS
from papergraph.text.folding import fold, tidy

_LONGEST_NAME = 120
#: Of the places of a quote or a name no more are tried.
_MOST_PLACES = 8
_TAG = re.compile(r"<[^<>]*>")
#: Blocks at the top of a note that tell what all of it is about.
_OPENING = 3


@dataclass(slots=True)
class Grounding:
    """The reading of one note's replies."""

    reading: Reading
    known: Known
    """The mentions of the rules, and those that were grounded so far."""
    model: str
    trust: Trust
    relations: list[RelationMention] = field(default_factory=list)
    works: dict[str, set[str]] = field(default_factory=dict)
    """For each thing that papers introduce the papers, all by folded name."""
    _counts: Counter[str] = field(default_factory=Counter)
    _dropped: Counter[Drop] = field(default_factory=Counter)
    _claimed: set[tuple[str, str, str, Span]] = field(default_factory=set)
    _stated: frozenset[tuple[str, str, str]] = frozenset()
    """What the rules claim, by names."""

    @classmethod
    def of(cls, reading: Reading, extraction: Extraction, model: str, trust: Trust) -> Grounding:
        """Begin with what the rules found."""
        stated = frozenset(_names(extraction.mentions, r) for r in extraction.relations)
        found = cls(reading, Known(extraction), model, trust, _stated=stated)
        for subject, predicate, obj in stated:
            if predicate == "introduces":
                found.works.setdefault(obj, set()).add(subject)
        return found

    def account(self) -> Account:
        """Return what became of the proposals so far."""
        dropped = tuple(sorted(self._dropped.items()))
        proposed = self._counts["grounded"] + sum(n for reason, n in dropped if reason != "unusable reply")
        return Account(proposed, self._counts["grounded"], self._counts["new"], self._counts["agreed"], dropped)

    def read(self, chunk: Chunk, reply: Reply | None) -> None:
        """Take from a reply on a part of the note what the note proves."""
        if reply is None:
            self._dropped["unusable reply"] += 1
            return
        if reply.misshapen:
            self._dropped["wrong form"] += reply.misshapen
        part = _Part(self, chunk)
        for entity in reply.entities:
            self._count(part.entity(entity))
        part.main = _main_subject(reply)
        for relation in sorted(reply.relations, key=lambda r: r.predicate != "introduces"):
            self._count(part.relation(relation))

    def _count(self, drop: Drop | None) -> None:
        if drop:
            self._dropped[drop] += 1
        else:
            self._counts["grounded"] += 1

    def add(self, claim: RelationMention) -> Drop | None:
        """Keep a grounded claim, unless the same words were claimed before."""
        names = _names(self.known.mentions, claim)
        agreed = names in self._stated
        if claim.predicate == "introduces":
            self.works.setdefault(names[2], set()).add(names[0])
        if (*names, claim.span) in self._claimed:
            return "repeated"
        self._claimed.add((*names, claim.span))
        self.relations.append(replace(claim, confidence=self.trust.of_claim(claim.predicate, agreed=agreed)))
        self._counts["agreed" if agreed else "new"] += 1
        return None

    def name(self, name: str, spans: Iterable[Span], kind: EntityType) -> bool:
        """Keep the places of a name; tells whether there are any that no rule sees otherwise."""
        key = (fold(name), layer_of(kind))
        fresh = key not in self.known.given
        makes = self.reading.mention
        mentions = [makes(span, kind, self.model, self.trust.of_name(), name=tidy(name)) for span in spans]
        found = sum([self.known.add(m) for m in mentions]) or sum([self.known.add(m, inside=True) for m in mentions])
        if found:
            self._counts["new" if fresh else "agreed"] += 1
        return found > 0


def _names(mentions: Iterable[Mention], claim: RelationMention) -> tuple[str, str, str]:
    every = mentions if isinstance(mentions, list | tuple) else tuple(mentions)
    return fold(every[claim.subject].name), claim.predicate, fold(every[claim.object].name)


def _main_subject(reply: Reply) -> str:
    """Return the folded name of what most relations of a reply are about."""
    subjects = Counter(fold(r.subject) for r in reply.relations)
    return min(subjects, key=lambda s: (-subjects[s], s), default="")


class _Part:
    """One part of a note with the reply on it."""

    def __init__(self, grounding: Grounding, chunk: Chunk) -> None:
        self._grounding = grounding
        self._reading = grounding.reading
        self._chunk = chunk
        text = grounding.reading.text
        body = Span(chunk.lines[0].start, chunk.lines[-1].end)
        self._regions = tuple(FoldedRegion.of(text, span) for span in (*chunk.above, body))
        self._proposed: set[tuple[str, str]] = set()
        self.main = ""
        """Whom most relations are about, by folded name."""

    def entity(self, proposed: ProposedEntity) -> Drop | None:
        """Keep the places of a name that stands in the part; tells why not."""
        kind = next((t for t in TYPES if t == proposed.type), None)
        if kind is None:
            return "unknown type"
        name = tidy(proposed.name)
        if kind not in {"Paper", "Topic"} and is_generic(name):
            return "general word"
        if (fold(name), kind) in self._proposed:
            return "repeated"
        if not fold(name) or (len(name) > _LONGEST_NAME and kind != "Paper"):
            return "name not in the text"
        self._proposed.add((fold(name), kind))
        places = list(self._places(name))
        filed = [p for p in places if kind != "Topic" or self._files(p)]
        if not self._grounding.name(name, filed, kind):
            return "no heading, category or tag" if places and not filed else "name not in the text"
        return None

    def relation(self, proposed: ProposedRelation) -> Drop | None:
        """Keep a relation whose quote and ends stand in the part; tells why not."""
        predicate = next((p for p in RELATIONS if p == proposed.predicate), None)
        if predicate is None:
            return "unknown relation"
        subjects, objects = (self._named(n) for n in (proposed.subject, proposed.object))
        if not subjects or not objects:
            return "unknown name"
        if fold(proposed.subject) == fold(proposed.object):
            return "relation to itself"
        drop: Drop = "quote not in the text"
        for place in self._quotes(proposed):
            drop = "names not at the quote"
            for subject, obj in self._ends(place, subjects, objects, predicate):
                return self._grounding.add(self._claim(subject, predicate, obj, place))
        every = self._grounding.known.mentions
        fitting = any(_fits(predicate, every[s], every[o]) for s in subjects for o in objects[:1])
        return drop if fitting else "types do not fit"

    def _places(self, name: str) -> Iterator[Span]:
        """Yield where a name stands as text that people see."""
        for region in self._regions:
            for span in sorted({span for form in forms_of(name) for span in region.find(fold_copy(form), whole=True)}):
                index = self._reading.block_at(span.start)
                if index < 0 or self._shows(index, span):
                    yield span

    def _shows(self, index: int, span: Span) -> bool:
        block = self._reading.document.blocks[index]
        readable_kind = block.kind in {"heading", "paragraph", "item", "cell"}
        return readable_kind and block.span.covers(span) and self._reading.is_visible(index, span.start, span.end)

    def _files(self, span: Span) -> bool:
        """Tell whether works can be filed under what stands at `span`: a heading, a tag, all of a line."""
        index = self._reading.block_at(span.start)
        if index < 0:
            return True
        block = self._reading.document.blocks[index]
        tagged = any(i.kind == "tag" and i.span.covers(span) for i in block.inlines)
        tags = (f for f in self._reading.fields_of(index) if f.meaning == "tags")
        filed = tagged or block.kind == "heading" or any(f.value.covers(span) for f in tags)
        return filed or self._is_line(span)

    def _is_line(self, span: Span) -> bool:
        """Tell whether a name is all of its line, but for marks and HTML."""
        document = self._reading.document
        start = document.line_starts[document.line_of(span.start) - 1]
        before = document.text[start : span.start]
        after = document.text[span.end : span.end + _LONGEST_NAME + 1].partition("\n")[0]
        return len(before) + len(after) <= _LONGEST_NAME and not any(map(str.isalnum, _TAG.sub("", before + after)))

    def _named(self, name: str) -> list[int]:
        """Return the mentions of a name in the part, in order."""
        parts = [Span(r.offsets[0], r.offsets[-1] + 1) for r in self._regions if r.offsets]
        return self._grounding.known.named(tidy(name), parts)

    def _quotes(self, proposed: ProposedRelation) -> list[Span]:
        """Return where a quote stands inside one block, widened to its sentences; the line that is named first."""
        wanted = fold_copy(proposed.quote)
        if len(wanted) < 2:
            return []
        shown = self._chunk.shown()
        hint = shown[proposed.line - 1].start if 0 < proposed.line <= len(shown) else 0
        found = [span for region in self._regions for span in region.find(wanted)]
        found.sort(key=lambda s: (abs(s.start - hint), s.start))
        return [wide for span in found[:_MOST_PLACES] if (wide := evidence_at(self._reading, span))]

    def _ends(
        self, place: Span, subjects: list[int], objects: list[int], predicate: Predicate
    ) -> Iterator[tuple[int, int]]:
        """Yield the mentions that a relation stated at `place` may join: both there, or one there and one above."""
        every = self._grounding.known.mentions
        index = self._reading.block_at(place.start)
        at = [[i for i in found if place.covers(every[i].span)] for found in (subjects, objects)]
        over = [[i for i in reversed(found) if self._is_told(i, index)] for found in (subjects, objects)]
        for lefts, rights in ((at[0], at[1]), (over[0], at[1]), (at[0], over[1])):
            for left in lefts[:_MOST_PLACES]:
                for right in rights[:_MOST_PLACES]:
                    if left != right and _fits(predicate, every[left], every[right]):
                        yield left, right

    def _is_told(self, mention: int, index: int) -> bool:
        """Tell whether a mention, or the paper that introduces what it names, tells what block `index` is about.

        In a note on one work, its name does wherever it stands.
        """
        known = self._grounding.known
        works = self._grounding.works.get(fold(known.mentions[mention].name), ())
        papers = (p for work in works for p in known.papers_named(work, _MOST_PLACES))
        if self.main == fold(known.mentions[mention].name) and known.papers <= 1:
            return True
        return self._tells(mention, index) or any(self._tells(paper, index) for paper in papers)

    def _tells(self, mention: int, index: int) -> bool:
        """Tell whether a mention stands where a reader looks for what block `index` is about."""
        blocks = self._reading.document.blocks
        home = self._reading.block_at(self._grounding.known.mentions[mention].span.start)
        if home < _OPENING or index < 0 or home == index or self._is_note_title(mention):
            return True
        block, other = blocks[index], blocks[home]
        if home in block.headings or self._is_above(home, index):
            return True
        if block.kind == "cell" and other.table == block.table and other.row >= 0:
            return (other.row == block.row and not other.column) or (not other.row and other.column == block.column)
        if other.parent == block.parent >= 0 or home == self._title_above(index):
            return True
        alike = other.headings == block.headings and other.parent < 0
        return home < index and alike and other.kind == "paragraph"

    def _is_note_title(self, mention: int) -> bool:
        """Tell whether a mention stands in a field with the title of the note's paper."""
        span = self._grounding.known.mentions[mention].span
        fields = self._reading.fields_of(self._reading.block_at(span.start))
        return any(f.meaning == "title" and f.value.covers(span) for f in fields)

    def _title_above(self, index: int) -> int:
        """Return the block with the last title of a paper above a block of the same section; -1 for none."""
        blocks = self._reading.document.blocks
        known = self._grounding.known
        paper = known.paper_before(blocks[index].span.start)
        last = self._reading.block_at(known.mentions[paper].span.start) if paper >= 0 else -1
        return last if last >= 0 and blocks[last].headings == blocks[index].headings else -1

    def _is_above(self, home: int, index: int) -> bool:
        blocks = self._reading.document.blocks
        parent = blocks[index].parent
        while parent >= 0:
            if parent == home:
                return True
            parent = blocks[parent].parent
        return False

    def _claim(self, subject: int, predicate: Predicate, obj: int, place: Span) -> RelationMention:
        document = self._reading.document
        return RelationMention(
            subject=subject,
            predicate=predicate,
            object=obj,
            span=place,
            line=document.line_of(place.start),
            sentence=readable(document, place),
            extractor=self._grounding.model,
            tier="model",
            confidence=self._grounding.trust.of_claim(predicate, agreed=False),
        )


def _fits(predicate: Predicate, subject: Mention, obj: Mention) -> bool:
    subjects, objects = DOMAINS[predicate]
    return subject.type in subjects and obj.type in objects
