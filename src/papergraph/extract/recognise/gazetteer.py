"""Names that the vocabulary knows; an ambiguous form counts only where a cue for it is near."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from papergraph.extract.context import Context
from papergraph.extract.reading import Reading
from papergraph.extract.recognise.among_alike import among_alike
from papergraph.extract.recognise.beside_verb import beside_verb
from papergraph.extract.recognise.kind_said import kind_said
from papergraph.extract.recognise.longer import longer_name, size_before
from papergraph.extract.recognise.otherwise import is_defined_otherwise
from papergraph.extract.shapes import NAME_WORD
from papergraph.extract.title_shapes import is_title
from papergraph.extract.word_lists import read_lists, word_pattern, word_set
from papergraph.model import Block, Mention, Span
from papergraph.ontology.kinds import LISTED, THINGS
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Hit, VocabularyEntry
from papergraph.vocabulary.link_labels import names_site

_JOINT = re.compile(r"\s*(?:[,，、/+&]|\band\b|\bor\b|和|与|及|或)\s*(?:and\s+)?")
_WORD_EDGE = re.compile(r"[a-z0-9]")


#: Characters of a sentence that only says who made something, and what it may hold beside their names.
_LONGEST_CREDIT = 60
_CREDIT_REST = re.compile(r"[\s,，、/+&.。;；:：>*_]|\band\b|和|与|以及|联合|等")
_CLAUSE_EDGE = re.compile(r"[,，。；;：:()（）\[\]\n|]|[.](?=\s|$)")
#: Characters of a block, and of each block around it, that may settle what a form in it means.
_WINDOW, _AROUND = 4_000, 4_000
#: Items beside an item, and below it, that may settle it.
_BESIDE, _BELOW = 2, 50
#: Right before the name of an organisation that made something, in so many characters.
_REACH = 40
#: The first part of a longer name: capitalised, and followed by another part or by a number.
_FAMILY = re.compile(r"[A-Z][a-z]{2,}(?=[A-Z]|-?\d|-[A-Z])")
#: Names with one meaning in a note that show it to be about the field, so that its links are to notes on the field.
_OF_THE_FIELD = 2
#: Before a link that only says where it leads.
_BESIDE_LINK = re.compile(r"[\[|·•/()（][ \t]*$")
_PROVENANCE = re.compile(r"(?:来自|出自|由|@|\bfrom|\bby)\s*$")


def recognise_gazetteer(context: Context) -> Iterator[Mention]:
    """Yield the names in the readable text of every block; topics are left to headings and tags.

    What settles an ambiguous form at one place of the note settles it at the others: a note does not change its mind.
    """
    reading = context.reading
    settled: dict[str, VocabularyEntry] = {}
    unsettled: list[tuple[Span, Hit]] = []
    clear = 0
    for index, block in reading.readable:
        text = block.span.of(reading.text)
        hits = reading.vocabulary.scan(text)
        for number, hit in enumerate(hits):
            span = Span(block.span.start + hit.start, block.span.start + hit.end)
            if not reading.is_visible(index, span.start, span.end) or _labels_link(reading, index, span):
                continue
            other = is_defined_otherwise(reading, span.of(reading.text), hit.entries, ambiguous=hit.ambiguous)
            if other or _is_affiliation(reading, index, span, hit):
                continue
            several = len({reading.vocabulary.by_id(e).type for e in hit.entries}) > 1
            entry = _coordinated(reading, text, hits, number) if several else None
            entry = entry or _chosen(reading, index, hits, number)
            if entry is None:
                unsettled.append((span, hit))
                continue
            clear += not hit.ambiguous
            if hit.ambiguous:
                settled.setdefault(span.of(reading.text), entry)
            yield _known(reading, span, entry, "ambiguous" if hit.ambiguous else "")
    if clear >= _OF_THE_FIELD:
        settled = {**_linked(reading, unsettled), **settled}
    for span, hit in unsettled:
        entry = settled.get(span.of(reading.text))
        if entry is not None and entry.id in hit.entries:
            yield _known(reading, span, entry, "settled")
    yield from _in_front_matter(reading)


def _is_affiliation(reading: Reading, index: int, span: Span, hit: Hit) -> bool:
    """Tell whether a name stands in a field for institutions, which names no works: the MOE of China is no MoE."""
    institutions = any(f.meaning == "institution" and f.value.covers(span) for f in reading.fields_of(index))
    return institutions and all(reading.vocabulary.by_id(e).type != "Institution" for e in hit.entries)


def _labels_link(reading: Reading, index: int, span: Span) -> bool:
    """Tell whether a name is in a link, one of several, that only names a site: `[[Twitter](...)]`."""
    sites = reading.once(_site_links, index)
    number = bisect_right(sites, span.start, key=lambda site: site.start) - 1 if sites else -1
    return number >= 0 and sites[number].covers(span)


def _site_links(reading: Reading, index: int) -> tuple[Span, ...]:
    """Return the links of a block, in order, that only say to which site they lead."""
    text, block = reading.text, reading.document.blocks[index]
    links = (i for i in block.inlines if i.kind == "link" and i.inner and names_site(i.inner.of(text)))
    beside = (
        i.span for i in links if _BESIDE_LINK.search(text, max(block.span.start, i.span.start - 20), i.span.start)
    )
    return tuple(sorted(beside, key=lambda span: span.start))


def _chosen(reading: Reading, index: int, hits: tuple[Hit, ...], number: int) -> VocabularyEntry | None:
    """Return what a name of a block means by itself, by what it is joined with, by a verb beside it, or by a list."""
    hit, text = hits[number], reading.document.blocks[index].span.of(reading.text)
    entry = choose_entry(reading, index, hit) or (kind_said(reading, index, hit) if hit.ambiguous else None)
    entry = entry or _coordinated(reading, text, hits, number)
    if entry is None and hit.ambiguous:
        entry = beside_verb(reading.vocabulary, text, hits, number)
    if entry is None and hit.ambiguous:
        entry = _among_institutions(reading, index, hit, hits) or among_alike(reading, index, hit)
    return entry


def _linked(reading: Reading, hits: Sequence[tuple[Span, Hit]]) -> dict[str, VocabularyEntry]:
    """Return what ambiguous forms mean that are all of a link to a note, where they can mean one thing only."""
    pages = {i.inner for _, block in reading.readable for i in block.inlines if i.kind == "wikilink" and i.inner}
    found: dict[str, VocabularyEntry] = {}
    for span, hit in hits:
        entries = [e for e in map(reading.vocabulary.by_id, hit.entries) if e.type in THINGS]
        if span in pages and len(entries) == 1 and span.of(reading.text) in entries[0].forms:
            found.setdefault(span.of(reading.text), entries[0])
    return found


def _in_front_matter(reading: Reading) -> Iterator[Mention]:
    """Yield what front matter names in the title and the summary that it gives, but for forms that need a context."""
    for field in reading.fields_of(-1):
        value = field.value.of(reading.text)
        is_summary = field.key.casefold() in word_set("titles", "summary_keys")
        if not is_summary and (field.meaning != "title" or not is_title(value) or is_chinese(value)):
            continue
        kinds = LISTED if is_summary else {"Method", "Model"}
        for hit in reading.vocabulary.scan(value):
            entries = [reading.vocabulary.by_id(e) for e in hit.entries]
            if not hit.ambiguous and len(entries) == 1 and entries[0].type in kinds:
                span = Span(field.value.start + hit.start, field.value.start + hit.end)
                yield _known(reading, span, entries[0], "")


def _known(reading: Reading, span: Span, entry: VocabularyEntry, case: str) -> Mention:
    if size := size_before(reading.text, span, entry):
        name = f"{span.of(reading.text)} {size}"
        member = next((e for e in reading.vocabulary.find(name) if e.type == "Model"), None)
        place = Span(span.start - len(size) - 1, span.end)
        known = member.id if member else ""
        return reading.mention(place, "Model", "gazetteer", case, vocabulary=known, name=name)
    whole = longer_name(reading.text, span, entry)
    if whole != span:  # 3D R-CNN is another work than R-CNN
        return reading.mention(whole, entry.type, "gazetteer", case)
    return reading.mention(span, entry.type, "gazetteer", case, vocabulary=entry.id)


def choose_entry(reading: Reading, index: int, hit: Hit) -> VocabularyEntry | None:
    """Return the entry that a hit in block `index` means, or None where nothing settles an ambiguous form."""
    entries = [e for e in map(reading.vocabulary.by_id, hit.entries) if e.type != "Topic"]
    if not entries:
        return None
    block = reading.document.blocks[index]
    surface = reading.text[block.span.start + hit.start : block.span.start + hit.end]
    clear = [e for e in entries if surface not in e.ambiguous]
    if clear and len(entries) == 1:
        return clear[0]
    place = block.span.start + hit.start
    if not clear and len(entries) == 1 and surface in reading.once(_families, index):
        return entries[0]
    cues = [reading.once(_cues, (index, hit.start // _WINDOW, surface, e.id)) for e in entries]
    scored = sorted(((-found, e.id, e) for found, e in zip(cues, entries, strict=True)), key=lambda s: (s[0], s[1]))
    if scored[0][0] == 0 and _PROVENANCE.search(reading.text, max(block.span.start, place - _REACH), place):
        return next((e for e in entries if e.type == "Institution"), None)
    works = [e for e in entries if e.type in {"Method", "Model"}]
    if scored[0][0] == 0 and len(works) == 1 and surface[:1].isupper() and _is_built_on(reading, block, place):
        return works[0]
    # Where one thing has the name to itself, another needs more than one cue to be meant.
    best = scored[0][2] if scored[0][0] < (-1 if clear else 0) else None
    return best or (clear[0] if clear else None)


def _is_built_on(reading: Reading, block: Block, place: int) -> bool:
    """Tell whether the words before a name say that something extends, improves on or is better than it."""
    return bool(_before_work().search(reading.text, max(block.span.start, place - _REACH), place))


@cache
def _before_work() -> re.Pattern[str]:
    english, chinese = (
        "|".join(read_lists("techniques")["works_before_en"]),
        word_pattern("techniques", "works_before_zh"),
    )
    return re.compile(rf"(?:\b(?:{english}) (?:the )?(?:original )?|(?:{chinese})[\s*_`=]{{0,4}})$", re.IGNORECASE)


def _families(reading: Reading, index: int) -> frozenset[str]:
    """Return the capitalised words of a block with which longer names in it begin: Muon where MuonClip stands."""
    span = reading.document.blocks[index].span
    words = (m[0] for m in NAME_WORD.finditer(reading.text, span.start, span.end))
    return frozenset(m[0] for w in words if (m := _FAMILY.match(w)))


def _coordinated(reading: Reading, text: str, hits: tuple[Hit, ...], number: int) -> VocabularyEntry | None:
    """Return what an ambiguous name means in a list of its like: FEVER in `HotpotQA, FEVER and ALFWorld`."""
    hit = hits[number]
    for other in (*hits[max(0, number - 1) : number], *hits[number + 1 : number + 2]):
        between = text[other.end : hit.start] if other.end <= hit.start else text[hit.end : other.start]
        if other.ambiguous or len(between) > _REACH or not _JOINT.fullmatch(between):
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
    text, edges = reading.once(_clauses, index)
    before, after = bisect_right(edges, (hit.start, hit.start)), bisect_left(edges, (hit.end, hit.end))
    start = edges[before - 1][1] if before else 0
    start = hit.start if text[hit.start - 1 : hit.start] == "." else start
    end = edges[after][0] if after < len(edges) else len(text)
    if end - start > _LONGEST_CREDIT or not (_is_sentence(text, start, end) or reading.once(_is_linked, index)):
        return None
    rest, chosen = text[start:end], None
    first, last = (bisect_left(hits, edge, key=lambda h: h.start) for edge in (start, end))
    for other in reversed([h for h in hits[first:last] if h.end <= end]):
        entries = (reading.vocabulary.by_id(e) for e in other.entries)
        institution = next((e for e in entries if e.type == "Institution"), None)
        if institution is None:
            return None
        rest = rest[: other.start - start] + rest[other.end - start :]
        chosen = institution if other is hit else chosen
    return None if _CREDIT_REST.sub("", rest) else chosen


def _clauses(reading: Reading, index: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a block, and where its clauses are parted, each with its start and end."""
    text = reading.document.blocks[index].span.of(reading.text)
    return text, tuple(m.span() for m in _CLAUSE_EDGE.finditer(text))


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a clause is all of a sentence."""
    begins = start == 0 or text[start - 1] in "。.；;\n" or not text[:start].strip(" \t>*_-")
    return begins and not text[end : end + 1].strip("。.；;\n")


def _is_linked(reading: Reading, index: int) -> bool:
    """Tell whether a block or the one that it hangs from holds a link."""
    parent = reading.document.blocks[index].parent
    places = [reading.document.blocks[i] for i in (index, parent) if i >= 0]
    return any(inline.kind in {"link", "url"} for place in places for inline in place.inlines)


def _context(reading: Reading, place: tuple[int, int]) -> str:
    """Return the text around a part of a block, by its number, that may settle what a form there means."""
    index, window = place
    blocks, text = reading.document.blocks, reading.text
    block = blocks[index]
    near = {index, block.parent, *block.headings, *islice(reading.children.get(index, ()), _BELOW)} - {-1}
    if block.parent >= 0:
        beside = reading.children[block.parent]
        first, last = bisect_left(beside, index - _BESIDE), bisect_right(beside, index + _BESIDE)
        near.update(beside[first:last])
    start = max(block.span.start, block.span.start + (window - 1) * _WINDOW)
    own = text[start : min(block.span.end, block.span.start + (window + 2) * _WINDOW)]
    around = {i: blocks[i].span.start for i in near - {index}}
    pieces = {i: text[s : min(blocks[i].span.end, s + _AROUND)] for i, s in around.items()} | {index: own}
    return " ".join(pieces[i] for i in sorted(pieces))


def _cues(reading: Reading, asked: tuple[int, int, str, str]) -> int:
    """Return how many cues for an entry stand around a form in a part of a block."""
    index, window, surface, entry_id = asked
    cues = reading.vocabulary.by_id(entry_id).context
    if not cues:
        return 0
    # The form itself tells nothing.
    context = reading.once(_context, (index, window)).replace(surface, " ").casefold()
    return sum(_holds(context, cue) for cue in cues)


def _holds(context: str, cue: str) -> bool:
    """Tell whether a cue stands in the context; a short Latin cue only as the start of a word."""
    position = context.find(cue)
    while position >= 0:
        if not _WORD_EDGE.match(cue) or position == 0 or not _WORD_EDGE.match(context[position - 1]):
            return True
        position = context.find(cue, position + 1)
    return False
