"""Relations that sentences state, by the patterns of data/patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from papergraph.extract.context import Context
from papergraph.extract.labels import label_of
from papergraph.extract.relate.acting import find_subject_of, may_act
from papergraph.extract.relate.another import cites_makers, speaks_of_another, stands_for_last
from papergraph.extract.relate.costs import tells_cost
from papergraph.extract.relate.cues import cue_finder
from papergraph.extract.relate.discourse import (
    is_of_existing,
    points_elsewhere,
    presents,
    speaks_in_general,
    speaks_of_devices_at_hand,
    speaks_of_others,
    speaks_of_own_work,
    tells_of_device,
)
from papergraph.extract.relate.doubt import is_at_times, is_denied, is_held_against, is_negated, is_possible, is_unreal
from papergraph.extract.relate.families import BUILDS, FAMILIES, RELATED
from papergraph.extract.relate.joined import joined_names
from papergraph.extract.relate.listed import listed_on
from papergraph.extract.relate.masked import Sentence, masked_sentence
from papergraph.extract.relate.needed import lowered
from papergraph.extract.relate.roles import is_filled_role
from papergraph.extract.relate.sentence import sentences_of
from papergraph.extract.relate.sentence_patterns import FIRST_MARK, MARK, Group, Pattern
from papergraph.extract.relate.suited import are_suited
from papergraph.extract.relate.those_above import those_above
from papergraph.extract.relate.usual import is_of_others
from papergraph.model import RelationMention
from papergraph.ontology.terms import DOMAINS
from papergraph.text.folding import fold

#: What parts of a note are for that say little of how its work is made.
_APART = frozenset({"related", "background", "limits", "references"})
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Institution")
#: What is named as an object of these is not what the rest of the sentence says something of.
_PASSIVE = {
    "data": frozenset({"compares", "improvesOn"}),
    "hardware": frozenset({"compares", "improvesOn"}),
}
#: Blocks of an entry that is a title or name with a line or two on what it is.
_SHORT = 12
#: Characters of a description that may name a technique without a verb.
_LONGEST_OWN = 140
#: A line on what was to be solved, and a phrase of some length before a bracket that opens.
_CHALLENGE = re.compile(r"\W*(?:挑战|难点|问题|challenge|problem)\s?\d*\s*[:：]", re.IGNORECASE)
_OPENED = re.compile(r"[\w-]{3,}\s?[(（]\s?$")
#: What data served for, right before a phrase that names them.
_TRAINED = re.compile(r"\b(?:pre-?train|fine-?tun)(?:ed|ing)?\s+(?:with|on|using)\b[^.;,，。；]{0,40}$", re.IGNORECASE)
#: `Zorb 还使用 Hoof 的核，它比 ...`: nobody can tell which of the two is faster.
_OF_WHAT_IT_USES = re.compile(r"(?:使用|采用|借助|利用)[^，。；]*，而?它[^，。；]*$")
#: A bracket that tells something of a name which nobody knows: `on a par with Zorba10 (autoencoder)`.
_BEHIND_NAME = re.compile(r"(?<![\w.-])[A-Z][a-z-]*[A-Z0-9](?=[\w.-]*[a-z0-9])[\w.-]*\s?[(（]\s?$")
_GLOSS = re.compile(rf"({MARK})\s?[(（]\s?({MARK})(?=\s?[)）])")
#: Whose words a sentence gives: the paper of which it says the title.
_TOLD_BY = re.compile(
    r"在[^，。；\n]{0,24}?论文[\s《「“*_\[]{0,4}([A-Za-z][^，。；《》\n]{7,150}?)[\s》」”*_\]]{0,4}(?:\([^()\s]*\)\s?)?[中里]"
    r"(?:也|还)?(?:指出|提出|提到|表明|发现|显示|认为|写到|证明)"
)
#: Models that are only the ones that something was tried on.
_TRIED_ON = re.compile(r"\b(?:evaluat|experiment)\w*\b[^.;]{0,120}\busing\s(?:\w+\s){0,3}models?\b[^.;]{0,20}$")
#: These say what a work is made for.
_INTENDED = re.compile(r"\b(?:focus(?:es)?|aims?|designed|meant|intended)\b|旨在|适用于|面向", re.IGNORECASE)
#: How much less sure a claim is whose subject is known by the discourse alone.
_UNWRITTEN = 0.05


def relate_prose(context: Context) -> Iterator[RelationMention]:
    """Yield what the sentences of the note state; a question or a wish states nothing, a negation its opposite."""
    finder = cue_finder(context.annotation.pattern_files)
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"paragraph", "item", "cell", "heading"} or _is_in_ablations(context, number):
            continue
        for span, found in sentences_of(context, block, *_NAMED, "Paper"):
            named = tuple(i for i in found if _is_named(context, i))
            if not named:
                continue
            sentence = masked_sentence(context, number, span, named)
            groups = finder.find(sentence.masked)
            if block.kind == "heading":  # `## 与 X 的区别` compares; other headings state nothing
                groups = [g for g in groups if g.patterns[0].predicate == "comparedWith"]
            yield from _relations(context, sentence, groups)


def _is_in_ablations(context: Context, number: int) -> bool:
    """Tell whether a block is a cell of a table of ablations, which says what was changed for a trial."""
    return context.document.blocks[number].kind == "cell" and context.role_of(number) == "ablation"


def _is_named(context: Context, index: int) -> bool:
    """Tell whether a sentence is read for what it says of a name; of papers for those that it links or cites by key.

    What only says what another name is for is no name there: `位置编码用 RoPE`.
    """
    if is_filled_role(context, index):
        return False
    is_paper = context.mentions[index].type == "Paper"
    return not is_paper or context.has_role(index, "passing") or context.has_role(index, "keyed")


def _relations(context: Context, sentence: Sentence, groups: Sequence[Group]) -> Iterator[RelationMention]:
    taken: set[tuple[str, int]] = set()
    text = lowered(sentence.masked)
    types = {i: context.mentions[i].type for i in sentence.marks}
    for group in groups:
        predicate, is_reversed = group.patterns[0].predicate, group.patterns[0].reversed  # as all of them
        family = FAMILIES.get(predicate, predicate)
        fitting = DOMAINS[predicate][0 if is_reversed else 1]  # types of what {O} may stand for
        claims = {(family, i) for i, kind in types.items() if kind in fitting}
        for pattern in group.patterns:
            if claims <= taken:
                break  # whatever matches, it can say nothing new
            if not pattern.may_match(text):
                continue
            for match in _matches(pattern.regex, sentence.masked):
                if all((family, obj) in taken for obj in sentence.objects(match)):
                    continue
                found = set[tuple[str, int]]()
                for relation in _read(context, sentence, pattern, match, taken):
                    other = relation.subject if pattern.reversed else relation.object
                    if family == "compares" and not pattern.reversed and (family, relation.subject) in taken:
                        continue  # in `It beats A, and some even surpass B`, nothing is said of A and B
                    key = (FAMILIES.get(relation.predicate, relation.predicate), other)
                    if key not in taken and not (pattern.own and other in {o for _, o in taken}):
                        found |= {key, (relation.predicate, other)}
                        yield relation
                taken |= found


def _is_described(context: Context, sentence: Sentence, subject: int) -> bool:
    """Tell whether a sentence stands in the short description of what `subject` is, given by its own entry."""
    number = context.reading.block_at(sentence.span.start)
    entry, label = context.entry_of(number), context.reading.once(label_of, number)
    return (
        entry is not None
        and not is_of_others(context, number)
        and context.role_of(number) != "thoughts"
        and (label is None or label.meaning == "uses")
        and subject == sentence.about
        and subject in entry.contributions
        and len(entry.blocks) <= _SHORT
        and len(sentence.masked) <= _LONGEST_OWN
        and not _CHALLENGE.match(sentence.masked)
        and context.mentions[subject].type != "Dataset"
    )


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, overlapping ones too: what one match swallowed may hold the better one."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = match.start() + 1


def _read(
    context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str], taken: set[tuple[str, int]]
) -> Iterator[RelationMention]:
    """Yield what a match states; `taken` are the objects of what the sentence stated before, each with its family."""
    if is_unreal(match) or _is_aside(pattern, match) or _is_no_result(pattern, match):
        return
    objects = _told_of(context, sentence, pattern, match)
    passive = _PASSIVE.get(FAMILIES.get(pattern.predicate, pattern.predicate), frozenset())
    beaten = [o for family, o in taken if family in passive]  # the sentence compares with them
    told = frozenset(o for family, o in taken if family != "introduces")
    subject, written = find_subject_of(context, sentence, pattern, match, [*objects, *beaten], told)
    if sentence.cited and _is_apart(sentence, pattern, match, written=written):
        return
    if not written and (pattern.named or _is_of_others(context, sentence, pattern, match)):
        return
    negative = not pattern.affirms and is_negated(match)
    if pattern.own and (negative or written or not _is_described(context, sentence, subject)):
        return
    joined = _joined(context, sentence, subject, objects) if written and not negative else ()
    together = those_above(context, context.reading.block_at(sentence.span.start), sentence.masked)
    for one, obj in product(together or (subject, *joined), objects):
        may_deny = pattern.predicate in BUILDS and not pattern.affirms
        if may_deny and is_denied(sentence.masked, sentence.place(obj, match)):
            continue
        pair = (obj, one) if pattern.reversed else (one, obj)
        if pattern.own and (not _is_told(context, pattern, obj) or _is_gloss(context, sentence, obj)):
            continue
        if (
            one < 0
            or _is_own(context, sentence, one, obj)
            or context.is_same(one, obj)
            or not are_suited(context, pattern, pair)
        ):
            continue
        confidence = pattern.confidence if written else pattern.confidence - _UNWRITTEN
        predicate = "targetsHardware" if _is_intended(context, sentence, pattern, pair[1]) else pattern.predicate
        claim = context.claim(pair[0], predicate, pair[1], sentence.span, pattern.id, "prose", confidence)
        claim = replace(claim, inferred=not written)
        if pattern.predicate in {"outperforms", "comparedWith"}:
            measured = next((d for d in context.within(sentence.span, "Dataset") if d not in pair), -1)
            claim = replace(claim, dataset=measured)
        yield replace(claim, polarity="negative") if negative else claim


def _told_of(context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str]) -> list[int]:
    """Return the objects of a match; of `compared with Zorb (PCA)` without what Zorb is made with."""
    objects = sentence.objects(match)
    if pattern.lists and not match.string[match.end("O") : match.end()].strip():
        objects += [sentence.mention(mark) for mark in listed_on(match.string, match.end("O"))]
    if FAMILIES.get(pattern.predicate) != "compares":
        return objects
    pairs = ((sentence.mention(m[1]), sentence.mention(m[2])) for m in _GLOSS.finditer(sentence.masked))
    glosses = {gloss for name, gloss in pairs if name in objects and context.is_technique(gloss)}
    return [o for o in objects if o not in glosses]


def _joined(context: Context, sentence: Sentence, subject: int, objects: list[int]) -> tuple[int, ...]:
    """Return the names that the sentence joins to its subject, if none of them is what something is said of it."""
    mark = chr(FIRST_MARK + sentence.marks.index(subject))
    names = tuple(sentence.mention(other) for other in joined_names(sentence.masked, mark))
    is_told = any(context.is_same(o, n) for o in objects for n in (subject, *names))
    return names if not is_told and all(may_act(context, n) for n in names) else ()


def _is_aside(pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether a match only says what a clause holds its subject against, or what it can be put together with."""
    if pattern.predicate not in BUILDS:
        return False
    if is_possible(match.string, match.start(), match.end()) or _TRIED_ON.search(match.string, 0, match.start("O")):
        return True
    if pattern.predicate == "uses" and (
        is_of_existing(match.string, match.start()) or is_at_times(match.string, match.start(), match.end())
    ):
        return True
    return not match.groupdict().get("S") and is_held_against(match.string, match.start(), match.end())


