"""The short name before the colon of a title: what the work contributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from papergraph.extract.context import Context
from papergraph.extract.definitions import Definition, definitions_of
from papergraph.extract.reading import Reading
from papergraph.extract.recognise.page_title import own_name
from papergraph.extract.shapes import NAME_WORD, guess_type, is_name_shaped, is_venue
from papergraph.extract.short_names import name_beside
from papergraph.extract.title_shapes import LONGEST_TITLE, SHORT_NAME, is_citation, is_short_name
from papergraph.extract.word_lists import is_generic, is_task, word_pattern, word_set
from papergraph.model import EntityType, Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import VocabularyEntry

_COLON = re.compile(r"\s*[:：]|\s+[—–]\s")
_DATASET = re.compile(r"\b(?:benchmark|dataset|corpus|testbed|suite|数据集|基准|评测)\b", re.IGNORECASE)
_MODEL = re.compile(
    r"\b(?:(?:language|foundation|embedding|vision-language|generative|reward) models?|(?:M?LLM|VLM|LM)s?|embeddings?|"
    r"open[- ]source models?|multilingual|technical report|system card|model card)\b|模型|技术报告",
    re.IGNORECASE,
)
_TWO = re.compile(rf"[\s*]*({NAME_WORD.pattern})\s+(?:and|&|与|和)\s+({NAME_WORD.pattern})\s*[:：]")
#: Where the head noun of a subtitle ends.
_SUBTITLE_TAIL = re.compile(r"\b(?:for|of|in|with|via|to|by|from|on|using|at|through|towards?|that|as|under)\b|,")
#: A name that a bracket with the whole title repeats: `Zorb(Zorb: Fast Zebras)`.
_REPEATED = re.compile(r"^([^()（）]{2,40}?)\s*[(（]\s*\1$")
_IN_BRACKETS = re.compile(rf"[(（]({SHORT_NAME})[)）]\s*$")
_BRACKETED = re.compile(r"[\s*]*[(（][^()（）]*[)）][\s*]*")
_MEANS = re.compile(rf"\b(?:[Ww]ith|[Vv]ia|[Uu]sing|[Tt]hrough)\s+({NAME_WORD.pattern})[.\s*]*$")
#: A technique's name of two to five words, and what ends it.
_TECHNIQUE = re.compile(
    r"[\s*]*(?:(?:An?|The|On)\s+)?(?P<name>[A-Z][\w'’-]*(?:\s+(?:of\s+)?[A-Z][\w'’-]*){1,5})"
    r"[\s*]*(?:$|\s(?:for|with|by|in|via|from|using|on|as|through|to|over|under|without)\s)"
)
_DATA = re.compile(r"[\s*]*(?:The\s+)?(?P<name>[A-Z][\w.+-]*)\s+(?:Dataset|Benchmark|Corpus)\b")
#: A subtitle that only lists what is said of the kind of work before the colon: `Architecture, Training, and Use`.
_SUBJECTS = re.compile(r"(?:\s*[A-Z][\w-]*,){1,3}\s*(?:and|&)\s+[A-Z][\w-]*\W*$")
_LONGEST_NAME, _LONGEST_PHRASE = 3, 4
#: Of networks the whole composition is the name: `Gated Zebra Recurrent Neural Network for ...`.
_LONGEST_NETWORK, _NETWORKS = 6, frozenset({"network", "networks", "transformer", "transformers", "autoencoder"})
_REPORTS = frozenset({"report", "card", "paper", "survey", "study"})


def recognise_title_name(context: Context) -> Iterator[Mention]:
    """Yield the short name that a title gives the work's contribution: before its colon, or in brackets at its end."""
    reading = context.reading
    for paper in context.papers:
        if reading.has_role(paper, "address") or len(paper.surface) > LONGEST_TITLE or "http" in paper.surface:
            continue
        if is_citation(paper.surface):
            continue
        if pair := _pair(reading, paper):
            subtitle = reading.text[pair[1].end : paper.span.end].lstrip(":： *")
            for part in pair:
                yield reading.mention(part, _type(part.of(reading.text), subtitle), "title-name")
            continue
        span = (
            (own_name(reading, paper.span) if reading.has_role(paper, "passing") else None)
            or _before_colon(reading, paper)
            or _in_brackets(reading, paper)
            or name_beside(reading, paper.span)
            or _spelled_out(reading, paper)
            or _before_report(reading, paper)
            or _before_data(paper)
            or _at_end(reading, paper)
            or _whole(reading, paper)
        )
        if span is None:
            yield from _phrase(reading, paper)
            continue
        name = (
            span.of(reading.text).partition(";")[0].rstrip(" \t`")
        )  # `ZQO; Quick Zebra Optimization: ...` has two names
        span = Span(span.start, span.start + len(name))
        entry = _known(reading, name, paper)
        yield reading.mention(
            span,
            entry.type if entry else _type(name, reading.text[span.end : paper.span.end].lstrip(":： *")),
            "title-name",
            vocabulary=entry.id if entry else "",
        )


