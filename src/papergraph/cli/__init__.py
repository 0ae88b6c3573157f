"""The command line: one thin file per command, loaded only when it is called."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from papergraph.cli.session import Session
from papergraph.errors import NoteError, PapergraphError, StoreError
from papergraph.system.version import __version__
from papergraph.text.terminal import escaped, message_lines

#: Every command and the first line of its help; the module of the same name in this folder is imported on demand.
COMMANDS: dict[str, str] = {
    "init": "Write a papergraph.toml for this folder.",
    "build": "Build the graph from notes.",
    "spark": "Build the graph of very many notes on Apache Spark.",
    "propose": "Let a language model read what the rules cannot, and keep what the notes prove.",
    "extract": "Print what each note says as JSON lines, without a store.",
    "ask": "Ask a question in words, in English or Chinese.",
    "query": "Query the graph in SPARQL, or run a ready-made query.",
    "lineage": "Show what builds on a method, or what it builds on.",
    "show": "Show one entity with its relations and their evidence.",
    "compare": "Compare works: idea, parents, hardware, datasets, who outperforms whom.",
    "conflicts": "Show where the notes contradict each other.",
    "gaps": "Show what the notes lack, and what to read next.",
    "timeline": "Show the works on a topic, of a method's family or of an institution by year.",
    "diff": "Show what the notes learned between two git revisions or two stores.",
    "correct": "Decide what the graph has wrong, once and for all builds.",
    "review": "Decide on claims one after the other, the most worthwhile first.",
    "view": "Write the interactive page.",
    "site": "Write a static web site of all pages.",
    "export": "Export the graph to another format.",
    "vault": "Write entities as pages for Obsidian or Logseq.",
    "evaluate": "Score the extraction against gold annotations.",
    "check": "Check the store for damage, and the graph for violations and conflicts.",
    "vocabulary": "Check vocabulary files, and suggest new entries.",
    "publish": "Upload the graph to a SPARQL 1.1 server.",
    "serve": "Serve a SPARQL endpoint and pages on this machine.",
    "mcp": "Let assistants ask the graph, over MCP.",
    "completion": "Complete commands, names and files in your shell.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is used, so that answers start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"papergraph.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the arguments; a misspelt one is answered with the nearest."""
        from difflib import get_close_matches

        near = [] if args[0] in COMMANDS else get_close_matches(args[0], COMMANDS, 1)
        if near and not ctx.resilient_parsing:
            ctx.fail(f"No such command {args[0]!r}; did you mean {near[0]}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, given: _print_version(context) if given else None,
    help="Show the versions of papergraph and of its SPARQL engine, and exit.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only data and errors.")
@click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file.  [default: the nearest papergraph.toml]"
)
@click.pass_context
def cli(ctx: click.Context, quiet: bool, config: Path | None) -> None:
    """Turn reading notes on machine-learning papers into a knowledge graph.

    Every relation keeps the sentence, file and line that it was read from. To start: papergraph build notes/
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    ctx.obj = Session.start(quiet=quiet, config=config)


def _print_version(context: click.Context) -> None:
    """Print the versions; that of the engine is read, since to import it takes longer than all the rest."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        engine = version("pyoxigraph")
    except PackageNotFoundError:
        engine = "missing"
    click.echo(f"papergraph {__version__} (pyoxigraph {engine})")
    context.exit()


def main(arguments: list[str] | None = None) -> None:
    """Run the command line with `arguments`, those of the process by default.

    Exits 0 if all is well, 1 for findings or partial input failure, 2 for wrong usage.
    """
    if "_PAPERGRAPH_COMPLETE" in os.environ:
        import_module("papergraph.cli.completion")  # knows how bash takes names with spaces
    try:
        code = cli.main(arguments, prog_name="papergraph", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        _show(error)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (papergraph ... | head); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except PapergraphError as error:
        click.echo(message_lines(f"papergraph: {error}"), err=True)
        sys.exit(1 if isinstance(error, NoteError | StoreError) else 2)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(message_lines(f"papergraph: {place}{error.strerror or error}"), err=True)
        sys.exit(1)


def _show(error: click.ClickException) -> None:
    """Show what is wrong with the arguments, which the message quotes."""
    text = io.StringIO()
    error.show(text)
    click.echo("\n".join(map(escaped, text.getvalue().split("\n"))), nl=False, err=True)


__all__ = ["COMMANDS", "cli", "main"]
