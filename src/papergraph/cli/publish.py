"""`papergraph publish`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Seconds, Session, endpoint_options, store_option

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint


@click.command(short_help="Upload the graph to a SPARQL 1.1 server.")
@click.option(
    "--update", metavar="URL", default="", help="Update address of the server.  [default: that of --endpoint]"
)
@click.option("--take-over", is_flag=True, help="Publish even if another publish claims to be running.")
@click.option(
    "--timeout",
    type=Seconds(0.01),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Time limit for each request.",
)
@store_option
@partial(endpoint_options, help_text="Query address of the server.")
@click.pass_obj
def publish(
    session: Session, update: str, take_over: bool, timeout: float, store: Path | None, endpoint: Endpoint | None
) -> None:
    """Upload the graph to the server at --endpoint, into one named graph.

    Readers see the old graph until the new one is complete. Only one publish can run at a time; leftovers of a crashed
    one are removed. The password is read from PAPERGRAPH_PASSWORD.
    """
    if endpoint is None:
        raise click.UsageError("no server given: use --endpoint URL, and --update URL if updates have another address")
    from papergraph.ask import remote

    endpoint = replace(endpoint, update_url=update, seconds=timeout)
    opened = session.open_source(store)
    done = remote.publish(opened, endpoint, take_over=take_over, progress=lambda n, of: _progress(session, n, of))
    if done.batches:
        click.echo(f"{done.triples} triples in {done.graph}")
    else:
        click.echo(f"{done.graph} is up to date: {done.triples} triples")


def _progress(session: Session, done: int, of: int) -> None:
    if done % 20 == 0:
        session.say(f"{done} of {of} updates sent")
