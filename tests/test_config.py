"""Settings files."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.config import Config, find_config, read_config
from papergraph.errors import ConfigError


def settings(folder: Path, text: str) -> Path:
    path = folder / "papergraph.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert read_config(None) == Config()


def test_relative_paths_count_from_the_file(tmp_path: Path) -> None:
    path = settings(tmp_path, 'notes = ["notes"]\nstore = "graph"\nthreshold = 1\nextractors = ["mine"]\n')
    config = read_config(path)
    assert config.notes == (str(tmp_path / "notes"),)
    assert config.store == str(tmp_path / "graph")
    assert config.threshold == 1.0
    assert config.extractors == ("mine",)


def test_the_nearest_ancestor_wins(tmp_path: Path) -> None:
    settings(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)
    near = settings(tmp_path / "a", "")
    assert find_config(tmp_path / "a" / "b") == near


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("threshhold = 0.5", "did you mean 'threshold'"),
        ("zzz = 1", "known keys"),
        ("threshold = 3", "between 0 and 1"),
        ("note_seconds = inf", "at most 1,000,000"),
        ("note_seconds = nan", "greater than 0"),
        ("note_megabytes = 0", "greater than 0"),
        ("max_bytes = 1000000000000000000000000000000", "at most"),
        (r'store = "a\u0000b"', "NUL"),
        (r'base = "http://x/\u0000/"', "absolute IRI"),
        ('threshold = "high"', "of type float"),
        ('base = "papers"', "absolute IRI"),
        ("notes = [1]", "list of strings"),
        ("notes = ", "invalid TOML"),
        ("max_bytes = true", "of type int"),
    ],
)
def test_a_wrong_setting_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_config(settings(tmp_path, text))
