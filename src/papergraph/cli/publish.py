"""`papergraph publish`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, endpoint_options, store_option

if TYPE_CHECKING:
    from papergraph.remote import Endpoint


@click.command(short_help="Put the graph on a SPARQL 1.1 server.")
@click.option("--update", metavar="URL", default="", help="Where the server takes updates, if not at --endpoint.")
@store_option
@endpoint_options
@click.pass_obj
def publish(session: Session, update: str, store: Path | None, endpoint: Endpoint | None) -> None:
    """Put the graph on the server at --endpoint, into one graph; broken off, it goes on where it ended.

    Readers see the old graph until the new one is complete. The password comes from PAPERGRAPH_PASSWORD.
    """
    if endpoint is None:
        raise click.UsageError("where to? Give --endpoint URL, and --update URL if updates go elsewhere")
    from papergraph import remote

    opened = session.with_store(store).open_store()
    done = remote.publish(opened, replace(endpoint, update_url=update), tell=lambda n, of: _tell(session, n, of))
    if done.batches:
        click.echo(f"{done.triples} triples in {done.graph}")
    else:
        click.echo(f"{done.graph} is up to date: {done.triples} triples")


def _tell(session: Session, done: int, of: int) -> None:
    if done % 20 == 0:
        session.say(f"{done} of {of} updates sent")
