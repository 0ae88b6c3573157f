"""The links and anchors of a site, read as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes whose addresses a browser may follow or load.
_ADDRESSES = {"href", "src", "action", "data", "poster", "srcset", "formaction"}


@dataclass
class Read:
    """What a page links to, what it loads, and the places on it."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    language: str = ""


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.read = Read()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.read.language = values.get("lang", "")
        if values.get("id"):
            self.read.ids.append(values["id"])
        for name in _ADDRESSES & values.keys():
            loads = tag in {"script", "img", "iframe", "object"} or (
                tag == "link" and values.get("rel") in {"stylesheet", "icon"}
            )
            (self.read.loaded if loads else self.read.links).append(values[name])


def read_pages(folder: Path) -> dict[Path, Read]:
    """Every page of a site but the map, which `tests/page` reads."""
    return {
        path.relative_to(folder): _Reader(path.read_text(encoding="utf-8")).read
        for path in sorted(folder.rglob("*.html"))
        if path.name != "map.html"
    }


def broken(folder: Path, pages: dict[Path, Read]) -> Iterator[str]:
    """Every link that leads nowhere in the folder, or to no place on its page."""
    root = folder.resolve()
    for name, page in pages.items():
        for link in (*page.links, *page.loaded):
            parts = urlsplit(link)
            if not link:
                yield f"{name}: an empty link"
            if parts.scheme in {"https", "http", "data"}:
                continue
            target = (folder / name if not parts.path else folder / name.parent / unquote(parts.path)).resolve()
            if parts.scheme or parts.netloc or not target.is_relative_to(root) or not target.is_file():
                yield f"{name}: {link!r}"
            elif (
                parts.fragment
                and target.name not in {"map.html", "search.html"}
                and parts.fragment not in pages[target.relative_to(root)].ids
            ):
                yield f"{name}: {link!r}: no such place"
