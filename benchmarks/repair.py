"""How many characters come back right when a clean Chinese note is damaged as wrong decoding damages it.

    python benchmarks/repair.py NOTES... [--most N] [--alone]

Each readable Chinese note of the folders is encoded as UTF-8 and read as each codec with the bytes lost that it leaves
undefined. The repair may learn from the other notes, with --alone from none. Counted are the characters that lost a
byte (damaged), those of them that come back right, by class too, and the right ones among those that the repair calls
certain.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from papergraph.errors import NoteError
from papergraph.sources import decode, find_notes, read_bytes
from papergraph.sources.repair import detect, repair
from papergraph.text.folding import is_chinese

#: Codec and the byte values that are lost with it.
DAMAGES = {
    "cp1254": b"\x81\x8d\x8e\x8f\x90\x9d\x9e\xad",
    "cp1252": b"\x81\x8d\x8f\x90\x9d",
    "latin-1": b"\xad",
}
FEWEST = 300
#: Frequent words of one character that only the words around them tell from each other.
FUNCTION_WORDS = frozenset("中不与来此以后后前向从仍可名每")
CLASSES = ("field word", "function word", "other word", "punctuation")


@dataclass(frozen=True, slots=True)
class Count:
    """Characters of one note under one kind of damage."""

    damaged: int
    right: int
    certain: int
    certain_right: int
    classes: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """How many characters of each class came back right, and wrong."""


def field_words() -> re.Pattern[str]:
    """Return a pattern of the Chinese names in the vocabulary and the terms in data/words."""
    data = Path(__file__).parent.parent / "data"
    names = set((data / "words" / "terms-zh.txt").read_text("utf-8").split())
    for path in (data / "vocabulary").glob("*.tsv"):
        names.update(re.findall("[\u4e00-\u9fff]{2,}", path.read_text("utf-8")))
    longest = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest)))


def classify(text: str, words: re.Pattern[str]) -> list[str]:
    """Return the class of each character."""
    classes = [
        "punctuation" if not is_chinese(c) else "function word" if c in FUNCTION_WORDS else "other word" for c in text
    ]
    for match in words.finditer(text):
        classes[match.start() : match.end()] = ["field word"] * len(match[0])
    return classes


def read_chinese(folders: list[Path]) -> dict[str, str]:
    """Return the clean Chinese texts of some folders by name."""
    texts = {}
    for note in find_notes(folders).notes:
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if sum(map(is_chinese, text)) >= FEWEST and not detect(text):
            texts[note.name] = text
    return texts


def count(text: str, codec: str, lost: bytes, others: list[str], words: re.Pattern[str]) -> Count:
    """Damage a text, repair it, and compare character by character; a text of another length counts as all wrong."""
    text = "".join(c for c in text if c.isascii() or is_chinese(c) or ord(c) < 0x10000)
    gone = [bool(set(c.encode()) & set(lost)) for c in text]
    repaired = repair(bytes(b for b in text.encode() if b not in lost).decode(codec), others)
    if repaired is None or len(repaired.text) != len(text):
        return Count(sum(gone), 0, 0, 0)
    doubtful = {i for span in repaired.uncertain for i in range(span.start, span.end)}
    right = [a == b for a, b in zip(text, repaired.text, strict=True)]
    certain = [i for i, g in enumerate(gone) if g and i not in doubtful]
    found = Counter((c, r) for c, r, g in zip(classify(text, words), right, gone, strict=True) if g)
    rights = sum(r for r, g in zip(right, gone, strict=True) if g)
    return Count(sum(gone), rights, len(certain), sum(right[i] for i in certain), found)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=12, help="notes to damage, evenly spread")
    parser.add_argument("--alone", action="store_true", help="learn from no other note")
    arguments = parser.parse_args()
    texts = read_chinese(arguments.folders)
    words = field_words()
    chosen = list(texts)[:: max(1, len(texts) // arguments.most)][: arguments.most]
    print(f"{len(texts)} clean Chinese notes, {len(chosen)} of them damaged in turn")
    print(f"{'codec':10}{'damaged':>9}{'right':>8}{'certain':>9}{'of these right':>16}{'s/100 kB':>10}")
    for codec, lost in DAMAGES.items():
        start = time.process_time()
        others = {n: [] if arguments.alone else [t for m, t in texts.items() if m != n] for n in chosen}
        found = [count(texts[n], codec, lost, others[n], words) for n in chosen]
        spent = time.process_time() - start
        size = sum(len(texts[n].encode()) for n in chosen) / 1e5
        damaged, certain = sum(c.damaged for c in found), sum(c.certain for c in found)
        right, sure = sum(c.right for c in found), sum(c.certain_right for c in found)
        shares = f"{right / damaged:8.1%}{certain / damaged:9.1%}{sure / certain:16.1%}"
        print(f"{codec:10}{damaged:9,}{shares}{spent / size:10.2f}")
        classes = sum((c.classes for c in found), Counter[tuple[str, bool]]())
        for name in CLASSES:
            total = classes[name, True] + classes[name, False]
            print(f"  {total:17,}{classes[name, True] / max(1, total):8.1%}  {name}")
        for name, one in zip(chosen, found, strict=True):
            print(f"  {one.damaged:17,}{one.right / max(1, one.damaged):8.1%}  {name}")


if __name__ == "__main__":
    main()
