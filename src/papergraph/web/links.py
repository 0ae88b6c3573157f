"""How the addresses of pages become links: on a server, or between the files of a site."""

from __future__ import annotations

from typing import Protocol


class Links(Protocol):
    """What a page is told about where it stands."""

    @property
    def live(self) -> bool:
        """Whether a server answers: forms and queries work."""
        ...

    @property
    def chosen(self) -> bool:
        """Whether links must name the language."""
        ...

    def to(self, address: str) -> str:
        """Return the link to the page of an address, in the language of this one; "" if there is no such page."""
        ...

    def plain(self, address: str) -> str:
        """Return the link to what has no language: style sheets, scripts, data; "" if there is no such thing."""
        ...

    def other(self, address: str) -> str:
        """Return the link to the same page in the other language."""
        ...
