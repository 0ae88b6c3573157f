"""How well an extraction agrees with gold annotations: precision, recall and F1 per entity type and predicate.

Entities match one to one when their types agree (a Model is a Method) and a folded name, alias or identifier is shared.
A paper and the one method that it introduces are the same subject or object of a relation. What a gold file marks as
optional is neither rewarded nor punished.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from papergraph.errors import ConfigError
from papergraph.model import ENTITY_TYPES, PREDICATES
from papergraph.ontology.identifiers import ARXIV_NUMBER
from papergraph.ontology.kinds import group_of
from papergraph.text.folding import fold, is_chinese

_ARXIV = re.compile(rf"(?<![\d.])({ARXIV_NUMBER})(?:v\d+)?(?!\d)")
_PREDICATE_GROUP = {
    "extends": "buildsOn",
    "improvesOn": "buildsOn",
    "uses": "buildsOn",
    "outperforms": "compares",
    "comparedWith": "compares",
    "measuredOn": "targetsHardware",  # the guidelines ask for one hardware relation
}
#: Gold files of version 1 know neither: they are left out of the counts.
_UNJUDGED_TYPES = frozenset({"Person"})
#: Shares of Chinese from which on a text is Chinese, or mixed: Chinese notes are full of English names and titles.
_CHINESE, _MIXED = 0.45, 0.15
_UNJUDGED_PREDICATES = frozenset({"authoredBy", "broader"})


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of one note, as gold or as predicted."""

    id: str
    type: str
    name: str
    keys: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ScoredClaim:
    """A relation of one note between the ids of two entities."""

    subject: str
    predicate: str
    object: str
    optional: bool = False
    confidence: float = 1.0
    tier: str = ""
    """`structure` or `prose`, of the surest evidence; empty in gold."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader takes from one note."""

    note: str
    entities: tuple[Named, ...]
    claims: tuple[ScoredClaim, ...]
    language: str = ""
    """`zh`, `en` or `mixed`, by what the evidence is written in."""
    kind: str = ""
    """What kind of note it is, such as `list`, where a gold file says so."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one entity or claim: right, extra (predicted and not in gold) or missed."""

    row: str
    """Entity type or predicate, grouped as the scores are."""
    outcome: str
    text: str = ""
    claim: ScoredClaim | None = None
    """The predicted claim, if it is one."""
    language: str = ""
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one row; the ratios are 0 where nothing was counted.

    >>> Score("uses", right=3, extra=1, missed=3).f1
    0.6
    """

    name: str
    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, rounded to 4 places."""
        counted = 2 * self.right + self.extra + self.missed
        return round(2 * self.right / counted, 4) if counted else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores per entity type and per predicate, with their totals; topics have rows of their own outside the totals."""

    entities: tuple[Score, ...]
    relations: tuple[Score, ...]
    languages: tuple[Score, ...]
    """Of the relations, per language of their notes."""
    kinds: tuple[Score, ...]
    """Of the relations, per kind of note, where gold files give one."""
    tiers: tuple[Score, ...]
    """Of the predicted relations, per tier; gold has no tiers, so that nothing is missed."""
    judgements: tuple[Judgement, ...]
    """Of the predicted and missed relations, in the order of the notes."""
    differences: tuple[str, ...]
    """What was extra (`+`) or missed (`-`), a line each, in the order of the notes."""

    @property
    def entity_total(self) -> Score:
        """Micro average over the entity types, Topic apart."""
        return _total(self.entities, "Topic")

    @property
    def relation_total(self) -> Score:
        """Micro average over the predicates, hasTopic apart."""
        return _total(self.relations, "hasTopic")


def read_gold(folder: Path) -> tuple[Facts, ...]:
    """Return the gold notes of `folder` (*.json), sorted by file name.

    Raises:
        ConfigError: if there is none, or one is not in the format of data/gold.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ConfigError(f"{folder}: no gold files (*.json) in this folder")
    return tuple(_read_gold_file(path) for path in paths)


def facts_of_record(record: Mapping[str, Any]) -> Facts:
    """Return the facts of one object that `papergraph extract --format jsonl` prints."""
    entities = tuple(_named(e) for e in record["entities"])
    claims = tuple(_claim(r) for r in record["relations"])
    written = "".join(e["text"] for r in record["relations"] for e in r.get("evidence", ()))
    return Facts(str(record["note"]), entities, claims, language_of(written))


def _claim(relation: Mapping[str, Any]) -> ScoredClaim:
    tiers = {e.get("tier", "") for e in relation.get("evidence", ())}
    tier = "structure" if "structure" in tiers else max(tiers, default="")
    ends = relation["subject"], relation["predicate"], relation["object"]
    return ScoredClaim(*ends, confidence=relation.get("confidence", 1.0), tier=tier)


