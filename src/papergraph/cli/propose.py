"""`papergraph propose`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from papergraph.cli.build import progress_bar
from papergraph.cli.session import Seconds, Session, jobs_option, json_option
from papergraph.errors import ConfigError
from papergraph.text.terminal import json_text, printable

if TYPE_CHECKING:
    from papergraph.pipeline.propose.ask import Asked
    from papergraph.pipeline.propose.budget import Budget, Limits
    from papergraph.pipeline.propose.plan import Plan
    from papergraph.pipeline.propose.server import ModelServer

#: Of the requests without a usable reply no more are listed.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Means:
    """How a model is asked."""

    url: str
    key: str
    at_once: int
    timeout: float
    limits: Limits


class PriceType(click.ParamType[tuple[float, float]]):
    """Two numbers: the price of a million tokens, sent and received."""

    name = "price"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the two numbers, or fail with a usage error."""
        if isinstance(value, tuple):
            return value
        try:
            sent, received = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not two numbers with a comma between.", param, ctx)
        if not (0 <= sent < 1e9 and 0 <= received < 1e9):
            self.fail(f"{value!r} is not a price.", param, ctx)
        return sent, received


#: Tokens a second that a model of ordinary speed reads and writes, for estimates.
_READ_A_SECOND, _WRITTEN_A_SECOND = 1_000, 50


