"""The interactive page beside plain pyvis output on the same graph, in one run, in headless Chromium.

    python benchmarks/page.py [--nodes 300 1000 3000 10000 30000]

For each size: the size of the file, CPU seconds of the whole browser until the page is at rest (an empty page taken
off), milliseconds of one full redraw, and the heap after it. Plain pyvis lays its graph out in the browser; as that
takes minutes for thousands of nodes, it is given up above --most-stock nodes, and its redraw is measured with our
positions. Drawing is done in software, as on a machine without a graphics card.
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Empty, Queue

from query import make_graph

from papergraph.model import Graph
from papergraph.view import render_view
from papergraph.view.payload import make_payload

#: Half of the things in a made-up graph are methods, and each brings so many quads with it.
_QUADS_A_NODE = 39
#: Sent to us when the page is at rest: milliseconds since it began to load, of a redraw, and the heap in MB.
_PROBE = """
const ready = performance.now(), times = [];
for (let n = 0; n < 9; n += 1) {
  const start = performance.now();
  network.redraw();
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const body = JSON.stringify([ready, times[4], performance.memory.usedJSHeapSize / 1e6]);
fetch("/measured", { method: "POST", body });
"""


def ours(graph: Graph) -> str:
    """Return our page, which measures itself when it is ready."""
    page = re.sub(r"script-src [^;]+;", "script-src 'unsafe-inline'; connect-src 'self';", render_view(graph))
    inside, end, rest = page.rpartition("})();")
    return f"{inside}requestAnimationFrame(() => requestAnimationFrame(() => {{ {_PROBE} }}));{end}{rest}"


def stock(graph: Graph, *, placed: bool) -> str:
    """Return what a few lines of plain pyvis make of the graph; with our positions and without physics if `placed`."""
    from pyvis.network import Network

    payload = make_payload(graph)
    network = Network(directed=True, cdn_resources="in_line")
    for node in payload["nodes"]:
        place = {"x": node["x"], "y": node["y"], "physics": False} if placed else {}
        network.add_node(node["id"], label=node["label"], title=node["label"], **place)
    # add_edge looks at all edges before; this is the same without waiting for that.
    network.edges = [
        {"from": e["from"], "to": e["to"], "title": e["predicate"], "arrows": "to"} for e in payload["edges"]
    ]
    if placed:
        network.toggle_physics(False)
    wait = "requestAnimationFrame(" if placed else 'network.once("stabilizationIterationsDone", '
    probe = f"<script>{wait}() => {{ {_PROBE} }});</script></body>"
    return network.generate_html().replace("</body>", probe)


@contextmanager
def served(page: bytes, answers: Queue[list[float]]) -> Iterator[str]:
    """Serve the page on the loopback, and take what it measured."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if self.path == "/" else b"")

        def do_POST(self) -> None:
            answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def browse(page: str, limit: float) -> tuple[float, list[float] | None]:
    """Return the CPU seconds of the browser until the page was at rest, and what it measured; None if it never was."""
    answers: Queue[list[float]] = Queue()
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as profile, served(page.encode("utf-8", "replace"), answers) as address:
        command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
        command += ["--window-size=1280,800", f"--user-data-dir={profile}", address]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            measured = answers.get(timeout=limit)
        except Empty:
            measured = None
        used = cpu_seconds(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return used, measured


def cpu_seconds(session: int) -> float:
    """Return the CPU seconds of all processes of a session so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 1_000, 3_000, 10_000, 30_000])
    parser.add_argument("--most-stock", type=int, default=1_000)
    parser.add_argument("--limit", type=float, default=300.0)
    arguments = parser.parse_args()
    empty = "<!doctype html><script>fetch('/measured', {method: 'POST', body: '[0, 0, 0]'})</script>"
    idle = min(browse(empty, 60)[0] for _ in range(3))
    print(
        f"{'nodes':>7}  {'page':16}{'build s':>9}{'MB':>7}{'CPU s':>8}{'ready ms':>10}{'redraw ms':>11}{'heap MB':>9}"
    )
    for count in arguments.nodes:
        graph = make_graph(count * _QUADS_A_NODE)
        kinds: dict[str, Callable[[Graph], str]] = {"papergraph": ours, "pyvis, placed": partial(stock, placed=True)}
        if count <= arguments.most_stock:
            kinds["pyvis"] = partial(stock, placed=False)
        for name, make in kinds.items():
            start = time.process_time()
            page = make(graph)
            built = time.process_time() - start
            used, measured = browse(page, arguments.limit)
            shown = "{:>10.0f}{:>11.1f}{:>9.1f}".format(*measured) if measured else f"{'never at rest':>30}"
            size = len(page.encode("utf-8", "replace")) / 1e6
            print(f"{len(graph.entities):>7}  {name:16}{built:>9.2f}{size:>7.2f}{used - idle:>8.2f}{shown}", flush=True)


if __name__ == "__main__":
    main()