def language_of(text: str) -> str:
    """Tell what a text is written in; a Chinese character says about as much as two Latin letters.

    >>> [language_of(t) for t in ("H2O keeps heavy hitters", "只留最重要的词元", "a cache that keeps 最重要的词")]
    ['en', 'zh', 'mixed']
    """
    chinese = 2 * sum(map(is_chinese, text))
    latin = sum(c.isascii() and c.isalpha() for c in text)
    share = chinese / (chinese + latin) if chinese + latin else 0.0
    return "zh" if share >= _CHINESE else "mixed" if share >= _MIXED else "en"


def evaluate(gold: Iterable[Facts], predicted: Iterable[Facts], *, strict: bool = False) -> Evaluation:
    """Compare predictions with gold, note by note; notes are paired by file name.

    With `strict`, extends, improvesOn and uses count as different relations, and so do outperforms and comparedWith.
    """
    by_note = {Path(facts.note).name: facts for facts in predicted}
    entities: list[Judgement] = []
    relations: list[Judgement] = []
    differences: list[str] = []
    for note in gold:
        found = by_note.get(Path(note.note).name, Facts(note.note, (), ()))
        pairs, duplicates = match_entities(note.entities, found.entities)
        own = list(_compare_entities(note, found, pairs, duplicates))
        claims = list(_compare_claims(note, found, {**duplicates, **pairs}, strict=strict))
        entities += own
        relations += [replace(j, language=found.language, note=note.note, kind=note.kind) for j in claims]
        wrong = (j for j in (*own, *claims) if j.outcome != "right")
        differences += [f"{note.note}: {'+' if j.outcome == 'extra' else '-'} {j.text}" for j in wrong]
    judged = [j for j in relations if j.row != "hasTopic"]
    return Evaluation(
        entities=_scores((j.row, j.outcome) for j in entities),
        relations=_scores((j.row, j.outcome) for j in relations),
        languages=_scores((j.language, j.outcome) for j in judged if j.language),
        kinds=_scores((j.kind, j.outcome) for j in judged if j.kind),
        tiers=_scores((j.claim.tier, j.outcome) for j in judged if j.claim and j.claim.tier),
        judgements=tuple(judged),
        differences=tuple(differences),
    )


