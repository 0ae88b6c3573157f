"""Whatever may change an extraction changes the fingerprint, and with it what of the cache still counts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import papergraph
from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.pipeline import fingerprint
from papergraph.pipeline.fingerprint import data_fingerprint, extraction_fingerprint
from papergraph.store import open_store
from tests.conftest import NOTES, ROOT, Install


def test_the_users_files_count_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "methods.tsv"
    config = Config(vocabulary=(str(path),))
    path.write_text("name\nZorbify\n", encoding="utf-8")
    first = (data_fingerprint(config), extraction_fingerprint(config))
    path.write_text("name\nZorbified\n", encoding="utf-8")
    second = (data_fingerprint(config), extraction_fingerprint(config))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mine\.yaml: cannot read the file: No such file"):
        extraction_fingerprint(Config(patterns=(str(tmp_path / "mine.yaml"),)))


def test_the_packages_that_extraction_relies_on_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = extraction_fingerprint(Config())
    fingerprint._environment.cache_clear()
    monkeypatch.setattr(fingerprint, "version", lambda package: "99" if package == "pypinyin" else "1")
    try:
        assert extraction_fingerprint(Config()) != before
    finally:
        fingerprint._environment.cache_clear()


def test_the_source_of_a_third_party_extractor_counts(unruly: str) -> None:
    config = Config(extractors=(unruly,))
    before = extraction_fingerprint(config)
    module = Path(os.environ["PYTHONPATH"]) / "unruly.py"
    module.write_text(module.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")
    assert extraction_fingerprint(config) != before


def test_so_does_every_module_of_its_package(install: Install) -> None:
    install("several", "RULES = ()")
    folder = Path(os.environ["PYTHONPATH"])
    (folder / "several").mkdir()
    (folder / "several.py").rename(folder / "several" / "__init__.py")
    (folder / "several" / "words.py").write_text("WORDS = 1\n", encoding="utf-8")
    before = extraction_fingerprint(Config(extractors=("several",)))
    (folder / "several" / "words.py").write_text("WORDS = 2\n", encoding="utf-8")
    assert extraction_fingerprint(Config(extractors=("several",))) != before


@pytest.mark.slow
def test_a_store_that_two_versions_of_the_code_built_equals_a_fresh_one(tmp_path: Path) -> None:
    """The newer code is a copy in which the rule of list heads is sure of itself in another degree."""
    changed = tmp_path / "newer"
    shutil.copytree(Path(papergraph.__file__).parent, changed / "papergraph")
    packaged = changed / "papergraph" / "_resources"  # where a wheel has them
    for folder in ("data", "ontology", "viz"):
        shutil.copytree(ROOT / folder, packaged / folder, ignore=shutil.ignore_patterns("node_modules"))
    rule = changed / "papergraph" / "extract" / "registry.py"
    source = rule.read_text(encoding="utf-8")
    assert "(50, 2, 0.85)" in source
    rule.write_text(source.replace("(50, 2, 0.85)", "(50, 2, 0.87)"), encoding="utf-8")
    relate = changed / "papergraph" / "extract" / "relate" / "field_values.py"
    relate.write_text(relate.read_text(encoding="utf-8") + "\n# newer\n", encoding="utf-8")

    notes = [str(path) for path in sorted(NOTES.glob("*.md"))[:5]]

    def build(store: str, code: Path | None) -> str:
        environment = {**os.environ, **({"PYTHONPATH": str(code)} if code else {})}
        command = [sys.executable, "-P", "-m", "papergraph", "-q", "build", *notes, "--store", str(tmp_path / store)]
        subprocess.run(command, check=True, capture_output=True, env=environment)
        return open_store(tmp_path / store, verify=True).digest

    older = build("reused", None)
    kept = {p.name for p in (tmp_path / "reused" / "cache").iterdir()}
    newer = build("reused", changed)
    assert kept.isdisjoint(p.name for p in (tmp_path / "reused" / "cache").iterdir())
    assert newer == build("fresh", changed)
    assert build("reused", None) == older