def _phrase(reading: Reading, paper: Mention) -> Iterator[Mention]:
    """Yield the technique that a title is named after: `Active Zebra Loss for Tracking`, `Quagga Weighted Flows`."""
    match = _TECHNIQUE.match(paper.surface, _behind_saying(paper.surface))
    if match is None or not _is_technique(match["name"].split()) or _holds_own(reading, paper):
        return
    name = match["name"]
    entry = _known(reading, name, paper)
    whole = name == paper.surface.strip(" *")
    if (is_task(name) and not whole) or any(e.type == "Topic" for e in reading.vocabulary.find(name)):
        return
    words = name.casefold().split()
    if any(word in word_set("titles", "of_what") and after == "of" for word, after in pairwise(words)):
        return
    if entry is None or entry.source in paper.identifiers or (whole and not paper.identifiers):
        span = Span(paper.span.start + match.start("name"), paper.span.start + match.end("name"))
        kind = entry.type if entry else "Method"
        yield reading.mention(span, kind, "title-phrase", vocabulary=entry.id if entry else "")


def _is_technique(words: list[str]) -> bool:
    """Tell whether words in title case name a technique: its kind comes last, and nothing says what it does or is for.

    >>> _is_technique("Active Zebra Loss".split()), _is_technique("Zebra Models Beat GANs".split())
    (True, False)
    """
    heads, first = word_set("titles", "technique_heads"), words[0].casefold()
    is_network = words[-1].casefold() in _NETWORKS and "of" not in words
    longest = _LONGEST_NETWORK if is_network else _LONGEST_PHRASE
    if len(words) > longest or words[-1].casefold() not in heads or first in word_set("titles", "describing"):
        return False
    if first.endswith(("ing", "ly")) or sum(map(str.isupper, words[0])) > 1:
        return False
    if not word_set("titles", "inside").isdisjoint(map(str.casefold, words)):
        return False  # a saying: `Learn Your Zebra Model`
    return not any(w.endswith("s") and w.casefold() in heads for w in words[:-1])


def _behind_saying(title: str) -> int:
    """Return where a title goes on behind a saying and a colon."""
    colon = _COLON.search(title)
    words = title[: colon.start()].split() if colon else []
    if not colon or not words:
        return 0
    said = is_saying(" ".join(words))
    return colon.end() if said or (len(words) > _LONGEST_NAME and not is_name_shaped(words[-1])) else 0


def _known(reading: Reading, name: str, paper: Mention) -> VocabularyEntry | None:
    """Return what a title's name means: what this very paper introduced, else what has the name to itself."""
    entries = [e for e in reading.vocabulary.find(name) if e.type in THINGS]
    if not entries and name.endswith("s"):
        entries = [e for e in reading.vocabulary.find(name[:-1]) if e.type in THINGS]
    return min(
        entries,
        key=lambda e: (e.source not in paper.identifiers, name not in e.forms, name in e.ambiguous, e.id),
        default=None,
    )


