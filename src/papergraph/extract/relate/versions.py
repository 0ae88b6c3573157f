"""Versions and variants by their names: EAGLE-2 after EAGLE, LoRA-XS and LongLoRA after LoRA."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.word_lists import is_acted_upon, word_set
from papergraph.model import Predicate, RelationMention

_NUMBERED = re.compile(r"(.*?[A-Za-z])[- ]?v?(\d+(?:\.\d+)?)")
_SUFFIX = re.compile(r"\+{1,2}|-[A-Z][A-Za-z]*")
#: The parts of `SpeechMoE`, `ResNet-50-FPN` and `Astute RAG`.
_WORD = re.compile(r"(?:MoE|VAE|[A-Z]+(?![a-z]))(?![a-z])")
_SHORTEST_BASE = 3
#: Between the words of a name, and the words: one that adds more to another is a phrase or a sentence.
_SEAM, _WORDS = re.compile(r"[ -]"), re.compile(r"[^\s-]+")
_MOST_ADDED = 2
#: What tells the sizes of a family of models apart, at the end of their names.
_SIZE = re.compile(
    r"(?<=[A-Za-z0-9.])[- ]?(?:\d+(?:\.\d+)?(?:x\d+)?[BM](?:-A\d+(?:\.\d+)?B)?|"
    r"(?<=[- ])(?:Pro|Ultra|Flash|Nano|Mini|Max|Lite|base|large|small|tiny|huge))$",
    re.IGNORECASE,
)
#: A name of more words is a phrase: `DPO Meets PPO`.
_MOST_WORDS = 2
#: Capitals that make a name of what may otherwise be a word: `LoRA`, and not `Bank` or `Challenge`.
_CAPITALS = 2
#: A longer name is a version of nothing.
_LONGEST = 100


def relate_versions(context: Context) -> Iterator[RelationMention]:
    """Yield `extends` from each work to the work of the same note whose name its own is a version of."""
    first: dict[str, int] = {}
    for index, mention in enumerate(context.mentions):
        if mention.type in {"Method", "Model"}:
            first.setdefault(mention.name, index)
    names, sections = Names.of(first), _sections(context)
    is_about_one = context.only_subject >= 0 or any(entry.whole for entry in context.annotation.entries)

    def are_near(left: int, right: int) -> bool:
        """Tell whether one section names both: works apart in a long list have a part of their names by chance."""
        return is_about_one or not sections[context.identities[left]].isdisjoint(sections[context.identities[right]])

    contributions = frozenset(_contributions(context))
    for subject in sorted({*contributions, *first.values()}):
        name = context.mentions[subject].name
        base = names.base_of(name) if subject in contributions else names.variant_of(name)
        pair = subject, first.get(base, -1)
        if base and not context.is_same(*pair) and _are_told(context, *pair) and are_near(*pair):
            yield _claim(context, subject, "extends", first[base], "variant-name")
        for part in names.components_of(name) if len(name.split()) <= _MOST_WORDS else ():
            if not context.is_same(first[part], subject):
                varies = is_variant(name, part) and not _is_model(context, name.removesuffix(part))
                predicate: Predicate = "extends" if varies else "uses"
                yield _claim(context, subject, predicate, first[part], "component-name")
    yield from (_claim(context, size, "extends", family, "variant-name") for size, family in _sizes(context, first))
    narrower = ((long, short) for long, short in _narrower(context, first) if are_near(long, short))
    yield from (_claim(context, long, "extends", short, "narrower-name") for long, short in narrower)


def _sizes(context: Context, first: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the sizes of what the note is about, each with that: Qwen2-0.5B, Gemini 1.5 Pro."""
    families = {_stem(n): i for n, i in reversed(first.items()) if context.identities[i] in context.contributed}
    for name, index in first.items():
        size = _SIZE.search(name) if len(name) <= _LONGEST else None
        family = families.get(_stem(name[: size.start()]), -1) if size else -1
        if family >= 0 and not context.is_same(index, family):
            yield index, family


def _stem(name: str) -> str:
    return _SEAM.sub("", name).casefold()


