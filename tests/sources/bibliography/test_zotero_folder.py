"""Finding the database of Zotero's default profile."""

from __future__ import annotations

import json
from pathlib import Path

from papergraph.sources.bibliography.zotero_folder import find_database


def profile(home: Path, preferences: str) -> None:
    folder = home / ".zotero" / "zotero"
    (folder / "abc.default").mkdir(parents=True)
    text = "[General]\nStartWithLastProfile=1\n\n[Profile0]\nName=old\nPath=old\n\n"
    text += "[Profile1]\nName=default\nIsRelative=1\nPath=abc.default\nDefault=1\n"
    (folder / "profiles.ini").write_text(text, encoding="utf-8")
    (folder / "abc.default" / "prefs.js").write_text(preferences, encoding="utf-8")


def test_the_data_folder_of_the_preferences_is_used(tmp_path: Path) -> None:
    data = tmp_path / "my data"
    data.mkdir()
    (data / "zotero.sqlite").touch()
    lines = [
        "// Mozilla preferences",
        'user_pref("extensions.zotero.useDataDir", true);',
        f'user_pref("extensions.zotero.dataDir", {json.dumps(str(data))});',
    ]
    profile(tmp_path, "\n".join(lines))
    assert find_database(tmp_path, {}) == data / "zotero.sqlite"


def test_the_usual_folder_is_used_without_preferences(tmp_path: Path) -> None:
    assert find_database(tmp_path, {}) is None
    profile(tmp_path, 'user_pref("extensions.zotero.useDataDir", false);\nnot a preference\n')
    (tmp_path / "Zotero").mkdir()
    (tmp_path / "Zotero" / "zotero.sqlite").touch()
    assert find_database(tmp_path, {}) == tmp_path / "Zotero" / "zotero.sqlite"