def below(result: Evaluation, floors: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield each score that lies below its floor, in words.

    `floors` has a table for `entities`, `relations`, `languages`, `kinds` (F1) and `tiers` (precision), with a floor
    per row; `all` is the total.

    Raises:
        ConfigError: for a table that is none of these.
    """
    tables = {
        "entities": (*result.entities, result.entity_total),
        "relations": (*result.relations, result.relation_total),
        "languages": result.languages,
        "kinds": result.kinds,
        "tiers": result.tiers,
    }
    for table, rows in floors.items():
        if table not in tables:
            raise ConfigError(f"floors are for {', '.join(tables)}, not for {table!r}")
        scores = {s.name: s.precision if table == "tiers" else s.f1 for s in tables[table]}
        for name, floor in rows.items():
            if scores.get(name, 0.0) < floor:
                yield f"{table}: {name} is {scores.get(name, 0.0):.3f}, below {floor}"


def _compare_entities(
    gold: Facts, found: Facts, pairs: Mapping[str, str], duplicates: Mapping[str, str]
) -> Iterator[Judgement]:
    by_id = {e.id: e for e in gold.entities}
    for entity in found.entities:
        if entity.type in _UNJUDGED_TYPES:
            continue
        partner = by_id.get(pairs.get(entity.id, ""))
        twin = by_id.get(duplicates.get(entity.id, ""))
        if partner is None and not (twin and twin.optional):
            yield Judgement(group_of(entity.type), "extra", f"{entity.type} {entity.name}")
        elif partner is not None and not partner.optional:
            yield Judgement(group_of(partner.type), "right", "")
    hit = set(pairs.values())
    for entity in gold.entities:
        if entity.id not in hit and not entity.optional:
            yield Judgement(group_of(entity.type), "missed", f"{entity.type} {entity.name}")


def _compare_claims(gold: Facts, found: Facts, pairs: Mapping[str, str], *, strict: bool) -> Iterator[Judgement]:
    stand_in = _contributions(gold)
    required, optional = _gold_triples(gold, stand_in, strict=strict)
    gold_names = {e.id: e.name for e in gold.entities}
    names = {e.id: e.name for e in found.entities}
    seen: set[tuple[str, str, str]] = set()
    for claim in found.claims:
        if claim.predicate in _UNJUDGED_PREDICATES:
            continue
        predicate = _group_predicate(claim.predicate, strict=strict)
        subject, obj = pairs.get(claim.subject), pairs.get(claim.object)
        text = f"{names.get(claim.subject)} {claim.predicate} {names.get(claim.object)}"
        if subject is None or obj is None:
            yield Judgement(predicate, "extra", text, claim)
            continue
        if claim.predicate != "introduces":
            subject, obj = stand_in[subject], stand_in[obj]
        triple = (subject, predicate, obj)
        if subject == obj or triple in seen:
            continue
        seen.add(triple)
        if triple in required:
            yield Judgement(predicate, "right", "", claim)
        elif triple not in optional:
            yield Judgement(predicate, "extra", text, claim)
    for subject, predicate, obj in sorted(required - seen):
        yield Judgement(predicate, "missed", f"{gold_names[subject]} {predicate} {gold_names[obj]}")


def _gold_triples(
    gold: Facts, stand_in: Mapping[str, str], *, strict: bool
) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    doubtful = {e.id for e in gold.entities if e.optional}
    required: set[tuple[str, str, str]] = set()
    optional: set[tuple[str, str, str]] = set()
    for claim in gold.claims:
        subject, obj = claim.subject, claim.object
        if claim.predicate != "introduces":
            subject, obj = stand_in[subject], stand_in[obj]
        triple = (subject, _group_predicate(claim.predicate, strict=strict), obj)
        weak = claim.optional or claim.subject in doubtful or claim.object in doubtful
        (optional if weak else required).add(triple)
    return required, optional - required


def match_entities(gold: Iterable[Named], found: Iterable[Named]) -> tuple[dict[str, str], dict[str, str]]:
    """Pair predicted with gold entities one to one, best overlap first; further matches are duplicates."""
    candidates = sorted(
        (fold(f.name) not in g.keys, -len(f.keys & g.keys), f.id, g.id)
        for f in found
        for g in gold
        if group_of(f.type) == group_of(g.type) and f.keys & g.keys
    )
    pairs: dict[str, str] = {}
    duplicates: dict[str, str] = {}
    used: set[str] = set()
    for _, _, found_id, gold_id in candidates:
        if found_id not in pairs and gold_id not in used:
            pairs[found_id] = gold_id
            used.add(gold_id)
    for _, _, found_id, gold_id in candidates:
        if found_id not in pairs:
            duplicates.setdefault(found_id, gold_id)
    return pairs, duplicates


def _contributions(gold: Facts) -> dict[str, str]:
    """Map each entity to what stands for it in relations: a paper to the only method that it introduces."""
    types = {e.id: group_of(e.type) for e in gold.entities}
    introduced: dict[str, list[str]] = defaultdict(list)
    for claim in gold.claims:
        if claim.predicate == "introduces" and types[claim.object] == "Method":
            introduced[claim.subject].append(claim.object)
    return {e: introduced[e][0] if len(introduced.get(e, ())) == 1 else e for e in types}


def _read_gold_file(path: Path) -> Facts:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entities = tuple(_named(e) for e in data["entities"])
        claims = tuple(ScoredClaim(r["s"], r["p"], r["o"], bool(r.get("optional"))) for r in data["relations"])
        note, kind = str(data["note"]), str(data.get("kind", ""))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a gold file: {type(error).__name__} {error}; see data/README.md") from error
    ids = {e.id for e in entities}
    for claim in claims:
        if not {claim.subject, claim.object} <= ids or claim.predicate not in PREDICATES:
            raise ConfigError(
                f"{path}: relation {claim.subject} {claim.predicate} {claim.object}: unknown id or predicate"
            )
    return Facts(note, entities, claims, kind=kind)


def _named(entity: Mapping[str, Any]) -> Named:
    if entity["type"] not in ENTITY_TYPES:
        raise ValueError(f"unknown entity type {entity['type']!r}")
    forms = [entity["name"], *entity.get("aliases", ()), *entity.get("identifiers", ())]
    keys = {key for form in forms if (key := _key(form))}
    return Named(str(entity["id"]), entity["type"], entity["name"], frozenset(keys), bool(entity.get("optional")))


def _key(form: str) -> str:
    """Fold a form; an arXiv id in any spelling becomes the same key."""
    match = _ARXIV.search(form)
    return f"arxiv{match[1]}" if match and ("arxiv" in form.casefold() or match[0] == form.strip()) else fold(form)


def _group_predicate(name: str, *, strict: bool) -> str:
    return name if strict else _PREDICATE_GROUP.get(name, name)


def _scores(outcomes: Iterable[tuple[str, str]]) -> tuple[Score, ...]:
    counts = Counter(outcomes)
    names = sorted({name for name, _ in counts})
    return tuple(Score(n, counts[n, "right"], counts[n, "extra"], counts[n, "missed"]) for n in names)


def _total(scores: tuple[Score, ...], apart: str) -> Score:
    kept = [s for s in scores if s.name != apart]
    return Score("all", sum(s.right for s in kept), sum(s.extra for s in kept), sum(s.missed for s in kept))
