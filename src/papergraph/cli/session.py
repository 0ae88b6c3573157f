"""What every command shares: settings, messages, colours, and the open store."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.config import Config, find_config, read_config
from papergraph.errors import ConfigError, NoteError
from papergraph.system.files import write_whole
from papergraph.text.terminal import message_lines, printable

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint
    from papergraph.ask.source import Source
    from papergraph.model import EntityType

_COLOURS: dict[str, dict[str, Any]] = {
    "name": {"bold": True},
    "edge": {"fg": "cyan"},
    "place": {"fg": "green"},
    "quote": {"dim": True},
}


class Seconds(click.FloatRange):
    """A finite number of seconds, at most some days."""

    def __init__(self, least: float = 0.0) -> None:
        super().__init__(min=least, max=1_000_000)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail with a usage error."""
        found = super().convert(value, param, ctx)
        return found if math.isfinite(found) else self.fail(f"{value} is not a number of seconds.", param, ctx)


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line."""

    config: Config
    quiet: bool = False
    path: Path | None = None
    """The settings file given with --config."""

    @classmethod
    def start(cls, *, quiet: bool, config: Path | None) -> Session:
        """Read the settings.

        Raises:
            ConfigError: if the settings file is invalid, or the given one does not exist.
        """
        if config is not None and not config.is_file():
            raise ConfigError(f"{config}: no such settings file")
        return cls(read_config(config or find_config(Path.cwd())), quiet, config)

    def with_store(self, store: Path | None) -> Session:
        """Return the session with another store folder, if one is given."""
        return self if store is None else replace(self, config=replace(self.config, store=str(store)))

    def with_jobs(self, jobs: int | None) -> Session:
        """Return the session with another number of processes, if one is given."""
        return self if jobs is None else replace(self, config=replace(self.config, jobs=jobs))

    def with_model(self, model: str | None) -> Session:
        """Return the session with another language model, if one is given; the empty name stands for none."""
        return self if model is None else replace(self, config=replace(self.config, propose=model))

    def with_library(self, library: tuple[str, ...]) -> Session:
        """Return the session with other bibliographies, if any are given."""
        return replace(self, config=replace(self.config, library=library)) if library else self

    def say(self, message: str) -> None:
        """Print a message on stderr, with unsafe characters escaped."""
        if not self.quiet:
            click.echo(message_lines(message), err=True)

    def open_source(
        self,
        store: Path | None = None,
        endpoint: Endpoint | None = None,
        *,
        at_once: bool = True,
        without_model: bool = False,
    ) -> Source:
        """Open the graph at an endpoint, if one is given, else the store; see `papergraph.ask.opening.open_source`.

        With `without_model`, what only a language model says is left out.

        Raises:
            StoreError: if there is no store, or it is damaged.
            EndpointError: if the server does not answer, or holds no such graph.
        """
        from papergraph.ask.opening import open_source

        source = open_source(self.with_store(store).config, endpoint=endpoint, at_once=at_once)
        return source.without_model() if without_model else source

    def choose(self, source: Source, name: str, prefer: EntityType | None = None) -> str:
        """Return the IRI that `name` means, preferring the type `prefer`; other matches are listed on stderr.

        Raises:
            UnknownNameError: if nothing has this name; it carries suggestions.
        """
        from papergraph.ask.choose import choose

        chosen = choose(source, name, prefer)
        if chosen.alternatives:
            others = ", ".join(f"{printable(c.label)} ({c.type}, {c.iri})" for c in chosen.alternatives)
            self.say(f"{name}: using the {chosen.candidate.type} ({chosen.preference}); other matches: {others}")
        return chosen.iri


def paint(text: str, style: str) -> str:
    """Return `text` in the colours of a style of `papergraph.report`; click removes them where none are wanted."""
    return click.style(text, **_COLOURS[style])


def terminal_width() -> int:
    """Return how many columns to fill: those of the terminal, 160 where the output goes to a file or a pipe."""
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 160


store_option = click.option(
    "--store", type=click.Path(path_type=Path, file_okay=False), help="Folder of the store.  [default: .papergraph]"
)
without_model_option = click.option(
    "--without-model", is_flag=True, help="Leave out the claims that only a language model makes."
)
#: Limits of each query that a server answers.
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0.01),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Time limit of each query.",
)
memory_option = click.option(
    "--memory",
    type=click.IntRange(min=64),
    metavar="MB",
    default=1024,
    show_default=True,
    help="Memory limit of each query, in MB.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(0),
    default=None,
    metavar="N",
    help="Number of processes that read notes; 0 chooses by the amount of notes.  [default: 0]",
)


note_url_option = click.option(
    "--note-url",
    default=None,
    metavar="ADDRESS",
    help="Where links to notes lead: file:FOLDER, vscode:FOLDER, obsidian:VAULT, github:OWNER/REPOSITORY@BRANCH, or an "
    "address with {path} and {line}.  [default: note_url in papergraph.toml]",
)


def endpoint_options(
    command: Callable[..., Any], help_text: str = "Use the graph on this SPARQL server instead of the store."
) -> Callable[..., Any]:
    """Add the options for a SPARQL server in place of the store; the command gets an `Endpoint` or None.

    The password is read from PAPERGRAPH_PASSWORD, since command lines are visible in process lists.
    """

    @wraps(command)
    def with_endpoint(*arguments: Any, endpoint: str | None, graph: str, user: str, **named: Any) -> Any:
        if endpoint is None:
            return command(*arguments, endpoint=None, **named)
        from papergraph.ask.remote import Endpoint

        password = os.environ.get("PAPERGRAPH_PASSWORD", "")
        return command(*arguments, endpoint=Endpoint(endpoint, graph=graph, user=user, password=password), **named)

    wrapped = click.option(
        "--user",
        default="",
        metavar="NAME",
        help="User name on the server; the password is read from PAPERGRAPH_PASSWORD.",
    )(with_endpoint)
    wrapped = click.option("--graph", default="", metavar="IRI", help="Named graph on the server.")(wrapped)
    return click.option("--endpoint", metavar="URL", help=help_text)(wrapped)


def report_options(formats: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the options of reports: `--format` and `--json`, output and source."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def with_form(*arguments: Any, form: str, as_json: bool, **named: Any) -> Any:
            return command(*arguments, form="json" if as_json else form, **named)

        options = (
            click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True),
            click.option("--json", "as_json", is_flag=True, help="Same as --format json."),
            output_option,
            store_option,
            endpoint_options,
        )
        wrapped: Callable[..., Any] = with_form
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add


output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead of stdout."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def read_input(most: int) -> bytes:
    """Return the content of stdin, at most `most` + 1 bytes.

    Raises:
        NoteError: if stdin is closed.
    """
    if sys.stdin is None:
        raise NoteError("stdin: is closed")
    return sys.stdin.buffer.read(most + 1)


def write_output(path: Path | None, text: str, *, exact: bool = False) -> None:
    """Write `text` to `path`, or to stdout for None and `-`; data is `exact`, of other text a pipe gets no colours."""
    if path is None or str(path) == "-":
        click.echo(text, nl=False, color=True if exact else None)
    else:
        write_whole(path, text)