def _is_intended(context: Context, sentence: Sentence, pattern: Pattern, obj: int) -> bool:
    """Tell whether a sentence that names a device gives no figure, so that it says what the work is for."""
    figures = any(c.isdigit() for c in sentence.masked)
    if pattern.predicate == "measuredOn" and _INTENDED.search(sentence.masked):
        return True
    return pattern.predicate == "measuredOn" and not pattern.own and not (figures or _is_certain(context, obj))


def _is_certain(context: Context, device: int) -> bool:
    return any(c.isdigit() for c in context.mentions[device].name)


def _is_no_result(pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether what is compared is a cost of which the subject has more, or data are only presented as new."""
    if pattern.predicate == "outperforms":
        of_part = _OF_WHAT_IT_USES.search(match.string, 0, match.start())
        return bool(of_part) or tells_cost(match.string, match.start(), match.end())
    if pattern.predicate == "comparedWith":
        return bool(_BEHIND_NAME.search(match.string, 0, match.start("O")))
    if pattern.predicate != "evaluatedOn":
        return False
    place = match.start("O")
    return presents(match.string, place) or bool(_TRAINED.search(match.string, 0, place))


def _is_apart(sentence: Sentence, pattern: Pattern, match: re.Match[str], *, written: bool) -> bool:
    """Tell whether a sentence on other people's work does not say that this is a part of one that it names, or ours."""
    if pattern.predicate not in {"uses", "introduces"} or speaks_of_own_work(sentence.masked, match.start()):
        return False
    return not written or pattern.predicate == "introduces"


def _is_own(context: Context, sentence: Sentence, subject: int, obj: int) -> bool:
    """Tell whether both are what one entry is about: its paper, and what that introduces."""
    entry = context.entry_of(context.reading.block_at(sentence.span.start))
    if entry is None or entry.paper < 0:
        return False
    whole = [entry.paper, *entry.contributions]
    return all(any(context.is_same(end, one) for one in whole) for end in (subject, obj)) and any(
        context.is_same(end, entry.paper) for end in (subject, obj)
    )


def _is_of_others(context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether a clause that names no subject is about what other people do."""
    if pattern.predicate in RELATED and speaks_of_another(match, _own_names(context, sentence)):
        return True
    if _speaks_of_other_paper(context, sentence) or cites_makers(match.string, match.start()):
        return True
    is_aim = pattern.predicate == "improvesOn" and _CHALLENGE.match(sentence.masked)
    if is_aim or speaks_in_general(sentence.masked) or points_elsewhere(sentence.masked):
        return True
    runs_on = pattern.predicate in {"measuredOn", "targetsHardware"}
    if runs_on and (speaks_of_devices_at_hand(sentence.masked, match.end()) or _tells_of_device(match)):
        return True
    if pattern.predicate == "measuredOn":
        if sentence.role == "thoughts":
            return True  # `our own setup (2x RTX 3090) needs an hour`: the reader's devices are not the work's
        return sentence.role in _APART and not speaks_of_own_work(sentence.masked, match.start())
    if pattern.predicate in {"evaluatedOn", "trainedOn"}:
        return sentence.role in {"related", "references"} or speaks_of_others(sentence.masked, match.start())
    if pattern.predicate not in BUILDS:
        return False
    is_related = sentence.role == "related" and stands_for_last(match.string, match.start())
    if speaks_of_own_work(sentence.masked, match.start()) and not is_related:
        return False
    return sentence.role in _APART or speaks_of_others(sentence.masked, match.start())


def _speaks_of_other_paper(context: Context, sentence: Sentence) -> bool:
    """Tell whether a sentence names the paper whose words it gives, and that is another: 在论文 ZorbNet 中指出."""
    told = _TOLD_BY.search(context.text, sentence.span.start, sentence.span.end)
    if told is None:
        return False
    named, own = fold(told[1]), fold(_own_names(context, sentence))
    return bool(named) and not (named in own or own in named)


def _tells_of_device(match: re.Match[str]) -> bool:
    """Tell whether a clause is on the devices of a match themselves; several of them are `A100/H100`."""
    return tells_of_device(match.string, match.start("O") + 1) or tells_of_device(match.string, match.end("O"))


def _own_names(context: Context, sentence: Sentence) -> str:
    return " ".join(context.mentions[i].name for i in (sentence.about, sentence.paper) if i >= 0)


def _is_gloss(context: Context, sentence: Sentence, obj: int) -> bool:
    """Tell whether a name in brackets is only the other form of what stands before them: `supervised tuning (SFT)`."""
    place, surface = sentence.marks.index(obj), context.mentions[obj].surface
    before = sentence.masked.split(chr(FIRST_MARK + place))[0]
    if _BEHIND_NAME.search(before) or (surface.isalpha() and surface.isupper() and _OPENED.search(before)):
        return True
    between = re.escape(chr(FIRST_MARK + place - 1)) + r"\s?[（(]\s?" + re.escape(chr(FIRST_MARK + place))
    if place == 0 or not re.search(between, sentence.masked):
        return False
    return sentence.marks[place - 1] != sentence.about


def _is_told(context: Context, pattern: Pattern, obj: int) -> bool:
    """Tell whether a description means something by merely naming it: a technique, a certain device such as A100."""
    mention = context.mentions[obj]
    if pattern.predicate == "measuredOn":
        return _is_certain(context, obj)
    return mention.type != "Method" or context.is_technique(obj)
