"""The names of the files of a site: ASCII, unique whatever the case, and always the same for the same address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from papergraph.ontology.iri import digest, slug
from papergraph.web.address import PLACE

#: What a name may be as it is; capitals are no part of it, since many disks do not tell them from small letters.
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")
#: Names that Windows keeps for devices, with any ending, and those of our own pages.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?")
_LONGEST = 60
_FIXED = {
    "/": "index",
    "/conflicts": "conflicts",
    "/gaps": "gaps",
    "/search": "search",
    "/timeline": "list/timelines",
    "/years": "list/years",
    "/venues": "list/venues",
    "/notes": "list/notes",
}


def page_file(address: str) -> str:
    """Return the path of the file of a page, in the folder of its language.

    >>> page_file("/"), page_file("/id/method/h2o"), page_file("/browse?type=Method&page=2")
    ('index.html', 'method/h2o.html', 'list/method_2.html')
    >>> page_file("/year/2024"), page_file("/timeline?name=topic:kv-cache")
    ('year/2024.html', 'timeline/topic/kv-cache.html')
    >>> page_file("/id/paper/openreview-RkRrPp7GKO")
    'paper/openreview-rkrrpp7gko-976735a2cb.html'
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    page = f"_{asked['page']}" if "page" in asked else ""
    return f"{_stem(parts.path, asked)}{page}.html"


def _stem(path: str, asked: dict[str, str]) -> str:
    if path == "/timeline" and "name" in asked:
        kind, _, local = asked["name"].partition(":")
        return f"timeline/{_safe(kind)}/{_safe(local)}"
    if path in _FIXED:
        return _FIXED[path]
    if path == "/browse":
        return f"list/{_safe(asked.get('type', '').lower())}"
    kind, _, local = path.removeprefix(PLACE).lstrip("/").partition("/")
    return f"{_safe(kind)}/{_safe(unquote(local))}"


def _safe(name: str) -> str:
    """Return a name itself if every disk takes it, else one like it with a hash of it.

    >>> _safe("h2o"), _safe("con")
    ('h2o', 'con-1143da2bc5')
    """
    if _SAFE.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    return f"{slug(name)[:_LONGEST].strip('-') or 'x'}-{digest(name, length=10)}"
