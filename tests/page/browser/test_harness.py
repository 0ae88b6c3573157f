"""The harness sees what a page does, and what a person does reaches the page. The pages here are not ours."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.page.browser import conftest
from tests.page.browser.conftest import Browser, Opened

pytestmark = pytest.mark.slow

OpenPage = Callable[..., Opened]

LISTEN = """
  window.log = [];
  const kinds = ["click", "contextmenu", "dblclick", "keydown", "pointerdown", "pointermove", "pointerup", "touchstart",
    "touchmove", "touchend", "wheel"];
  for (const kind of kinds) document.addEventListener(kind, (e) => window.log.push({ kind, x: e.clientX, y: e.clientY,
    key: e.key, shift: e.shiftKey, ctrl: e.ctrlKey, buttons: e.buttons, wheel: e.deltaY, by: e.pointerType,
    fingers: e.touches?.length, trusted: e.isTrusted }));
  document.addEventListener("wheel", (e) => e.preventDefault(), { passive: false }); // else Ctrl zooms Firefox
"""


def html(body: str = "", script: str = "", *, strict: bool = True) -> str:
    """A page that is ready at once; `strict` with a policy that allows nothing but its own script and styles."""
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{own}'"
    return (
        '<!doctype html><html lang="en" data-ready="true"><head><meta charset="utf-8"><title>A page</title>'
        + (f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if strict else "")
        + '<meta name="viewport" content="width=device-width"><style>body { margin: 0; min-height: 500px; }</style>'
        + f"</head><body><main><h1>A page</h1>{body}</main><script>{script}</script></body></html>"
    )


@pytest.fixture
def nowhere() -> Iterator[str]:
    """The address of a port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def events(opened: Opened, *kinds: str) -> list[dict[str, object]]:
    opened.settle()
    return [event for event in opened.page.evaluate("window.log") if event["kind"] in kinds]


def test_a_quiet_page_passes_and_its_hash_is_there(open_page: OpenPage) -> None:
    picture = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    opened = open_page(html(f'<img alt="a dot" src="{picture}">', "history.replaceState(null, '', '#b');"), hash="a")
    assert opened.page.evaluate("location.hash") == "#b"
    opened.page.reload()
    opened.check()


def test_every_request_is_seen(open_page: OpenPage, nowhere: str) -> None:
    body = f'<img alt="" src="http://{nowhere}/img"><link rel="stylesheet" href="http://{nowhere}/css">'
    script = f"""
      delete document.documentElement.dataset.ready;
      navigator.sendBeacon("http://{nowhere}/beacon");
      const socket = new WebSocket("ws://{nowhere}/socket");
      const closed = new Promise((done) => socket.onclose = done);
      const fetched = fetch("http://{nowhere}/fetch").catch(() => null);
      const all = [closed, fetched, new Promise((done) => addEventListener("load", done))];
      Promise.all(all).then(() => document.documentElement.dataset.ready = true);
    """
    opened = open_page(html(body, script, strict=False), allow_errors=True)
    with pytest.raises(AssertionError, match="request: http"):
        opened.check()
    asked = {request.rpartition("/")[2] for request in opened.requests}
    assert asked == {"img", "css", "beacon", "socket", "fetch"}


def test_errors_and_dialogs_are_seen(open_page: OpenPage) -> None:
    script = """
      console.error("said", { so: 1 }); console.warn("harmless"); Promise.reject(new Error("rejected"));
      alert("stop"); window.answers = [confirm("sure?"), prompt("name?")];
      throw new TypeError("thrown");
    """
    opened = open_page(html("", script), allow_errors=True)
    with pytest.raises(AssertionError, match=r"error: (?s:.*)thrown"):
        opened.check()
    assert [any(word in error for error in opened.errors) for word in ("said", "rejected", "thrown")] == [True] * 3
    assert not any("harmless" in error for error in opened.errors)
    assert opened.dialogs == ["alert: stop", "confirm: sure?", "prompt: name?"]
    assert opened.page.evaluate("window.answers") == [False, None]


