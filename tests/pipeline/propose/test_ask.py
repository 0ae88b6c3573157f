"""A server that is slow, busy, broken or hostile: nothing wrong is kept, nothing is paid for twice."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from papergraph.errors import ConfigError, EndpointError
from papergraph.extract.propose import Request
from papergraph.pipeline.propose.ask import Asked, Patience, ask_all
from papergraph.pipeline.propose.budget import Budget, Limits, Price
from papergraph.pipeline.propose.replies import Journal, read_replies
from papergraph.pipeline.propose.server import ModelServer, check_address
from tests.pipeline.propose.model_server import NOTHING, Model, drip, model_server, say, send, stall

pytest.importorskip("httpx2", reason="needs the extra llm")

REQUESTS = tuple(Request(f"f{n}", "a.md", n + 1, (("user", f"part {n}"),)) for n in range(4))


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds

    def patience(self) -> Patience:
        return Patience(self.sleep, lambda: self.now)


def ask(
    model: Model, folder: Path, *, requests: tuple[Request, ...] = REQUESTS[:1], key: str = "", timeout: float = 20,
    budget: Budget | None = None, clock: Clock | None = None, at_once: int = 1,
) -> Asked:  # fmt: skip
    server = ModelServer(model.url, "tiny", key=key, timeout=timeout)
    journal, patience = Journal(folder / "proposals.jsonl", "tiny"), (clock or Clock()).patience()
    return ask_all(requests, server, journal, budget or Budget(Limits()), at_once=at_once, patience=patience)


def kept(folder: Path) -> dict[str, str]:
    return read_replies(folder / "proposals.jsonl")


def test_every_reply_is_kept_under_its_request(tmp_path: Path) -> None:
    with model_server() as model:
        asked = ask(model, tmp_path, requests=REQUESTS, at_once=3)
    assert (asked.answered, asked.failed, asked.stopped) == (4, (), "")
    assert kept(tmp_path) == {r.fingerprint: NOTHING for r in REQUESTS}
    assert model.asked[0]["response_format"]["json_schema"]["strict"] is True


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    clock = Clock()
    with model_server(send(429, "", Retry_After="7"), send(503, ""), say(NOTHING)) as model:
        assert ask(model, tmp_path, clock=clock).answered == 1
    assert clock.slept == 7 + 2
    assert len(model.asked) == 3


def test_a_wait_that_a_server_asks_for_has_a_bound(tmp_path: Path) -> None:
    clock = Clock()
    with model_server(send(429, "", Retry_After="99999"), say(NOTHING)) as model:
        assert ask(model, tmp_path, clock=clock).answered == 1
    assert clock.slept == 120


def test_a_server_that_stays_broken_fails_a_request_and_not_the_run(tmp_path: Path) -> None:
    with model_server(*[send(500, "")] * 5, say(NOTHING)) as model:
        asked = ask(model, tmp_path, requests=REQUESTS[:2])
    assert asked.answered == 1
    assert [r.fingerprint for r, _ in asked.failed] == ["f0"]
    assert list(kept(tmp_path)) == ["f1"]


def test_a_server_without_schemas_is_asked_for_json_and_then_for_text(tmp_path: Path) -> None:
    with model_server(send(400, '{"error": "no schema"}'), send(422, ""), say(NOTHING)) as model:
        assert ask(model, tmp_path, requests=REQUESTS[:2]).answered == 2
    forms = [asked.get("response_format", {}).get("type") for asked in model.asked]
    assert forms == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    "turn",
    [
        say('{"entities": [{"name": "Zo'),
        say("I am sorry."),
        say(json.dumps({"entities": "none"})),
        say("[" * 50_000),
        send(200, "not json"),
        send(200, json.dumps({"choices": []})),
        send(200, json.dumps({"choices": [{"message": {"content": None}}]})),
        say("x" * 10_000_000),
        send(400, "", Content_Type="text/html"),
    ],
    ids=["cut", "prose", "wrong-schema", "deep", "no-json", "no-choice", "no-content", "10-MB", "refused"],
)
def test_a_reply_that_is_none_is_not_kept_and_asked_again_next_time(turn: object, tmp_path: Path) -> None:
    with model_server(turn) as model:  # type: ignore[arg-type]
        asked = ask(model, tmp_path)
        assert (asked.answered, len(asked.failed)) == (0, 1)
        assert kept(tmp_path) == {}
        model.turns = [say(NOTHING)]
        assert ask(model, tmp_path).answered == 1


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    end = threading.Event()
    with model_server(stall(end)) as model:
        asked = ask(model, tmp_path, timeout=0.05)
        end.set()
    assert "no answer within" in asked.failed[0][1]


@pytest.mark.parametrize("piece", [b"", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"])
def test_a_server_that_drips_is_given_up_in_time(piece: bytes, tmp_path: Path) -> None:
    end = threading.Event()
    with model_server(drip(piece, end)) as model:
        began = time.monotonic()
        asked = ask(model, tmp_path, timeout=0.3)
        end.set()
    assert len(asked.failed) == 1
    assert time.monotonic() - began < 10


def test_a_request_that_is_too_long_costs_the_others_no_schema(tmp_path: Path) -> None:
    with model_server(*[send(400, '{"error": "too long"}')] * 3, say(NOTHING)) as model:
        asked = ask(model, tmp_path, requests=REQUESTS[:2])
    assert (asked.answered, len(asked.failed)) == (1, 1)
    assert model.asked[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("status", [401, 403, 404, 301, 307])
def test_what_the_next_request_would_meet_too_stops_the_run(status: int, tmp_path: Path) -> None:
    with model_server() as other, model_server(send(status, "", Location=f"{other.url}/chat/completions")) as model:
        asked = ask(model, tmp_path, requests=REQUESTS)
        assert len(model.asked) == 1
        assert other.asked == []
    assert asked.stopped


def test_no_server_stops_the_run(tmp_path: Path) -> None:
    with model_server() as model:
        pass
    assert "cannot connect" in ask(model, tmp_path, requests=REQUESTS).stopped


def test_a_key_is_sent_and_never_shown(tmp_path: Path) -> None:
    key = "sk-very-secret"
    with model_server(send(401, json.dumps({"error": {"message": f"bad key {key}"}}))) as model:
        asked = ask(model, tmp_path, key=key)
    assert model.headers[0]["Authorization"] == f"Bearer {key}"
    assert key not in f"{asked}"
    assert "bad key ***" in asked.stopped


def test_proxies_and_passwords_of_the_environment_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with model_server() as model:
        assert ask(model, tmp_path).answered == 1


@pytest.mark.parametrize(
    ("limits", "answered"),
    [
        (Limits(requests=2), 2),
        (Limits(requests=3), 3),
        (Limits(tokens=450), 2),
        (Limits(cost=0.9, price=Price(0, 2000)), 2),
        (Limits(), 4),
    ],
)
def test_a_budget_is_not_exceeded(limits: Limits, answered: int, tmp_path: Path) -> None:
    with model_server() as model:
        asked = ask(model, tmp_path, requests=REQUESTS, budget=Budget(limits))
    assert (len(model.asked), len(kept(tmp_path))) == (answered, answered)
    assert asked.failed == ()
    assert bool(asked.stopped) == (answered < 4)


def test_what_the_server_counts_takes_the_place_of_the_estimate(tmp_path: Path) -> None:
    budget = Budget(Limits(price=Price(1_000_000, 0)))
    with model_server(say(NOTHING, prompt_tokens=7, completion_tokens=3)) as model:
        ask(model, tmp_path, budget=budget)
    assert (budget.sent, budget.received, budget.cost) == (7, 3, 7)


def test_equal_requests_are_paid_for_once(tmp_path: Path) -> None:
    with model_server() as model:
        ask(model, tmp_path, requests=REQUESTS[:1] * 3)
    assert len(model.asked) == 1


def test_an_interrupt_keeps_what_is_under_way(tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with model_server() as model:
        server = ModelServer(model.url, "tiny")
        journal = Journal(tmp_path / "proposals.jsonl", "tiny")
        with pytest.raises(KeyboardInterrupt):
            ask_all(REQUESTS, server, journal, Budget(Limits()), at_once=2, progress=interrupt)
        assert len(kept(tmp_path)) == len(model.asked) < 4
        left = tuple(r for r in REQUESTS if r.fingerprint not in kept(tmp_path))
        ask(model, tmp_path, requests=left)
    assert len(model.asked) == 4


@pytest.mark.parametrize(
    ("url", "allowed", "key"),
    [
        ("https://models.example.org/v1", "http://127.0.0.1:11434/v1", ""),
        ("http://127.0.0.1.example.org/v1", "", ""),
        ("http://models.example.org/v1", "http://models.example.org/v1", "sk"),
        ("ftp://127.0.0.1/v1", "ftp://127.0.0.1/v1", ""),
        ("file:///etc/passwd", "file:///etc/passwd", ""),
        ("http://me:word@127.0.0.1/v1", "", ""),
    ],
)
def test_notes_go_only_where_the_settings_say(url: str, allowed: str, key: str) -> None:
    with pytest.raises(ConfigError):
        check_address(url, allowed, key)


@pytest.mark.parametrize("url", ["http://localhost:8000/v1", "http://127.0.0.1:1/v1", "http://[::1]/v1"])
def test_this_machine_needs_no_permission(url: str) -> None:
    check_address(url, "", "sk")


def test_an_error_of_the_server_is_an_endpoint_error() -> None:
    with model_server(send(403, '{"error": {"message": "no\\nentry"}}')) as model:
        server = ModelServer(model.url, "tiny")
        with pytest.raises(EndpointError, match="answers 403: no entry"):
            server.ask(REQUESTS[0])
