"""What every rule is given: the note, what was found in it so far, and whom each of its blocks is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from papergraph.extract.annotation import Annotation, Entry
from papergraph.extract.identity import find_identities
from papergraph.extract.once import Once
from papergraph.extract.origin import may_come_from
from papergraph.extract.reading import Reading
from papergraph.extract.rules import Role, Rules
from papergraph.extract.sections import SectionRole
from papergraph.extract.select import select_mentions
from papergraph.extract.table_headers import holds_works
from papergraph.extract.word_lists import word_set
from papergraph.model import Block, Document, EntityType, Mention, Predicate, RelationMention, Span, Tier
from papergraph.ontology.terms import DOMAINS
from papergraph.text.folding import fold, one_line
from papergraph.text.scripts import SCRIPT_TAGS
from papergraph.vocabulary import Vocabulary

_LONGEST_SENTENCE = 300
_LINKS = frozenset({"link", "wikilink"})
#: How often a note must name its only work outside of that work's entry to be about it as a whole.
_NAMED_OUTSIDE = 2
#: What a context does not share with one of other claims: they, and answers that may go by them.
_OF_CLAIMS = frozenset({"relations", "_answers"})


@dataclass(frozen=True)
class Context(Once):
    """A note with what the rules before found in it.

    A recogniser sees the mentions that the recognisers before it found, unsorted and overlapping. A relater sees those
    that stand, the entries and all else that recognition knows; a scorer of relations sees the claims too.
    """

    reading: Reading
    annotation: Annotation
    """What is known so far; while mentions are looked for, it has no entries."""
    relations: tuple[RelationMention, ...] = ()
    """The claims of all relaters, for scorers of relations."""

    @classmethod
    def of(cls, annotation: Annotation, rules: Rules) -> Context:
        """Return the context of an annotation."""
        return cls(Reading(annotation.document, annotation.vocabulary, rules), annotation)

    def knowing(self, mentions: Iterable[Mention]) -> Context:
        """Return the context with these mentions instead of those before."""
        return Context(self.reading, replace(self.annotation, mentions=tuple(mentions)))

    def with_found(self, found: tuple[Mention, ...]) -> Context:
        """Return the context with what another rule found beside the mentions before; this one, if it found nothing."""
        if not found:
            return self
        context = self.knowing((*self.mentions, *found))
        if "papers" in self.__dict__ and all(m.type != "Paper" for m in found):
            context.__dict__["papers"] = self.papers  # what stands among the papers is as it was
        return context

    def claiming(self, claims: tuple[RelationMention, ...]) -> Context:
        """Return the context with these claims; what was worked out about the mentions stands."""
        context = Context(self.reading, self.annotation, claims)
        kept = {name: known for name, known in vars(self).items() if name not in _OF_CLAIMS}
        vars(context).update(kept)
        return context

    @cached_property
    def document(self) -> Document:
        """The note as it was read."""
        return self.annotation.document

    @cached_property
    def text(self) -> str:
        """The text of the note, in which every span counts."""
        return self.annotation.document.text

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that the shipped vocabulary and the user's files list."""
        return self.annotation.vocabulary

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What was found so far; relations speak of them by their index."""
        return self.annotation.mentions

    @cached_property
    def papers(self) -> tuple[Mention, ...]:
        """The papers found so far that stand."""
        return select_mentions(self.reading.rules, (m for m in self.mentions if m.type == "Paper"))

    @cached_property
    def _by_place(self) -> tuple[list[int], list[int]]:
        """Where the mentions start, sorted, and which mention starts there."""
        starts = [m.span.start for m in self.mentions]
        order = sorted(range(len(starts)), key=starts.__getitem__)
        return sorted(starts), order

    def within(self, span: Span, *types: str) -> Iterator[int]:
        """Yield the mentions that lie inside `span`, in order; of these types only, if any are given."""
        starts, order = self._by_place
        mentions, end = self.annotation.mentions, span.end
        first = bisect_left(starts, span.start)
        for index in order[first : bisect_left(starts, end, first)]:
            mention = mentions[index]
            if mention.span.end <= end and (not types or mention.type in types):
                yield index

    def has_role(self, mention: int, role: Role) -> bool:
        """Tell whether the rule that found a mention gives it a role, such as `headline`."""
        return self.reading.has_role(self.mentions[mention], role)

    def mention(self, span: Span, entity_type: EntityType, extractor: str, sure: float | str = "") -> Mention:
        """Return a mention at `span`, signed by the rule `extractor`; see `Reading.mention`."""
        return self.reading.mention(span, entity_type, extractor, sure)

    def block_of(self, mention: int) -> int:
        """Return the index of the block that holds a mention; -1 for front matter."""
        return self.reading.block_at(self.mentions[mention].span.start)

    def subject(self, entry: Entry) -> int:
        """Return whom an entry is about: a method that it introduces, else its paper, else its data; -1 for nothing."""
        things = [c for c in entry.contributions if self.mentions[c].type != "Dataset"]
        if things or entry.paper >= 0:
            return things[0] if things else entry.paper
        return entry.contributions[0] if entry.contributions else -1

    def about(self, block: int, *, in_table: bool = True) -> int:
        """Return the mention that a block is about: its entry's subject, else that of the only work of the note.

        A row of a table may be about its first cell, unless `in_table` says not to ask. What is said of a dataset
        under a method is said of the method.
        """
        own = self.entry_of(block)
        entry = own
        while entry and entry.paper < 0 and entry.parent >= 0 and self._holds_data(entry):
            entry = self.annotation.entries[entry.parent]
        head = self.row_heads.get(block) if in_table else None
        if head is not None and (
            entry is None or entry is not own or self.document.blocks[entry.blocks[0]].kind != "cell"
        ):
            return head
        return self.subject(entry) if entry else self.only_subject

    def _holds_data(self, entry: Entry) -> bool:
        return all(self.mentions[c].type == "Dataset" for c in entry.contributions)

    def role_of(self, block: int) -> SectionRole:
        """Return what a block is for in what the note says of its entry's work: `method`, `experiments`, `related` ...

        Headings above the entry file it, and say nothing of its parts; nor does the title of a work. Empty where
        nothing tells.
        """
        part = self.reading.parts[block]
        entry = self.entry_of(block)
        if entry and not entry.whole and part.told_by < entry.blocks[0]:
            return ""
        return "" if part.told_by < 0 or self.once(_holds_title, part.told_by) else part.role

    @cached_property
    def row_heads(self) -> dict[int, int]:
        """For each cell of a table the work that is all of its row's first cell; -1 for one that nobody knows."""
        heads: dict[tuple[int, int], int | None] = {}
        found: dict[int, int] = {}
        for number, block in enumerate(self.document.blocks):
            if block.kind != "cell":
                continue
            row = (block.table, block.row)
            if row not in heads:
                heads[row] = self._head_of_row(block)
            elif (head := heads[row]) is not None:
                found[number] = head
        return found

    def _head_of_row(self, cell: Block) -> int | None:
        """Return the work that the first cell of a row is; -1 for a work that nobody knows, None for another cell."""
        first = next(self.within(cell.span, "Method", "Model", "Dataset"), -1)
        if first >= 0 and fold(self.mentions[first].surface) == fold(cell.span.of(self.document.text).strip(" *_`")):
            return first
        header = self.reading.column_heads.get((cell.table, cell.column), -1)
        unknown = first < 0 and cell.row > 0 and header >= 0
        return -1 if unknown and holds_works(self.document.blocks[header].span.of(self.document.text)) else None

    @cached_property
    def only_subject(self) -> int:
        """The contribution of the note's only work, if the note names it outside of its entry too."""
        entries = [e for e in self.annotation.entries if e.parent < 0]
        if len(entries) != 1 or not entries[0].contributions:
            return -1
        subject = self.subject(entries[0])
        blocks = set(entries[0].blocks)
        places = (self.block_of(i) for i in range(len(self.mentions)) if self.is_same(i, subject))
        return subject if sum(b not in blocks for b in places) >= _NAMED_OUTSIDE else -1

    def may_introduce(self, paper: int, thing: int, *, known: bool, phrases: bool = False) -> bool:
        """Tell whether a paper may be where a thing comes from; see `may_come_from`."""
        if self.has_role(thing, "technique") and not self.mentions[thing].vocabulary:
            return phrases
        return may_come_from(self.vocabulary, self.mentions[paper], self.mentions[thing], known=known)

    def is_source(self, paper: int, thing: int) -> bool:
        """Tell whether the vocabulary knows that a thing comes from a paper."""
        known = self.mentions[thing].vocabulary
        return bool(known) and self.annotation.vocabulary.by_id(known).source in self.mentions[paper].identifiers

    def is_technique(self, thing: int) -> bool:
        """Tell whether something is common property, by its name or known without a source, and no work of the note."""
        if self.identities[thing] in self.contributed:
            return False
        known = self.mentions[thing].vocabulary
        return not self.annotation.vocabulary.by_id(known).work if known else self.has_role(thing, "technique")

    def is_class(self, thing: int) -> bool:
        """Tell whether something is a whole class of works, such as CNNs, and not one of them."""
        return self.mentions[thing].name.casefold() in word_set("title-relations", "worked_on")

    def is_part(self, thing: int) -> bool:
        """Tell whether something is only known by a phrase for what it is, and not as a work that the note lists."""
        return self.has_role(thing, "technique") and self.identities[thing] not in self.contributed

    def is_same(self, left: int, right: int) -> bool:
        """Tell whether two mentions name one thing as far as this note tells."""
        return self.identities[left] == self.identities[right]

    @cached_property
    def identities(self) -> tuple[int, ...]:
        """For each mention the first mention that names the same thing."""
        return find_identities(self.annotation)

    @cached_property
    def contributed(self) -> frozenset[int]:
        """What the entries of the note contribute, by identity."""
        return frozenset(self.identities[c] for e in self.annotation.entries for c in e.contributions)

    def in_title(self, mention: int) -> bool:
        """Tell whether a mention stands in the title of a paper, which is no sentence about the entry."""
        place = self.mentions[mention].span
        before = bisect_right(self._title_starts, place.start)
        return before > 0 and self._titles[before - 1].covers(place)

    def is_whole_title(self, mention: int) -> bool:
        """Tell whether a mention is all that stands for the title of a paper: `[SnapKV](https://arxiv.org/...)`."""
        return self.mentions[mention].span in self._title_spans

    @cached_property
    def _title_spans(self) -> frozenset[Span]:
        return frozenset(self._titles)

    @cached_property
    def _title_starts(self) -> tuple[int, ...]:
        return tuple(title.start for title in self._titles)

    @cached_property
    def _titles(self) -> tuple[Span, ...]:
        """The titles of papers, in order; none overlaps another."""
        return tuple(m.span for m in self.mentions if m.type == "Paper" and not self.reading.has_role(m, "headline"))

    def entry_of(self, block: int) -> Entry | None:
        """Return the innermost entry that a block belongs to."""
        owner = self.annotation.block_entry[block] if 0 <= block < len(self.annotation.block_entry) else -1
        return self.annotation.entries[owner] if owner >= 0 else None

    def fits(self, predicate: Predicate, subject: int, obj: int) -> bool:
        """Tell whether the types of two mentions suit a predicate."""
        subjects, objects = DOMAINS[predicate]
        return self.mentions[subject].type in subjects and self.mentions[obj].type in objects

    def claim(
        self,
        subject: int,
        predicate: Predicate,
        obj: int,
        span: Span,
        extractor: str,
        tier: Tier,
        sure: float | str = "",
    ) -> RelationMention:
        """Return a relation mention whose evidence is `span`.

        `sure` is a case of the rule that signs as `extractor`, or how sure it is of this claim, 0 to 1; without it the
        rule's own confidence holds.
        """
        rule = self.reading.rules.named("relater", extractor)
        return RelationMention(
            subject=subject,
            predicate=predicate,
            object=obj,
            span=span,
            line=self.document.line_of(span.start),
            sentence=self.once(_shown_row if tier == "structure" else _shown, span),
            extractor=extractor,
            tier=tier,
            confidence=rule.sure(sure) if isinstance(sure, str) else sure,
        )


