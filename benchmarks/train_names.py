# /// script
# requires-python = ">=3.11"
# dependencies = ["papergraph", "scikit-learn"]
# ///
"""Training of the model that finds names: data/models/names.tsv from annotated notes.

    python benchmarks/train_names.py --set GOLD:NOTES [--set ...] [--file FILE] [--leave-out FOLDS]
    python benchmarks/train_names.py --set GOLD:NOTES --dump FILE    # without scikit-learn: phrases as JSON lines
    python benchmarks/train_names.py --read FILE [--read ...]        # without papergraph: train on what was dumped

With `--leave-out` nothing is written: the authors are dealt into so many folds, and the phrases of each are judged by a
model of all others. An author is told by the name of the file, as `benchmarks/calibrate.py` does, or by a table
`--authors FILE` of names of notes and their authors.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from papergraph.extract.learned.names import Candidate
    from papergraph.model import Document
    from papergraph.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
FILE = ROOT / "data" / "models" / "names.tsv"
SHARED_WORDS = frozenset({"more", "vault", "action", "topic"})
#: Features of fewer authors are habits, and smaller weights say nothing.
FEWEST, SMALLEST = 2, 0.02
#: How little large weights cost, as scikit-learn has it, and how much a phrase counts that rules found as well.
C, OF_FOUND = 0.3, 0.3
#: What only training says: other rules found just this phrase, so that it is a name more often than others are.
COVERED = "found=covered"
HEAD = """\
# Weights of the model that finds names, as benchmarks/train_names.py learns them; see README.md in this folder.
"""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a note, what is said of it, and whether gold has it as a name."""

    note: str
    author: str
    surface: str
    found: str
    """Empty for a phrase where no rule found anything, `covered` where one did, `mention` for what one found."""
    features: tuple[str, ...]
    is_name: bool | None
    """None where reasonable readers would differ."""
    things: tuple[str, ...] = ()
    """Of gold, by their ids."""


def author_of(note: str, authors: dict[str, str]) -> str:
    """Return who wrote a note."""
    if note in authors:
        return authors[note]
    first, *rest = Path(note).stem.split("-")
    return f"{first}-{rest[0]}" if first in SHARED_WORDS and rest else first


def phrases(gold: Path, notes: Path, authors: dict[str, str]) -> Iterator[Phrase]:
    """Yield the phrases of annotated notes."""
    from papergraph.extract.learned import names
    from papergraph.sources import read_document
    from papergraph.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    lexicon = names.Lexicon.of(vocabulary)
    for path in sorted(gold.glob("*.json")):
        one = json.loads(path.read_text(encoding="utf-8"))
        note = notes / one["note"]
        forms = names_of(one["entities"])
        for found, candidate in candidates_of(read_document(one["note"], note.read_bytes()), vocabulary):
            surfaces = {candidate.surface, *candidate.names}
            things = {e["id"]: e.get("optional", False) for s in surfaces for e in forms.get(norm(s), ())}
            required = tuple(sorted(i for i, optional in things.items() if not optional))
            said = (*names.form_features(candidate.surface), *lexicon.features(candidate.surface), *candidate.features)
            is_name = None if things and not required else bool(things)
            yield Phrase(note.name, author_of(note.name, authors), candidate.surface, found, said, is_name, required)


