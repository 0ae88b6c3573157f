"""Write zh.tsv.gz from the dictionary of jieba: `python data/words/make.py path/to/jieba/dict.txt`."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path


def main(dictionary: Path) -> None:
    """Keep word and count of each line, in the order of the dictionary; the same bytes each time."""
    counts: dict[str, str] = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        counts[word] = count
    text = "".join(f"{word}\t{count}\n" for word, count in counts.items())
    Path(__file__).with_name("zh.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