Recogniser = Callable[[Context], Iterable[Mention]]
Relater = Callable[[Context], Iterable[RelationMention]]


def _holds_title(context: Context, block: int) -> bool:
    papers = context.within(context.document.blocks[block].span, "Paper")
    return any(not context.mentions[i].recorded for i in papers)


def _shown(context: Context, span: Span) -> str:
    return readable(context.document, span)


def _shown_row(context: Context, span: Span) -> str:
    """Return what a cell says with the name of its row and column, `TokenTrim | LongBench: 43.0`; a first one's row."""
    blocks, rows = context.document.blocks, context.reading.rows
    number = max(0, context.reading.block_at(span.start))
    block = blocks[number] if blocks else None
    if block is None or block.kind != "cell":
        return context.once(_shown, span)
    row = [blocks[i] for i in rows[block.table, block.row]]
    if block is row[0] or span.end > block.span.end:
        return _shortened(" | ".join(filter(None, (context.once(_shown, cell.span) for cell in row))))
    head = blocks[context.reading.column_heads.get((block.table, block.column), number)]
    label = "" if head is block else context.once(_shown, head.span)
    said = context.once(_shown, span)
    return _shortened(
        " | ".join(filter(None, (context.once(_shown, row[0].span), f"{label}: {said}" if label else said)))
    )


