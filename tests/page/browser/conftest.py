"""Real browsers for the tests of the page: Chromium and Firefox as the distribution ships them, driven by Playwright.

Both read the same tests. What Playwright cannot ask of a stock Firefox (dark, print, touch, double clicks and downloads
of blobs) is asked of Firefox itself, from a page of its own with the rights of the browser.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import resources
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Driven
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Playwright, Request, WebError

EXECUTABLES = {
    "chromium": ("chromium", "google-chrome", "chromium-browser"),
    "firefox": ("firefox-esr", "firefox"),
}
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
READY_SECONDS = 60.0
DOWNLOAD_SECONDS = 60.0

# Not every browser logs what the policy of a page blocks where a driver sees it, so each page says so itself.
REPORT_VIOLATIONS = """{
  const say = console.error.bind(console);
  const report = (e) => say(`CSP: ${e.effectiveDirective} blocks ${e.blockedURI} ${e.sample}`.trim());
  window.addEventListener("securitypolicyviolation", report, true);
}"""

# Scripts for Firefox's own page: `tab` is the browser element of a tab, which survives navigations.
FIREFOX_PAGE = "chrome://browser/content/blanktab.html"
FIREFOX_FIND_TAB = """async (address) => {
  globalThis.tabs ??= new Map();
  for (let attempt = 0; attempt < 200; attempt++) {
    for (const win of Services.wm.getEnumerator("navigator:browser"))
      for (const tab of win.gBrowser.browsers)
        if (tab.currentURI.spec === address) return void tabs.set(address, tab);
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("no tab shows " + address);
}"""
FIREFOX_FORGET_TAB = "(address) => tabs.delete(address)"
FIREFOX_OVERRIDE = "([address, overrides]) => Object.assign(tabs.get(address).browsingContext, overrides) && null"
FIREFOX_DOUBLE_CLICK = """([address, x, y]) => {
  const tab = tabs.get(address), win = tab.ownerDocument.defaultView, { left, top } = tab.getBoundingClientRect();
  for (const clickCount of [1, 2])
    for (const [type, buttons] of [["mousedown", 1], ["mouseup", 0]])
      win.synthesizeMouseEvent(type, left + x, top + y, { button: 0, buttons, clickCount }, {});
}"""
FIREFOX_TOUCH = """async ([address, type, points]) => {
  const tab = tabs.get(address), win = tab.ownerDocument.defaultView, { left, top } = tab.getBoundingClientRect();
  const touches = points.map(([x, y], i) => ({ identifier: i + 2, offsetX: left + x, offsetY: top + y,
    radiiX: 1, radiiY: 1, rotationAngle: 0, pressure: 1, tiltX: 0, tiltY: 0, twist: 0 }));
  await new Promise((done) => win.synthesizeTouchEvent(type, touches, 0, { isAsyncEnabled: true }, done));
}"""
FIREFOX_FORGET_DOWNLOADS = """async () => {
  const { Downloads } = ChromeUtils.importESModule("resource://gre/modules/Downloads.sys.mjs");
  (await Downloads.getList(Downloads.ALL)).removeFinished();
}"""
FIREFOX_DOWNLOADED = """async () => {
  const { Downloads } = ChromeUtils.importESModule("resource://gre/modules/Downloads.sys.mjs");
  const all = await (await Downloads.getList(Downloads.ALL)).getAll();
  return all.find((download) => download.succeeded)?.target.path ?? null;
}"""

AXE_RUN = "(options) => axe.run(document, options)"

Point = tuple[float, float]


@dataclass
class Download:
    """A file that the page gave to the person; known once the `with` block of `Opened.download` has ended."""

    path: Path = Path()

    @property
    def name(self) -> str:
        return self.path.name

    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


@dataclass
class Opened:
    """A page in a browser, and all that it did which a page of ours must not do."""

    browser: Browser
    page: Page
    folder: Path
    address: str  # of the document, without its hash
    allow_errors: bool = False
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def listen(self) -> None:
        context = self.page.context
        context.on("request", self._heard_request)
        context.on("console", self._heard_console)
        context.on("weberror", self._heard_error)
        context.on("dialog", self._heard_dialog)
        context.on("page", self._heard_page)
        self._heard_page(self.page)

    def _heard_request(self, request: Request) -> None:
        # Chromium also tells of what the policy of the page stopped, and of other files; Firefox does not.
        if not request.url.startswith(("data:", "blob:", "about:")) and request.url.partition("#")[0] != self.address:
            self.requests.append(request.url)

    def _heard_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "assert"}:
            self.errors.append(message.text)

    def _heard_error(self, error: WebError) -> None:
        self.errors.append(str(error.error))

    def _heard_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _heard_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("crash", lambda _: self.errors.append("the page crashed"))

    def wait_until_ready(self) -> None:
        """Wait until the page says that it stands."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            self.page.wait_for_selector('html[data-ready="true"]', state="attached", timeout=READY_SECONDS * 1000)
        except TooLate:
            self.allow_errors = True  # said here
            pytest.fail(f"the page is not ready after {READY_SECONDS:g} s; errors: {self.errors}")

    def settle(self) -> None:
        """Let the page do what it has queued, and hear of it."""
        for page in self.page.context.pages:
            page.evaluate("() => new Promise((done) => setTimeout(done))")

    def check(self) -> None:
        """Nothing left the page, nothing failed, nothing popped up, and nothing ran from notes."""
        self.settle()
        frames = [frame for page in self.page.context.pages for frame in page.frames]
        pwned = [frame.url for frame in frames if frame.evaluate("typeof window.PWNED") != "undefined"]
        wrong = [f"PWNED in {url}" for url in pwned]
        wrong += [f"request: {url}" for url in self.requests]
        wrong += [f"dialog: {dialog}" for dialog in self.dialogs]
        wrong += [f"error: {error}" for error in self.errors]
        assert not wrong, "\n".join(["the page did what it must not do:", *wrong])

    def emulate(
        self, *, dark: bool | None = None, reduced_motion: bool | None = None, print_media: bool | None = None
    ) -> None:
        """Change what the page is told about the person's settings and about the medium; None leaves it."""
        scheme: Literal["dark", "light"] | None = None if dark is None else "dark" if dark else "light"
        motion: Literal["reduce", "no-preference"] | None
        motion = None if reduced_motion is None else "reduce" if reduced_motion else "no-preference"
        if self.browser.name == "chromium":
            medium: Literal["print", "screen"] | None
            medium = None if print_media is None else "print" if print_media else "screen"
            self.page.emulate_media(media=medium, color_scheme=scheme, reduced_motion=motion)
            return
        overrides = {
            "prefersColorSchemeOverride": scheme,
            "prefersReducedMotionOverride": motion,
            "mediumOverride": None if print_media is None else "print" if print_media else "",
        }
        self.browser.override(self.page, {name: value for name, value in overrides.items() if value is not None})

    def double_click(self, x: float, y: float) -> None:
        """Click twice at a place of the viewport: Playwright's own clicks never become a dblclick in stock Firefox."""
        self.page.mouse.move(x, y)
        if self.browser.name == "chromium":
            self.page.mouse.dblclick(x, y)
        else:
            self.browser.ask_firefox(FIREFOX_DOUBLE_CLICK, [self.browser.tab(self.page), x, y])
        self.settle()

    def touch(self, *fingers: Collection[Point]) -> None:
        """Put fingers down, move each along its points, and lift them; one finger with one point is a tap."""
        first, *moves = zip(*fingers, strict=True)
        last = moves[-1] if moves else first
        self.browser.touch(self.page, [("start", first), *(("move", move) for move in moves), ("end", last)])
        self.settle()

    @contextmanager
    def download(self) -> Iterator[Download]:
        """Catch the one file that the page offers within the block."""
        caught = Download()
        if self.browser.name == "chromium":
            with self.page.expect_download(timeout=DOWNLOAD_SECONDS * 1000) as info:
                yield caught
            caught.path = self.folder / info.value.suggested_filename
            info.value.save_as(caught.path)
            return
        self.browser.ask_firefox(FIREFOX_FORGET_DOWNLOADS)
        yield caught
        until = time.monotonic() + DOWNLOAD_SECONDS
        while not (arrived := self.browser.ask_firefox(FIREFOX_DOWNLOADED)):
            assert time.monotonic() < until, "the page offered no file"
            self.page.wait_for_timeout(20)
        caught.path = self.folder / Path(arrived).name
        shutil.move(arrived, caught.path)


@dataclass
class Browser:
    """A running browser."""

    name: str
    driven: Driven
    loop: asyncio.AbstractEventLoop
    own_page: Page | None = None  # Firefox's, with the rights of the browser
    numbers: Iterator[int] = field(default_factory=count)
    tabs: dict[Page, str] = field(default_factory=dict)

    def awake(self) -> AbstractContextManager[None]:
        """Within it, Playwright works; outside of it, other tests may run event loops of their own."""
        return running(self.loop)

    def ask_firefox(self, script: str, argument: object = None) -> Any:
        """Run a script with the rights of the browser."""
        if self.own_page is None:
            self.own_page = self._open_own_page()
        return self.own_page.evaluate(script, argument)

    def _open_own_page(self) -> Page:
        from playwright.sync_api import TimeoutError as TooLate

        page = self.driven.new_context(no_viewport=True).new_page()
        for attempt in range(40):  # Firefox forgets to announce about every second of these pages to its driver
            page.goto(f"{FIREFOX_PAGE}?{attempt}", wait_until="commit")
            with suppress(TooLate):
                page.wait_for_function("typeof Services === 'object'", timeout=500)
                return page
        pytest.fail("Firefox does not let its own page be asked")

    def tab(self, page: Page) -> str:
        """The name under which Firefox's own page knows the tab of a page, which must be blank when first asked for."""
        if page not in self.tabs:
            address = f"about:blank#{next(self.numbers)}"
            page.goto(address)
            self.ask_firefox(FIREFOX_FIND_TAB, address)
            self.tabs[page] = address
        return self.tabs[page]

    def override(self, page: Page, overrides: dict[str, str]) -> None:
        """Set attributes of the browsing context of a page in Firefox, as its developer tools do."""
        self.ask_firefox(FIREFOX_OVERRIDE, [self.tab(page), overrides])

    def touch(self, page: Page, steps: list[tuple[str, tuple[Point, ...]]]) -> None:
        """Let the fingers of one hand start, move and end."""
        if self.name == "firefox":
            for kind, points in steps:
                self.ask_firefox(FIREFOX_TOUCH, [self.tab(page), f"touch{kind}", points])
            return
        session = page.context.new_cdp_session(page)
        for kind, points in steps:
            fingers = [] if kind == "end" else [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
            session.send("Input.dispatchTouchEvent", {"type": f"touch{kind.title()}", "touchPoints": fingers})
        session.detach()

    def new_page(self, *, touch: bool, **options: Any) -> Page:
        """A blank page in a profile of its own."""
        page = self.driven.new_context(accept_downloads=True, has_touch=touch, **options).new_page()
        page.context.add_init_script(REPORT_VIOLATIONS)
        if self.name == "firefox":
            self.override(page, {"touchEventsOverride": "enabled" if touch else "none"})
            page.bring_to_front()  # without it a key pressed on a button does not click it
        return page

    def close_page(self, page: Page) -> None:
        if address := self.tabs.pop(page, None):
            self.ask_firefox(FIREFOX_FORGET_TAB, address)
        context: BrowserContext = page.context
        context.close()


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Have `loop` count as the running one only within the block.

    Playwright's synchronous interface leaves its loop marked as running for as long as it lives, which forbids every
    `asyncio.run` in the same process.
    """
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)


def start(playwright: Playwright, name: str, executable: str, folder: Path) -> Driven:
    """Start a browser that is installed on this machine."""
    if name == "chromium":
        return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS, downloads_path=folder)
    return playwright.firefox.launch(
        channel="moz-firefox",  # speaks WebDriver BiDi, not the protocol of Playwright's own build
        executable_path=executable,
        args=["--remote-allow-system-access"],
        downloads_path=folder,
    )


def missing(reason: str) -> NoReturn:
    """Skip the test; where browsers are promised, as in CI, let it fail."""
    if os.environ.get("PAPERGRAPH_BROWSERS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


class Browsers:
    """The browsers that this process has started, each when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, Browser] = {}
        self._playwright: Playwright | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def __getitem__(self, name: str) -> Browser:
        if name not in self._started:
            executable = next(filter(None, map(shutil.which, EXECUTABLES[name])), None)
            if executable is None:
                missing(f"needs {name}: one of the programs {', '.join(EXECUTABLES[name])}")
            loop = self._start_playwright()
            with running(loop):
                assert self._playwright
                driven = start(self._playwright, name, executable, self._folder)
            self._started[name] = Browser(name, driven, loop)
        return self._started[name]

    def _start_playwright(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            api = pytest.importorskip("playwright.sync_api", reason="needs playwright, of the dependency group dev")
            self._playwright = api.sync_playwright().start()
            self._loop = asyncio.get_running_loop()
            asyncio._set_running_loop(None)
        return self._loop

    def close(self) -> None:
        if self._loop is None or self._playwright is None:
            return
        with running(self._loop):
            for browser in self._started.values():
                browser.driven.close()
            self._playwright.stop()


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    browsers = Browsers(tmp_path_factory.mktemp("downloads"))
    yield browsers
    browsers.close()


@pytest.fixture(scope="session", params=list(EXECUTABLES))
def browser(request: pytest.FixtureRequest, browsers: Browsers) -> Browser:
    """Each browser that this machine has, in turn."""
    return browsers[request.param]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page from a file, as a person does, and see at the end that it did nothing that it must not do."""
    opened: list[Opened] = []

    def ask(
        source: str | Path,
        *,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        language: str = "en-US",
        hash: str = "",  # noqa: A002  what browsers call it
        reduced_motion: bool = True,
        touch: bool = False,
        allow_errors: bool = False,
    ) -> Opened:
        """Open the text or the file of a page, and wait until it is ready.

        `allow_errors` says that the test looks itself at what the page did.
        """
        path = source if isinstance(source, Path) else tmp_path / f"page{len(opened)}.html"
        if isinstance(source, str):
            path.write_text(source, encoding="utf-8")
        address = path.resolve().as_uri()
        page = browser.new_page(touch=touch, locale=language, viewport={"width": width, "height": height})
        view = Opened(browser, page, tmp_path, address, allow_errors)
        opened.append(view)
        view.listen()
        view.emulate(dark=dark, reduced_motion=reduced_motion)
        page.goto(f"{address}#{hash.removeprefix('#')}" if hash else address)
        view.wait_until_ready()
        return view

    with browser.awake():
        yield ask
        try:
            for view in opened:
                if not view.allow_errors:
                    view.check()
        finally:
            for view in opened:
                browser.close_page(view.page)


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Look for barriers with axe-core: what a page has that keeps people out, as `impact rule: element`."""
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, of the dependency group dev")
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def ask(opened: Opened, *, impacts: Collection[str] = ("serious", "critical"), **options: Any) -> list[str]:
        opened.page.evaluate(script)  # through the debugger, which the policy of the page does not stop
        found = opened.page.evaluate(AXE_RUN, {"resultTypes": ["violations"], **options})["violations"]
        return [
            f"{violation['impact']} {violation['id']}: {' '.join(map(str, node['target']))}"
            for violation in found
            if violation["impact"] in impacts
            for node in violation["nodes"]
        ]

    return ask
