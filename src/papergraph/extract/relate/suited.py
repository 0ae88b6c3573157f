"""Whether two names suit what a sentence says of them, by their types and kinds."""

from __future__ import annotations

import re

from papergraph.extract.context import Context
from papergraph.extract.relate.families import BUILDS, FAMILIES
from papergraph.extract.relate.sentence_patterns import Pattern
from papergraph.extract.word_lists import is_acted_upon, is_task
from papergraph.model import Mention
from papergraph.text.folding import is_chinese

#: Behind a name, what makes it the beginning of the name of data: `使用 Zorb Simulation 和 Hoof Datasets`.
_CUT = re.compile(
    r" (?:[A-Z][a-z]+ ){0,2}(?:Simulations?|Datasets?|Benchmarks?|Corpus|Leaderboard|Challenge|Suite|Collection)\b"
)

#: Behind a name, what tells its versions apart.
_VERSION = re.compile(r"[-_ ]?(?:v?\d[\w.]{0,6}|[A-Z]\d{1,3})")


def are_suited(context: Context, pattern: Pattern, pair: tuple[int, int]) -> bool:
    """Tell whether the two ends suit the predicate; a method uses no dataset, it is trained or evaluated on it."""
    subject, obj = (context.mentions[i] for i in pair)
    if not context.fits(pattern.predicate, *pair):
        return False
    if (pattern.subjects and subject.type not in pattern.subjects) or (
        pattern.objects and obj.type not in pattern.objects
    ):
        return False
    if not _are_of_a_kind(pattern.predicate, subject.type == "Dataset", obj.type == "Dataset"):
        return False
    if pattern.predicate in {"uses", "extends"} and _is_version(context, *pair):
        return pattern.predicate == "extends" and subject.name.startswith(obj.name)
    if pattern.predicate == "evaluatedOn" and not _is_work(context, pair[0]):
        return False
    told = {"known": pattern.known, "phrases": pattern.phrases}
    if pattern.predicate == "introduces" and (context.is_class(pair[1]) or not context.may_introduce(*pair, **told)):
        return False
    if (pattern.predicate in BUILDS and is_task(obj.name)) or _is_chinese_task(subject):
        return False
    if pattern.common and not _has_technique(context, *pair):
        return False
    if pattern.predicate == "uses" and (_CUT.match(context.text, obj.span.end) or _is_numbered(subject.name, obj.name)):
        return False
    return not (FAMILIES.get(pattern.predicate) in {"builds", "compares"} and is_acted_upon(obj.name))


def _is_chinese_task(mention: Mention) -> bool:
    """Tell whether a phrase such as 斑马图谱补全 is a task, and no work; names in English may end so."""
    return mention.type == "Method" and is_chinese(mention.name) and not mention.vocabulary and is_task(mention.name)


def _are_of_a_kind(predicate: str, subject_is_data: bool, object_is_data: bool) -> bool:
    """Tell whether a predicate may hold of datasets, or of others, or of the two.

    `better on MTEB` compares nothing with MTEB; a benchmark measures what methods lack, and mends nothing.
    """
    if predicate == "uses":
        return subject_is_data or not object_is_data
    is_of_like = predicate in BUILDS or FAMILIES.get(predicate) == "compares"
    return subject_is_data == object_is_data or not is_of_like


def _has_technique(context: Context, subject: int, obj: int) -> bool:
    """Tell whether one thing is a work, and the other a technique that nobody owns."""
    return context.is_technique(obj) and not context.is_technique(subject)


def _is_work(context: Context, subject: int) -> bool:
    """Tell whether something is more than a name by its form, which may be a task: `NLI on MultiNLI`."""
    mention = context.mentions[subject]
    is_named = bool(mention.vocabulary) or mention.type != "Method" or not mention.name.isupper()
    return is_named or context.identities[subject] in context.contributed or not context.has_role(subject, "plain")


def _is_version(context: Context, left: int, right: int) -> bool:
    """Tell whether the name of one model is that of the other with more behind it: Gemini 1.5 and Gemini 1.5 Pro."""
    one, other = context.mentions[left], context.mentions[right]
    is_longer = one.name.startswith(other.name) or other.name.startswith(one.name)
    return one.type == other.type == "Model" and is_longer


def _is_numbered(name: str, version: str) -> bool:
    """Tell whether one name is another with a number or a letter behind it, so that it is one of its versions.

    >>> _is_numbered("ZebraNet", "ZebraNet-B0"), _is_numbered("Zebra", "Zebra Loss")
    (True, False)
    """
    return version.startswith(name) and _VERSION.fullmatch(version, len(name)) is not None
