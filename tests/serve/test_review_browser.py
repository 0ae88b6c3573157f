"""The review page in real browsers: keys, forms without scripts, a phone's width, light and dark, no barrier."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.corrected import built_folder
from tests.page.browser.conftest import Browser, Opened, axe, browser, browsers  # noqa: F401  fixtures
from tests.serve.reviewing import NOTE, TOKEN, reviewing, rows
from tests.serve.running import Server

pytestmark = pytest.mark.slow

#: Where to put pictures, to look at them.
PICTURES = os.environ.get("PAPERGRAPH_PICTURES", "")
WIDE, PHONE = (1280, 900), (360, 740)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"), NOTE)


@pytest.fixture
def vault(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "vault"))


@pytest.fixture
def server(vault: Path) -> Iterator[Server]:
    with reviewing(vault) as server:
        yield server


@pytest.fixture
def open_review(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Callable[..., Any]]:  # noqa: F811
    """Open the address that the server prints, in a profile of its own."""
    opened: list[Opened] = []

    def ask(*, size: tuple[int, int] = WIDE, dark: bool = False, path: str = "", **options: Any) -> Any:
        page = browser.new_page(touch=False, viewport={"width": size[0], "height": size[1]}, **options)
        view = Opened(browser, page, tmp_path, server.origin)
        opened.append(view)
        page.goto(f"{server.origin}/review?token={TOKEN}{path}")
        view.emulate(dark=dark)
        return view

    with browser.awake():
        yield ask
        for view in opened:
            browser.close_page(view.page)


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_keys_decide(open_review: Callable[..., Any], vault: Path) -> None:
    page = open_review().page
    assert "token" not in page.url
    for key, number in (("a", 1), ("r", 2), ("u", 1)):
        page.keyboard.press(key)
        page.wait_for_selector(f"#counter:has-text('{number} decided')")
        assert len(rows(vault)) == number
    assert [row.split()[0] for row in rows(vault)] == ["accept"]


def test_keys_open_forms_and_typing_decides_nothing(open_review: Callable[..., Any], vault: Path) -> None:
    page = open_review(path="&about=H2O").page
    page.keyboard.press("m")
    page.keyboard.press("Tab")
    page.keyboard.type("Stream", delay=30)
    page.wait_for_selector("#names option", state="attached")
    assert rows(vault) == []
    assert page.evaluate("document.querySelector('#names option').value") == "StreamingLLM"
    page.keyboard.type("ingLLM")
    page.keyboard.press("Enter")
    page.wait_for_selector(".last")
    assert rows(vault) == ["same Method:SnapKV  Method:StreamingLLM"]


def test_without_scripts_forms_do_all(browser: Browser, server: Server, vault: Path) -> None:  # noqa: F811
    with browser.awake():
        context = browser.driven.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        try:
            page = context.new_page()
            page.goto(f"{server.origin}/review?token={TOKEN}&about=H2O")
            page.click("summary:has-text('relation')")
            page.select_option("select[name=to]", "uses")
            page.click("button[value=change]")
            page.wait_for_selector(".last")
            assert rows(vault) == ["change Method:SnapKV extends Method:H2O uses"]
            page.click("button[value=undo]")
            page.wait_for_selector("#claim")
            assert rows(vault) == []
        finally:
            context.close()


@pytest.mark.parametrize("view", ["&about=H2O", "&view=merges"])
@pytest.mark.parametrize("look", ["wide", "phone", "phone dark Chinese"])
def test_it_fits_and_keeps_nobody_out(
    open_review: Callable[..., Any],
    axe: Callable[..., list[str]],  # noqa: F811
    look: str,
    view: str,
) -> None:
    language = {"locale": "zh-CN"} if "Chinese" in look else {}
    opened = open_review(size=PHONE if "phone" in look else WIDE, dark="dark" in look, path=view, **language)
    page = opened.page
    name = f"review-{'merges' if 'merges' in view else 'claim'}-{look.replace(' ', '-')}-{opened.browser.name}"
    picture(page, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    picture(page, f"{name}-open")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe(opened) == []


@contextlib.contextmanager
def another_page(text: str) -> Iterator[str]:
    """Serve a page at another port of this machine: to browsers it is of the same site, but not of the same origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is that of the library
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}/"
        other.shutdown()


def test_the_page_of_another_port_cannot_decide(open_review: Callable[..., Any], server: Server, vault: Path) -> None:
    """It sends the very form, with its value, and the browser adds the cookie: still nothing is written."""
    page = open_review().page
    fields = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.decide')))")
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in {**fields, "do": "reject"}.items())
    form = f'<form method="post" action="{server.origin}/review">{inputs}<button>Win a prize</button></form>'
    with another_page(f"<!doctype html><title>Prizes</title>{form}") as address:
        other = page.context.new_page()
        other.goto(address)
        other.click("button")
        other.wait_for_url(f"{server.origin}/**")
        assert "cross-origin requests are not allowed" in other.inner_text("body")
    assert rows(vault) == []