def _before_colon(reading: Reading, paper: Mention) -> Span | None:
    """Return the name before the colon of a title, if it is one and what follows is no mere survey of it."""
    colon = _COLON.search(paper.surface)
    if not colon or len(paper.surface) <= colon.end() + 5 or _is_survey(paper.surface[colon.end() :]):
        return None
    head = _REPEATED.sub(r"\1", paper.surface[: colon.start()]).strip('*[]《》"“” ')
    start = paper.span.start + paper.surface.find(head)
    if (
        not head
        or not is_short_name(head)
        or head.split()[-1].casefold() in _REPORTS
        or is_chinese(head)
        or head.count("(") + head.count("（") > head.count(")") + head.count("）")
        or is_venue(reading.vocabulary, head)
        or (
            head.split()[-1].casefold() in word_set("titles", "subjects")
            and _SUBJECTS.match(paper.surface, colon.end())
        )
    ):
        return None
    span = Span(start, start + len(head))
    return _name_within(reading, span) if is_saying(head) else span


def _pair(reading: Reading, paper: Mention) -> tuple[Span, Span] | None:
    """Return the two new names before the colon of a title: `ZebraBench and HoofBench: Benchmarking ...`."""
    match = _TWO.match(paper.surface)
    if match is None or _is_survey(paper.surface[match.end() :]):
        return None
    if any(is_generic(n) or not is_name_shaped(n) or any(reading.vocabulary.find(n)) for n in match.groups()):
        return None
    start = paper.span.start
    return Span(start + match.start(1), start + match.end(1)), Span(start + match.start(2), start + match.end(2))


def _in_brackets(reading: Reading, paper: Mention) -> Span | None:
    """Return the name in brackets at the end of a title, unless it is only short for something known before it."""
    match = _IN_BRACKETS.search(paper.surface)
    if match is None or is_generic(match[1]):
        return None
    before = paper.surface[: match.start()].rstrip().casefold()
    for entry in reading.vocabulary.find(match[1]):
        longer = (form.casefold() for form in entry.forms if len(form) > len(match[1]))
        others = entry.source not in {"", *paper.identifiers} or not entry.work
        if others and any(before.endswith(" " + form) for form in longer):
            return None
    return Span(paper.span.start + match.start(1), paper.span.start + match.end(1))


def _spelled_out(reading: Reading, paper: Mention) -> Span | None:
    """Return the name at the start of a title that is otherwise what it stands for: `DPO (Direct Preference ...)`."""
    for definition in reading.once(_definitions, -1):
        short, long = definition.short, definition.long
        opens = short.end < long.start and not reading.text[paper.span.start : short.start].strip(" *")
        if opens and paper.span.covers(short) and paper.span.covers(long):
            if is_task(spelled := long.of(reading.text)) and spelled.islower():
                return None  # the task that works are for
            return short if _BRACKETED.fullmatch(reading.text, short.end, paper.span.end) else None
    return None


def _definitions(reading: Reading, _: int) -> tuple[Definition, ...]:
    return definitions_of(reading)


def _before_report(reading: Reading, paper: Mention) -> Span | None:
    """Return what a report or a note is on by its title: `Zorb 2 Technical Report`, `Zorb 论文解读`."""
    match = _report().match(paper.surface)
    if match is None or is_generic(match["name"]) or is_chinese(match["name"]):
        return None
    known = any(e.type in THINGS for e in reading.vocabulary.find(match["name"]))
    if not known and not is_name_shaped(match["name"].split()[0]):
        return None
    return Span(paper.span.start + match.start("name"), paper.span.start + match.end("name"))


def _before_data(paper: Mention) -> Span | None:
    """Return the name of the data that a title speaks of first: `The Zorb Benchmark for Zebras`."""
    match = _DATA.match(paper.surface)
    if match is None or is_generic(match["name"]) or sum(c.isupper() or c.isdigit() for c in match["name"]) < 2:
        return None
    return Span(paper.span.start + match.start("name"), paper.span.start + match.end("name"))


@cache
def _report() -> re.Pattern[str]:
    words = word_pattern("titles", "note_words") + "|" + word_pattern("titles", "reports")
    return re.compile(rf"[\s*]*(?P<name>[A-Z][\w.+-]*(?:\s[\w.+-]+){{0,2}}?)[\s:：]*(?:{words})[\s*]*$", re.IGNORECASE)


