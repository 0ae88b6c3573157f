"""Relations that sentences state, by the patterns of data/patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from papergraph.extract.context import Context
from papergraph.extract.relate.another import speaks_of_another
from papergraph.extract.relate.cues import cue_finder
from papergraph.extract.relate.discourse import (
    clause_start,
    find_actor,
    goes_on,
    is_denied,
    is_held_against,
    is_negated,
    is_unreal,
    refers_back,
    speaks_of_authors,
    speaks_of_others,
    speaks_of_own_work,
)
from papergraph.extract.relate.joined import joined_names
from papergraph.extract.relate.masked import Sentence, masked_sentence
from papergraph.extract.relate.sentence import sentences_of
from papergraph.extract.relate.sentence_patterns import FIRST_MARK, MARK, Group, Pattern
from papergraph.extract.word_lists import is_acted_upon, is_task
from papergraph.model import RelationMention
from papergraph.ontology.terms import DOMAINS

#: Predicates that say much the same; a name that one of a family took is not taken again by a later one.
_FAMILIES = {
    "extends": "builds",
    "improvesOn": "builds",
    "uses": "builds",
    "outperforms": "compares",
    "comparedWith": "compares",
    "targetsHardware": "hardware",
    "measuredOn": "hardware",
    "evaluatedOn": "data",
    "trainedOn": "data",
}
_BUILDS = frozenset(p for p, family in _FAMILIES.items() if family == "builds")
#: What parts of a note are for that say little of how its work is made.
_APART = frozenset({"related", "background", "limits", "references"})
#: What a sentence may be about; a dataset before the verb is where something was measured.
_ACTORS = frozenset({"Method", "Model", "Paper"})
#: What is said of a model that a method was tried on is said of the method.
_MEASURED = frozenset({"outperforms", "comparedWith", "targetsHardware", "measuredOn", "evaluatedOn"})
#: What is said of the subject that a clause has; parts of a work use what the work uses.
_RELATED = frozenset({"outperforms", "comparedWith", "improvesOn", "extends", "measuredOn"})
_NAMED = ("Method", "Model", "Dataset", "Hardware", "Institution")
#: Blocks of an entry that is a title or name with a line or two on what it is.
_SHORT = 12
#: A name that heads a sentence, with a word or two for its kind: `DropBlock regularization:`.
_HEAD = re.compile(rf"[^\w{MARK[1:-1]}]{{0,8}}({MARK})(?:\s+[\w-]{{1,20}}){{0,2}}\s*[:：]")
#: How much less sure a claim is whose subject is known by the discourse alone.
_UNWRITTEN = 0.05


def relate_prose(context: Context) -> Iterator[RelationMention]:
    """Yield what the sentences of the note state; a question or a wish states nothing, a negation its opposite."""
    finder = cue_finder(context.annotation.pattern_files)
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"paragraph", "item", "cell"}:
            continue
        for span, found in sentences_of(context, block, *_NAMED, "Paper"):
            named = tuple(i for i in found if _is_named(context, i))
            sentence = masked_sentence(context, number, span, named)
            yield from _relations(context, sentence, finder.find(sentence.masked))


def _is_named(context: Context, index: int) -> bool:
    """Tell whether a sentence is read for what it says of a name; of papers for those that it links or cites by key."""
    is_paper = context.mentions[index].type == "Paper"
    return not is_paper or context.has_role(index, "passing") or context.has_role(index, "keyed")


def _relations(context: Context, sentence: Sentence, groups: Sequence[Group]) -> Iterator[RelationMention]:
    taken: set[tuple[str, int]] = set()
    for group in groups:
        for pattern in group.patterns:
            family = _FAMILIES.get(pattern.predicate, pattern.predicate)
            fitting = DOMAINS[pattern.predicate][0 if pattern.reversed else 1]  # types of what {O} may stand for
            if all((family, i) in taken for i in sentence.marks if context.mentions[i].type in fitting):
                continue  # whatever it matches, it can say nothing new
            for match in _matches(pattern.regex, sentence.masked):
                if all((family, obj) in taken for obj in sentence.objects(match)):
                    continue
                beaten = (
                    {o for f, o in taken if f in {"compares", "improvesOn"}}
                    if family in {"data", "hardware"}
                    else set()
                )
                found = set[tuple[str, int]]()
                for relation in _read(context, sentence, pattern, match, beaten):
                    other = relation.subject if pattern.reversed else relation.object
                    key = (_FAMILIES.get(relation.predicate, relation.predicate), other)
                    if key not in taken and not (pattern.own and other in {o for _, o in taken}):
                        found |= {key, (relation.predicate, other)}
                        yield relation
                taken |= found


def _is_described(context: Context, sentence: Sentence, subject: int) -> bool:
    """Tell whether a sentence stands in the short description of what `subject` is, given by its own entry."""
    entry = context.entry_of(context.reading.block_at(sentence.span.start))
    return (
        entry is not None
        and subject == sentence.about
        and subject in entry.contributions
        and len(entry.blocks) <= _SHORT
        and context.mentions[subject].type != "Dataset"
    )


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, overlapping ones too: what one match swallowed may hold the better one."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = match.start() + 1


def _read(
    context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str], beaten: set[int]
) -> Iterator[RelationMention]:
    """Yield what a match states; `beaten` are names that the sentence is not about, since it compares with them."""
    if is_unreal(match) or _is_aside(pattern, match):
        return
    objects = sentence.objects(match)
    subject, written = _subject(context, sentence, pattern, match, [*objects, *beaten])
    if sentence.cited and _is_apart(sentence, pattern, match, written=written):
        return
    if not written and (pattern.named or _is_of_others(context, sentence, pattern, match)):
        return
    negative = not pattern.affirms and is_negated(match)
    if pattern.own and (negative or written or not _is_described(context, sentence, subject)):
        return
    joined = _joined(context, sentence, subject, objects) if written and not negative else ()
    for one, obj in product((subject, *joined), objects):
        if pattern.predicate in _BUILDS and is_denied(sentence.masked, sentence.place(obj, match)):
            continue
        pair = (obj, one) if pattern.reversed else (one, obj)
        if pattern.own and not _is_told(context, pattern, obj):
            continue
        if (
            one < 0
            or _is_own(context, sentence, one, obj)
            or context.is_same(one, obj)
            or not _is_sound(context, pattern, pair)
        ):
            continue
        confidence = pattern.confidence if written else pattern.confidence - _UNWRITTEN
        claim = context.claim(pair[0], pattern.predicate, pair[1], sentence.span, pattern.id, "prose", confidence)
        claim = replace(claim, inferred=not written)
        if pattern.predicate in {"outperforms", "comparedWith"}:
            measured = next((d for d in context.within(sentence.span, "Dataset") if d not in pair), -1)
            claim = replace(claim, dataset=measured)
        yield replace(claim, polarity="negative") if negative else claim


def _joined(context: Context, sentence: Sentence, subject: int, objects: list[int]) -> tuple[int, ...]:
    """Return the names that the sentence joins to its subject, if none of them is what something is said of it."""
    mark = chr(FIRST_MARK + sentence.marks.index(subject))
    names = tuple(sentence.mention(other) for other in joined_names(sentence.masked, mark))
    is_told = any(context.is_same(o, n) for o in objects for n in (subject, *names))
    return names if not is_told and all(_may_act(context, n) for n in names) else ()


def _is_aside(pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether a match only says what it is that a clause holds its subject against."""
    is_plain = pattern.predicate in _BUILDS and not match.groupdict().get("S")
    return is_plain and is_held_against(match.string, match.start(), match.end())


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


