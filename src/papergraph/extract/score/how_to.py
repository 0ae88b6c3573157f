"""Pages of manuals and tutorials introduce nothing: what their titles name is what they tell how to use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Mention, RelationMention, Span


def drop_how_to(context: Context) -> Iterator[RelationMention]:
    """Yield all claims but those that a manual or tutorial introduces a work, and those between names in its title.

    `Fine-tuning Llama 2 with QLoRA: A Tutorial` does not say that Llama 2 uses QLoRA. A name that the vocabulary does
    not know may be what the author of a tutorial has made; one with an arXiv number or a DOI is a paper.
    """
    papers = ((index, m) for index, m in enumerate(context.mentions) if m.type == "Paper")
    kinds = {index: kind for index, paper in papers if (kind := _kind(paper))}
    titles = [context.mentions[index].span for index in kinds]
    for claim in context.relations:
        kind, obj = kinds.get(claim.subject), context.mentions[claim.object]
        if claim.predicate == "introduces" and (kind == "manual" or (kind and obj.vocabulary)):
            continue
        if kind is None and _share(titles, context.mentions[claim.subject].span, obj.span):
            continue
        yield claim


def _share(titles: list[Span], subject: Span, obj: Span) -> bool:
    """Tell whether two names stand in the same title."""
    return any(title.covers(subject) and title.covers(obj) for title in titles)


def _kind(page: Mention) -> str | None:
    """Return `manual` or `tutorial` for such a page; None for any other."""
    found = _pages().search(page.name)
    published = any(not identifier.startswith("http") for identifier in page.identifiers)
    if found:
        return None if found["tutorial"] and published else found.lastgroup
    explains = page.identifiers and not published and _explainers().search(page.name)
    return "tutorial" if explains else None


@cache
def _explainers() -> re.Pattern[str]:
    english = word_pattern("title-relations", "explainers_en")
    return re.compile(rf"\b(?:{english})\b|{word_pattern('title-relations', 'explainers_zh')}", re.IGNORECASE)


@cache
def _pages() -> re.Pattern[str]:
    manual, english = word_pattern("title-relations", "documents"), word_pattern("title-relations", "tutorials_en")
    chinese = word_pattern("title-relations", "tutorials_zh")
    tutorial = rf"\b(?:{english})\b|{chinese}|^使用.{{2,30}}对.{{2,30}}进行"
    return re.compile(rf"(?P<manual>\b(?:{manual})\b)|(?P<tutorial>{tutorial})", re.IGNORECASE)