def _narrower(context: Context, first: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Yield what adds words before the name of another thing, with that: tensor model parallelism, Deformable DETR."""
    folded = {name.casefold(): index for name, index in reversed(first.items())}
    for name, index in folded.items():
        ends = (match.end() for match in _SEAM.finditer(name)) if len(name) <= _LONGEST else ()
        base = next((name[end:] for end in ends if name[end:] in folded), "")
        added = name[: -len(base) - 1] if base else ""
        made_of_both = added in folded or _is_model(context, added)
        if base and not made_of_both and _is_modifier(added) and _narrows(context, index, folded[base]):
            yield index, folded[base]


def _is_model(context: Context, name: str) -> bool:
    """Tell whether a name, or the first part of one, is that of a known model: `BLOOM-` in BLOOM-LoRA."""
    first = name.strip(" -").split("-")[0]
    return any(entry.type == "Model" for entry in context.vocabulary.find(first))


def _is_modifier(added: str) -> bool:
    """Tell whether what one name adds before another is a word or two that say of which kind it is.

    >>> _is_modifier("deformable"), _is_modifier("insights into"), _is_modifier("a very long phrase")
    (True, False, False)
    """
    words = _WORDS.findall(added)
    return len(words) <= _MOST_ADDED and _no_modifiers().isdisjoint(words)


@cache
def _no_modifiers() -> frozenset[str]:
    verbs = word_set("title-relations", "uses") | word_set("title-relations", "beaten")
    return word_set("generic", "function_words") | verbs


def _narrows(context: Context, narrower: int, broader: int) -> bool:
    """Tell whether a longer name is a kind of what the shorter one names: two works, or two techniques."""
    long, short = context.mentions[narrower], context.mentions[broader]
    if context.is_same(narrower, broader) or "(" in long.name or not (short.vocabulary or " " in short.name):
        return False
    if context.is_part(narrower) or context.is_part(broader):
        return False
    is_technique, is_made = context.is_technique(broader), context.identities[narrower] in context.contributed
    if is_technique is not context.is_technique(narrower) and not (is_technique and is_made):
        return False
    name = short.name
    if is_technique:
        is_read = context.identities[narrower] in context.contributed or not context.in_title(narrower)
        return " " in name and not is_acted_upon(name) and is_read
    return not _is_family(name) and _are_told(context, narrower, broader)


def _claim(context: Context, subject: int, predicate: Predicate, obj: int, extractor: str) -> RelationMention:
    block = context.document.blocks[max(0, context.block_of(subject))]
    span = evidence_span(block, context.mentions[subject])
    return context.claim(subject, predicate, obj, span, extractor, "structure")


def _are_told(context: Context, subject: int, base: int) -> bool:
    """Tell whether a note is about a version or about what it may be a version of: names in passing tell too little."""
    listed = {context.identities[subject], context.identities[base]} & context.contributed
    return bool(listed) and _is_name(context, base)


def _sections(context: Context) -> dict[int, set[int]]:
    """Return for each thing the headings under which the note names it."""
    found: dict[int, set[int]] = {}
    for index in range(len(context.mentions)):
        number = max(0, context.block_of(index))
        block = context.document.blocks[number]
        heading = number if block.kind == "heading" else block.headings[-1] if block.headings else -1
        found.setdefault(context.identities[index], set()).add(heading)
    return found


def _is_name(context: Context, base: int) -> bool:
    """Tell whether a base is more than a word with a capital: its form says so, or the vocabulary knows it."""
    mention = context.mentions[base]
    return bool(mention.vocabulary) or sum(map(str.isupper, mention.name)) >= _CAPITALS


def _contributions(context: Context) -> Iterator[int]:
    subjects = [context.subject(entry) for entry in context.annotation.entries]
    for index in [*subjects, context.only_subject]:
        if index >= 0 and context.mentions[index].type in {"Method", "Model"}:
            yield index


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a note, and the versions that share a stem."""

    all: frozenset[str]
    versions: dict[str, tuple[tuple[float, str], ...]]
    """For each case-folded stem its versions, in order; the stem alone is version 0."""

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Sort `names` by their stems."""
        found: dict[str, list[tuple[float, str]]] = {}
        everything = frozenset(names)
        for name in sorted(everything):
            number = _NUMBERED.fullmatch(name)
            stem, version = (number[1], float(number[2])) if number else (name, 0.0)
            found.setdefault(stem.casefold(), []).append((version, name))
        return cls(everything, {stem: tuple(sorted(versions)) for stem, versions in found.items()})

    def base_of(self, name: str) -> str:
        """Return which of the names `name` is a version of: the version before, else the name without its addition.

        >>> names = Names.of(["EAGLE", "EAGLE-2", "LoRA", "FT", "H2O"])
        >>> names.base_of("EAGLE-3"), names.base_of("LongLoRA"), names.base_of("ReFT")
        ('EAGLE-2', 'LoRA', '')
        """
        if number := _NUMBERED.fullmatch(name):
            versions = self.versions.get(number[1].casefold(), ())
            older = bisect_left(versions, (float(number[2]),))
            if older and not (versions[older - 1][0] == 0.0 and _is_family(number[1])):
                return versions[older - 1][1]
        return self.variant_of(name)

    def variant_of(self, name: str) -> str:
        """Return which of the names `name` adds a word to: LongLoRA and LoRA-XS to LoRA."""
        if len(name) > _LONGEST:
            return ""
        parts = {name[:cut] for cut in range(1, len(name))} | {name[cut:] for cut in range(1, len(name))}
        bases = [p for p in parts if p in self.all and _is_part(name, p) and not self._is_compound(name, p)]
        return max(bases, key=lambda b: (len(b), b), default="")

    def _is_compound(self, name: str, base: str) -> bool:
        """Tell whether what `name` adds to `base` is a name of its own: Inception-ResNet is made of both."""
        return name.removeprefix(base).lstrip("-") in self.all - {name}

    def components_of(self, name: str) -> tuple[str, ...]:
        """Return the names that stand in `name` for what it is made with, unless the name of a part of it has them.

        >>> names = Names.of(["MoE", "OLMoE", "LoRA", "RAG"])
        >>> names.components_of("LoRAMoE"), names.components_of("OLMoE-7B")
        (('MoE',), ())
        """
        if len(name) > _LONGEST:
            return ()
        words = [n for n in self.all.intersection(_WORD.findall(name)) if n != name and _is_component(n)]
        cuts = combinations(range(len(name) + 1), 2) if words else ()
        holders = self.all.intersection(name[start:end] for start, end in cuts) - {name}
        return tuple(sorted(w for w in words if all(n == w or w not in n for n in holders)))


def is_variant(name: str, base: str) -> bool:
    """Tell whether a name ends with that of a method of which many variants are called so.

    >>> is_variant("VB-LoRA", "LoRA"), is_variant("OLMoE", "MoE"), is_variant("LoRA", "LoRA")
    (True, False, False)
    """
    return name != base and name.endswith(base) and base.casefold() in word_set("title-relations", "varied")


def _is_component(name: str) -> bool:
    return name.casefold() in word_set("title-relations", "components")


def _is_part(name: str, base: str) -> bool:
    """Tell whether `name` is `base` with a suffix (LoRA-XS, LoRA+) or a prefix (LongLoRA) of its own."""
    if len(base) < _SHORTEST_BASE or " " in base or _is_family(base) or not any(c.isupper() for c in base):
        return False
    if name.startswith(base) and _SUFFIX.fullmatch(name, len(base)):
        return True
    joined = name[-len(base) - 1]
    return name.endswith(base) and len(base) > _SHORTEST_BASE and joined.islower() is not base[0].islower()


def _is_family(base: str) -> bool:
    """Tell whether many names contain `base`, or its stem, without being its versions: MiniGPT-4 is none of GPT-4."""
    number = _NUMBERED.fullmatch(base)
    families = word_set("title-relations", "families")
    return base.casefold() in families or bool(number and number[1].casefold() in families)
