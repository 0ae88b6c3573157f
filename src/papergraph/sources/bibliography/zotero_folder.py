"""Where Zotero keeps its database: in the data folder of the default profile."""

from __future__ import annotations

import configparser
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

#: The database in a data folder.
DATABASE = "zotero.sqlite"
_PREFERENCE = "extensions.zotero."


def find_database(home: Path | None = None, environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the database of the default profile of the user, or None if there is none."""
    home = home or Path.home()
    for folder in _profiles(home, os.environ if environment is None else environment):
        data = _data_folder(folder)
        if data and (data / DATABASE).is_file():
            return data / DATABASE
    usual = home / "Zotero" / DATABASE
    return usual if usual.is_file() else None


def _profiles(home: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the folder of the default profile of each way of installing Zotero."""
    places = [
        home / ".zotero" / "zotero",
        home / ".var" / "app" / "org.zotero.Zotero" / ".zotero" / "zotero",
        home / "snap" / "zotero-snap" / "common" / ".zotero" / "zotero",
        home / "Library" / "Application Support" / "Zotero",
    ]
    if roaming := environment.get("APPDATA", "") if sys.platform == "win32" else "":
        places.insert(0, Path(roaming) / "Zotero" / "Zotero")
    for place in places:
        listed = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            listed.read_string((place / "profiles.ini").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, configparser.Error):
            continue
        sections = [listed[s] for s in listed.sections() if s.startswith("Profile") and "Path" in listed[s]]
        default = next((s for s in sections if s.get("Default") == "1"), sections[0] if sections else None)
        if default:
            path = default["Path"]
            yield place / path if default.get("IsRelative", "1") == "1" else Path(path)


def _data_folder(profile: Path) -> Path | None:
    """Return the data folder that the preferences of a profile name; None for the usual one."""
    try:
        lines = (profile / "prefs.js").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    values = dict(filter(None, map(_preference, lines)))
    folder = values.get("dataDir")
    return Path(folder) if values.get("useDataDir") is True and isinstance(folder, str) and folder else None


def _preference(line: str) -> tuple[str, object] | None:
    r"""Return the name and the value of a preference of Zotero, which are written as JSON has them.

    >>> _preference('user_pref("extensions.zotero.dataDir", "D:\\\\Zotero");')
    ('dataDir', 'D:\\Zotero')
    """
    start, _, rest = line.strip().partition("(")
    if start != "user_pref" or not rest.endswith(");"):
        return None
    try:
        name, value = json.loads(f"[{rest[:-2]}]")
    except ValueError:
        return None
    return (name.removeprefix(_PREFERENCE), value) if str(name).startswith(_PREFERENCE) else None