def test_what_the_policy_of_the_page_stops_is_seen(open_page: OpenPage, nowhere: str) -> None:
    body = (
        f'<img alt="" src="http://{nowhere}/a"><img alt="" src="data:," onerror="PWNED = 1"><script>PWNED = 2</script>'
    )
    opened = open_page(html(body), allow_errors=True)
    with pytest.raises(AssertionError, match="CSP"):
        opened.check()
    stopped = {error.split()[1] for error in opened.errors if error.startswith("CSP: ")}
    assert stopped == {"img-src", "script-src-attr", "script-src-elem"}
    assert opened.page.evaluate("typeof PWNED") == "undefined"


def test_what_runs_from_notes_is_seen(open_page: OpenPage) -> None:
    opened = open_page(html("<script>PWNED = 1</script>", strict=False), allow_errors=True)
    with pytest.raises(AssertionError, match="PWNED"):
        opened.check()


def test_a_page_that_never_stands_fails(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "READY_SECONDS", 0.2)
    with pytest.raises(pytest.fail.Exception, match="no such thing"):
        open_page(html("", 'delete document.documentElement.dataset.ready; throw Error("no such thing");'))


@pytest.mark.parametrize("dark", [False, True], ids=["light-english", "dark-chinese"])
def test_the_page_is_told_who_looks_at_it(open_page: OpenPage, dark: bool) -> None:
    language, width = ("zh-CN", 390) if dark else ("en-US", 1100)
    style = """<style>h1 { color: rgb(1, 1, 1); } @media (prefers-color-scheme: dark) { h1 { color: rgb(2, 2, 2); } }
      @media print { h1 { color: rgb(3, 3, 3); } }</style>"""
    opened = open_page(
        html(style), dark=dark, language=language, width=width, height=700, reduced_motion=not dark, touch=dark
    )
    color = "getComputedStyle(document.querySelector('h1')).color"
    told = """({ dark: matchMedia("(prefers-color-scheme: dark)").matches, languages: navigator.languages[0],
      calm: matchMedia("(prefers-reduced-motion: reduce)").matches, size: [innerWidth, innerHeight],
      date: new Date(0).toLocaleDateString(undefined, { month: "long", timeZone: "UTC" }),
      touch: "ontouchstart" in window, coarse: matchMedia("(pointer: coarse)").matches })"""
    assert opened.page.evaluate(told) == {
        "dark": dark,
        "languages": language,
        "calm": not dark,
        "size": [width, 700],
        "date": "一月" if dark else "January",
        "touch": dark,
        "coarse": dark,
    }
    assert opened.page.evaluate(color) == ("rgb(2, 2, 2)" if dark else "rgb(1, 1, 1)")
    opened.emulate(dark=not dark, reduced_motion=dark)
    assert opened.page.evaluate(color) == ("rgb(1, 1, 1)" if dark else "rgb(2, 2, 2)")
    opened.emulate(print_media=True)
    assert opened.page.evaluate(color) == "rgb(3, 3, 3)"
    opened.emulate(print_media=False, dark=dark)
    assert opened.page.evaluate(color) == ("rgb(2, 2, 2)" if dark else "rgb(1, 1, 1)")
    opened.page.set_viewport_size({"width": 500, "height": 600})
    assert opened.page.evaluate("[innerWidth, innerHeight]") == [500, 600]


def test_a_download_is_caught(open_page: OpenPage) -> None:
    script = """
      document.querySelector("button").onclick = (e) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob(["重击者 " + e.shiftKey], { type: "text/plain" }));
        link.download = "notes 图.txt";
        link.click();
      };
    """
    opened = open_page(html("<button>Take</button>", script))
    button = opened.page.get_by_role("button", name="Take")
    for shift in (False, True):
        with opened.download() as file:
            button.click(modifiers=["Shift"] if shift else [])
        assert (file.name, file.text()) == ("notes 图.txt", f"重击者 {str(shift).lower()}")
        file.path.unlink()


