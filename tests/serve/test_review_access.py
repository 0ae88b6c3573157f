"""Nobody but the person who started the server sees the review page or writes by it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergraph.serve import Settings
from papergraph.serve.settings import Reviewing
from tests.cli.corrected import built_folder
from tests.serve.reviewing import NOTE, TOKEN, Person, reviewing, rows
from tests.serve.running import Server, running


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"), NOTE)


@pytest.fixture(scope="module")
def vault(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built, tmp_path_factory.mktemp("access") / "vault"))


@pytest.fixture(scope="module")
def server(vault: Path) -> Iterator[Server]:
    with reviewing(vault) as server:
        yield server


@pytest.fixture
def person(server: Server) -> Person:
    person = Person(server)
    person.enter()
    person.get()
    return person


def test_it_is_off_unless_asked_for(demo: Server) -> None:
    for method in ("GET", "POST"):
        answer = demo.send(f"/review?token={TOKEN}", method, headers={"Content-Type": "text/plain"})
        assert (answer.status, "--review" in answer.text) == (404, True)


@pytest.mark.parametrize(
    "path", ["/review", "/review?view=merges", "/review?token=", "/review?token=a-secret", "/review?token=%ff"]
)
def test_without_the_secret_nothing_is_shown(server: Server, path: str) -> None:
    answer = server.send(path)
    assert (answer.status, "SnapKV" in answer.text, "set-cookie" in answer.headers) == (403, False, False)


def test_the_secret_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(server: Server) -> None:
    answer = Person(server).enter()
    name, *flags = answer.headers["set-cookie"].split("; ")
    assert {flag.lower() for flag in flags} == {"httponly", "samesite=strict", "path=/review"}
    assert name.startswith(f"papergraph-review-{server.port}=")
    assert TOKEN not in name
    assert (answer.status, answer.headers["location"]) == (303, "/review")


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "papergraph-review-{port}=",
        f"papergraph-review-{{port}}={TOKEN}",
        "papergraph-review-{port}=\xe9",
        "{other}",
    ],
)
def test_another_cookie_is_not_enough(person: Person, vault: Path, cookie: str) -> None:
    other = person.cookie.replace("review-", "review-1")
    person.cookie = cookie.format(port=person.server.port, other=other)
    assert person.decide("accept").status == 403
    assert person.server.send("/review", headers={"Cookie": person.cookie}).status == 403
    assert rows(vault) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost"},
        {"Origin": "", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Origin": "", "Sec-Fetch-Site": "none"},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
def test_a_form_of_another_page_writes_nothing(person: Person, vault: Path, headers: dict[str, str]) -> None:
    assert person.decide("accept", headers=headers).status in {403, 421}
    assert rows(vault) == []


@pytest.mark.parametrize("form", ["", TOKEN, "0" * 64, "\u00e9"])
def test_a_form_without_its_value_writes_nothing(person: Person, vault: Path, form: str) -> None:
    assert person.decide("accept", form=form).status == 403
    assert rows(vault) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_what_other_pages_can_send_without_asking_is_no_form(person: Person, vault: Path, kind: str) -> None:
    assert person.decide("accept", headers={"Content-Type": kind}).status == 415
    assert rows(vault) == []


def test_names_that_were_rebound_or_allowed_do_not_show_it(vault: Path) -> None:
    config = Reviewing(TOKEN)
    with running(Settings(vault / ".papergraph", workers=1, hosts=("notes.example",), review=config)) as server:
        for host, status in (("notes.example", 403), ("evil.example", 421), (f"localhost:{server.port}", 303)):
            assert server.send(f"/review?token={TOKEN}", headers={"Host": host}).status == status


def test_the_secret_is_in_no_log_no_page_and_no_referrer(
    person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    entered = person.enter()
    person.server.send(f"/review?token={TOKEN}x")
    person.get(f"/nowhere?token={TOKEN}")
    page = person.get()
    assert entered.headers["referrer-policy"] == "no-referrer"
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert TOKEN not in entered.text + page.text + str(page.headers)
    assert TOKEN not in caplog.text + "".join(capfd.readouterr())
    assert TOKEN not in repr(Reviewing(TOKEN))


def test_no_other_page_carries_the_forms_value(person: Person) -> None:
    for path in ("/", "/query", "/conflicts", "/forms.js"):
        assert person.fields["form"] not in person.server.send(path, headers={"Cookie": person.cookie}).text


def test_another_page_cannot_frame_it(person: Person) -> None:
    assert "frame-ancestors 'none'" in person.get().headers["content-security-policy"]
