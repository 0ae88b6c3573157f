"""`papergraph completion`."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, get_completion_class

from papergraph.cli.session import Session
from papergraph.system.files import write_whole

SHELLS = ("bash", "zsh", "fish")
_PROGRAM, _VARIABLE = "papergraph", "_PAPERGRAPH_COMPLETE"
#: What bash would take for more than a character of a word.
_SPECIAL, _ESCAPED = re.compile(r"([^\w.+/@:=,-])"), r"\\\\\1"
#: What is added to .zshrc: zsh looks for functions in folders that it is told of.
_ZSH_START = """
# Added by: papergraph completion --install
fpath=({folder} $fpath)
autoload -Uz compinit && compinit
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shell looks for the completions of a command."""

    path: Path
    start: Path | None = None
    """File that has to tell the shell of it."""


class Bash(BashComplete):
    """Completion for bash, with values that stay one word: bash puts them into the line as they are."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return a value as the script takes it, which reads two backslashes as one."""
        return f"{item.type},{_SPECIAL.sub(_ESCAPED, str(item.value))}"


add_completion_class(Bash, "bash")


@click.command(short_help="Complete commands, names and files in your shell.")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Write the script to where your shell finds it.")
@click.pass_obj
def completion(session: Session, shell: str | None, install: bool) -> None:
    """Print the script that lets SHELL complete commands, options, names of entities and queries, and files.

    SHELL is the one that you use, unless another is given.
    """
    chosen = shell or _own_shell()
    script = _script(chosen)
    if not install:
        click.echo(script, nl=False)
        return
    place = _place(chosen)
    place.path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place.path, script)
    session.say(f"{place.path}: written; new shells complete papergraph")
    if place.start is not None:
        _tell(session, place.start, place.path.parent)


def _own_shell() -> str:
    name = Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise click.UsageError(f"cannot tell your shell; name it: {', '.join(SHELLS)}")
    return name


def _script(shell: str) -> str:
    from papergraph.cli import cli

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"no completion for {shell}")
    # The version of bash is not asked for: the script says itself what it needs.
    template, names = made.source_template, made(cli, {}, _PROGRAM, _VARIABLE).source_vars()
    return template % names


def _place(shell: str) -> Place:
    """Return where the user's shell looks, by the rules of the XDG folders."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shell == "bash":
        return Place(data / "bash-completion" / "completions" / _PROGRAM)
    if shell == "fish":
        return Place(settings / "fish" / "completions" / f"{_PROGRAM}.fish")
    return Place(data / "zsh" / "site-functions" / f"_{_PROGRAM}", Path(os.environ.get("ZDOTDIR") or home) / ".zshrc")


def _tell(session: Session, start: Path, folder: Path) -> None:
    """Add to a start file that `folder` has completions, unless it says so already."""
    before = start.read_bytes() if start.is_file() else b""
    named = shlex.quote(str(folder))
    if os.fsencode(named) not in before:
        write_whole(start, before + os.fsencode(_ZSH_START.format(folder=named)))
        session.say(f"{start}: three lines added")
