"""`papergraph mcp`."""

from __future__ import annotations

from pathlib import Path

import click

from papergraph.ask.limits import Limits
from papergraph.cli.session import Session, memory_option, store_option, timeout_option
from papergraph.errors import ConfigError

#: Of one query, less than `papergraph serve` allows: an assistant reads pages of some dozen rows.
_ROWS, _ANSWER_BYTES = 10_000, 5_000_000


@click.command(short_help="Let assistants ask the graph, over MCP.")
@click.option("--http", is_flag=True, help="Listen for HTTP at /mcp instead of speaking over stdin and stdout.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=7879,
    show_default=True,
    help="With --http: port to listen on; 0 for any free port.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="With --http: also answer requests for this host name. May be repeated.",
)
@timeout_option
@memory_option
@store_option
@click.pass_obj
def mcp(
    session: Session,
    http: bool,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    timeout: float,
    memory: int,
    store: Path | None,
) -> None:
    """Let assistants ask the graph over the Model Context Protocol, for reading only.

    By default the assistant starts this command itself and speaks over its stdin and stdout. Answers are quoted from
    the notes with note and line; queries are limited as those of papergraph serve. See docs/mcp.md.
    """
    try:
        from papergraph.mcp import http_app, run_stdio
        from papergraph.serve.run import open_socket, serve_forever
        from papergraph.serve.settings import Settings
    except ImportError as error:
        raise ConfigError("papergraph mcp needs optional packages: pip install 'papergraph[mcp]'") from error

    config = session.with_store(store).config
    settings = Settings(
        store=Path(config.store),
        limits=Limits(seconds=timeout, megabytes=memory, rows=_ROWS, answer_bytes=_ANSWER_BYTES),
        queries=tuple(Path(p) for p in config.queries),
        hosts=hosts,
    )
    if not http:
        run_stdio(settings)
        return
    app = http_app(settings)
    try:
        listening = open_socket(host, port)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}; choose another with --port") from error
    place = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/mcp"
    with listening:
        serve_forever(app, listening, started=lambda: session.say(f"listening at {place} (press Ctrl-C to stop)"))
