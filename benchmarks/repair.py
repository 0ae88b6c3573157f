"""How many characters come back right when a clean Chinese note is damaged as wrong decoding damages it.

    python benchmarks/repair.py NOTES [--most N]

Each readable Chinese note of a folder is encoded as UTF-8 and read as each codec with the bytes lost that it leaves
undefined; the other notes of the folder are the clean notes that the repair may learn from. Counted are the characters
that lost a byte (damaged), those of them that come back right, the right ones among those that the repair calls
certain, and whether clean notes stay as they are.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Count:
    """Characters of one note under one kind of damage."""

    damaged: int
    right: int
    certain: int
    certain_right: int


def read_chinese(folder: Path) -> dict[str, str]:
    """Return the clean Chinese texts of a folder by name."""
    texts = {}
    for note in find_notes([folder]).notes:
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if sum(map(is_chinese, text)) >= FEWEST and not detect(text):
            texts[note.name] = text
    return texts


def count(text: str, codec: str, lost: bytes, others: list[str]) -> Count:
    """Damage a text, repair it, and compare character by character; a text of another length counts as all wrong."""
    text = "".join(c for c in text if c.isascii() or is_chinese(c) or ord(c) < 0x10000)
    gone = [bool(set(c.encode()) & set(lost)) for c in text]
    repaired = repair(bytes(b for b in text.encode() if b not in lost).decode(codec), others)
    if repaired is None or len(repaired.text) != len(text):
        return Count(sum(gone), 0, 0, 0)
    doubtful = {i for span in repaired.uncertain for i in range(span.start, span.end)}
    right = [a == b for a, b in zip(text, repaired.text, strict=True)]
    certain = [i for i, g in enumerate(gone) if g and i not in doubtful]
    return Count(
        sum(gone), sum(r for r, g in zip(right, gone, strict=True) if g), len(certain), sum(right[i] for i in certain)
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=12, help="notes to damage, evenly spread")
    arguments = parser.parse_args()
    texts = read_chinese(arguments.folder)
    chosen = list(texts)[:: max(1, len(texts) // arguments.most)][: arguments.most]
    print(f"{len(texts)} clean Chinese notes, {len(chosen)} of them damaged in turn")
    print(f"{'codec':10}{'damaged':>9}{'right':>8}{'certain':>9}{'of these right':>16}{'s/100 kB':>10}")
    for codec, lost in DAMAGES.items():
        start = time.process_time()
        found = [count(texts[n], codec, lost, [t for m, t in texts.items() if m != n]) for n in chosen]
        spent = time.process_time() - start
        size = sum(len(texts[n].encode()) for n in chosen) / 1e5
        damaged, certain = sum(c.damaged for c in found), sum(c.certain for c in found)
        right, sure = sum(c.right for c in found), sum(c.certain_right for c in found)
        shares = f"{right / damaged:8.1%}{certain / damaged:9.1%}{sure / certain:16.1%}"
        print(f"{codec:10}{damaged:9,}{shares}{spent / size:10.2f}")
        for name, one in zip(chosen, found, strict=True):
            print(f"  {one.damaged:17,}{one.right / max(1, one.damaged):8.1%}  {name}")


if __name__ == "__main__":
    main()