@click.command(short_help="Let a language model read what the rules cannot, and keep what the notes prove.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="Name of the model on the server.  [default: propose in papergraph.toml]")
@click.option(
    "--url",
    metavar="URL",
    help="Base address of an OpenAI-compatible server: on this machine, or as in the settings.",
)
@click.option(
    "--key-file", type=click.Path(path_type=Path), help="File with the key.  [default: PAPERGRAPH_API_KEY, if set]"
)
@click.option("--dry-run", is_flag=True, help="Print what would be asked and its likely cost; send nothing.")
@click.option("--requests", type=click.Path(path_type=Path), help="Write the requests as a batch file; send nothing.")
@click.option("--replies", type=click.Path(path_type=Path), help="Read the results of a batch; send nothing.")
@click.option(
    "--at-once", type=click.IntRange(1, 64), metavar="N", default=4, show_default=True, help="Parallel requests."
)
@click.option(
    "--timeout", type=Seconds(1), metavar="SECONDS", default=300, show_default=True, help="Limit per request."
)
@click.option("--max-requests", type=click.IntRange(1), metavar="N", help="Send at most so many requests.")
@click.option("--max-tokens", type=click.IntRange(1), metavar="N", help="Use about so many tokens at most.")
@click.option(
    "--max-cost", type=click.FloatRange(0), metavar="AMOUNT", help="Spend at most about so much; needs --price."
)
@click.option("--price", type=PriceType(), metavar="SENT,RECEIVED", help="Price of a million tokens.")
@jobs_option
@json_option
@click.pass_context
def propose(
    ctx: click.Context,
    paths: tuple[Path, ...],
    model: str | None,
    url: str | None,
    key_file: Path | None,
    dry_run: bool,
    requests: Path | None,
    replies: Path | None,
    at_once: int,
    timeout: float,
    max_requests: int | None,
    max_tokens: int | None,
    max_cost: float | None,
    price: tuple[float, float] | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Ask a language model about the notes in PATHS, and keep its replies for `papergraph build`.

    The replies are kept in proposals.jsonl. A name or a relation enters the graph only if its words stand in the note.
    Parts of notes with a reply are not asked again. Without PATHS, propose uses the notes set in papergraph.toml.
    Exits with 1 if a request has no usable reply.
    """
    from papergraph.pipeline.propose.budget import Limits, Price
    from papergraph.pipeline.propose.plan import renew
    from papergraph.pipeline.propose.writer import only_writer

    if sum((dry_run, requests is not None, replies is not None)) > 1:
        raise click.UsageError("--dry-run, --requests and --replies exclude each other")
    if max_cost is not None and price is None:
        raise click.UsageError("--max-cost needs --price")
    session: Session = ctx.obj.with_jobs(jobs).with_model(model)
    limits = Limits(max_requests, max_tokens, max_cost, Price(*(price or ())))
    chosen = paths or tuple(Path(p) for p in session.config.notes)
    if not chosen:
        raise ConfigError("no notes given: name folders or files, or set notes = [...] in papergraph.toml")
    if dry_run or requests is not None:
        plan = _plan(session, chosen)
        if requests is None:
            _estimate(plan, limits, at_once, as_json=as_json)
        else:
            _write(session, plan, requests)
        ctx.exit(1 if _unread(plan) else 0)
    if replies is None:
        means = Means(url or session.config.propose_url, read_key(key_file), at_once, timeout, limits)
        get_replies = prepare(session, means)
    else:
        get_replies = partial(_read, session, replies)
    with only_writer(Path(session.config.proposals)):  # from before it is known what is missing
        plan = _plan(session, chosen)
        whole = get_replies(plan)
    _summary(renew(plan, session.config), as_json=as_json)
    if session.config.propose != ctx.obj.config.propose:
        session.say(f"to build with these replies, set propose = {session.config.propose!r} in papergraph.toml")
    ctx.exit(0 if whole and not _unread(plan) else 1)


def _plan(session: Session, paths: tuple[Path, ...]) -> Plan:
    from papergraph.pipeline.propose.plan import make_plan

    plan = make_plan(paths, session.config, progress=progress_bar(session) or (lambda *_: None))
    for problem in plan.problems:
        session.say(str(problem))
    return plan


def _unread(plan: Plan) -> bool:
    return any(problem.kind == "unread" for problem in plan.problems)


def read_key(path: Path | None) -> str:
    """Return the key in a file, or else in the environment; empty if there is none.

    Raises:
        ConfigError: if the file cannot be read, or a key is not one line of ASCII.
    """
    if path is None:
        key = os.environ.get("PAPERGRAPH_API_KEY", "").strip()
    else:
        try:
            key = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot read the key") from error
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigError("the key is not one word of ASCII characters")
    return key


def prepare(session: Session, means: Means) -> Callable[[Plan], bool]:
    """Return what asks for all that a plan lacks, reports how it went, and tells whether everything has a reply then.

    Nothing is sent yet.

    Raises:
        ConfigError: if notes must not be sent to the address, or the client is not installed.
    """
    from papergraph.pipeline.propose.server import ModelServer, check_address

    config = session.config
    check_address(means.url, config.propose_url, means.key)
    return partial(_ask, session, means, ModelServer(means.url, config.propose, key=means.key, timeout=means.timeout))


def _ask(session: Session, means: Means, server: ModelServer, plan: Plan) -> bool:
    from papergraph.pipeline.propose.ask import ask_all
    from papergraph.pipeline.propose.budget import Budget
    from papergraph.pipeline.propose.replies import Journal

    config, budget = session.config, Budget(means.limits)
    session.say(f"{_amount(plan)} to {means.url}")
    asked = ask_all(
        plan.requests,
        server,
        Journal(Path(config.proposals), config.propose),
        budget,
        at_once=means.at_once,
        progress=progress_bar(session) or (lambda *_: None),
    )
    _report(session, plan, asked, budget)
    return not asked.failed and not asked.stopped


def ask_first(session: Session, paths: tuple[Path, ...]) -> None:
    """Ask what is missing before a build, by the settings alone."""
    from papergraph.pipeline.propose.budget import Limits
    from papergraph.pipeline.propose.plan import make_plan
    from papergraph.pipeline.propose.writer import only_writer

    with only_writer(Path(session.config.proposals)):
        plan = make_plan(paths, session.config)
        if plan.requests:
            means = Means(session.config.propose_url, read_key(None), 4, 300.0, Limits())
            prepare(session, means)(plan)


def _report(session: Session, plan: Plan, asked: Asked, budget: Budget) -> None:
    failed = [(request, reason) for request, reason in asked.failed if reason != asked.stopped]
    for request, reason in failed[:_LISTED]:
        click.echo(printable(f"papergraph: {request.note}:{request.line}: {reason}"), err=True)
    if (more := len(failed) - _LISTED) > 0:
        session.say(f"{more} more without a usable reply")
    if asked.stopped:
        click.echo(printable(f"papergraph: stopped: {asked.stopped}; run it again to go on"), err=True)
    cost = f", cost {budget.cost:.4g}" if budget.cost else ""
    tokens = budget.sent + budget.received
    session.say(
        f"{asked.answered} of {len({r.fingerprint for r in plan.requests})} answered, "
        f"{counted(budget.requests, 'request')} sent, {tokens:,} tokens{cost} -> {session.config.proposals}"
    )


def _amount(plan: Plan) -> str:
    sent, received = plan.tokens
    return f"{counted(len(plan.requests), 'request')}, about {sent:,} tokens sent and {received:,} received"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "note"), counted(2000, "request")
    ('1 note', '2,000 requests')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _estimate(plan: Plan, limits: Limits, at_once: int, *, as_json: bool) -> None:
    """Print what would be asked, its cost, and how long a model of ordinary speed takes."""
    sent, received = plan.tokens
    cost = limits.price.of(sent, received)
    seconds = round((sent / _READ_A_SECOND + received / _WRITTEN_A_SECOND) / min(at_once, max(1, len(plan.requests))))
    if as_json:
        values = {"notes": len(plan.read), "requests": len(plan.requests), "answered": plan.answered}
        click.echo(
            json_text(
                {**values, "tokens": {"sent": sent, "received": received}, "cost": cost, "seconds": seconds}, indent=2
            )
        )
        return
    price = f", cost about {cost:.4g}" if cost else ""
    time = f", {seconds // 60:,} min {seconds % 60} s at {_WRITTEN_A_SECOND} tokens a second"
    click.echo(
        f"{_amount(plan)}{price}{time}; {plan.answered:,} parts of {counted(len(plan.read), 'note')} have a reply"
    )


def _write(session: Session, plan: Plan, path: Path) -> None:
    from papergraph.pipeline.propose.batch import write_requests

    count = write_requests(path, plan.requests, session.config.propose)
    session.say(f"{counted(count, 'request')} -> {path}")


def _read(session: Session, path: Path, plan: Plan) -> bool:
    from papergraph.pipeline.propose.batch import read_results
    from papergraph.pipeline.propose.replies import Journal

    config = session.config
    read = read_results(path, plan.requests, Journal(Path(config.proposals), config.propose))
    session.say(
        f"{read.kept} replies kept, {read.unusable} unusable, {read.unknown} not asked for -> {config.proposals}"
    )
    return True


def _summary(plan: Plan, *, as_json: bool) -> None:
    """Print what the replies came to."""
    account = plan.account
    if as_json:
        values = {**asdict(account), "dropped": dict(account.dropped)}
        click.echo(json_text({"answered": plan.answered, "missing": len(plan.requests), **values}, indent=2))
        return
    click.echo(
        f"{account.proposed:,} proposed, {account.grounded:,} found in the notes "
        f"({account.new:,} new, {account.agreed:,} as the rules), "
        f"{account.proposed - account.grounded:,} dropped"
    )
    for reason, count in sorted(account.dropped, key=lambda row: (-row[1], row[0])):
        click.echo(f"  {reason:28}{count:6,}")
    if account.left_out_names or account.left_out_claims:
        click.echo(
            f"left out of what the rules found, since the model reads with care and does not list it: "
            f"{counted(account.left_out_names, 'name')}, {counted(account.left_out_claims, 'claim')}"
        )
