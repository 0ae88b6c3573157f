"""The frozen values that the stages of papergraph hand to each other; standard library only.

Reading yields a `Document`, extraction an `Extraction` (mentions and relation mentions of one note), resolution and
assembly a `Graph` (entities and relations of all notes). A mention is one place in a text, an entity is what many
mentions name; a relation mention is one claim in one sentence, a relation is all evidence of one claim.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, get_args

EntityType = Literal["Paper", "Method", "Model", "Institution", "Hardware", "Dataset", "Topic", "Person"]
Predicate = Literal[
    "introduces",
    "affiliatedWith",
    "extends",
    "improvesOn",
    "uses",
    "outperforms",
    "comparedWith",
    "targetsHardware",
    "measuredOn",
    "evaluatedOn",
    "trainedOn",
    "hasTopic",
    "authoredBy",
    "broader",
]
Polarity = Literal["positive", "negative"]
Tier = Literal["structure", "prose", "model"]
BlockKind = Literal["heading", "paragraph", "item", "cell", "code", "html"]
InlineKind = Literal["link", "image", "wikilink", "url", "bold", "emphasis", "code", "math", "tag", "strike", "html"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
TIERS: tuple[Tier, ...] = get_args(Tier)
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points `[start, end)` in a document's text; never empty.

    >>> Span(2, 5).of("a H2O b")
    'H2O'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Inline:
    """One piece of inline markup inside a block."""

    kind: InlineKind
    span: Span
    """The markup with its delimiters, such as all of `[text](url)` or `**bold**`."""
    inner: Span | None
    """The visible text; None where there is none, as in `[](url)`."""
    target: str = ""
    """Link or image: the URL as written. Wikilink: the page. Tag: its name without `#`."""
    identifier: str = ""
    """What paper a link names: `arXiv:2306.14048` (no version), a bare DOI `10.…`, `OpenReview:…`, …; or empty."""


@dataclass(frozen=True, slots=True)
class Block:
    """One leaf piece of a note: a heading, a paragraph, the own text of a list item, a table cell, code or HTML."""

    kind: BlockKind
    span: Span
    """The block's own text without its leading marker (`## `, `- `, `> `); later lines may hold indents and `>`."""
    line: int
    """1-based line of the file where the span starts."""
    depth: int = 0
    """Heading: level 1-6. Item: nesting depth from 1. Others: depth of the item that they hang under, 0 at the top."""
    headings: tuple[int, ...] = ()
    """Indices of the heading blocks above, outermost first (a heading does not list itself)."""
    parent: int = -1
    """Index of the list item that this block hangs under (nested items, paragraphs, quotes); -1 at the top."""
    quoted: bool = False
    """Inside a block quote."""
    table: int = -1
    """Which table of the document a cell belongs to, from 0; -1 for other blocks."""
    row: int = -1
    """Row of a cell; the header row is 0."""
    column: int = -1
    """Column of a cell, from 0."""
    inlines: tuple[Inline, ...] = ()
    sentences: tuple[Span, ...] = ()
    """The sentences of the block, in order, inside its span, trimmed of white space."""


@dataclass(frozen=True, slots=True)
class Field:
    """A `key: value` line: front matter, `> **Institution:** X`, `机构：X`, `key:: value`."""

    key: str
    """As written, trimmed of markup and colon, case-folded."""
    value: Span
    line: int
    block: int = -1
    """The block that holds the field; -1 for front matter."""
    meaning: str = ""
    """What the key stands for, such as `institution`, by data/patterns/fields.yaml; empty for unknown keys."""
    identifier: str = ""
    """Of the paper that the value names by its URL or number, such as `arXiv:2306.14048`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One note as read: its exact decoded text, and what the markup says about it."""

    path: str
    """Relative to the folder that was read, with forward slashes; never absolute."""
    text: str
    """What was decoded (and repaired); newlines are as in the file, so that spans hold."""
    sha256: str
    """Of the file's bytes."""
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    encoding: str = "utf-8"
    """Codec name; for a repaired note such as `utf-8 misread as cp1254`."""
    uncertain: tuple[Span, ...] = ()
    """Characters of a repaired note whose restoration is doubtful."""
    warnings: tuple[str, ...] = ()
    """Warnings about the note, each starting with `line N: ` if the line is known."""
    citation_keys: frozenset[str] = frozenset()
    """The keys in the note by which the user's library knows works."""
    line_starts: tuple[int, ...] = field(default=(0,), repr=False)
    """Offset of the first character of every line; lines end with `\\n`, `\\r\\n` or `\\r` and nothing else."""

    def line_of(self, offset: int) -> int:
        """Return the 1-based line that holds the character at `offset`."""
        return bisect_right(self.line_starts, offset)

    def block_at(self, offset: int) -> int:
        """Return the index of the last block that starts at or before `offset`; -1 for front matter."""
        return bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a note's text that names an entity: `span.of(text) == surface`, always."""

    span: Span
    surface: str
    line: int
    type: EntityType
    name: str
    """The name that it stands for, tidied: markup and line breaks gone, canonical where the vocabulary knows it."""
    extractor: str
    """Which rule found it, such as `gazetteer` or `title`."""
    confidence: float
    vocabulary: str = ""
    """Id of the vocabulary entry, such as `method/h2o`; ``""`` for names in no vocabulary."""
    identifiers: tuple[str, ...] = ()
    """Papers only: `arXiv:2306.14048`, a DOI, another scheme, or the URL where nothing better is known."""
    recorded: bool = False
    """A library or the name of the file has the name: the surface only marks a place, and is no spelling of it."""


