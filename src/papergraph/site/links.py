"""Links between the files of a site: relative, so that it may stand anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, urlsplit

from papergraph.ontology.relation_labels import Language
from papergraph.web.address import PLACE
from papergraph.web.works import YEAR

#: Where what has no language lies, by its address.
SHARED = {"/style.css": "style.css", "/theme.js": "theme.js", "/search.js": "search.js", "/ontology": "ontology.ttl"}
MAP = "map.html"


@dataclass(frozen=True, slots=True)
class Files:
    """What a site has."""

    pages: Mapping[str, str]
    """The file of each page by its address, in the folder of a language."""
    first: Language
    """The language whose pages are at the top; the others have a folder."""
    has_map: bool = True
    data: bool = True
    """Whether there is RDF beside the pages of entities and notes."""

    def page(self, address: str, language: Language) -> str:
        """Return the file of a page in a language; "" if there is no such page."""
        name = self.pages.get(address, "")
        return name if not name or language == self.first else f"{language}/{name}"

    def shared(self, address: str) -> str:
        """Return the file of what has no language; "" if there is no such thing."""
        if address == "/graph":
            return MAP if self.has_map else ""
        stem, dot, ending = address.rpartition(".")
        if self.data and dot and ending in {"ttl", "jsonld"} and stem in self.pages:
            return self.pages[stem].removesuffix(".html") + dot + ending
        return SHARED.get(address, "")


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Links from one file of a site."""

    files: Files
    language: Language
    here: str
    """The file that they stand in."""

    @property
    def live(self) -> bool:
        """No server answers."""
        return False

    @property
    def chosen(self) -> bool:
        """The map must be told the language; pages have one each."""
        return True

    def to(self, address: str) -> str:
        """Return the relative link to a page in this language; "" if there is no such page."""
        if not address.startswith("/"):
            return address
        place, mark, fragment = address.partition("#")
        name = self.files.page(place, self.language) or self.files.page(_facet(place), self.language)
        return f"{self.relative(name)}{mark}{fragment}" if name else ""

    def plain(self, address: str) -> str:
        """Return the relative link to what has no language; "" if there is no such thing."""
        name = self.files.shared(address)
        return self.relative(name) if name else ""

    def other(self, address: str) -> str:
        """Return the relative link to the same page in the other language."""
        return self.relative(self.files.page(address, "en" if self.language == "zh" else "zh"))

    def relative(self, name: str) -> str:
        """Return the link to a file of the site."""
        return _relative(name, dirname(self.here))


@lru_cache(maxsize=65536)
def _relative(name: str, folder: str) -> str:
    return relpath(name, folder or ".")


def _facet(address: str) -> str:
    """Return the address of the page that lists the same works as a list narrowed by one facet.

    >>> _facet("/browse?type=Method&year=2024"), _facet("/browse?type=Method&topic=topic:kv-cache")
    ('/year/2024', '/id/topic/kv-cache')
    """
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"type", "page"}]
    if parts.path != "/browse" or len(asked) != 1:
        return ""
    name, value = asked[0]
    return YEAR + value if name == "year" else PLACE + value.replace(":", "/", 1)
