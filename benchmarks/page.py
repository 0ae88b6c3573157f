"""The interactive page beside plain pyvis output on the same graph, in one run, in headless Chromium without a GPU.

    python benchmarks/page.py [--nodes 300 1000 3000 10000 30000] [--most-stock 1000]

For each size and page: CPU seconds to build it (layout and all), megabytes of the file, milliseconds from opening it
until it can be used, CPU seconds of the whole browser until then, milliseconds of one full redraw with its raster
(the median of 12), the 95th percentile of the gaps between frames while the picture is dragged and zoomed for three
seconds each, frames a second while dragging, and the heap after a collection of garbage.

Plain pyvis lays its graph out in the browser. As that takes minutes for thousands of nodes, it is given up above
--most-stock nodes, and only its redraw with our positions is measured there.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from made_up_map import make_map_graph
from playwright.sync_api import Browser, Page, sync_playwright

from papergraph.model import Graph
from papergraph.page import make_page
from papergraph.page.layout import lay_out
from papergraph.page.network import to_pyvis

_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-precise-memory-info",
]
_SIZE = {"width": 1400, "height": 900}
_SECONDS = 3.0
#: Notes when each frame was drawn, as long as it is told to.
_FRAMES = """
() => {
  window.frames_ = [];
  const note = (time) => { window.frames_.push(time); if (window.frames_) requestAnimationFrame(note); };
  requestAnimationFrame(note);
}
"""
_REDRAW = """
(draw) => {
  const pen = document.querySelector("canvas").getContext("2d"), times = [];
  for (let n = 0; n < 12; n += 1) {
    const start = performance.now();
    DRAW;
    pen.getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
  }
  return times;
}
"""


@dataclass(frozen=True)
class Kind:
    """A way of making a page, and how to tell what it is at."""

    make: Callable[[Graph], str]
    ready: str
    """Scripts that is true when the page can be used."""
    draw: str
    """Script that draws everything once."""
    limit: float = 120.0
    """Seconds after which it is given up."""


def ours(graph: Graph) -> str:
    """Return our page."""
    return make_page(graph).html


def stock(graph: Graph, *, placed: bool) -> str:
    """Return what a few lines of plain pyvis make of the graph; with our positions and without physics if `placed`."""
    from pyvis.network import Network

    if placed:
        return _marked(to_pyvis(graph, lay_out(graph)), "requestAnimationFrame(() => { window.usable = true; })")
    network = Network(directed=True, cdn_resources="in_line")
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    for iri, number in numbers.items():
        network.add_node(number, label=iri.rpartition("/")[2], title=iri)
    # add_edge looks at all edges before; this is the same without waiting for that.
    network.edges = [
        {"from": numbers[r.subject], "to": numbers[r.object], "title": r.predicate, "arrows": "to"}
        for r in graph.relations
        if r.subject in numbers and r.object in numbers
    ]
    return _marked(network, 'network.once("stabilizationIterationsDone", () => { window.usable = true; })')


def _marked(network: Any, when: str) -> str:
    """Return a pyvis page that says when it can be used, without the parts that would be fetched from elsewhere."""
    html = network.generate_html()
    return str(html.replace("</body>", f"<script>{when}</script></body>"))


KINDS = {
    "papergraph": Kind(ours, "document.documentElement.dataset.ready === 'true'", "papergraph.stage.engine.draw()"),
    "pyvis, placed": Kind(partial(stock, placed=True), "window.usable === true", "network.redraw()"),
    "pyvis": Kind(partial(stock, placed=False), "window.usable === true", "network.redraw()", 600.0),
}


@contextmanager
def opened(browser: Browser, html: str) -> Iterator[tuple[Page, Path]]:
    """Write a page to a file and return a tab that has not opened it yet; no request leaves the machine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport=_SIZE, reduced_motion="reduce", offline=True)
        page = context.new_page()
        page.route("http*://**", lambda route: route.abort())
        yield page, file
        context.close()


def cpu_seconds(browser: Browser) -> float:
    """Return the CPU seconds that all processes of the browser have used."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(process["cpuTime"] for process in processes)


def measure(browser: Browser, html: str, kind: Kind) -> list[float] | None:
    """Return ready ms, CPU s, redraw ms, p95 of drag and zoom gaps in ms, frames a second, heap MB; None if never."""
    with opened(browser, html) as (page, file):
        before = cpu_seconds(browser)
        page.goto(file.as_uri(), wait_until="commit")
        if not usable(page, kind):
            return None
        ready = page.evaluate("performance.now()")
        used = cpu_seconds(browser) - before
        page.wait_for_timeout(800)
        redraw = statistics.median(page.evaluate(_REDRAW.replace("DRAW", kind.draw)))
        pan, rate = gaps(page, drag)
        zoomed, _ = gaps(page, wheel)
        return [ready, used, redraw, pan, zoomed, rate, heap(page)]


def usable(page: Page, kind: Kind) -> bool:
    """Wait until the page can be used; tell whether it ever could. Pages may forbid eval, so they are asked anew."""
    end = time.monotonic() + kind.limit
    while time.monotonic() < end:
        if page.evaluate(kind.ready):
            return True
        time.sleep(0.02)
    return False


def gaps(page: Page, move: Callable[[Page], None]) -> tuple[float, float]:
    """Return the 95th percentile of the gaps between frames in ms while the pointer does something, and the rate."""
    page.evaluate(_FRAMES)
    move(page)
    times = page.evaluate("(() => { const all = window.frames_; window.frames_ = null; return all; })()")
    between = sorted(b - a for a, b in itertools.pairwise(times))
    return between[int(len(between) * 0.95)], 1000 * (len(times) - 1) / (times[-1] - times[0])


def drag(page: Page) -> None:
    """Drag the ground to and fro."""
    page.mouse.move(700, 560)  # within the canvas of plain pyvis too, which is 600 pixels high
    page.mouse.down()
    end, n = time.monotonic() + _SECONDS, 0
    while time.monotonic() < end:
        n += 1
        page.mouse.move(700 + 160 * ((n % 40) / 20 - 1), 560 - 120 * ((n % 60) / 30))
    page.mouse.up()
    page.wait_for_timeout(400)


def wheel(page: Page) -> None:
    """Zoom in and out."""
    page.mouse.move(720, 480)
    end, n = time.monotonic() + _SECONDS, 0
    while time.monotonic() < end:
        n += 1
        page.mouse.wheel(0, -100 if n % 20 < 10 else 100)
        page.wait_for_timeout(60)


def heap(page: Page) -> float:
    """Return the megabytes of the heap after a collection of garbage."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 1_000, 3_000, 10_000, 30_000])
    parser.add_argument("--most-stock", type=int, default=1_000)
    arguments = parser.parse_args()
    heads = ("build s", "MB", "ready ms", "CPU s", "redraw ms", "drag p95", "zoom p95", "frames/s", "heap MB")
    print(f"{'nodes':>7}  {'page':14}" + "".join(f"{head:>10}" for head in heads))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        for count in arguments.nodes:
            graph = make_map_graph(count)
            for name, kind in KINDS.items():
                if name == "pyvis" and count > arguments.most_stock:
                    continue
                start = time.process_time()
                html = kind.make(graph)
                row = [time.process_time() - start, len(html.encode("utf-8", "replace")) / 1e6]
                measured = measure(browser, html, kind)
                cells = "".join(f"{value:>10.2f}" for value in [*row, *(measured or [])])
                print(f"{len(graph.entities):>7}  {name:14}{cells}{'' if measured else '  never usable'}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