@dataclass(frozen=True, slots=True)
class Coreference:
    """The note says that two of its mentions name the same thing."""

    left: int
    right: int
    reason: str
    """For people, such as `acronym defined at line 12` or `same link at line 3`."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value that the note gives for what a mention names."""

    mention: int
    key: str
    """`title`, `year`, `venue`, `code`, `url`, `memoryGB`, `hardwareClass`, `count`."""
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class RelationMention:
    """One claim in one place; subject and object are indices into the mentions of the same extraction."""

    subject: int
    predicate: Predicate
    object: int
    span: Span
    """The text of the evidence: a sentence, a field, a list item, a table row."""
    line: int
    sentence: str
    """The text of the span, white space and line markers folded, for people to read."""
    extractor: str
    """Which rule found it, such as `zh-improves-on` or `field-institution`."""
    tier: Tier
    confidence: float
    polarity: Polarity = "positive"
    dataset: int = -1
    """Mention of the dataset that a comparison was made on, if said."""
    metric: str = ""
    inferred: bool = False
    """Whether a sentence leaves its subject to what the note is about there."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was taken from one note."""

    path: str
    sha256: str
    mentions: tuple[Mention, ...] = ()
    coreferences: tuple[Coreference, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    relations: tuple[RelationMention, ...] = ()
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entity is named."""

    note: str
    line: int
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What a set of mentions names."""

    iri: str
    type: EntityType
    label: str
    """The commonest full form, in the author's spelling."""
    aliases: tuple[str, ...] = ()
    """Every other form, sorted."""
    identifiers: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """Sorted pairs of key and value, keys as in `Attribute`."""
    places: tuple[Place, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why its mentions were merged."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in a note from which a relation was extracted."""

    iri: str
    note: str
    line: int
    start: int
    end: int
    sentence: str
    extractor: str
    tier: Tier
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """One claim with everything that supports it."""

    iri: str
    subject: str
    predicate: Predicate
    object: str
    confidence: float
    polarity: Polarity = "positive"
    evidence: tuple[Evidence, ...] = ()
    dataset: str = ""
    metric: str = ""
    contradicted: tuple[Evidence, ...] = ()
    """Weaker evidence that says the opposite."""


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """What the graph keeps about a note itself."""

    iri: str
    path: str
    sha256: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole knowledge graph; each tuple is sorted by IRI, so that equal graphs are equal values."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    threshold: float = field(default=0.0, compare=False)
    """Least confidence, 0 to 1, of the claims that it asserts; it remembers the others with their evidence only."""

    def asserts(self, relation: Relation, min_confidence: float | None = None) -> bool:
        """Tell whether a claim is positive and reaches the threshold, or `min_confidence` if that is given."""
        least = self.threshold if min_confidence is None else min_confidence
        return relation.polarity == "positive" and relation.confidence >= least


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each mention names."""

    entities: tuple[Entity, ...]
    """Sorted by IRI."""
    mention_entities: tuple[tuple[str, ...], ...]
    """For each extraction, in the order given, the entity IRI of each of its mentions."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a note says and the graph lacks."""

    path: str
    message: str
    line: int = 0
    """1-based; 0 where the whole file is meant."""
    kind: Literal["unread", "left out", "repaired", "disagreement"] = "unread"
    """The note could not be read; a claim was read and does not fit the others; the note was read after a repair; a
    note and the library say different things of a work, and both are kept."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Run:
    """How a graph was made: the only place where a version is kept; no clock."""

    version: str
    configuration: str
    """SHA-256 of the settings, vocabulary and patterns in force."""
    inputs: tuple[tuple[str, str], ...] = ()
    """Sorted pairs of note path and SHA-256."""
