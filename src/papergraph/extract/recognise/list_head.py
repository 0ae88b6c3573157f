"""The name at the head of a list item or bold line: `- LoRA-FA: freezes ...`, `- CLA [Title](url)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.labels import meaning_of
from papergraph.extract.reading import Reading, paper_links, strip_edges
from papergraph.extract.recognise.credited import says_credit
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.title_name import is_saying
from papergraph.extract.shapes import NAME_WORD, guess_type, is_head_name, is_name_shaped, is_venue
from papergraph.extract.title_shapes import is_clear_title, is_section_head, is_short_name, is_survey, is_title
from papergraph.extract.word_lists import is_generic, read_lists, word_pattern, word_set
from papergraph.model import Block, Inline, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import VocabularyEntry

#: Before the name: a venue in brackets, a list number, a check box.
_LEAD = re.compile(r"(?:\\?\[[^\[\]\n]{1,30}\\?\](?!\()\s*|\d{1,9}[.)、]\s+)+")
#: Characters of a name that opens a line, with the verb behind it.
_LONGEST_NAME = 56
#: A name with brackets behind it, in which its makers, or a venue and a year may stand: `2. Zorb Net [Quill 2021]`.
_NAMED = re.compile(r"(?:\d{1,3}[.)、]\s)?(?P<name>[A-Z][\w+.-]{0,40}(?: [A-Z][\w+.-]{0,40}){0,2})(?=\s?[(（\[])")
#: Characters behind a colon in which a title says that it is a survey.
_LONGEST_TAIL = 60
#: Behind the name that a line of news begins with.
_NEWS = re.compile(r"\s*(?:[，,：:]|发布|开源|推出|上线|更新|来了|[（(]|\b(?:is out|released|launched)\b)")
_HEAD_END = re.compile(
    r"[:：]|(?<=\S)\s+(?=https?://|www\.|\[)|\s*[（(]|\s*\||$|\s+[-–—]+\s|\*\*|[，,]\s*(?=(?:[A-Z][A-Za-z]+\s?['’]?\d{2,4}|(?:19|20)\d\d)(?!\d))"
)

#: Before a name, what the work does with it; and heads that number the parts of something.
_PRESENTS = re.compile(r"(?:Introduc|Propos|Present|Develop|Design|Creat)(?:ed|ing|es|s)\s+(?:the\s+|an?\s+)?(?=\S)")
#: What ends the name of a file.
_FILE = re.compile(r"\.(?:pdf|docx?|pptx?|md|ipynb|png|jpe?g|zip)$", re.IGNORECASE)
#: Where something is so: a sentence begins, and no name: `On ARC, Zorb (large) wins`.
_WHERE = re.compile(r"(?:On|In|For|With|At|Under|Unlike|Like|By|From|Among)\s[^,:\n]{1,40},\s+(?=\S)")
#: In a title, but hardly in a name.
_FUNCTION = re.compile(r"\b(?:an?|the|for|with|of|via|in|on|to|from|by|and|through|as|is|are)\b")
_NUMBERED = re.compile(r"(?:stage|step|phase|part|challenge|chapter|section|module|experiment)\s?\d", re.IGNORECASE)


def recognise_head(context: Context) -> Iterator[Mention]:
    """Yield the name at the head of a list item or bold line: `- LoRA-FA: freezes ...`, `- CLA [Title](url)`.

    An institution before the name is no part of it: `Deepmind PAV` is PAV.
    """
    institutions = frozenset(m.span.start for m in context.mentions if m.type == "Institution")
    for head in _heads(context.reading):
        if head.span.start in institutions and " " in head.surface:
            yield _without_maker(head)
        else:
            yield head


def _without_maker(head: Mention) -> Mention:
    name = head.surface.split(" ", 1)[1]
    span = Span(head.span.end - len(name), head.span.end)
    return replace(head, span=span, surface=name, type="Method", name=name, vocabulary="")


def _heads(reading: Reading) -> Iterator[Mention]:
    for index, block in reading.readable:
        if block.kind in {"item", "paragraph"} and (opener := _opener(reading, index, block)):
            yield opener
        if block.kind != "item" and not _sets_name_apart(reading, block):
            continue
        if any(f.meaning for f in reading.fields_of(index)):
            continue
        span = _head_span(reading, index, block)
        if (
            span is None
            or not reading.is_visible(index, span.start, span.start + 1)
            or reading.text.startswith("《", span.start)
            or _is_contents_line(block)
            or _is_title_set_apart(reading, span)
            or _heads_part(span.of(reading.text))
            or _WHERE.match(reading.text, span.start, span.end)
            or _opens_survey(reading, block, span)
        ):
            continue
        if presented := _PRESENTS.match(reading.text, span.start, span.end):
            span = Span(presented.end(), span.end)
        span = _without_half(reading.text, _behind_verb(reading, span))
        name = span.of(reading.text)
        linked = bool(reading.paper_links[index])
        if linked and _is_linked_title(block, span) and (" " in name or not is_head_name(name)):
            continue
        if is_venue(reading.vocabulary, name) or meaning_of(name) or _FILE.search(name):
            continue
        known = _is_known(reading, name, bold=_starts_bold(block))
        named = reading.text[span.end : span.end + 1] in {":", "："}
        sure = known or is_head_name(name) or says_credit(reading, span.end)
        if is_head_name(name) or known or ((linked or sure) and _is_plain_head(name, named=named)):
            entry = next((e for e in _entries(reading, name) if e.type != "Topic"), None)
            after = reading.text[span.end : span.end + 40]
            yield reading.mention(
                span,
                entry.type if entry else guess_type(name, "", after),
                "list-head",
                "" if sure else "plain",
                vocabulary=entry.id if entry else "",
            )


def _sets_name_apart(reading: Reading, block: Block) -> bool:
    """Tell whether a block that is no item begins with a name in bold, a linked one, or one with who made the work."""
    if block.kind == "paragraph" and _starts_bold(block):
        return True
    if block.kind == "paragraph" and (link := _first_link(block)):
        return not is_link_label(reading, link)
    found = _NAMED.match(reading.text, block.span.start, block.span.end)
    if block.kind not in {"paragraph", "heading"} or found is None:
        return False
    return says_credit(reading, found.end("name")) and (block.kind == "heading" or is_name_shaped(found["name"]))


def _first_link(block: Block) -> Inline | None:
    return next((i for i in block.inlines if i.kind == "link" and i.inner and i.span.start == block.span.start), None)


def _is_title_set_apart(reading: Reading, head: Span) -> bool:
    """Tell whether a bold or quoted head is all of a work's title, with its name in it: `**Zorb: Tracking Zebras**`."""
    title = head.of(reading.text)
    quoted = reading.text[head.start - 1 : head.start] in {'"', "“"} or title.startswith(('"', "“"))
    if quoted or is_clear_title(title):
        return is_title(title.strip('"“”'))
    name, colon, rest = title.partition(": ")
    return bool(colon) and is_short_name(name) and len(rest.split()) > 1 and is_title(title)