def _at_end(reading: Reading, paper: Mention) -> Span | None:
    """Return the new name that a title ends with: `... in LLM Inference with Sarathi-Serve`."""
    match = _MEANS.search(paper.surface)
    if match is None or not is_name_shaped(match[1]):
        return None
    known = list(reading.vocabulary.find(match[1]))
    if any(e.source not in {"", *paper.identifiers} or e.type == "Topic" or not (e.work or e.source) for e in known):
        return None
    return Span(paper.span.start + match.start(1), paper.span.start + match.end(1))


def _whole(reading: Reading, paper: Mention) -> Span | None:
    """Return all of a title that is too short for one, and so is a name: `[Tree of Thoughts](https://arxiv.org/...)`."""
    words = paper.surface.split()
    headed = reading.has_role(paper, "heading") and bool(paper.identifiers) and is_name_shaped(words[0])
    linked = headed or reading.has_role(paper, "linked")
    if not linked or len(words) > _LONGEST_NAME or is_chinese(paper.surface):
        return None
    last = words[-1].casefold()
    if last in _REPORTS or (len(words) > 1 and (last.endswith("ing") or last in word_set("titles", "subjects"))):
        return None
    if len(words) > 1 and words[0].endswith(("'s", "’s")):
        return Span(paper.span.end - len(paper.surface.split(maxsplit=1)[1]), paper.span.end)
    if len(words) > 1 and _holds_own(reading, paper):
        return None
    is_name = words[0][0].isupper() and words[0] not in {"A", "An", "The"}
    return paper.span if is_name and is_short_name(paper.surface) else None


def _holds_own(reading: Reading, paper: Mention) -> bool:
    """Tell whether a title holds the name of what the vocabulary knows to come from this paper: `Zorb of Zebras`."""
    hits = reading.vocabulary.scan(paper.surface)
    sources = {reading.vocabulary.by_id(e).source for h in hits if len(h.form) < len(paper.surface) for e in h.entries}
    return not sources.isdisjoint(paper.identifiers)


def _is_survey(rest: str) -> bool:
    words = re.findall(r"[\w-]+", rest.casefold())[:5]
    return any(w in word_set("titles", "surveys") for w in words[:4])


def _name_within(reading: Reading, span: Span) -> Span | None:
    """Return the last name in a saying, as in `Get More with LESS`; those of `From Zorb to Hoof` are others' works."""
    found: list[Span] = []
    for match in NAME_WORD.finditer(reading.text, span.start, span.end):
        known = any(e.type in {"Method", "Model", "Dataset"} and e.work for e in reading.vocabulary.find(match[0]))
        if known and match[0].isupper():
            found.append(Span(match.start(), match.end()))
    meet = any(w.casefold() in {"meet", "meets", "from"} for w in span.of(reading.text).split())
    return found[-1] if found and not meet else None


def is_saying(head: str) -> bool:
    """Tell whether what stands before the colon is a saying rather than a name: several words in lower case.

    >>> is_saying("Get More with LESS"), is_saying("Rectified Flow"), is_saying("Chain of Hindsight")
    (True, False, False)
    """
    words = head.split()
    inside = word_set("titles", "inside")
    if "," in head or words[0].casefold() in word_set("titles", "openers"):
        return True
    if any(w.casefold() in inside for w in words[1:]):
        return True
    if (len(words) > 1 and words[0].endswith("ly")) or is_task(head):
        return True
    plain = [w for w in words if w.isalpha() and (w.islower() or w.istitle())]
    lower = [w for w in words[1:] if w.islower() and w not in {"of", "a", "the"}]
    return len(words) >= 2 and len(plain) == len(words) and bool(lower) and not words[0].isupper()


def _type(name: str, rest: str) -> EntityType:
    """Decide what a title's own name is from the head noun of the rest: `X: A Benchmark for Language Models`."""
    subtitle = " ".join(rest.split()[:12])
    head = _SUBTITLE_TAIL.split(subtitle, maxsplit=1)[0]
    if _DATASET.search(head):
        return "Dataset"
    if guess_type(name, "", "") != "Method":
        return guess_type(name, "", "")
    verb = re.match(r"[A-Za-z-]+ing\b", head) is not None
    return "Model" if _MODEL.search(head) and not verb else "Method"
