"""Institutions that a sentence names as the makers of a work: 阿里开源了 Qwen, Meta's FAISS, Claude (Anthropic)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.relate.sentence import sentences_of
from papergraph.extract.word_lists import read_lists, word_pattern, word_set
from papergraph.model import RelationMention, Span

_WORKS = ("Method", "Model", "Dataset")
#: Between an institution's verb and the work that it made, in characters of one clause.
_REACH = 48
#: Characters between a work and its maker, the target of a link included.
_LONGEST_LINK = 160
_TARGET = re.compile(r"\]\([^()\s]*\)")
_JOINT = re.compile(r"\s*(?:[、,，/&]|和|与|及|以及|and|,\s*and|、?等)\s*")


def relate_makers(context: Context) -> Iterator[RelationMention]:
    """Yield `affiliatedWith` from works to the institutions that sentences name as their makers."""
    for block in context.document.blocks:
        if block.kind == "heading":
            continue
        for sentence, makers in sentences_of(context, block, "Institution", in_titles=True):
            works = [w for w in context.within(sentence, *_WORKS) if not (context.in_title(w) or context.is_class(w))]
            for index in makers if works else ():
                joined = _joined(context, makers, index)
                if (work := _work_of(context, joined, works, sentence)) < 0:
                    continue
                subject = _paper_of(context, work)
                for maker in joined:
                    yield context.claim(subject, "affiliatedWith", maker, sentence, "maker", "prose")


def _paper_of(context: Context, work: int) -> int:
    """Return the paper of a work that its own entry introduces, else the work; news about a work is no paper of it."""
    entry = context.entry_of(context.block_of(work))
    if entry is None or entry.paper < 0 or context.has_role(entry.paper, "headline"):
        return work
    return entry.paper if any(context.is_same(work, c) for c in entry.contributions) else work


def _work_of(context: Context, makers: list[int], works: list[int], sentence: Span) -> int:
    """Return what a sentence says that institutions made, the last of them first; -1 for nothing."""
    text, place = context.text, context.mentions[makers[0]].span
    start = context.mentions[makers[-1]].span.start
    later = [w for w in works if context.mentions[w].span.start >= place.end]
    owned = [w for w in later if not context.is_technique(w) and context.mentions[w].span.start - place.end <= _REACH]
    if owned and _owning_kind().fullmatch(text, place.end, context.mentions[owned[0]].span.start):
        return owned[0]
    if (
        later
        and _is_made(context, later[0])
        and context.mentions[later[0]].span.start - place.end <= _REACH
        and _owning().fullmatch(text, place.end, context.mentions[later[0]].span.start)
    ):
        return later[0]
    made = _made().match(text, place.end, min(sentence.end, place.end + _REACH))
    if made and not _denied().search(made[0]):
        reach = [w for w in later if made.end() <= context.mentions[w].span.start <= made.end() + _REACH]
        reach = [w for w in reach if not _clause_end().search(text, made.end(), context.mentions[w].span.start)]
        if (newest := _newest(context, reach)) >= 0:
            return newest
    before = [w for w in works if context.mentions[w].span.end <= start]
    if before and _is_made_by(context, before[-1], Span(start, place.end), sentence):
        return before[-1]
    bracketed = text[place.end : place.end + 1] in {")", "）"} and before
    if bracketed and text[context.mentions[before[-1]].span.end : start].strip() in {"(", "（"}:
        return before[-1]
    return -1


def _is_made_by(context: Context, work: int, place: Span, sentence: Span) -> bool:
    """Tell whether a work stands before its makers: `X 是微软开源的`, `X 由微软提出`, `X was proposed by Microsoft`."""
    text = context.text
    start = context.mentions[work].span.end
    if place.start - start > _LONGEST_LINK or not _is_made(context, work):
        return False
    between = _TARGET.sub("", text[start : place.start])
    if _by().fullmatch(between):
        return True
    after = _made().match(text, place.end, min(sentence.end, place.end + _REACH))
    return bool(_being().fullmatch(between)) and after is not None and not _denied().search(after[0])


def _is_made(context: Context, work: int) -> bool:
    """Tell whether a work is one that somebody made, and not a field's common technique such as MoE."""
    name = context.mentions[work].name
    return all(known.type != "Topic" for known in context.vocabulary.find(name))


def _newest(context: Context, works: list[int]) -> int:
    """Return the work that was made: a model first, since methods before it are its ingredients, else a new name.

    A known method counts where it stands alone: `DeepSeek 开源了 DeepSeekMoE`.
    """
    models = [w for w in works if context.mentions[w].type == "Model"]
    fresh = [w for w in works if not context.mentions[w].vocabulary]
    known = [w for w in works if not context.is_technique(w)]
    return (models or fresh or (known if len(known) == 1 else []) or [-1])[0]


def _joined(context: Context, makers: tuple[int, ...], last: int) -> list[int]:
    """Return an institution with those that a list joins to it: 清华、北大和微软开源了 ..."""
    joined = [last]
    for index in reversed(makers[: makers.index(last)]):
        left, right = context.mentions[index].span, context.mentions[joined[-1]].span
        if left.end > right.start or not _JOINT.fullmatch(context.text, left.end, right.start):
            break
        joined.append(index)
    return joined


@cache
def _made() -> re.Pattern[str]:
    lists = read_lists("credits")
    makers = word_pattern("credits", "makers")
    return re.compile(
        rf"[\s*]*(?:(?:{makers})[\s*]*){{0,3}}(?:\w{{0,4}}\s*)?(?:{'|'.join(lists['making'])})", re.IGNORECASE
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"[\s*_`\])）]*(?:{'|'.join(read_lists('credits')['made_by'])})\s*", re.IGNORECASE)


@cache
def _being() -> re.Pattern[str]:
    return re.compile(rf"[\s*_`\])）,，]*(?:{'|'.join(read_lists('credits')['being'])})\s*", re.IGNORECASE)


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(word_pattern("credits", "denying"), re.IGNORECASE)


@cache
def _owning() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(read_lists('credits')['owning'])})\s*", re.IGNORECASE)


@cache
def _owning_kind() -> re.Pattern[str]:
    kinds = "|".join(
        sorted(map(re.escape, word_set("generic", "model") | word_set("generic", "method")), key=len, reverse=True)
    )
    return re.compile(rf"\s*(?:的|['’]s)[^，,。；;、的]{{0,24}}?(?:{kinds})\s*[*_`「“\"\[]*", re.IGNORECASE)


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(r"[。；;!！?？]|，(?!\s*\w+[)）])")