def _is_sound(context: Context, pattern: Pattern, pair: tuple[int, int]) -> bool:
    """Tell whether the two ends suit the predicate; a method uses no dataset, it is trained or evaluated on it."""
    subject, obj = (context.mentions[i] for i in pair)
    if not context.fits(pattern.predicate, *pair):
        return False
    if (pattern.subjects and subject.type not in pattern.subjects) or (
        pattern.objects and obj.type not in pattern.objects
    ):
        return False
    if pattern.predicate in {"uses", "extends", "improvesOn"} and obj.type == "Dataset" and subject.type != "Dataset":
        return False
    if _FAMILIES.get(pattern.predicate) == "compares" and (subject.type == "Dataset") is not (obj.type == "Dataset"):
        return False  # `better on MTEB` compares nothing with MTEB
    if pattern.predicate in {"uses", "extends"} and _is_version(context, *pair):
        return pattern.predicate == "extends" and subject.name.startswith(obj.name)
    if pattern.predicate == "evaluatedOn" and not _is_work(context, pair[0]):
        return False
    if pattern.predicate == "introduces" and not context.may_introduce(*pair, known=pattern.known):
        return False
    if pattern.predicate in _BUILDS and is_task(obj.name):
        return False
    if pattern.common and not _has_technique(context, *pair):
        return False
    return not (_FAMILIES.get(pattern.predicate) in {"builds", "compares"} and is_acted_upon(obj.name))


def _has_technique(context: Context, subject: int, obj: int) -> bool:
    """Tell whether one thing is a work, and the other a technique that nobody owns."""
    return context.is_technique(obj) and not context.is_technique(subject)


