"""Write docs/papergraph.1, the manual page, from the help of every command: `python docs/man.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from papergraph.cli import COMMANDS, cli
from papergraph.system.version import __version__

TARGET = Path(__file__).with_name("papergraph.1")
_FILES = (
    ("papergraph.toml", "Settings, of this folder or the nearest one above it; papergraph init writes one."),
    (".papergraph/", "The store with the graph. It can be made anew from the notes."),
    ("corrections.tsv", "Decisions of papergraph correct and papergraph review."),
)
_CODES = (
    ("0", "Success."),
    ("1", "Findings (conflicts, violations), or a note that could not be read."),
    ("2", "Wrong usage."),
)
_ENVIRONMENT = (
    ("NO_COLOR", "No colours."),
    ("PAPERGRAPH_PASSWORD", "Password for a SPARQL server given with --endpoint."),
)


def page() -> str:
    """Return the manual page."""
    lines = [f'.TH PAPERGRAPH 1 "" "papergraph {__version__}" "User Commands"', ".SH NAME"]
    lines += [r"papergraph \- a knowledge graph of your reading notes", ".SH SYNOPSIS"]
    lines += [r".B papergraph", r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]", ".SH DESCRIPTION"]
    context = click.Context(cli, info_name="papergraph")
    lines += [*_paragraphs(cli.help or ""), ".SH OPTIONS", *_options(cli, context), ".SH COMMANDS"]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None  # noqa: S101  COMMANDS names it
        lines += _command(command, click.Context(command, info_name=name, parent=context))
    for heading, rows in (("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT), ("EXIT STATUS", _CODES)):
        lines.append(f".SH {heading}")
        for term, text in rows:
            lines += [".TP", f".B {_escaped(term)}", _escaped(text)]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield what a command does, its options, and the commands below it."""
    usage = " ".join(command.collect_usage_pieces(context))
    yield f'.SS "{_escaped(context.command_path)} {_escaped(usage)}"'
    yield from _paragraphs(command.help or command.short_help or "")
    yield from _options(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _command(below, click.Context(below, info_name=name, parent=context))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1] and "--help" not in parameter.opts:
            yield from (".TP", f"\\fB{_escaped(record[0])}\\fR", _escaped(" ".join(record[1].split())))


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        yield from (".PP",) if number else ()
        yield _escaped(" ".join(paragraph.replace("\b", "").split()))


def _escaped(text: str) -> str:
    """Return a text that roff shows as it is: hyphens that can be copied, and no line that begins like a request."""
    shown = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
