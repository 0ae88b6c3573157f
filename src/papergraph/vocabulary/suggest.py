"""Names that notes use often and no vocabulary lists: what deserves an entry of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papergraph.model import EntityType, Extraction, Mention, Predicate
from papergraph.ontology.kinds import LISTED
from papergraph.text.folding import fold
from papergraph.vocabulary.values import Vocabulary


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that may deserve an entry, and where it was seen."""

    name: str
    """As it is written most often."""
    type: EntityType
    """What most of its mentions were taken for."""
    aliases: tuple[str, ...]
    """What the notes define as the same, sorted; spellings that differ in hyphens or case need no alias."""
    mentions: int
    notes: int
    note: str
    """Path of the first note that names it, with the line below."""
    line: int


def suggest_entries(extractions: Iterable[Extraction], *, least: int = 3) -> tuple[Suggestion, ...]:
    """Return the names of at least `least` mentions that no vocabulary knows, those in most notes first.

    Anonymous devices such as `single 80GB GPU` are no names.

    >>> from papergraph.model import Span
    >>> mention = Mention(Span(0, 4), "Zorb", 1, "Method", "Zorb", "shape", 0.55)
    >>> [(s.name, s.mentions) for s in suggest_entries([Extraction("a.md", "", (mention,) * 3)])]
    [('Zorb', 3)]
    """
    seen: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    same: dict[str, str] = {}
    for extraction in sorted(extractions, key=lambda e: e.path):
        described = {a.mention for a in extraction.attributes if a.key == "hardwareClass"}
        for index, mention in enumerate(extraction.mentions):
            if mention.type in LISTED and not mention.vocabulary and index not in described:
                seen[_key(mention)].append((extraction.path, mention))
        for pair in extraction.coreferences:
            left, right = _key(extraction.mentions[pair.left]), _key(extraction.mentions[pair.right])
            same.setdefault(max(left, right), min(left, right))
    for key in sorted(seen.keys() & same.keys()):
        if key != same[key] and same[key] in seen:
            seen[same[key]] += seen.pop(key)
    found = (_suggestion(places) for places in seen.values() if len(places) >= least)
    return tuple(sorted(found, key=lambda s: (-s.notes, -s.mentions, s.name)))


def only_proposed(
    extractions: Iterable[Extraction], ruled: Iterable[Extraction], known: Vocabulary
) -> Iterator[Extraction]:
    """Yield of each note what only a language model names: no rule in any of the notes (`ruled`), and no vocabulary."""
    found = {_key(mention) for one in ruled for mention in one.mentions}
    for one in extractions:
        new = (m for m in one.mentions if _key(m) not in found and not known.find(m.name))
        yield Extraction(one.path, one.sha256, tuple(new))


def suggest_examples(extractions: Iterable[Extraction]) -> dict[Predicate, tuple[str, ...]]:
    """Return for each relation the sentences of claims that only a language model makes, as patterns want examples.

    >>> from papergraph.model import RelationMention, Span
    >>> names = [Mention(Span(*p), n, 1, "Method", n, "tiny", 0.7) for p, n in (((0, 4), "Zorb"), ((13, 17), "LoRA"))]
    >>> claim = RelationMention(0, "extends", 1, Span(0, 18), 1, "Zorb extends LoRA.", "tiny", "model", 0.7)
    >>> suggest_examples([Extraction("a.md", "", tuple(names), relations=(claim,))])
    {'extends': ('[S Zorb] extends [O LoRA].',)}
    """
    examples: dict[Predicate, set[str]] = defaultdict(set)
    for one in extractions:
        names = [(_key(one.mentions[r.subject]), r.predicate, _key(one.mentions[r.object])) for r in one.relations]
        stated = {name for name, claim in zip(names, one.relations, strict=True) if claim.tier != "model"}
        for name, claim in zip(names, one.relations, strict=True):
            ends = one.mentions[claim.subject].surface, one.mentions[claim.object].surface
            if name not in stated and (marked := _marked(claim.sentence, *ends)):
                examples[claim.predicate].add(marked)
    return {predicate: tuple(sorted(examples[predicate])) for predicate in sorted(examples)}


def _marked(sentence: str, subject: str, obj: str) -> str:
    """Return a sentence with its names marked; nothing if it does not hold both, apart from each other."""
    at = sorted(((sentence.find(subject), "S", subject), (sentence.find(obj), "O", obj)))
    (first, left, one), (second, right, other) = at
    if first < 0 or first + len(one) > second:
        return ""
    between, rest = sentence[first + len(one) : second], sentence[second + len(other) :]
    return f"{sentence[:first]}[{left} {one}]{between}[{right} {other}]{rest}"


def rows_of(suggestions: Iterable[Suggestion]) -> Iterator[tuple[str, ...]]:
    """Yield the suggestions as the rows of a vocabulary file, header first."""
    yield "name", "aliases", "type"
    for one in suggestions:
        yield _cell(one.name), " | ".join(map(_cell, one.aliases)), one.type


def _key(mention: Mention) -> str:
    return fold(mention.name) or mention.name


def _suggestion(places: list[tuple[str, Mention]]) -> Suggestion:
    spellings = Counter(mention.name for _, mention in places)
    types = Counter(mention.type for _, mention in places)
    name = min(spellings, key=lambda n: (-spellings[n], n))
    note, first = min(places, key=lambda p: (p[0], p[1].span.start))
    return Suggestion(
        name=name,
        type=min(types, key=lambda t: (-types[t], t)),
        aliases=tuple(sorted(alias for alias in spellings if fold(alias) != fold(name))),
        mentions=len(places),
        notes=len({path for path, _ in places}),
        note=note,
        line=first.line,
    )


def _cell(text: str) -> str:
    return text.replace("\t", " ").replace("|", "/")
