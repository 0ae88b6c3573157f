"""Fetch the notes of many authors that benchmarks/elsewhere has gold for, to measure reading and to train models.

    python benchmarks/fetch_notes.py FOLDER [--from https://raw.githubusercontent.com]

The notes are other people's, so that only where they are is kept here: benchmarks/elsewhere/sources.tsv names the
repository, commit and path of each, and of how many lines from the first its gold speaks. Writes FOLDER/learn and
FOLDER/held, each with `notes` and `gold`: rules and models may be made with the first at hand, and the second measures
whether that helps with notes that nobody looked at. FOLDER/authors.tsv says whose each note is. What cannot be fetched
is told and left out, with its gold. Where a record says `"readers": 2`, a second reader read the note without seeing
the first reading: what both took is required, and what one took is optional.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ELSEWHERE = Path(__file__).parent / "elsewhere"
SECONDS = 60


def fetched(base: str, repository: str, commit: str, path: str) -> bytes:
    """Return the bytes of a file of a repository; raises OSError."""
    address = "/".join((base.rstrip("/"), repository, commit, urllib.parse.quote(path)))
    with urllib.request.urlopen(address, timeout=SECONDS) as reply:  # noqa: S310  the user names the base
        return bytes(reply.read())


def first_lines(data: bytes, count: int) -> bytes:
    r"""Return the first lines of a text.

    >>> first_lines(b"a\nb\nc\n", 2)
    b'a\nb\n'
    """
    return b"".join(data.splitlines(keepends=True)[:count])


def main() -> None:
    """Fetch what can be fetched."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="base", default="https://raw.githubusercontent.com")
    arguments = parser.parse_args()
    lines = (ELSEWHERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {(record.pop("set"), record["note"]): record for record in map(json.loads, lines)}
    failed, authors = 0, list[str]()
    with (ELSEWHERE / "sources.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                data = fetched(arguments.base, row["repository"], row["commit"], row["path"])
            except (OSError, urllib.error.URLError) as error:
                failed += 1
                print(f"{row['repository']}/{row['path']}: {error}", file=sys.stderr)
                continue
            authors.append(f"{row['note']}\t{row['repository']}\n")
            home = arguments.folder / row["set"]
            (home / "notes").mkdir(parents=True, exist_ok=True)
            (home / "gold").mkdir(exist_ok=True)
            (home / "notes" / row["note"]).write_bytes(first_lines(data, int(row["lines"])))
            record = json.dumps(gold[row["set"], row["note"]], ensure_ascii=False, indent=1)
            (home / "gold" / f"{Path(row['note']).stem}.json").write_text(record, encoding="utf-8")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / "authors.tsv").write_text("".join(authors), encoding="utf-8")
    print(f"{len(gold) - failed} notes in {arguments.folder}; {failed} not fetched")


if __name__ == "__main__":
    main()