def readable(document: Document, span: Span) -> str:
    """Return the text of `span` for people: on one line, link targets and markup gone, at most 300 characters."""
    block = document.blocks[max(0, document.block_at(span.start))] if document.blocks else None
    pieces: list[str] = []
    position = span.start
    for place in sorted(unseen(block, span, _LINKS)) if block else ():
        if place.start >= position:
            parts = document.text[place.start] in "<&{" and not document.text.startswith(SCRIPT_TAGS, place.start)
            pieces += [document.text[position : place.start], " " if parts else ""]
            position = place.end
    pieces.append(document.text[position : span.end])
    return _shortened(one_line("".join(pieces)).replace("**", "").strip(" >-"))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SENTENCE else text[: _LONGEST_SENTENCE - 1] + "…"


def unseen(block: Block, span: Span, wrappers: frozenset[str]) -> Iterator[Span]:
    """Yield what nobody sees of a part of a block: HTML, and of the inlines that are `wrappers` all but their inside.

    Those of an outer inline come before those of the ones in it, so that they are not in the order of the text.
    """
    first = bisect_left(block.inlines, span.start, key=lambda i: i.span.start)
    for inline in islice(block.inlines, first, None):
        if inline.span.start >= span.end:
            return
        if not span.covers(inline.span):
            continue
        if inline.kind == "html":
            yield inline.span
        elif inline.kind in wrappers and inline.inner is not None:
            for start, end in ((inline.span.start, inline.inner.start), (inline.inner.end, inline.span.end)):
                if start < end:
                    yield Span(start, end)


def evidence_span(block: Block, mention: Mention) -> Span:
    """Return the sentence of a block that holds a mention, or the whole block."""
    before = bisect_right(block.sentences, mention.span.start, key=lambda s: s.start)
    sentence = block.sentences[before - 1] if before else block.span
    return sentence if sentence.covers(mention.span) else block.span
