"""What the tests of the page do on it, in the words of people: look something up, click it, read the panel."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.page.browser.conftest import Opened

#: Seconds in which a page does what it is going to do, on a machine that does other things too.
PATIENCE = 30.0
#: Seconds after which a person clicks again, and how often at most.
AGAIN, TRIES = 3.0, 3


@dataclass(frozen=True)
class Reader:
    """Somebody who reads the page."""

    opened: Opened

    @property
    def page(self) -> Any:
        return self.opened.page

    def node(self, name: str) -> int:
        """Return the number of what is best known by a name."""
        found = self.page.evaluate(f"papergraph.find({name!r})")
        assert found is not None, f"the page knows no {name}"
        return int(found)

    def place(self, name: str) -> tuple[float, float]:
        """Return where something stands on the page."""
        place = self.page.evaluate(f"papergraph.locate({self.node(name)})")
        assert place, f"{name} is not in the picture"
        return place["x"], place["y"]

    def click(self, name: str) -> None:
        """Click the mark of something on the canvas."""
        chosen = f"papergraph.view().selected === {self.node(name)}"
        for _ in range(TRIES):
            self.page.mouse.click(*self.place(name))
            if self.comes_true(chosen, AGAIN):
                return
        raise AssertionError(f"never came true: {chosen}")

    def double_click(self, name: str, script: str) -> None:
        """Click the mark of something twice, again where the two came too far apart, until a script is true."""
        for _ in range(TRIES):
            self.opened.double_click(*self.place(name))
            if self.comes_true(script, AGAIN):
                return
        raise AssertionError(f"never came true: {script}")

    def comes_true(self, script: str, seconds: float) -> bool:
        """Wait until a script is true, and say whether it came to that."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(script):
            if time.monotonic() > end:
                return False
            self.page.wait_for_timeout(25)
        return True

    def until(self, script: str) -> None:
        """Wait until a script is true."""
        assert self.comes_true(script, PATIENCE), f"never came true: {script}"

    def look_up(self, name: str) -> None:
        """Search for a name and choose the first hit."""
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")

    def view(self) -> dict[str, Any]:
        """Return the view, without its sets."""
        return dict(self.page.evaluate("JSON.parse(JSON.stringify(papergraph.view()))"))

    def drawn(self) -> set[str]:
        """Return the names of what is in the picture."""
        script = """(() => { const { graph, stage } = papergraph, { present } = stage.scene.arrangement;
          return graph.label.filter((_, n) => present[n]); })()"""
        return set(self.page.evaluate(script))

    def lines(self) -> int:
        """Return how many relations are in the picture."""
        return int(self.page.evaluate("papergraph.stage.scene.arrangement.lines.length"))

    def panel(self) -> str:
        """Return what the panel says, when it has been filled."""
        self.page.wait_for_selector("#panel h2")
        return str(self.page.inner_text("#panel"))

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash.slice(1)"))

    def rest(self) -> None:
        """Let the picture come to rest."""
        moving = "JSON.stringify([papergraph.stage.engine.camera(), papergraph.stage.scene.travelling])"
        self.page.wait_for_timeout(260)
        before = None
        while before != (before := self.page.evaluate(moving)):
            self.page.wait_for_timeout(60)
