"""What names look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import ahocorasick_rs

from papergraph.extract.word_lists import is_generic, word_set
from papergraph.model import EntityType
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary

#: One word of a name: Latin and Greek letters and digits, joined by hyphens and dots.
NAME_WORD = re.compile(
    r"(?<![A-Za-z0-9@/#.\\$_-])[A-Za-zΑ-ω][A-Za-z0-9Α-ω]*(?:\.\d+)?(?:-[A-Za-z0-9Α-ω]+(?:\.\d+[A-Za-z]*)?)*(?:\+{1,3}(?![A-Za-z0-9\u4e00-\u9fff\[(（])|\\\*(?!\\\*))?"
)
#: Formats of numbers in quantised files: Q4_K_M, IQ2_XXS.
NUMBER_FORMAT = re.compile(r"(?<![A-Za-z0-9_-])I?T?Q\d_(?:\d|K(?:_[SML])?|X{1,2}S|NL|[SM])(?![A-Za-z0-9_])")
_SIZE = re.compile(r"(?:^|[-_ ])[A-Z]?\d+(?:\.\d+)?[BM](?:$|[-_ ])|\d+x\d+(?:\.\d+)?B", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z](?:[A-Z]|\d(?!\d)){1,5}")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]{2,}|[A-Z][a-z]+[A-Z]")
#: RADAb, but no plural.
_TAILED = re.compile(r"[A-Z]{3,7}[a-rt-z]$")
_VERSION = re.compile(r"^[A-Za-z][A-Za-z]+[-_ ]?v?\d+(?:\.\d+)*$")
#: A longer word is the name of nothing, however it is made.
_LONGEST = 100
#: How far around a name a word may stand that tells what it is, in characters.
_LOOK_AROUND = 18
#: Where a clause ends; `X, a dataset` and `X，一个数据集` go on.
_CLAUSE_END = re.compile(r"[。；;！？!?\n]|\.\s|[，,](?!\s*(?:一|是|an?\b|the\b|our\b))")
#: Q-Hitter, P-Tuning: capital letters and a capitalised word; Spec-Bench: what ends as datasets do.
_LETTERED = re.compile(r"[A-Z]{1,3}-[A-Z][a-z]{2,}$|[A-Z]\w+-(?:Bench|Eval|QA|Arena|Corpus)$")
_KINDS: dict[str, EntityType] = {"dataset": "Dataset", "model": "Model", "method": "Method"}
_CONNECTIVES = frozenset(
    {"vs", "as", "and", "or", "to", "of", "by", "for", "with", "in", "on", "the", "a", "at", "from"}
)
#: Behind the name of a conference, its year.
_OF_YEAR = re.compile(r"[\s'’-]*(?:19|20)?\d\d$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
#: Somebody with initials: `A. Quill, ZorbNet` begins a reference.
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,3}[^\W\d_]{2,},")
#: Names of variables in code (`isCitizenOf`), degrees of parallelism (`TP4`), identifiers of videos (`CqiL5QQnN64`).
_DATASET_NAME = re.compile(r"QA$|Bench")
_CODE_NAME = re.compile(r"[a-z]{2,}(?:[A-Z][a-z]+){2,}$|(?:TP|DP|EP|PP|SP|CP|BS|GPU|V)\d+$")
#: Dimensions of arrays (`HxWxC`), people (`McDonnell`), what was done with regions (`RoIPooled`).
_NO_NAME = re.compile(r"[A-Za-z](?:x[A-Za-z0-9])+$|Mc[A-Z][a-z]+$|Ro[iI][A-Z][a-z]*ed$|[a-z][A-Z]{1,2}$")
_KIND_CHANGE = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")


@lru_cache(maxsize=1 << 16)
def is_name_shaped(name: str) -> bool:
    """Tell whether a single token is a name by its form alone: inner capitals, or capitals joined with digits.

    >>> [is_name_shaped(n) for n in ("SnapKV", "LoRA-XS", "Qwen2", "LoRA+", "attention", "GPU", "LLM-based", "W+")]
    [True, True, True, True, False, False, False, False]
    """
    if (
        not 2 <= len(name) <= _LONGEST
        or is_generic(name)
        or not any(c.isupper() for c in name)
        or not name[0].isalpha()
    ):
        return False
    if _CODE_NAME.match(name) or _NO_NAME.match(name) or ("-" not in name and len(_KIND_CHANGE.findall(name)) >= 5):
        return False
    parts = re.split(r"[-/]", name)
    if all(is_generic(p) for p in parts) or (len(parts) > 1 and is_adjective(parts[-1])):
        return False
    if len(parts) > 1:
        lettered = _LETTERED.match(name) and not (len(parts[0]) > 1 and is_generic(parts[0]))
        shaped = any(is_name_shaped(p) or _is_acronym(p) for p in parts)
        return bool(lettered or shaped or _SIZE.search(name))
    if name.endswith(("+", "*")):
        stem = name.rstrip("+*")
        return len(stem) >= 3 and (is_name_shaped(stem) or _is_acronym(stem))
    if any(c.isupper() and not c.isascii() for c in name) and any(c.isupper() and c.isascii() for c in name):
        return True  # ΨPO
    return bool(_CAMEL.search(name) or _TAILED.match(name) or _VERSION.match(name) or _SIZE.search(name))


@lru_cache(maxsize=16_384)
def name_within(word: str) -> tuple[int, str]:
    """Return where the name in a hyphenated word begins, and the name: without a prefix or a participle that joins it.

    Words that are whole phrases hold no name of their own.

    >>> [name_within(w) for w in ("GPT-4-built", "non-YOLO", "CNN-vs-transformer", "LoRA-XS")]
    [(0, 'GPT-4'), (4, 'YOLO'), (0, ''), (0, 'LoRA-XS')]
    """
    parts = word.split("-")
    if len(parts) == 1:
        return 0, word
    if any(part in _CONNECTIVES for part in parts[1:]):
        return 0, ""
    lead = 0
    while len(parts) > 1 and parts[0] in word_set("generic", "prefixes"):
        lead += len(parts.pop(0)) + 1
    while len(parts) > 1 and parts[-1].islower() and _joins(parts[-1]):
        parts.pop()
    return lead, "-".join(parts)


def _joins(part: str) -> bool:
    """Tell whether the last part of a word says what was done with what stands before it: GPT-4-built, LoRA-tuned."""
    return is_adjective(part) or part in word_set("generic", "participles") or (len(part) > 4 and part.endswith("ed"))


def is_adjective(part: str) -> bool:
    """Tell whether the last part of a hyphenated word makes it an adjective: LLM-based, GPU-aware."""
    return part.casefold() in word_set("generic", "adjective_endings")


def _is_acronym(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name)) and sum(c.isalpha() for c in name) >= 2 and not is_generic(name)


@lru_cache(maxsize=16_384)
def is_head_name(name: str) -> bool:
    """Tell whether the text at the head of a list item, before its colon, may be a name: short, and no everyday word.

    >>> is_head_name("VeRA"), is_head_name("VATP"), is_head_name("Special cases"), is_head_name("data clean")
    (True, True, False, False)
    """
    name = name.strip()
    words = name.split()
    if not words or len(words) > 4 or len(name) > 40 or is_generic(name) or is_chinese(name) or _YEAR.match(name):
        return False
    if _INITIALS.match(name):
        return False
    if all(is_generic(w) for w in words):
        return False
    if len(words) == 1:
        return is_name_shaped(name) or _is_acronym(name)
    return all(w[0].isupper() or w[0].isdigit() for w in words) and any(
        is_name_shaped(w) or _is_acronym(w) for w in words
    )


def guess_type(name: str, before: str, after: str) -> EntityType:
    """Decide what an unknown name is, from its form and from the words around it.

    >>> guess_type("CHC-Bench", "", ""), guess_type("Foo-7B", "", ""), guess_type("CORM", "名为", "的方法")
    ('Dataset', 'Model', 'Method')
    """
    folded = name.casefold()
    if folded.endswith(_dataset_endings()) or _DATASET_NAME.search(name):
        return "Dataset"
    if _SIZE.search(name):
        return "Model"
    return nearest_kind(before, after)[0]


@cache
def _dataset_endings() -> tuple[str, ...]:
    return tuple(sorted(e for e in word_set("generic", "dataset_endings") if len(e) > 3))


def nearest_kind(before: str, after: str) -> tuple[EntityType, int]:
    """Return what the nearest word for a kind in the same clause says, and how many characters lie between.

    >>> nearest_kind("对齐数据集 ", "。这个模型"), nearest_kind("得到了 ", " 在各项上")
    (('Dataset', 1), ('Method', 18))
    """
    lead = _CLAUSE_END.split(before[-_LOOK_AROUND:])[-1].casefold()
    tail = _CLAUSE_END.split(after[:_LOOK_AROUND], maxsplit=1)[0].casefold()
    distance, _, kind = min(_cues_near(lead, tail), default=(_LOOK_AROUND, 0, "method"))
    return _KINDS[kind], distance


def _cues_near(lead: str, tail: str) -> Iterator[tuple[int, int, str]]:
    """Yield each word for a kind in the same clause: how far from the name it is, its length negated, and its kind."""
    words, finder = _kind_words()
    for number, start, end in finder.find_matches_as_indexes(lead, overlapping=True):
        yield len(lead) - end, start - end, words[number][1]
    for number, start, end in finder.find_matches_as_indexes(tail, overlapping=True):
        yield start, start - end, words[number][1]


@cache
def _kind_words() -> tuple[tuple[tuple[str, str], ...], ahocorasick_rs.AhoCorasick]:
    """Return each word for a kind with its kind, and the automaton that finds them all."""
    words = tuple(sorted((word, kind) for kind in _KINDS for word in word_set("generic", kind)))
    return words, ahocorasick_rs.AhoCorasick([w for w, _ in words], matchkind=ahocorasick_rs.MATCHKIND_STANDARD)


def is_venue(vocabulary: Vocabulary, name: str) -> bool:
    """Tell whether `name` is a conference or journal, with or without a year: NeurIPS, ICLR24."""
    if len(name) > _LONGEST:
        return False
    return (_OF_YEAR.sub("", name) if name[-1:].isdigit() else name) in vocabulary.venue_names