def test_the_mouse_arrives(open_page: OpenPage) -> None:
    opened = open_page(html("<button>Press</button>", LISTEN))
    mouse, keyboard = opened.page.mouse, opened.page.keyboard
    mouse.move(100, 300)
    mouse.down()
    mouse.move(160, 330, steps=3)
    mouse.up()
    drag = events(opened, "pointerdown", "pointermove", "pointerup")
    assert [(e["kind"], e["buttons"], e["by"]) for e in drag] == [
        ("pointermove", 0, "mouse"),
        ("pointerdown", 1, "mouse"),
        *[("pointermove", 1, "mouse")] * 3,
        ("pointerup", 0, "mouse"),
    ]
    assert (drag[-1]["x"], drag[-1]["y"]) == (160, 330)
    mouse.wheel(0, 120)
    keyboard.down("Control")
    mouse.wheel(0, -120)
    keyboard.up("Control")
    assert [(e["wheel"], e["ctrl"], e["x"]) for e in events(opened, "wheel")] == [(120, False, 160), (-120, True, 160)]
    opened.double_click(60, 410)
    opened.page.get_by_role("button", name="Press").click()
    mouse.click(50, 400, button="right")  # the last: in Firefox a real menu opens, and takes what comes next
    assert [e["x"] for e in events(opened, "dblclick", "contextmenu")] == [60, 50]
    assert len(events(opened, "click")) == 4  # after the drag, twice in the double click, the button
    assert all(e["trusted"] for e in opened.page.evaluate("window.log"))


def test_the_keyboard_arrives(open_page: OpenPage) -> None:
    opened = open_page(html('<label>Find <input></label><a href="#x">next</a>', LISTEN))
    keyboard = opened.page.keyboard
    opened.page.get_by_label("Find").focus()
    keyboard.type("héllo")
    keyboard.insert_text("重击者")
    assert opened.page.get_by_label("Find").input_value() == "héllo重击者"
    keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.textContent") == "next"
    keyboard.press("Shift+ArrowLeft")
    keyboard.press("Enter")
    pressed = [(e["key"], e["shift"]) for e in events(opened, "keydown")][-4:]
    assert pressed == [("Tab", False), ("Shift", True), ("ArrowLeft", True), ("Enter", False)]
    assert opened.page.evaluate("location.hash") == "#x"


def test_fingers_arrive(open_page: OpenPage) -> None:
    opened = open_page(html("<style>body { touch-action: none; }</style>", LISTEN), touch=True)
    opened.touch([(100, 300)])
    tap = events(opened, "pointerdown", "pointerup", "touchstart", "touchend")
    assert [e["kind"] for e in tap] == ["pointerdown", "touchstart", "pointerup", "touchend"]
    assert {e["by"] for e in tap if e["by"]} == {"touch"}
    opened.page.evaluate("window.log = []")
    opened.touch([(100, 300), (80, 300), (60, 300)], [(200, 300), (220, 300), (240, 300)])  # a pinch outwards
    places = [(e["kind"], e["x"]) for e in events(opened, "pointerdown", "pointermove", "pointerup")]
    assert sorted(places[:2]) == [("pointerdown", 100), ("pointerdown", 200)]
    assert sorted(places[-2:]) == [("pointerup", 60), ("pointerup", 240)]
    assert {80, 220} <= {x for kind, x in places if kind == "pointermove"}
    assert max(int(str(e["fingers"])) for e in events(opened, "touchmove")) == 2


def test_axe_finds_barriers_under_a_strict_policy(open_page: OpenPage, axe: Callable[..., list[str]]) -> None:
    good = open_page(html("<button>Press</button><p>Words</p>"))
    assert axe(good, impacts=("minor", "moderate", "serious", "critical")) == []
    bad = open_page(html('<button></button><input><p style="color: #ccc; background: #fff">pale</p>'))
    assert {found.split(":")[0] for found in axe(bad)} == {
        "critical button-name",
        "critical label",
        "serious color-contrast",
    }


def test_a_started_browser_leaves_event_loops_to_other_tests(browser: Browser) -> None:
    assert browser.driven.is_connected()
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"


def test_a_page_may_come_from_a_file_of_its_own(open_page: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "图 of notes.html"
    path.write_text(html("<p>Words</p>"), encoding="utf-8")
    assert open_page(path).page.get_by_text("Words").is_visible()
