"""Write docs/cli.md, the reference of the commands, from their own help: `python docs/cli.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from papergraph.cli import cli

TARGET = Path(__file__).with_name("cli.md")
_WIDTH = 100
_HEAD = """# Commands

This is what `papergraph --help` and `papergraph COMMAND --help` print. The [first steps](first-steps.md) show the
main commands at work. Data goes to stdout, messages go to stderr. The exit code is 0 for success, 1 for findings or a
note that could not be read, and 2 for wrong usage. `python docs/cli.py` writes this page.
"""


def reference() -> str:
    """Return the text of the page."""
    return "\n".join([_HEAD, *_sections(cli, _context(cli, "papergraph", None), 2)])


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(
        command,
        parent,
        info_name=name,
        max_content_width=_WIDTH,
        terminal_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )


def _sections(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    """Yield the help of a command, then that of the commands below it."""
    yield f"{'#' * level} {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        below = command.get_command(context, name)
        if below is not None:
            inner = _context(below, name, context)
            yield from _sections(below, inner, min(level + (context.parent is not None), 3))


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
