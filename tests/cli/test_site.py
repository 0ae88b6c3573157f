"""`papergraph site`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from papergraph.store import write_generation
from tests.conftest import ROOT, Run
from tests.graphs import RUN
from tests.web.graphs import library


@pytest.fixture
def store(tmp_path: Path) -> Path:
    write_generation(tmp_path / "store", library(), RUN)
    return tmp_path / "store"


def test_it_writes_a_site_and_says_what_it_did(run: Run, store: Path, tmp_path: Path) -> None:
    first = run("site", "-o", tmp_path / "site", "--store", store, "--base-url", "https://example.org/n/")
    assert first.code == 0
    assert first.out == f"{tmp_path / 'site' / 'index.html'}\n"
    assert re.search(r"\d+ files: (\d+) written, 0 unchanged, 0 removed", first.err)
    assert "https://example.org/n/zh/method/h2o.html" in (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")
    again = run("site", "-o", tmp_path / "site", "--store", store, "--no-map")
    assert "2 removed" in again.err  # map and sitemap
    assert not (tmp_path / "site" / "map.html").exists()


def test_a_file_in_the_way_is_an_error_and_nothing_is_written(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine", encoding="utf-8")
    outcome = run("site", "-o", tmp_path / "site", "--store", store)
    assert outcome.code == 2
    assert "index.html: not made by papergraph; move it" in outcome.err
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["index.html"]


def test_an_edited_page_that_is_no_longer_made_is_named(run: Run, store: Path, tmp_path: Path) -> None:
    run("site", "-o", tmp_path / "site", "--store", store)
    (tmp_path / "site" / "map.html").write_text("edited", encoding="utf-8")
    assert (
        "map.html: no longer part of the site, and edited"
        in run("site", "-o", tmp_path / "site", "--store", store, "--no-map").err
    )


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://example.org/?a", "https://a b"])
def test_an_address_that_is_none_is_wrong_usage(run: Run, store: Path, tmp_path: Path, address: str) -> None:
    assert run("site", "-o", tmp_path / "site", "--store", store, "--base-url", address).code == 2


def test_without_a_store_it_says_how_to_build_one(run: Run, tmp_path: Path) -> None:
    outcome = run("site", "-o", tmp_path / "site", "--store", tmp_path / "none")
    assert (outcome.code, "papergraph build" in outcome.err) == (1, True)


def test_the_workflow_of_the_documentation_builds_a_site(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    (workflow,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "notes").mkdir()
    note = "# KV cache\n\n- Keyformer improves on H2O with Gumbel noise.\n"
    (tmp_path / "notes" / "kv.md").write_text(note, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    steps = yaml.safe_load(workflow)["jobs"]["site"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("papergraph ")]
    assert len(commands) == 2
    for command in commands:
        outcome = run(*shlex.split(command)[1:])
        assert outcome.code == 0, outcome.err
    (upload,) = (step for step in steps if "upload-pages" in step.get("uses", ""))
    assert (tmp_path / upload["with"]["path"] / "index.html").is_file()
