"""Run the commands that the pages show, and write what they print into the pages: `python docs/transcripts.py`.

A page shows commands in blocks of the kind `console`, after `$ `. They run one after the other in a folder of their
own, in which `notes` holds the sample notes, unless the page gives its own. A block with `title="FILE"` behind its kind
is a file there, made before the first command. A line `...` in what a command prints stands for any lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).parent
#: The pages whose commands run.
PAGES = ("first-steps.md", "first-steps.zh.md", "reading.md", "confidence.md", "vocabulary.md", "server.md", "vault.md")
_BLOCK = re.compile(r"```(\w+)(?: title=\"([\w./-]+)\")?\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ papergraph (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)

#: Runs a command line of papergraph in the current folder, and returns what it prints.
Runner = Callable[[list[str]], str]


def prepare(page: str, folder: Path) -> None:
    """Put the files of a page into a folder, and the sample notes unless the page has notes of its own."""
    blocks = _BLOCK.findall(page)
    if not any(name.startswith("notes/") for _, name, _ in blocks):
        shutil.copytree(DOCS.parent / "data" / "notes", folder / "notes")
    for _, name, text in blocks:
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


def refreshed(page: str, run: Runner) -> str:
    """Return a page with what its commands print now; what `...` shortens stays as it is while it is true."""

    def rerun(command: re.Match[str]) -> str:
        printed = run(shlex.split(command[1]))
        return command[0] if fits(command[2], printed) else f"$ papergraph {command[1]}\n{printed}"

    def refresh(block: re.Match[str]) -> str:
        return block[0] if block[1] != "console" else _COMMAND.sub(rerun, block[0].removesuffix("```")) + "```"

    return _BLOCK.sub(refresh, page)


def fits(shown: str, printed: str) -> bool:
    r"""Tell whether a page shows what a command prints.

    >>> fits("a\n...\nd\\n", "a\nb\nc\nd\n"), fits("a\n", "a\nb\n")
    (True, False)
    """
    parts = map(re.escape, re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE))
    return re.fullmatch(r"(?:.*\n)*?".join(parts), printed) is not None


def _run(arguments: list[str]) -> str:
    command = [sys.executable, "-m", "papergraph", *arguments]
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, env=environment).stdout  # noqa: S603


def main() -> None:
    """Refresh every page."""
    for name in PAGES:
        page = (DOCS / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            prepare(page, Path(folder))
            os.chdir(folder)
            (DOCS / name).write_text(refreshed(page, _run), encoding="utf-8")


if __name__ == "__main__":
    main()
