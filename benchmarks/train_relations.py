# /// script
# dependencies = ["papergraph", "scikit-learn>=1.7"]
# ///
"""Train the model that finds relations which no rule states, and measure it on authors that it has not seen.

    python benchmarks/train_relations.py [--set GOLD:NOTES ...] --unseen GOLD:NOTES [--authors FILE.tsv ...]

Each set is a folder of gold, as in data/gold, and one of the notes; those that the rules were not written with are
`--unseen`: what the model adds to the rules is measured on them alone. Writes data/models/relations.tsv (weights) and
relations.yaml (how far to believe them), and prints what the model adds to the rules with its author left out. Files
of authors have a line for each note: its name, a tab, and `OWNER/REPOSITORY`; without them an author is told by the
name of the file. Needs scikit-learn; the package itself does not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from papergraph.export.record import note_record
from papergraph.extract import RULES, Context, Rules
from papergraph.extract.learned.linear import BIAS, LinearModel
from papergraph.extract.learned.pairs import pairs_of
from papergraph.extract.learned.relations import pair_features
from papergraph.extract.nlp import annotate_and_relate
from papergraph.extract.score.learned import LABELS, add_learned, label_of, possible_labels, told_of
from papergraph.model import Extraction, Predicate
from papergraph.quality.evaluate import Facts, facts_of_record, match_entities, read_gold
from papergraph.resolve import resolve
from papergraph.sources import read_document
from papergraph.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "data" / "models"
VOCABULARY = load_vocabulary()
UNLEARNED = Rules(tuple(rule for rule in RULES.rows if rule.find is not add_learned))
#: Inverse strength of the pull of weights towards 0.
PULL = 0.05
#: A feature must stand in so many pairs; a smaller weight is left out.
SEEN, SMALLEST = 3, 0.03
FOLDS = 6
SHARED_WORDS = frozenset({"more", "vault", "action", "topic"})
#: Probabilities that the curve is drawn at.
GRID = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: No claim is surer.
MOST = 0.95
MEASURED = "measured with each author left out; written by benchmarks/train_relations.py."
HEAD = "# Weights of the model that finds relations; written by benchmarks/train_relations.py. See README.md.\n"


@dataclass(frozen=True)
class Pair:
    """Two things of a note, with what gold says of them."""

    note: str
    author: str
    subject: str
    object: str
    """Subject and object are entities of what `papergraph extract` says of the note."""
    labels: tuple[str, ...]
    """Labels that suit the two things."""
    free: tuple[str, ...]
    """Those of them that no rule gives, so that the model may."""
    features: Mapping[str, float]
    right: frozenset[str]
    """Labels and predicates that hold."""
    open: frozenset[str]
    """Those on which reasonable readers differ, which teach nothing; `*` for all."""
    unseen: bool = False
    """Whether the rules were not written with the note at hand."""


def pairs_with_gold(gold: Facts, notes: Path, author: str) -> Iterator[Pair]:
    """Yield the pairs of a note that the model may judge."""
    document = read_document(gold.note, (notes / gold.note).read_bytes())
    annotation, relations = annotate_and_relate(document, VOCABULARY, UNLEARNED, ())
    extraction = Extraction(
        document.path,
        document.sha256,
        annotation.mentions,
        annotation.coreferences,
        annotation.attributes,
        relations,
    )
    resolution = resolve([extraction], VOCABULARY)
    iris = resolution.mention_entities[0]
    found = facts_of_record(note_record(extraction, resolution))
    order = sorted(resolution.entities, key=lambda e: (e.places[0].start, e.places[0].end, e.iri))
    ids = {entity.iri: f"m{number}" for number, entity in enumerate(order, 1)}
    matched, duplicates = match_entities(gold.entities, found.entities)
    known = {**duplicates, **matched}
    context = replace(Context.of(annotation, UNLEARNED), relations=relations)
    said, told = statements(gold), told_of(context)
    optional = {e.id for e in gold.entities if e.optional}
    for pair, places in pairs_of(context).items():
        subject, obj = (known.get(ids[iris[i]], "") for i in pair)
        if ids[iris[pair[0]]] == ids[iris[pair[1]]]:
            continue
        labels = possible_labels(context, places[0], frozenset())
        free = possible_labels(context, places[0], told.get(pair, frozenset()))
        right, open_ = said.get((subject, obj), (set(), set()))
        doubtful = bool(optional & {subject, obj}) or (bool(subject) and subject == obj)
        yield Pair(
            gold.note,
            author,
            ids[iris[pair[0]]],
            ids[iris[pair[1]]],
            tuple(labels),
            tuple(free),
            pair_features(context, places),
            frozenset(right),
            frozenset(open_ | ({"*"} if doubtful else set())),
        )


def statements(gold: Facts) -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """Return what gold says of each pair, for certain and optionally; a paper and what it introduces are one."""
    same: dict[str, set[str]] = {e.id: {e.id} for e in gold.entities}
    types = {e.id: e.type for e in gold.entities}
    for claim in gold.claims:
        if claim.predicate == "introduces" and types[claim.object] in {"Method", "Model"}:
            same[claim.subject].add(claim.object)
            same[claim.object].add(claim.subject)
    optional = {e.id for e in gold.entities if e.optional}
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for claim in gold.claims:
        is_own = claim.predicate == "introduces"
        subjects = {claim.subject} if is_own else same[claim.subject]
        objects = {claim.object} if is_own else same[claim.object]
        is_open = claim.optional or bool(optional & {claim.subject, claim.object})
        for pair in ((s, o) for s in subjects for o in objects):
            found.setdefault(pair, (set(), set()))[is_open].update({claim.predicate, label_of(claim.predicate)})  # type: ignore[arg-type]
    return found


def author_of(note: str, owners: Mapping[str, str]) -> str:
    """Return who wrote a note, by a list or by the name of its file."""
    first, *rest = Path(note).stem.split("-")
    return owners.get(note) or ("-".join((first, *rest[:1])) if first in SHARED_WORDS else first)


def train(pairs: Sequence[Pair]) -> LinearModel:
    """Return the model of what gold says of pairs."""
    seen = Counter(feature for pair in pairs for feature in pair.features)
    weights: dict[str, dict[str, float]] = {}
    kinds: dict[str, tuple[Predicate, ...]] = {k: v for labels in LABELS.values() for k, v in labels.items()}
    for label, predicates in kinds.items():
        able = [p for p in pairs if label in p.labels and not p.open & {label, "*"}]
        columns = {label: able}
        if len(predicates) > 1:
            columns |= {predicate: [p for p in able if label in p.right] for predicate in predicates}
        for name, chosen in columns.items():
            for feature, weight in fitted(chosen, name, seen).items():
                weights.setdefault(feature, {})[name] = weight
    names = tuple(dict.fromkeys(name for row in weights.values() for name in row))
    return LinearModel(names, weights)


def fitted(pairs: Sequence[Pair], name: str, seen: Counter[str]) -> dict[str, float]:
    """Return the weights for one label."""
    vectors = DictVectorizer()
    rows = vectors.fit_transform(
        [
            {
                **{f: v for f, v in p.features.items() if seen[f] >= SEEN},
            }
            for p in pairs
        ]
    )
    right = np.array([name in p.right for p in pairs])
    if right.sum() < SEEN:
        return {BIAS: -5.0}
    model = LogisticRegression(C=PULL, max_iter=2000).fit(rows, right)
    found = {BIAS: round(float(model.intercept_[0]), 3)}
    for feature, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True):
        if abs(weight) >= SMALLEST:
            found[str(feature)] = round(float(weight), 3)
    return found


def pairs_of_set(folder: str, owners: Mapping[str, str], *, unseen: bool) -> Iterator[Pair]:
    """Yield the pairs of all notes of a set, `GOLD:NOTES`."""
    gold, _, notes = folder.partition(":")
    for facts in read_gold(Path(gold)):
        if (Path(notes) / facts.note).is_file():
            pairs = pairs_with_gold(facts, Path(notes), author_of(facts.note, owners))
            yield from (replace(pair, unseen=unseen) for pair in pairs)


def left_out(pairs: Sequence[Pair]) -> Iterator[tuple[float, str, Pair]]:
    """Yield what a model made from the notes of all other authors would claim of each author's notes."""
    for others, own in GroupKFold(FOLDS).split(pairs, groups=[p.author for p in pairs]):
        yield from best_guesses(train([pairs[i] for i in others]), [pairs[i] for i in own])


