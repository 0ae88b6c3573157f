"""Who acts in a clause: the subject of what a pattern matches, written or known by the discourse."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.reading import is_page_link
from papergraph.extract.relate.another import speaks_of_another
from papergraph.extract.relate.discourse import (
    clause_start,
    described_name,
    find_actor,
    goes_on,
    is_field_of_works,
    means_named,
    refers_back,
    speaks_of_authors,
    speaks_of_makers,
    speaks_of_own_work,
)
from papergraph.extract.relate.families import BUILDS, FAMILIES, RELATED
from papergraph.extract.relate.masked import Sentence
from papergraph.extract.relate.sentence_patterns import FIRST_MARK, MARK, Pattern
from papergraph.extract.word_lists import word_pattern

#: What a sentence may be about; a dataset before the verb is where something was measured.
ACTORS = frozenset({"Method", "Model", "Paper"})
#: What is said of a model that a method was tried on is said of the method.
_MEASURED = frozenset({"outperforms", "comparedWith", "targetsHardware", "measuredOn", "evaluatedOn"})
#: What the makers of a work do with anything is said of the work: `they train BERT on C4`.
_MADE = BUILDS | {"trainedOn", "evaluatedOn", "targetsHardware", "measuredOn"}
#: Right before a name, these make it a part of what is said of something else: `the search via a table is inspired by`.
_GOVERNED = re.compile(r"\b(?:via|through|with|using|by)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
#: Right before a name, these say that something else takes its place: `Instead of the Zorb algorithm, a Hoof is used`.
_SET_ASIDE = re.compile(
    r"(?:\b(?:instead\s+of|rather\s+than|in\s+place\s+of|unlike|in\s+contrast\s+to)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+)?"
    r"|(?:不同于|有别于|区别于|不像|而不是|而非)\s?)$",
    re.IGNORECASE,
)
#: What may not stand before the name at the head of an item.
_LETTER = re.compile(r"[^\W\d_]")
#: A name that a sentence opens with, and a colon behind it.
_OPENING = re.compile(rf"[^\w{MARK[1:-1]}]{{0,8}}({MARK})(\s?[:：])?")
#: A name that heads a sentence, with a word or two for its kind: `DropBlock regularization:`.
_HEAD = re.compile(rf"[^\w{MARK[1:-1]}]{{0,8}}({MARK})(?:\s+[\w-]{{1,20}}){{0,2}}\s*[:：]")


def find_subject_of(
    context: Context,
    sentence: Sentence,
    pattern: Pattern,
    match: re.Match[str],
    objects: list[int],
    told: frozenset[int] = frozenset(),
) -> tuple[int, bool]:
    """Return the subject of a match, and whether the sentence names it.

    What the sentence has `told` something of as an object is not what a later clause without a subject is about:
    `Zorb 的骨干是 ResNet，比 Hoof 快`.
    """
    if pattern.predicate == "introduces":
        return _presenter(context, sentence, match, objects)
    if (written := match.groupdict().get("S")) and context.mentions[sentence.mention(written)].type in ACTORS:
        return (-1, False) if _is_governed(pattern, match) else (sentence.mention(written), True)
    if (set_off := _set_off(context, sentence, pattern, match, objects)) >= 0:
        return set_off, True
    headed, settled = _headed(context, sentence, pattern, match, objects)
    if settled:
        return headed, headed >= 0
    if pattern.predicate in _MADE and sentence.about >= 0 and speaks_of_makers(sentence.masked, match.start()):
        return (-1 if _is_class(context, sentence) else sentence.about), False
    named = _actor(context, sentence, match.start(), objects)
    measured = pattern.predicate in _MEASURED and sentence.about >= 0
    technique = named >= 0 and is_technique(context, named)
    if technique and _is_aspect(context, sentence, pattern, objects):
        return sentence.about, False  # `its function calling is better than that of GPT-4`
    if technique and is_field_of_works(sentence.masked, clause_start(sentence.masked, match.start()), match.start()):
        return -1, False  # 已有的 X 工作采用 Y
    if named >= 0 and not (measured and _is_tried_on(context, sentence, named, objects)):
        return named, True
    version = _version(context, sentence, match.start(), objects) if named < 0 else -1
    label = _label(context, sentence, match.start(), objects) if version < 0 and not pattern.own else -1
    if version >= 0 or label >= 0:
        return max(version, label), True
    return _supplied(context, sentence, match, [*objects, *told])


def _is_governed(pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether what a match opens with is only a part of what the rest is said of."""
    opens = not match.string[match.start() : match.start("S")].strip()
    states = opens and not pattern.reversed and pattern.predicate in BUILDS
    return states and _GOVERNED.search(match.string, 0, match.start("S")) is not None


