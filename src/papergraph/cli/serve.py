"""`papergraph serve`."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, memory_option, note_url_option, store_option, timeout_option
from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError, StoreError
from papergraph.text.terminal import printable

if TYPE_CHECKING:
    from papergraph.serve.settings import Reviewing


@click.command(short_help="Serve a SPARQL endpoint and pages on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=7878,
    show_default=True,
    help="Port to listen on; 0 for any free port.",
)
@timeout_option
@memory_option
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    metavar="N",
    default=100_000,
    show_default=True,
    help="Maximum number of rows of an answer.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    default=2,
    show_default=True,
    help="Number of queries that run at the same time.",
)
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Allow cross-origin requests from ORIGIN; * for any. May be repeated.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Also answer requests for this host name. May be repeated.",
)
@note_url_option
@click.option(
    "--watch",
    "watched",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Build the graph from these notes, and rebuild it when they change. May be repeated.",
)
@click.option(
    "--review",
    "reviews",
    is_flag=True,
    help="Also serve a page that writes your decisions to corrections.tsv; only for you, on this machine.",
)
@store_option
@click.pass_obj
def serve(
    session: Session,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    rows: int,
    workers: int,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    note_url: str | None,
    watched: tuple[Path, ...],
    reviews: bool,
    store: Path | None,
) -> None:
    """Serve the graph read-only: pages at /, SPARQL at /sparql, named graphs at /store, entities under /id/.

    Queries have limits of time and memory, and cannot access the network. Notes are private, so the server accepts
    requests from this machine only; --host, --allow-host and --cors change that. With --review, a page at an address
    with a secret token, printed at the start, shows claims one after the other and writes what you decide.
    """
    if reviews:
        _check_local(host, hosts, origins)
    try:
        from papergraph.serve import Settings, make_app, serve_forever
        from papergraph.serve.run import open_socket
    except ImportError as error:
        raise ConfigError("papergraph serve needs optional packages: pip install 'papergraph[serve]'") from error
    from papergraph.ask.limits import Limits
    from papergraph.page.note_links import note_template

    config = session.with_store(store).config
    reviewing = _reviewing(config, watched) if reviews else None
    builder = _builder(session, watched, config.store) if watched else contextlib.nullcontext()
    settings = Settings(
        store=Path(config.store),
        limits=Limits(seconds=timeout, megabytes=memory, rows=rows),
        workers=workers,
        queries=tuple(Path(p) for p in config.queries),
        hosts=hosts,
        origins=origins,
        note_url=note_template(config.note_url if note_url is None else note_url),
        review=reviewing,
    )
    try:
        listening = open_socket(host, port)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}; choose another with --port") from error
    place = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"

    def started() -> None:
        session.say(f"serving at {place} (press Ctrl-C to stop)")
        if reviewing:  # even with --quiet: there is no other way in
            click.echo(f"review at {place}review?token={reviewing.token}", err=True)

    with listening, builder:
        serve_forever(make_app(settings), listening, started=started)


def _check_local(host: str, hosts: tuple[str, ...], origins: tuple[str, ...]) -> None:
    """Raise UsageError if others than the person at this machine could reach the page that writes."""
    try:
        is_local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise click.UsageError(
            f"--review writes, so it is only served on this machine: --host must be 127.0.0.1, not {host}"
        )
    if hosts or origins:
        option = "--allow-host" if hosts else "--cors"
        raise click.UsageError(f"--review writes, so it is only served on this machine: leave out {option}")


def _reviewing(config: Config, watched: tuple[Path, ...]) -> Reviewing:
    """Return how the page writes, with a new secret; the notes that are watched are those that it shows."""
    from papergraph.serve.settings import Reviewing

    notes = tuple(map(str, watched)) or config.notes
    return Reviewing(secrets.token_urlsafe(32), replace(config, notes=notes), rebuilds=bool(watched))


@contextlib.contextmanager
def _builder(session: Session, watched: tuple[Path, ...], store: str) -> Iterator[None]:
    """Build the notes, then rebuild them in a separate process whenever they change.

    A build in this process would delay every answer. The server picks up new generations by itself.
    """
    _build_once(watched, replace(session.config, store=store))
    config = ["--config", str(session.path)] if session.path else []
    command = [sys.executable, "-m", "papergraph", "-q", *config, "build", "--watch", "--with-parent", str(os.getpid())]
    process = subprocess.Popen(  # noqa: S603  our own command
        [*command, "--store", store, *map(str, watched)], stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _build_once(watched: tuple[Path, ...], config: Config) -> None:
    """Build and report problems; if the build fails, an existing graph is served."""
    from papergraph.pipeline.steps import build_store
    from papergraph.store import read_seal

    try:
        _, problems = build_store(watched, config)
        messages = tuple(map(str, problems))
    except (NoteError, StoreError) as error:
        if read_seal(Path(config.store)) is None:
            raise
        messages = (str(error),)
    for line in messages:
        click.echo(f"papergraph: {printable(line)}", err=True)