def names_of(entities: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the entities of a gold file that are things by each of their names."""
    forms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entity in entities:
        if entity["type"] not in {"Paper", "Topic"}:
            for key in dict.fromkeys(norm(name) for name in (entity["name"], *entity.get("aliases", ()))):
                forms[key].append(entity)
    return forms


def norm(name: str) -> str:
    """Return a name as it is compared."""
    from papergraph.text.folding import compatible

    return re.sub(r"[^\w+]+|_+", "", compatible(name).casefold())


def candidates_of(document: Document, vocabulary: Vocabulary) -> Iterator[tuple[str, Candidate]]:
    """Yield the phrases of a document at the two moments at which the model is asked."""
    from papergraph.extract import RULES, Context
    from papergraph.extract.annotation import Annotation
    from papergraph.extract.learned import names
    from papergraph.extract.reading import Reading
    from papergraph.extract.recognise.learned_name import recognise_learned
    from papergraph.extract.score.improbable import drop_improbable

    context = Context(Reading(document, vocabulary, RULES), Annotation(document, vocabulary))
    for step in RULES.steps("recogniser"):
        if step.find is not recognise_learned:
            context = context.with_found(tuple(step.find(context)))
    yield from (("", c) for c in names.phrases_of(context))
    yield from (("covered", c) for c in names.phrases_of(context, covered=True))
    for step in RULES.steps("mention scorer"):
        if step.find is not drop_improbable:
            context = context.knowing(step.find(context))
    yield from (("mention", c) for c in names.named_in(context))


def train(rows: Iterable[Phrase]) -> dict[str, float]:
    """Return the weights of the features, of the bias first."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [row for row in rows if row.is_name is not None]
    kept = shared(rows)
    table = DictVectorizer()
    inputs = table.fit_transform([dict.fromkeys(sorted(kept.intersection(said_of(row))), 1.0) for row in rows])
    counts = [OF_FOUND if row.found else 1.0 for row in rows]
    model = LogisticRegression(C=C, max_iter=5000, tol=1e-5).fit(inputs, [row.is_name for row in rows], counts)
    pairs = zip(map(str, table.get_feature_names_out()), model.coef_[0], strict=True)
    weights = {feature: round(float(weight), 3) for feature, weight in pairs if abs(weight) >= SMALLEST}
    return {"*": round(float(model.intercept_[0]), 3), **dict(sorted(weights.items()))}


def shared(rows: Iterable[Phrase]) -> set[str]:
    """Return the features that the notes of several authors have."""
    authors: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for feature in said_of(row):
            authors[feature].add(row.author)
    return {feature for feature, found in authors.items() if len(found) >= FEWEST and feature.isprintable()}


def said_of(row: Phrase) -> tuple[str, ...]:
    """Return the features of a phrase with what only training says."""
    return (*row.features, COVERED) if row.found == "covered" else row.features


def summed(weights: dict[str, float], row: Phrase) -> float:
    """Return the sum of a phrase's weights."""
    return sum(weights.get(feature, 0.0) for feature in ("*", *said_of(row)))


def write(weights: dict[str, float], path: Path) -> None:
    """Write the weights."""
    kept = (f"{feature}\t{weight:.3f}\n" for feature, weight in weights.items() if feature != COVERED)
    path.write_text(HEAD + "feature\tname\n" + "".join(kept), encoding="utf-8")


def left_out(rows: list[Phrase], folds: int) -> list[tuple[float, Phrase]]:
    """Return each phrase with the sum that a model of other authors gives it."""
    found: list[tuple[float, Phrase]] = []
    for fold in range(folds):
        weights = train(r for r in rows if fold_of(r.author, folds) != fold)
        found += [(summed(weights, r), r) for r in rows if fold_of(r.author, folds) == fold]
    return found


def fold_of(author: str, folds: int) -> int:
    """Return the fold of an author."""
    return zlib.crc32(author.encode()) % folds


def report(pairs: list[tuple[float, Phrase]]) -> Iterator[str]:
    """Yield how many new phrases from a probability on are names, and of what rules found those below it."""
    known = {(row.note, thing) for _, row in pairs if row.found == "mention" for thing in row.things}
    new, ruled = list[tuple[float, bool]](), list[tuple[float, bool]]()
    for score, row in pairs:
        if row.is_name is None or row.found == "covered":
            continue
        is_new = any((row.note, thing) not in known for thing in row.things)
        probability = 1 / (1 + math.exp(-score))
        if row.found:
            ruled.append((probability, row.is_name))
        else:
            new.append((probability, is_new))
    yield "| probability | new names from it on | right | found by rules below it | right |"
    yield "| --- | --- | --- | --- | --- |"
    for at in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        more, less = [right for p, right in new if p >= at], [right for p, right in ruled if p < at]
        yield f"| {at} | {len(more)} | {sum(more)} | {len(less)} | {sum(less)} |"


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="GOLD:NOTES")
    parser.add_argument("--authors", action="append", default=[], type=Path)
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--read", action="append", default=[], type=Path)
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--leave-out", type=int, default=0, metavar="FOLDS")
    arguments = parser.parse_args()
    authors = {}
    for table in arguments.authors:
        authors |= {row[0]: row[1].split("/")[0] for row in csv.reader(table.open(encoding="utf-8"), delimiter="\t")}
    rows = [r for one in arguments.set for r in phrases(*map(Path, one.split(":")), authors)]
    for path in arguments.read:
        rows += [Phrase(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    if arguments.dump:
        lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        arguments.dump.write_text("".join(lines), encoding="utf-8")
    elif arguments.leave_out:
        print("\n".join(report(left_out(rows, arguments.leave_out))))
    else:
        write(train(rows), arguments.file)


if __name__ == "__main__":
    main()
