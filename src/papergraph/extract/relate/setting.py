"""What sections on experiments name: the data that the work of the entry was evaluated on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.announced import announced_data, opens_block
from papergraph.extract.word_lists import either_language, word_pattern
from papergraph.model import Block, RelationMention, Span

#: Behind the name of a dataset that opens a sentence, the sentence says what it is and not what was done with it.
_DEFINES = re.compile(r"[\s*_`]*(?:\]\([^()\s]*\)\s*)?(?:是|为|(?:is|are|was)\s+(?:an?|the|from|by)\b)")
#: A longer heading or item is a sentence that happens to speak of experiments.
_LONGEST = 60
#: Blocks behind a label that it may hold for.
_REACH = 3


def relate_settings(context: Context) -> Iterator[RelationMention]:
    """Yield `evaluatedOn` from each work to the datasets that stand under its headings and items on experiments.

    A dataset in a sentence about training is left to the sentence.
    """
    for number, block in enumerate(context.document.blocks):
        datasets = [i for i in context.within(block.span, "Dataset") if not context.in_title(i)]
        if block.kind == "heading" or not datasets:
            continue
        if _stands_under(context, block, _training_data()):
            yield from _trained(context, number, block, datasets[0])
            continue
        if not _stands_under(context, block, either_language("discourse", "experiments")):
            continue
        subject = context.about(number)
        if subject < 0 or context.mentions[subject].type not in {"Method", "Model", "Paper"}:
            continue
        if context.once(announced_data, number) == "trainedOn" or _tells_training(context, number):
            continue
        for index in datasets:
            span = evidence_span(block, context.mentions[index])
            told = either_language("discourse", "training", whole=False).search(span.of(context.text))
            if not (told or _built_in().search(span.of(context.text)) or _is_defined(context, block, index, span)):
                yield context.claim(subject, "evaluatedOn", index, span, "experiments", "structure")


def _trained(context: Context, number: int, block: Block, dataset: int) -> Iterator[RelationMention]:
    """Yield that a work was trained on what opens an item below a heading on its training data."""
    subject, mention = context.about(number), context.mentions[dataset]
    is_work = subject >= 0 and context.mentions[subject].type in {"Method", "Model", "Paper"}
    if is_work and opens_block(context, number, dataset):
        span = evidence_span(block, mention)
        yield context.claim(subject, "trainedOn", dataset, span, "experiments", "structure")


def _tells_training(context: Context, number: int) -> bool:
    """Tell whether a block, or one of the few before it in its section, opens with a label such as `**训练数据**`."""
    blocks, text = context.document.blocks, context.text
    near = (b for b in blocks[max(0, number - _REACH) : number + 1] if b.headings == blocks[number].headings)
    return any(_training_data().match(text[b.span.start : b.span.end].lstrip("*_ ")) for b in near)


def _is_defined(context: Context, block: Block, dataset: int, sentence: Span) -> bool:
    """Tell whether a sentence of running text says what a dataset is: `COCO 是微软开源的数据集`."""
    place = context.mentions[dataset].span
    opens = not any(c.isalpha() for c in context.text[sentence.start : place.start])
    return block.kind == "paragraph" and opens and bool(_DEFINES.match(context.text, place.end))


def _stands_under(context: Context, block: Block, words: re.Pattern[str]) -> bool:
    """Tell whether a short heading or item above a block has one of the words."""
    above = list(block.headings)
    parent = block.parent
    while parent >= 0:
        above.append(parent)
        parent = context.document.blocks[parent].parent
    places = (context.document.blocks[i].span for i in above)
    short = (place for place in places if place.end - place.start <= _LONGEST)
    return any(words.search(place.of(context.text)) for place in short)


@cache
def _built_in() -> re.Pattern[str]:
    """Return the words for the benchmarks that a tool brings along for others."""
    return either_language("conditions", "built_in", whole=False)


@cache
def _training_data() -> re.Pattern[str]:
    return re.compile(word_pattern("discourse", "training_data"), re.IGNORECASE)