def _opens_survey(reading: Reading, block: Block, head: Span) -> bool:
    """Tell whether what follows a head and a colon says that this is a survey of it."""
    tail = reading.text[head.end : min(block.span.end, head.end + _LONGEST_TAIL)]
    return tail.startswith((":", "：")) and is_survey(tail)


def _behind_verb(reading: Reading, head: Span) -> Span:
    """Return a head without what is to be done with the work: `Read VAPO`, `复现 GRPO`; names may begin with a verb."""
    verb = _to_do().match(reading.text, head.start, head.end)
    if verb is None or any(True for _ in reading.vocabulary.find(head.of(reading.text))):
        return head
    rest = strip_edges(reading.text, verb.end(), head.end)
    if rest is None:
        return head
    name = rest.of(reading.text)
    return rest if is_head_name(name) or _is_known(reading, name, bold=False) else head


def _without_half(text: str, head: Span) -> Span:
    """Return a head without the end of a bracket that opens before it: `(3D) Zorb`."""
    name = head.of(text)
    closed = name.rfind(")")
    if "(" in name or not 0 <= closed < len(name) - 1:
        return head
    return Span(head.end - len(name[closed + 1 :].lstrip()), head.end)


@cache
def _to_do() -> re.Pattern[str]:
    words = f"{word_pattern('discourse', 'to_do_zh')}|{word_pattern('discourse', 'to_do_en')}"
    return re.compile(rf"(?:{words})\s+(?=\S)", re.IGNORECASE)


def _heads_part(head: str) -> bool:
    """Tell whether the head of an item is that of a part of the note, or numbers the parts of something."""
    return is_section_head(head) or bool(_NUMBERED.match(head))