def _is_aspect(context: Context, sentence: Sentence, pattern: Pattern, objects: list[int]) -> bool:
    """Tell whether a technique is only what of the entry's work, or of an unnamed one, is held against the objects."""
    if pattern.predicate not in _MEASURED or all(is_technique(context, o) for o in objects):
        return False
    compares = FAMILIES.get(pattern.predicate) == "compares"
    return sentence.about >= 0 or (compares and all(context.mentions[o].type == "Model" for o in objects))


def _supplied(context: Context, sentence: Sentence, match: re.Match[str], objects: list[int]) -> tuple[int, bool]:
    """Return the subject of a clause that names none, and whether the sentence names it elsewhere."""
    subject = _unwritten(context, sentence, match.start(), objects)
    if subject == sentence.about and (topic := _topic(context, sentence, match.start(), objects)) >= 0:
        return topic, False
    return subject, subject != sentence.about and subject in sentence.marks


def _headed(
    context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str], objects: list[int]
) -> tuple[int, bool]:
    """Return the work that heads a sentence, and whether the clause is settled to be about it, or (-1) about nobody.

    `ZorbNet: they use dropout` is about ZorbNet; `ZorbNet: early stopping is better than dropout` is not.
    """
    headed = -1 if pattern.own else _label(context, sentence, match.start(), objects)
    if headed < 0:
        return -1, False
    if pattern.predicate in RELATED:
        if _actor(context, sentence, match.start(), objects) >= 0:
            return -1, False
        if speaks_of_another(match, context.mentions[headed].name):
            return -1, True
    return headed, not is_technique(context, headed)


