"""What a title says: `X: ... via Y`, `A Hybrid Transformer-Mamba ...`, `Extending Y ...`, `... on a Smartphone`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.annotation import Entry
from papergraph.extract.context import Context
from papergraph.extract.relate.versions import is_variant
from papergraph.extract.title_shapes import LONGEST_TITLE
from papergraph.extract.word_lists import is_acted_upon, is_task, word_pattern, word_set
from papergraph.model import Predicate, RelationMention, Span
from papergraph.text.folding import is_chinese

_COLON = re.compile(r"[:：]")
_GERUND = re.compile(r"[A-Za-z]{3,}ing$")
#: Behind a name, these say what something is like; and what makes a longer name of a phrase.
_COMPARED = re.compile(r"[ -](?:level|inspired|related|free|competitive)\b", re.IGNORECASE)
#: At the end of a phrase, what makes it the data that a work is fed with: `using Synthetic Imagery`.
_DATA = re.compile(
    r"\b(?:imagery|images?|videos?|data|text|corpora|pairs|demonstrations|annotations|labels)$", re.IGNORECASE
)
_GOES_ON = re.compile(r" (?:Network|Net|Framework)s?\b")
#: A line with one of these is a calculation, and no title.
_FORMULA = re.compile(r"\w\^\w.*[=~≈+]|[=~≈+].*\w\^\w")
#: Behind a technique, what is done with it, so that both are the name of a task: `Knowledge Graph Construction`.
_DONE_WITH = re.compile(r" [A-Z][a-z]+(?:tion|sion|ment)\b")
#: Behind a technique, these make it what others' work is based on: `Explaining Zebra-based Trackers`.
_BASED = re.compile(r"[ -]based\b", re.IGNORECASE)
_HYPHENED = re.compile(r"[A-Za-z]\w*-$")
_JOINT = re.compile(r"\s*(?:[,，、&+/-]|and|和|与|,\s*and)\s*", re.IGNORECASE)
#: How many words before a name can say something of it.
_WINDOW = 4
_CLAIMS: tuple[Predicate, ...] = ("extends", "improvesOn", "uses")
#: Lists of words that tell what a title says of the name behind them; `about` says nothing.
_WORDS = (*_CLAIMS, "about")

#: A predicate, and the case of the rule that claims it.
Said = tuple[Predicate, str] | None
#: How far before a device in a title the word may stand that makes it a target, in characters.
_BEFORE_DEVICE = 40


def relate_titles(context: Context) -> Iterator[RelationMention]:
    """Yield what each work's titles say of it; headlines of news are sentences, and read as such."""
    for entry in context.annotation.entries:
        for paper in titles(context, entry):
            span = context.mentions[paper].span
            if span.end - span.start > LONGEST_TITLE or _FORMULA.search(span.of(context.text)):
                continue
            if not context.has_role(paper, "headline"):
                yield from _methods(context, entry, span)
            yield from _hardware(context, entry, span)


def titles(context: Context, entry: Entry) -> Iterator[int]:
    """Yield the mentions of an entry's paper in its first two blocks: its title, and its title in another language."""
    if entry.paper < 0:
        return
    yield entry.paper
    for number in entry.blocks[:2]:
        for index in context.within(context.document.blocks[number].span, "Paper"):
            if index != entry.paper and context.is_same(index, entry.paper):
                yield index


def ingredients(context: Context, entry: Entry) -> frozenset[int]:
    """Return the contributions of an entry that its title only calls an ingredient: `... via Speculative Decoding`."""
    if entry.paper < 0:
        return frozenset()
    title = context.mentions[entry.paper].span
    if title.end - title.start > LONGEST_TITLE:
        return frozenset()
    found = (c for c in entry.contributions if title.covers(context.mentions[c].span))
    return frozenset(
        c
        for c in found
        if context.has_role(c, "listed")
        and not context.is_source(entry.paper, c)
        and _read(context, title, c) == ("uses", "")
    )


