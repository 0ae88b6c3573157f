"""A server whose review page is on, and somebody who uses it as a browser does."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from papergraph.config import read_config
from papergraph.serve import Settings
from papergraph.serve.settings import Reviewing
from tests.serve.running import Response, Server, running

TOKEN = "a-secret-of-this-run"  # noqa: S105  of no server but these
NOTE = """A line before.

SnapKV extends H2O.

SnapKV outperforms StreamingLLM.

LoRA is evaluated on LongBench.

We propose ZorbingCache. We propose ZorbinngCache.
"""


@contextlib.contextmanager
def reviewing(vault: Path, *, rebuilds: bool = False) -> Iterator[Server]:
    """Serve the graph of a folder with its review page."""
    config = read_config(vault / "papergraph.toml")
    review = Reviewing(TOKEN, config, rebuilds)
    with running(Settings(vault / ".papergraph", workers=1, review=review)) as server:
        yield server


@dataclass
class Person:
    """Somebody in a browser: keeps the cookie, and sends forms from the page."""

    server: Server
    cookie: str = ""
    page: str = ""
    language: str = "en"
    fields: dict[str, str] = field(default_factory=dict)

    def enter(self, token: str = TOKEN) -> Response:
        answer = self.server.send(f"/review?token={token}")
        self.cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        return answer

    def get(self, path: str = "/review", **headers: str) -> Response:
        answer = self.server.send(path, headers={"Cookie": self.cookie, "Accept-Language": self.language, **headers})
        self._read(answer.text)
        return answer

    def decide(self, action: str, *, headers: Mapping[str, str] | None = None, **fields: str) -> Response:
        """Send the form that the page shows, and follow where it leads."""
        sent = {**self.fields, "do": action, **fields}
        standard = {"Cookie": self.cookie, "Origin": self.server.origin, "Sec-Fetch-Site": "same-origin"}
        standard |= {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        kept = {name: value for name, value in standard.items() if value}
        answer = self.server.send("/review", "POST", urlencode(sent).encode(), kept)
        if answer.status == 303:
            return self.get(answer.headers["location"])
        return answer

    def shows(self) -> str:
        """Return the claim that the page shows, or the pair."""
        heading = self.page.partition('class="panel wide"')[2].partition("</form>")[0]
        pairs = re.findall(r'<a class="name"[^>]*>([^<]*)</a>|<span class="says">([^<]*)</span>', heading)
        return " ".join("".join(pair) for pair in pairs)

    def _read(self, page: str) -> None:
        self.page = page
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        fields = {name: html.unescape(value) for name, value in found if name in {"form", "view", "about"}}
        keys = [html.unescape(value) for name, value in found if name == "key" and value]
        self.fields = {**fields, "key": keys[0] if keys else ""}


def rows(vault: Path) -> list[str]:
    path = vault / "corrections.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [" ".join(line.split("\t")) for line in lines if not line.startswith(("#", "decision"))]
