"""The list of pages that search engines read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Addresses that one sitemap may hold.
MOST = 50_000


def sitemaps_of(base_url: str, pages: Sequence[str], most: int = MOST) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of these pages, name and content; an index and several if they are too many for one.

    Without the address at which the site will stand there is none.
    """
    if not base_url:
        return
    base = base_url.rstrip("/") + "/"
    places = [base + quote(_tidy(name)) for name in sorted(pages)]
    parts = [places[n : n + most] for n in range(0, len(places), most)]
    if len(parts) == 1:
        yield "sitemap.xml", _sitemap("urlset", "url", places)
        return
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _sitemap("urlset", "url", part)
    yield "sitemap.xml", _sitemap("sitemapindex", "sitemap", [f"{base}sitemap-{n + 1}.xml" for n in range(len(parts))])


def _tidy(name: str) -> str:
    """Return a file as hosts show it: a folder for its index.

    >>> _tidy("zh/index.html"), _tidy("index.html"), _tidy("method/index-x.html")
    ('zh/', '', 'method/index-x.html')
    """
    return name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name


def _sitemap(root: str, row: str, places: Sequence[str]) -> bytes:
    rows = "".join(f"<{row}><loc>{escape(place)}</loc></{row}>\n" for place in places)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{rows}</{root}>\n'.encode()
