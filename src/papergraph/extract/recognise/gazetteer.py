"""Names that the vocabulary knows; an ambiguous form counts only where a cue for it is near."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.reading import Reading
from papergraph.model import Mention, Span
from papergraph.vocabulary import Hit, VocabularyEntry

_JOINT = re.compile(r"\s*(?:[,，、/+&]|\band\b|\bor\b|和|与|及|或)\s*(?:and\s+)?")
_WORD_EDGE = re.compile(r"[a-z0-9]")


#: Characters of a sentence that only says who made something, and what it may hold beside their names.
_LONGEST_CREDIT = 60
_CREDIT_REST = re.compile(r"[\s,，、/+&.。;；:：>*_]|\band\b|和|与|以及|联合|等")
_CLAUSE_EDGE = re.compile(r"[,，。；;：:()（）\[\]\n|]|[.](?=\s|$)")
#: Right before the name of an organisation that made something.
_PROVENANCE = re.compile(r"(?:来自|出自|由|@|\bfrom|\bby)\s*$")


def recognise_gazetteer(reading: Reading) -> Iterator[Mention]:
    """Yield the names in the readable text of every block; topics are left to headings and tags.

    What settles an ambiguous form at one place of the note settles it at the others: a note does not change its mind.
    """
    settled: dict[str, VocabularyEntry] = {}
    unsettled: list[tuple[Span, Hit]] = []
    for index, block in reading.readable:
        text = block.span.of(reading.text)
        hits = reading.vocabulary.scan(text)
        for hit in hits:
            span = Span(block.span.start + hit.start, block.span.start + hit.end)
            if not reading.is_visible(index, span.start, span.end):
                continue
            several = len({reading.vocabulary.by_id(e).type for e in hit.entries}) > 1
            entry = _coordinated(reading, text, hit, hits) if several else None
            entry = entry or choose_entry(reading, index, hit) or _coordinated(reading, text, hit, hits)
            if entry is None and hit.ambiguous:
                entry = _among_institutions(reading, index, hit, hits)
            if entry is None:
                unsettled.append((span, hit))
                continue
            if hit.ambiguous:
                settled.setdefault(span.of(reading.text), entry)
            yield _known(reading, span, entry, 0.7 if hit.ambiguous else 0.9)
    for span, hit in unsettled:
        entry = settled.get(span.of(reading.text))
        if entry is not None and entry.id in hit.entries:
            yield _known(reading, span, entry, 0.6)


def _known(reading: Reading, span: Span, entry: VocabularyEntry, confidence: float) -> Mention:
    return reading.mention(span, entry.type, "gazetteer", confidence, vocabulary=entry.id)


def choose_entry(reading: Reading, index: int, hit: Hit) -> VocabularyEntry | None:
    """Return the entry that a hit in block `index` means, or None where nothing settles an ambiguous form."""
    entries = [e for e in map(reading.vocabulary.by_id, hit.entries) if e.type != "Topic"]
    if not entries:
        return None
    block = reading.document.blocks[index]
    surface = reading.text[block.span.start + hit.start : block.span.start + hit.end]
    context = _context(reading, index, surface)
    scored = sorted(((-_cues(e, context), e.id, e) for e in entries), key=lambda s: (s[0], s[1]))
    clear = [e for e in entries if surface not in e.ambiguous]
    if clear and len(entries) == 1:
        return clear[0]
    if scored[0][0] == 0 and _PROVENANCE.search(reading.text, block.span.start, block.span.start + hit.start):
        return next((e for e in entries if e.type == "Institution"), None)
    # Where one thing has the name to itself, another needs more than one cue to be meant.
    best = scored[0][2] if scored[0][0] < (-1 if clear else 0) else None
    return best or (clear[0] if clear else None)


def _coordinated(reading: Reading, text: str, hit: Hit, hits: tuple[Hit, ...]) -> VocabularyEntry | None:
    """Return what an ambiguous name means in a list of its like: FEVER in `HotpotQA, FEVER and ALFWorld`."""
    for other in hits:
        between = text[other.end : hit.start] if other.end <= hit.start else text[hit.end : other.start]
        if other.ambiguous or not _JOINT.fullmatch(between):
            continue
        types = {reading.vocabulary.by_id(e).type for e in other.entries} - {"Topic"}
        for entry_id in hit.entries:
            if reading.vocabulary.by_id(entry_id).type in types:
                return reading.vocabulary.by_id(entry_id)
    return None


def _among_institutions(reading: Reading, index: int, hit: Hit, hits: tuple[Hit, ...]) -> VocabularyEntry | None:
    """Return the institution that a hit means in a clause of nothing but institutions: `> MIT + Meta。`.

    In a clause that is no sentence of its own this holds only near a link: `[A title](...), ICLR 2024, CUHK and MIT`.
    """
    block = reading.document.blocks[index]
    text = block.span.of(reading.text)
    start = max((m.end() for m in _CLAUSE_EDGE.finditer(text, 0, hit.start)), default=0)
    end = next((m.start() for m in _CLAUSE_EDGE.finditer(text, hit.end)), len(text))
    if end - start > _LONGEST_CREDIT or not (_is_sentence(text, start, end) or _is_linked(reading, index)):
        return None
    rest, chosen = text[start:end], None
    for other in sorted((h for h in hits if start <= h.start and h.end <= end), key=lambda h: -h.start):
        entries = (reading.vocabulary.by_id(e) for e in other.entries)
        institution = next((e for e in entries if e.type == "Institution"), None)
        if institution is None:
            return None
        rest = rest[: other.start - start] + rest[other.end - start :]
        chosen = institution if other is hit else chosen
    return None if _CREDIT_REST.sub("", rest) else chosen


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a clause is all of a sentence."""
    begins = not text[:start].strip(" \t>*_-") or text[start - 1] in "。.；;\n"
    return begins and not text[end : end + 1].strip("。.；;\n")


def _is_linked(reading: Reading, index: int) -> bool:
    """Tell whether a block or the one that it hangs from holds a link."""
    parent = reading.document.blocks[index].parent
    places = [reading.document.blocks[i] for i in (index, parent) if i >= 0]
    return any(inline.kind in {"link", "url"} for place in places for inline in place.inlines)


def _context(reading: Reading, index: int, surface: str) -> str:
    """Return the text around a block that may settle what a form means, without the form itself."""
    blocks = reading.document.blocks
    block = blocks[index]
    near = {index, block.parent, *block.headings, *reading.children.get(index, ())} - {-1}
    if block.parent >= 0:
        near.update(i for i in reading.children.get(block.parent, ()) if abs(i - index) <= 2)
    pieces = [blocks[i].span.of(reading.text) for i in sorted(near)]
    return " ".join(pieces).replace(surface, " ").casefold()


def _cues(entry: VocabularyEntry, context: str) -> int:
    return sum(_holds(context, cue) for cue in entry.context)


def _holds(context: str, cue: str) -> bool:
    """Tell whether a cue stands in the context; a short Latin cue only as the start of a word."""
    position = context.find(cue)
    while position >= 0:
        if not _WORD_EDGE.match(cue) or position == 0 or not _WORD_EDGE.match(context[position - 1]):
            return True
        position = context.find(cue, position + 1)
    return False