def _methods(context: Context, entry: Entry, title: Span) -> Iterator[RelationMention]:
    text = title.of(context.text)
    if _studies().search(text):
        return
    used = ingredients(context, entry)
    subject = entry.paper if used else context.subject(entry)
    own = {i for i in entry.contributions if i not in used}
    said: Said = None
    position = 0
    for index in context.within(title, "Method", "Model"):
        place = context.mentions[index].span
        if _is_less_than_said(context, title, index):
            continue
        joined = position and _JOINT.fullmatch(context.text, position, place.start)
        position = place.end
        if not (joined and said):
            said = _beaten(context, title, index) or _read(context, title, index)
        claimed = _varied(context, subject, index, said or _named(context, title, index))
        if claimed and claimed[1] and _presented().search(text, 0, place.start - title.start):
            continue
        if claimed is None or index in own or any(context.is_same(index, o) for o in own):
            continue
        predicate, case = claimed
        if case and context.is_part(index):
            continue  # a phrase of the title may be what the work itself is
        is_task_of = (
            predicate == "improvesOn" and context.is_technique(index) and _DONE_WITH.match(context.text, place.end)
        )
        if (
            is_task_of
            or _is_worked_on(context.mentions[index].name, *claimed)
            or not context.fits(predicate, subject, index)
        ):
            continue
        yield context.claim(subject, predicate, index, title, f"title-{predicate}", "structure", case)


def _is_less_than_said(context: Context, title: Span, index: int) -> bool:
    """Tell whether a title says more, or other, than a name in it: `GPT-4 Level`, `Zebra Propagation Network`.

    What stands in brackets of its own is the short form of what the title names before them.
    Where all of a title is in capitals one cannot tell which of its words are names.
    """
    mention, text = context.mentions[index], title.of(context.text)
    after = context.text[mention.span.end : title.end]
    is_short_form = after[:1] in {")", "）"} and context.text[mention.span.start - 1] in "(（"
    if is_short_form or _COMPARED.match(after) or (not mention.vocabulary and _DATA.search(mention.name)):
        return True
    return not mention.vocabulary and (text.isupper() or bool(_GOES_ON.match(after)))


def _varied(context: Context, subject: int, index: int, said: Said) -> Said:
    """Return what a title says of a name: `extends` where the work that would use it is a variant by its name."""
    work = context.mentions[subject]
    varied = work.type != "Paper" and is_variant(work.name, context.mentions[index].name)
    return ("extends", "variant") if varied and said and said[0] == "uses" else said


def _beaten(context: Context, title: Span, index: int) -> Said:
    """Return that a work is better than what its title says that it beats."""
    before = context.text[title.start : context.mentions[index].span.start].split()
    beats = bool(before) and before[-1].casefold() in word_set("title-relations", "beating")
    return ("outperforms", "") if beats else None


def _read(context: Context, title: Span, index: int) -> Said:
    """Return what the words before a name in a title say of it; None for nothing."""
    before = context.text[title.start : context.mentions[index].span.start]
    parts = _COLON.split(before)
    clause = parts[-1]
    if is_chinese(clause):
        return _read_chinese(clause)
    words = clause.replace(",", " ").split()
    if words and _HYPHENED.fullmatch(words[-1]):
        words.pop()
    for word in reversed(words[-_WINDOW:]):
        for kind in _WORDS:
            if word.casefold() in word_set("title-relations", kind):
                return _verdict(kind, word, words)
        if word in (words[0], words[-1]) and _GERUND.search(word):
            return _modifier(context, title, index)
    if words and words[-1].casefold() in word_set("title-relations", "beaten"):
        return None
    # `X: Fast Speculative Decoding ...`: the noun that a title is about is what the work is, most of the time.
    if len(words) <= _WINDOW and (len(parts) > 1 or not words) and before.strip():
        return ("uses", "opening") if context.mentions[index].vocabulary else None
    return _modifier(context, title, index)


