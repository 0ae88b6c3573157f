"""On what data and devices a note says, in its own words, that the work of an entry was made, tried and run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.announced import announced_data, opens_block
from papergraph.extract.relate.discourse import points_elsewhere, tells_of_device
from papergraph.extract.relate.doubt import is_denied
from papergraph.extract.sections import SectionRole
from papergraph.extract.word_lists import either_language, word_pattern, word_set
from papergraph.model import Predicate, RelationMention, Span

_WORKS = ("Method", "Model", "Paper")
#: What is said here is said of other work, or by the reader.
_OTHERS: frozenset[SectionRole] = frozenset({"related", "background", "references", "thoughts"})
_TRIALS: frozenset[SectionRole] = frozenset({"experiments", "ablation", "comparison"})
#: A longer sentence says too much for its words to be of one thing.
_LONGEST = 400
#: Characters around a name in which the word stands that tells what it is for.
_REACH = 60
#: Behind a device, this makes it where another thing runs: `比 CPU 上的 FastLLM 快`.
_OF_ANOTHER = re.compile(r"\s*上?的\s*(?:[A-Z]|应用|程序)")
#: Behind a device, this makes it no place to run on: 需要经过 CPU 指令.
_PART_OF_DEVICE = re.compile(r"\s*(?:指令|资源|内存|显存|寄存器|带宽|线程|memory\b|bandwidth\b|cores?\b)")
#: Words that count devices only beside a number: `8 块`, 单卡.
_COUNTED = re.compile(r"(?:\d|[一二两三四六八十单双多几每])\s*(?:块|张|卡|台)")
#: Around data that are left out: 从训练集中移除了 X, `we removed X from the training data`, `X was excluded`.
_TAKEN_OUT = re.compile(
    r"(?:(?:移除|去除|去掉|剔除|删除|删去|排除|拿掉)了?|\b(?:remov|exclud|discard)(?:e[sd]?|ing|s)\s+(?:the\s)?)[*_`\s]*$",
    re.IGNORECASE,
)
_IS_OUT = re.compile(
    r"[*_`]*\s*(?:被(?:移除|去除|剔除|删除|排除)|(?:is|are|was|were)\s+(?:removed|excluded|discarded)\b)"
)
_ASKED = re.compile(r"[?？]\s*$")


def relate_conditions(context: Context) -> Iterator[RelationMention]:
    """Yield on what the work of an entry was trained, tried and run, where a sentence speaks of no other work."""
    for number, block in enumerate(context.document.blocks):
        if block.kind not in {"paragraph", "item"}:
            continue
        own = context.entry_of(number)
        things = [i for i in context.within(block.span, "Dataset", "Hardware") if not context.in_title(i)]
        if own:
            things = [i for i in things if not any(context.is_same(i, c) for c in own.contributions)]
        subject = context.about(number) if things else -1
        if (
            subject < 0
            or context.is_class(subject)
            or context.mentions[subject].type not in _WORKS
            or context.role_of(number) in _OTHERS
        ):
            continue
        for index in things:
            if is_denied(context.text, context.mentions[index].span.start):
                continue
            sentence = evidence_span(block, context.mentions[index])
            if said := _said(context, number, subject, index, sentence):
                predicate, rule = said
                yield context.claim(subject, predicate, index, sentence, rule, "prose")


def _said(context: Context, number: int, subject: int, index: int, sentence: Span) -> tuple[Predicate, str] | None:
    """Return what a sentence says of a dataset or a device, and the rule that reads it."""
    text, place = context.text, context.mentions[index].span
    if sentence.end - sentence.start > _LONGEST:
        return None
    written = sentence.of(text)
    if _states_nothing(written) or _is_left_out(text, sentence, place):
        return None
    is_data = context.mentions[index].type == "Dataset"
    if is_data and (announced := context.once(announced_data, number)):
        if announced == "evaluatedOn":
            return announced, "tried-on"
        return (announced, "trained-on") if opens_block(context, number, index) else None
    clause = 0 if is_data else max(text.rfind(mark, sentence.start, place.start) + 1 for mark in "，,。；;")
    if _names_other(context, subject, max(sentence.start, clause), place.start):
        return None
    before = text[max(sentence.start, place.start - _REACH) : place.start]
    after = text[place.end : min(sentence.end, place.end + _REACH)]
    if not is_data and either_language("discourse", "at_hand").search(text, max(sentence.start, clause), place.start):
        return None
    if not is_data:
        return ("targetsHardware", "run-on") if _is_run_on(context, index, before, after) else None
    trained = _trained_before().search(before) or _trained_after().match(after)
    if trained and not _released().search(text, place.end, sentence.end):
        return "trainedOn", "trained-on"
    told = context.role_of(number) in _TRIALS or either_language("conditions", "tried", whole=False).search(
        before + " " + after
    )
    if told and _placed().search(before) and not either_language("discourse", "training", whole=False).search(written):
        return "evaluatedOn", "tried-on"
    return None


def _states_nothing(sentence: str) -> bool:
    """Tell whether a sentence asks, denies, or sends its readers elsewhere."""
    denied = either_language("discourse", "negation").search(sentence)
    return bool(denied or _ASKED.search(sentence)) or points_elsewhere(sentence)


def _is_left_out(text: str, sentence: Span, place: Span) -> bool:
    """Tell whether a sentence says of a dataset that it is left out."""
    return bool(_TAKEN_OUT.search(text, sentence.start, place.start) or _IS_OUT.match(text, place.end))


def _is_run_on(context: Context, index: int, before: str, after: str) -> bool:
    """Tell whether the words around a device say that something runs on it; memories are parts of machines."""
    if context.mentions[index].name.casefold() in word_set("conditions", "memories"):
        return False
    if _OF_ANOTHER.match(after) or _PART_OF_DEVICE.match(after) or tells_of_device(after, 0):
        return False
    placed = _on_device().search(before) or _used_for().match(after)
    around = f"{before} {after}"
    runs = either_language("conditions", "running", whole=False).search(around) or _COUNTED.search(around)
    return bool(placed and runs)


def _names_other(context: Context, subject: int, start: int, end: int) -> bool:
    """Tell whether a sentence names another work before it comes to a dataset or a device."""
    named = context.within(Span(start, end), "Method", "Model") if start < end else iter(())
    return any(not context.is_same(i, subject) and not context.is_technique(i) for i in named)


def _alternatives(key: str) -> str:
    return word_pattern("conditions", key)


@cache
def _released() -> re.Pattern[str]:
    """Return what stands behind a dataset that a work gives to others: `was also released`, 已开源."""
    return re.compile(
        r"\b(?:is|are|was|were|been|be)\s(?:also\s|publicly\s)*(?:released|published|open-sourced)\b|(?:已|也)开源"
    )


@cache
def _on_device() -> re.Pattern[str]:
    """Return what stands before a device that something runs on: `on 8 NVIDIA`, 在 4 张."""
    return re.compile(
        r"(?:\b(?:on|using|with|across|over|requir\w*|in)\s(?:[\w×.-]+\s){0,4}[(（]?|[在用于需][^，。；、]{0,14})[*_`]*$",
        re.IGNORECASE,
    )


@cache
def _used_for() -> re.Pattern[str]:
    """Return what stands behind a device whose time is counted: `GPU hours`, 上训练."""
    return re.compile(r"\s*(?:GPUs?\s*)?[*_`)）]*\s*(?:小时|上|hours?\b|days?\b)", re.IGNORECASE)


@cache
def _placed() -> re.Pattern[str]:
    """Return what stands before a dataset on which something is tried: `on the`, 在."""
    return re.compile(
        r"(?:\b(?:on|across|over|for)\s(?:[\w-]+\s){0,3}|[在于对]\s*[^，。；、]{0,8})[*_`(（\[]*$", re.IGNORECASE
    )


@cache
def _trained_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_alternatives('training_en')})\w*\s(?:[^,.;:，。；]{{0,30}}\s)?(?:on|with|using|from)\s[^,.;:，。；]{{0,24}}$"
        rf"|(?:{_alternatives('training_zh')})(?:于|数据(?:集)?[^，。；]{{0,6}})\s*$",
        re.IGNORECASE,
    )


@cache
def _trained_after() -> re.Pattern[str]:
    return re.compile(
        rf"[^，。；,.]{{0,12}}(?:上|作为|用于|用来|进行|来)[^，。；,.和与比跟]{{0,6}}(?:{_alternatives('training_zh')})"
        r"(?!的?(?:效果|性能|结果|表现|成绩))(?!(?:出来|得到|出|好|过)?的\s*\w)"
        r"|[^,.;]{0,20}\bfor (?:pre-?|fine-?)?(?:training|tuning)",
        re.IGNORECASE,
    )