def _opener(reading: Reading, index: int, block: Block) -> Mention | None:
    """Return the name with which a line of news or a description begins: `Llama 3 发布，...`, `- A2SF fixes ...`."""
    page = next((i for i in block.inlines if i.kind == "wikilink" and i.span.start == block.span.start), None)
    if page and page.inner:
        name = page.inner.of(reading.text)
        known = next((e for e in reading.vocabulary.find(name) if e.type in THINGS), None)
        if not _acts().match(reading.text, page.span.end) or not (known or is_head_name(name)):
            return None
        kind = known.type if known else guess_type(name, "", "")
        return reading.mention(page.inner, kind, "list-head", "acting", vocabulary=known.id if known else "")
    start = block.span.start
    is_tagged = any(i.kind in {"tag", "url"} for i in block.inlines)
    if not is_tagged and not _acts().search(reading.text, start, start + _LONGEST_NAME):
        return None
    hit = next((h for h in reading.vocabulary.scan(reading.text[start : start + _LONGEST_NAME]) if h.start == 0), None)
    word = NAME_WORD.match(reading.text, start)
    end = start + hit.end if hit else word.end() if word else start
    entries = [e for e in map(reading.vocabulary.by_id, hit.entries) if e.type in THINGS] if hit else []
    if end == start or not reading.is_visible(index, start, end) or (hit and (hit.ambiguous or len(entries) != 1)):
        return None
    span = Span(start, end)
    name = span.of(reading.text)
    is_news = is_tagged and _NEWS.match(reading.text, end)
    if not is_news and not (block.kind == "item" and _acts().match(reading.text, end)):
        return None
    if is_venue(reading.vocabulary, name) or not (entries or is_head_name(name)):
        return None
    kind = entries[0].type if entries else guess_type(name, "", reading.text[end : end + 40])
    return reading.mention(
        span, kind, "list-head", "news" if is_news else "acting", vocabulary=entries[0].id if entries else ""
    )


@cache
def _acts() -> re.Pattern[str]:
    english = "|".join(read_lists("introduced")["acts_en"])
    return re.compile(rf"\s+(?:{english})\b")


def _is_known(reading: Reading, name: str, *, bold: bool) -> bool:
    """Tell whether the vocabulary knows a head as somebody's work or, in bold, as no field of research."""
    entries = _entries(reading, name)
    return any(e.work for e in entries) or (bold and bool(entries) and all(e.type in THINGS for e in entries))


def _entries(reading: Reading, name: str) -> list[VocabularyEntry]:
    """Return what a head may name: in small letters, `nat` is a word and no NAT, and `Less` is none where LESS is."""
    found = (e for e in reading.vocabulary.find(name) if not name.islower() or name in e.forms)
    return [
        e for e in found if name in e.forms or name.casefold() not in {f.casefold() for f in (*e.ambiguous, *e.exact)}
    ]


def _is_contents_line(block: Block) -> bool:
    return any(i.kind == "link" and i.target.startswith("#") for i in block.inlines)


def _is_linked_title(block: Block, head: Span) -> bool:
    """Tell whether a head is the text of the paper's own link: its title, and no name before it."""
    return any(link.inner and link.inner.overlaps(head) for link in paper_links(block))


def _is_plain_head(name: str, *, named: bool) -> bool:
    """Tell whether the words before a paper link may be what the author calls the work, and no title of it.

    A colon behind them shows that they are `named`.
    """
    words = name.split()
    if words and (words[0].endswith("ly") or words[0].casefold() in word_set("techniques", "plain")):
        return False
    if not named and len(words) > 2 and (words[0].endswith("ing") or _FUNCTION.search(name)):
        return False
    return (
        1 <= len(words) <= 4
        and not is_chinese(name)
        and not is_generic(name)
        and not (named and is_saying(name))
        and name[0].isupper()
        and name.casefold()
        not in {"survey", "paper", "publication", "code", "title", "link", "blog", "note", "slides", "talk"}
        and not re.search(r"\bet al\b|\b(?:19|20)\d\d$", name)
    )


def _starts_bold(block: Block) -> bool:
    return any(i.kind == "bold" and i.span.start == block.span.start for i in block.inlines)


def _head_span(reading: Reading, index: int, block: Block) -> Span | None:
    text, start, end = reading.text, block.span.start, block.span.end
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    bold = next((i for i in block.inlines if i.kind in {"bold", "code"} and i.span.start == start and i.inner), None)
    if bold and bold.inner:
        return strip_edges(text, bold.inner.start, bold.inner.end)
    page = next((i for i in block.inlines if i.kind == "wikilink" and i.span.start == start and i.inner), None)
    line_end = min(end, start + 80)
    found = _HEAD_END.search(text, start + 1, line_end)
    stop = found.start() if found else line_end
    if (
        stop >= end
        and not reading.paper_links[index]
        and not any(reading.document.blocks[c].kind == "item" for c in reading.children.get(index, ()))
    ):
        return None
    if page and page.inner and page.span.end < stop:
        return page.inner
    return strip_edges(text, start, stop)