def _named(context: Context, title: Span, index: int) -> Said:
    """Return that a work uses a method that its title names, save its field, its own name, and what it is against.

    What opens a title and nobody knows is what the work makes: `Zebra Calibration for Trackers`. A model may be what
    it is tried on: `Capabilities of Zorb-2 on Exams`.
    """
    mention = context.mentions[index]
    if mention.type == "Model":
        return None
    before = context.text[title.start : mention.span.start].split()
    after = context.text[mention.span.end : title.end]
    if {w.casefold() for w in before[-_WINDOW:]} & word_set("title-relations", "opposed"):
        return None
    if len(before) > 1 and _GERUND.fullmatch(before[-1]):
        return None  # what is done to it: `A Framework for Quantizing Zebra Networks`
    own = not mention.vocabulary and len(before) <= 1
    others = bool(before) and _BASED.match(after)
    if own or others or _DONE_WITH.match(after):
        return None
    fields = word_set("title-relations", "worked_on") | word_set("title-relations", "fields_of_work")
    return None if mention.name.casefold() in fields else ("uses", "named")


def _modifier(context: Context, title: Span, index: int) -> Said:
    """Return that a work uses what its title calls a model by: `Efficient MoE Language Models`."""
    mention = context.mentions[index]
    if mention.name.casefold() in word_set("title-relations", "worked_on"):
        return None
    after = context.text[mention.span.end : title.end]
    return ("uses", "modifier") if _modified().match(after) else None


def _verdict(kind: str, word: str, words: list[str]) -> Said:
    if kind == "about":
        origin = word.casefold() == "from" and any(
            w.casefold() in word_set("title-relations", "origins") for w in words
        )
        return ("extends", "origin") if origin else None
    return next(((predicate, "") for predicate in _CLAIMS if predicate == kind), None)


def _read_chinese(clause: str) -> Said:
    found = [
        (match.end(), kind)
        for kind in _WORDS
        for match in re.finditer(word_pattern("title-relations", kind), clause[-12:], re.IGNORECASE)
    ]
    kind = max(found)[1] if found else "about"
    return None if kind == "about" else _verdict(kind, "", [])


def _is_worked_on(name: str, predicate: Predicate, case: str) -> bool:
    """Tell whether a work is for what it names; a task is an ingredient where the title says so: `via Segmentation`.

    A verb that is a technique elsewhere is none in a title: `Boosting Language Models`.
    """
    folded = name.casefold()
    if is_acted_upon(name) or folded in word_set("title-relations", "improvesOn"):
        return True
    if case and (is_task(name) or folded in word_set("title-relations", "fields")):
        return True
    return predicate == "improvesOn" and folded in word_set("title-relations", "worked_on")


def _hardware(context: Context, entry: Entry, title: Span) -> Iterator[RelationMention]:
    subject = context.subject(entry)
    for index in context.within(title, "Hardware"):
        if not _is_target(context, title, context.mentions[index].span.start):
            continue
        if context.mentions[index].name.casefold() in word_set("title-relations", "fields_of_work"):
            continue
        yield context.claim(subject, "targetsHardware", index, title, "title-hardware", "structure")


def _is_target(context: Context, title: Span, place: int) -> bool:
    """Tell whether a word such as `on` or `for` stands before a device: `DRAM vs SRAM` runs on neither."""
    before = context.text[max(title.start, place - _BEFORE_DEVICE) : place]
    return _target_words().search(before) is not None


@cache
def _target_words() -> re.Pattern[str]:
    words = word_pattern("title-relations", "targets")
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE)


@cache
def _presented() -> re.Pattern[str]:
    words, about = word_pattern("title-relations", "data"), word_pattern("title-relations", "about")
    return re.compile(rf"\bbenchmarking\b|\b(?:{words})\s+(?:{about})\b", re.IGNORECASE)


@cache
def _modified() -> re.Pattern[str]:
    nouns, about = word_pattern("title-relations", "modified"), word_pattern("title-relations", "about")
    return re.compile(rf"(?:[ -](?:based|style))?(?:\s+(?!(?:{about})\b)[\w-]+){{0,2}}?\s+(?:{nouns})\b", re.IGNORECASE)


@cache
def _studies() -> re.Pattern[str]:
    words = word_set("title-relations", "studies")
    english = "|".join(sorted(w for w in words if w.isascii()))
    chinese = "|".join(sorted(w for w in words if not w.isascii()))
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE)