def _unwritten(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return what a clause without a subject is about: what an earlier one names, or what the entry is about."""
    if refers_back(sentence.masked, position):
        before = clause_start(sentence.masked, position) - 1
        if (earlier := _earlier_actor(context, sentence, before, objects)) >= 0:
            return earlier
    if sentence.about < 0 or sentence.cited or goes_on(sentence.masked, position) or _is_class(context, sentence):
        earlier = _earlier_actor(context, sentence, position, objects)
        return earlier if earlier >= 0 or _is_class(context, sentence) else sentence.about
    return sentence.about


def _topic(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the other work that an item of a note on one work is about: what it, or an item above, opens with."""
    if sentence.about < 0 or _is_class(context, sentence) or speaks_of_own_work(sentence.masked, position):
        return -1
    topic = _opening(context, sentence, position)
    topic = topic if topic >= 0 else _going_on(context, sentence, position, objects)
    topic = topic if topic >= 0 else context.once(_linked_above, context.reading.block_at(sentence.span.start))
    return topic if topic >= 0 and not any(context.is_same(topic, o) for o in objects) else -1


def _opening(context: Context, sentence: Sentence, position: int) -> int:
    """Return the work that a sentence opens with if it has another note of its own, or a colon behind it; -1 for none.

    `[[FooNet]] keeps the model frozen; better than BarNet` and `FooNet: in plain C, runs on phones` are about FooNet.
    """
    opening = _OPENING.match(sentence.masked)
    if opening is None or opening.end() > position:
        return -1
    index = sentence.mention(opening[1])
    if not may_act(context, index) or is_technique(context, index):
        return -1
    is_label = opening[2] and " " not in context.mentions[index].surface  # `Deep feature: ...` may be a part
    return index if is_label or _leads_to_page(context, index) else -1


def _going_on(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the last work that did something before a clause, of a sentence that a work opens; -1 for none.

    `Zorb 把 A 和 B 组合，在 C 上优于 D` goes on with Zorb.
    """
    opening = _going().match(sentence.masked)
    if opening is None or clause_start(sentence.masked, position) <= opening.end(1):
        return -1
    index = _earlier_actor(context, sentence, position, objects)
    if index < 0 or is_technique(context, index) or _is_tried_on(context, sentence, index, objects):
        return -1
    return index


@cache
def _going() -> re.Pattern[str]:
    verbs = word_pattern("discourse", "going_on")
    return re.compile(rf"[^\w{MARK[1:-1]}]{{0,8}}({MARK})\s*(?:{verbs})")


def _linked_above(context: Context, number: int) -> int:
    """Return the work with another note of its own that the item above a block opens with; -1 for none."""
    parent = context.document.blocks[number].parent
    while parent >= 0:
        block = context.document.blocks[parent]
        first = next(context.within(block.span, "Method", "Model"), -1)
        opens = first >= 0 and not _LETTER.search(context.text, block.span.start, context.mentions[first].span.start)
        if opens and not is_technique(context, first) and _leads_to_page(context, first):
            return -1 if context.identities[first] in context.contributed else first
        parent = block.parent
    return -1


def _set_off(context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str], objects: list[int]) -> int:
    """Return the name whose use is compared in the clause of a match, or that the clause describes; -1 for none."""
    if FAMILIES.get(pattern.predicate) == "compares" and (means := means_named(sentence.masked, match)):
        index = sentence.mention(means)
        if index not in objects and context.mentions[index].type in ACTORS:
            return index
    if described := described_name(sentence.masked, match):
        index = sentence.mention(described)
        if may_act(context, index) and index not in objects:
            return index
    return -1


def is_technique(context: Context, index: int) -> bool:
    """Tell whether a mention is a method that is a technique, and not a work of its own."""
    return context.mentions[index].type == "Method" and context.is_technique(index)


def _label(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the name that heads a sentence whose first clause holds `position`: `DropBlock: better than Dropout`."""
    start = clause_start(sentence.masked, position)
    head = _HEAD.fullmatch(sentence.masked, 0, start)
    if head is None or speaks_of_own_work(sentence.masked, position):
        return -1
    index = sentence.mention(head[1])
    if sentence.about >= 0 and context.is_technique(index) and speaks_of_authors(sentence.masked, position):
        return -1
    return index if context.mentions[index].type in ACTORS and index not in objects else -1


def _is_class(context: Context, sentence: Sentence) -> bool:
    """Tell whether a note without a paper is about a whole class of works, such as CNNs, and not one of them."""
    if sentence.about < 0 or sentence.paper >= 0:
        return False
    return context.is_class(sentence.about)


def _is_tried_on(context: Context, sentence: Sentence, named: int, objects: list[int]) -> bool:
    """Tell whether a known model is only what the entry's method was tried on: `Mistral 7B 在 GSM8K 上优于 LoRA`."""
    model, about = context.mentions[named], sentence.about
    return (
        about >= 0
        and model.type == "Model"
        and bool(model.vocabulary)
        and context.mentions[about].type == "Method"
        and not context.is_same(named, about)
        and not any(context.mentions[o].type == "Model" or context.is_same(o, about) for o in objects)
    )


def _version(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the version of the entry's subject that the sentence has named before `position`; -1 for none."""
    if sentence.about < 0:
        return -1
    family = context.mentions[sentence.about].name
    for mark, index in enumerate(sentence.marks):
        name = context.mentions[index].name
        is_before = 0 <= sentence.masked.find(chr(FIRST_MARK + mark)) < position and index not in objects
        if is_before and name != family and name.startswith(family) and not name[len(family)].isalnum():
            return index
    return -1


def _presenter(context: Context, sentence: Sentence, match: re.Match[str], objects: list[int]) -> tuple[int, bool]:
    """Return the paper that presents the objects: the entry's own, unless the clause is about another work."""
    if (written := match.groupdict().get("S")) and context.has_role(sentence.mention(written), "passing"):
        return sentence.mention(written), True  # `[[Zebras Are Easy]] introduced striping`
    named = _actor(context, sentence, match.start(), objects)
    if sentence.paper < 0 or (named >= 0 and not context.is_same(named, sentence.about)):
        return -1, False
    return sentence.paper, False


def _actor(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    def is_actor(mark: str) -> bool:
        if _SET_ASIDE.search(sentence.masked, 0, sentence.masked.find(mark)):
            return False
        if f"{mark}-like" in sentence.masked or f"{mark} like" in sentence.masked:
            return False
        index = sentence.mention(mark)
        return may_act(context, index) and index not in objects

    mark = find_actor(sentence.masked, position, is_actor)
    return sentence.mention(mark) if mark else -1


def may_act(context: Context, index: int) -> bool:
    """Tell whether a sentence may be about something: a part of a work, such as its encoder, speaks for the work.

    A phrase that leads to another note names a work.
    """
    if context.mentions[index].type not in ACTORS:
        return False
    return not context.is_part(index) or context.once(_leads_to_page, index)


def _leads_to_page(context: Context, index: int) -> bool:
    place, block = context.mentions[index].span, context.document.blocks[max(0, context.block_of(index))]
    return any(is_page_link(inline) and inline.span.covers(place) for inline in block.inlines)


def _earlier_actor(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the subject of the nearest clause before that names one; -1 for none."""
    text = sentence.masked
    while position > 0 and (refers_back(text, position) or not speaks_of_own_work(text, position)):
        if (named := _actor(context, sentence, position, objects)) >= 0:
            others = is_field_of_works(text, clause_start(text, position), position)
            return -1 if others and is_technique(context, named) else named
        position = clause_start(text, position) - 1
    return -1