def _is_of_others(context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str]) -> bool:
    """Tell whether a clause that names no subject is about what other people do."""
    if pattern.predicate in _RELATED and speaks_of_another(match, _own_names(context, sentence)):
        return True
    if pattern.predicate not in _BUILDS:
        return False
    if speaks_of_own_work(sentence.masked, match.start()):
        return False
    return sentence.role in _APART or speaks_of_others(sentence.masked, match.start())


def _own_names(context: Context, sentence: Sentence) -> str:
    return " ".join(context.mentions[i].name for i in (sentence.about, sentence.paper) if i >= 0)


def _is_told(context: Context, pattern: Pattern, obj: int) -> bool:
    """Tell whether a description means something by merely naming it: a technique, a certain device such as A100."""
    mention = context.mentions[obj]
    if pattern.predicate == "measuredOn":
        return any(c.isdigit() for c in mention.name)
    return mention.type != "Method" or context.is_technique(obj)


def _is_work(context: Context, subject: int) -> bool:
    """Tell whether something is more than a name by its form, which may be a task: `NLI on MultiNLI`."""
    is_named = bool(context.mentions[subject].vocabulary) or context.mentions[subject].type != "Method"
    return is_named or context.identities[subject] in context.contributed or not context.has_role(subject, "plain")


def _is_version(context: Context, left: int, right: int) -> bool:
    """Tell whether the name of one model is that of the other with more behind it: Gemini 1.5 and Gemini 1.5 Pro."""
    one, other = context.mentions[left], context.mentions[right]
    is_longer = one.name.startswith(other.name) or other.name.startswith(one.name)
    return one.type == other.type == "Model" and is_longer


def _subject(
    context: Context, sentence: Sentence, pattern: Pattern, match: re.Match[str], objects: list[int]
) -> tuple[int, bool]:
    """Return the subject of a match, and whether the sentence names it."""
    if pattern.predicate == "introduces":
        return _presenter(context, sentence, match, objects), False
    if (written := match.groupdict().get("S")) and _may_act(context, sentence.mention(written)):
        return sentence.mention(written), True
    named = _actor(context, sentence, match.start(), objects)
    measured = pattern.predicate in _MEASURED and sentence.about >= 0
    technique = measured and named >= 0 and _is_technique(context, named)
    if technique and not all(_is_technique(context, o) for o in objects):
        return sentence.about, False  # `its function calling is better than that of GPT-4`
    if named >= 0 and not (measured and _is_tried_on(context, sentence, named, objects)):
        return named, True
    if named < 0 and (version := _version(context, sentence, match.start(), objects)) >= 0:
        return version, True
    if not pattern.own and (labelled := _label(context, sentence, match.start(), objects)) >= 0:
        return labelled, True
    if refers_back(sentence.masked, match.start()):
        before = clause_start(sentence.masked, match.start()) - 1
        if (earlier := _earlier_actor(context, sentence, before, objects)) >= 0:
            return earlier, False
    if sentence.about < 0 or sentence.cited or goes_on(sentence.masked, match.start()) or _is_class(context, sentence):
        earlier = _earlier_actor(context, sentence, match.start(), objects)
        return (earlier if earlier >= 0 or _is_class(context, sentence) else sentence.about), False
    return sentence.about, False


def _is_technique(context: Context, index: int) -> bool:
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
    return index if context.mentions[index].type in _ACTORS and index not in objects else -1


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
        and all(context.mentions[o].type != "Model" for o in objects)
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


def _presenter(context: Context, sentence: Sentence, match: re.Match[str], objects: list[int]) -> int:
    """Return the paper that presents the objects: the entry's own, unless the clause is about another work."""
    named = _actor(context, sentence, match.start(), objects)
    if sentence.paper < 0 or (named >= 0 and not context.is_same(named, sentence.about)):
        return -1
    return sentence.paper


def _actor(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    def is_actor(mark: str) -> bool:
        if f"{mark}-like" in sentence.masked or f"{mark} like" in sentence.masked:
            return False
        index = sentence.mention(mark)
        return _may_act(context, index) and index not in objects

    mark = find_actor(sentence.masked, position, is_actor)
    return sentence.mention(mark) if mark else -1


def _may_act(context: Context, index: int) -> bool:
    """Tell whether a sentence may be about something: a part of a work, such as its encoder, speaks for the work."""
    return context.mentions[index].type in _ACTORS and not context.is_part(index)


def _earlier_actor(context: Context, sentence: Sentence, position: int, objects: list[int]) -> int:
    """Return the subject of the nearest clause before that names one; -1 for none."""
    while position > 0 and not speaks_of_own_work(sentence.masked, position):
        if (named := _actor(context, sentence, position, objects)) >= 0:
            return named
        position = clause_start(sentence.masked, position) - 1
    return -1