def best_guesses(model: LinearModel, pairs: Iterable[Pair]) -> list[tuple[float, str, Pair]]:
    """Return what the model would claim, however improbable: for each thing and label its likeliest pair."""
    best: dict[tuple[str, str, str], tuple[float, str, Pair]] = {}
    for pair in pairs:
        for label, probability in model.scores(pair.features, pair.free).items() if pair.free else ():
            key = pair.note, pair.object, label
            if key not in best or probability > best[key][0]:
                best[key] = probability, label, pair
    return list(best.values())


def judged(guesses: Iterable[tuple[float, str, Pair]]) -> list[tuple[float, bool]]:
    """Return the probability of each guess that gold decides, and whether it is right."""
    return [
        (p, label in pair.right) for p, label, pair in guesses if label in pair.right or not pair.open & {label, "*"}
    ]


def write(model: LinearModel, least: float, points: Sequence[tuple[float, float]], note: str) -> None:
    """Write the weights, and how far to believe them."""
    with (MODELS / "relations.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD + "\t".join(("feature", *model.labels)) + "\n")
        for feature in sorted(model.weights):
            cells = (f"{w:g}" if (w := model.weights[feature].get(label)) else "" for label in model.labels)
            out.write("\t".join((feature.replace("\t", " "), *cells)) + "\n")
    said, real = (", ".join(f"{value:g}" for value in column) for column in zip(*points, strict=True))
    text = f"# {note}\nleast: {least:g}\nsaid: [{said}]\nis: [{real}]\n"
    (MODELS / "relations.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], help="GOLD:NOTES")
    parser.add_argument("--unseen", action="append", required=True, help="GOLD:NOTES")
    parser.add_argument("--authors", action="append", default=[], type=Path)
    parser.add_argument("--least", type=float, default=0.5)
    arguments = parser.parse_args()
    lines = (line.split("\t") for path in arguments.authors for line in path.read_text("utf-8").splitlines())
    owners = {name: rest[0].partition("/")[0] for name, *rest in lines if rest}
    folders = [(folder, folder in arguments.unseen) for folder in (*arguments.set, *arguments.unseen)]
    pairs = [pair for folder, unseen in folders for pair in pairs_of_set(folder, owners, unseen=unseen)]
    outcomes = judged(guess for guess in left_out(pairs) if guess[2].unseen)
    for least in GRID:
        rights = [right for probability, right in outcomes if probability >= least]
        print(f"from {least}: {sum(rights)} right of {len(rights)}")
    curve = IsotonicRegression(out_of_bounds="clip").fit(*zip(*outcomes, strict=True))
    points = [(at, min(MOST, round(float(height), 2))) for at, height in zip(GRID, curve.predict(GRID), strict=True)]
    notes, authors = len({p.note for p in pairs}), len({p.author for p in pairs})
    write(train(pairs), arguments.least, points, f"From {notes} notes by {authors} authors; {MEASURED}")


if __name__ == "__main__":
    main()
