"""Addresses that open a note at a line, in the reader's editor or on a website."""

from __future__ import annotations

import re
from urllib.parse import quote

from papergraph.errors import ConfigError

_TEMPLATES = {
    "file": "file://{place}/{{path}}",
    "vscode": "vscode://file{place}/{{path}}:{{line}}",
    "obsidian": "obsidian://open?vault={place}&file={{path}}",
    "github": "https://github.com/{repository}/blob/{branch}/{{path}}?plain=1#L{{line}}",
}
_REFUSED = {"javascript", "data", "vbscript", "blob"}
_FORMS = (
    "file:FOLDER, vscode:FOLDER, obsidian:VAULT, github:OWNER/REPOSITORY@BRANCH, or an address with {path} and {line}"
)


def note_template(text: str) -> str:
    """Return the address of a note with `{path}` and `{line}` in it: a template as it is, or what a short form means.

    The path is the note's in the graph, relative to the folder that was built.

    Raises:
        ConfigError: for text of another form, or an address that would run something.

    >>> note_template("vscode:/home/me/notes")
    'vscode://file/home/me/notes/{path}:{line}'
    >>> note_template("obsidian:Reading list")
    'obsidian://open?vault=Reading%20list&file={path}'
    >>> note_template("github:me/notes@main")
    'https://github.com/me/notes/blob/main/{path}?plain=1#L{line}'
    >>> note_template("zed://file/home/me/{path}:{line}")
    'zed://file/home/me/{path}:{line}'
    >>> note_template("")
    ''
    """
    if not text:
        return ""
    scheme, colon, rest = text.strip().partition(":")
    known = re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) and colon
    if not known or scheme.lower() in _REFUSED:
        raise ConfigError(f"{text!r} is not a valid note URL; use {_FORMS}")
    if "{path}" in text:
        return text.strip()
    if scheme in _TEMPLATES and rest:
        return _expanded(scheme, rest)
    raise ConfigError(f"{text!r} has no placeholder for the path of the note; use {_FORMS}")


def _expanded(scheme: str, rest: str) -> str:
    if scheme == "github":
        repository, _, branch = rest.strip("/").partition("@")
        return _TEMPLATES[scheme].format(repository=quote(repository), branch=quote(branch or "HEAD"))
    place = quote(rest.rstrip("/").replace("\\", "/"), safe="/:" if scheme in {"file", "vscode"} else "")
    # A folder of Windows begins with its drive.
    if scheme in {"file", "vscode"} and not place.startswith("/"):
        place = f"/{place}"
    return _TEMPLATES[scheme].format(place=place)
