"""The pages that scripts write are what the scripts write now, and the commands on pages print what the pages say."""

from __future__ import annotations

import html
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest

import papergraph as pg
from tests.conftest import ROOT, Run

DOCS = ROOT / "docs"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli", "ontology"])
def test_a_reference_is_what_it_is_made_from(name: str) -> None:
    module = script(name)
    assert module.TARGET.read_text(encoding="utf-8") == module.reference(), f"run: python docs/{name}.py"


def test_the_queries_by_example_give_these_answers(demo_store: Path) -> None:
    module = script("queries")
    assert module.TARGET.read_text(encoding="utf-8") == module.reference(pg.open_graph(demo_store)), (
        "run: python docs/queries.py"
    )


TRANSCRIPTS = script("transcripts")


@pytest.mark.parametrize("name", TRANSCRIPTS.PAGES)
def test_the_commands_of_a_page_print_what_it_says(
    name: str, run: Run, tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    TRANSCRIPTS.prepare(page, tmp_path)
    shutil.copytree(demo_store, tmp_path / ".papergraph")  # spares the notes that were read before

    def call(arguments: list[str]) -> str:
        outcome = run(*arguments)
        assert outcome.code == 0, (arguments, outcome.err)
        return outcome.out

    assert "$ papergraph" in page
    assert TRANSCRIPTS.refreshed(page, call) == page, "run: python docs/transcripts.py"


@pytest.mark.slow
def test_every_link_of_the_website_leads_to_a_place_on_it_and_nothing_is_fetched(tmp_path: Path) -> None:
    pytest.importorskip("zensical", reason="needs the dependency group docs")
    site = tmp_path / "site"
    script("website").build(site)
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html") if page.name != "404.html"}
    assert {"index.html", "first-steps.zh.html", "cli.html", "queries.html"} <= {page.name for page in pages}
    anchors = {page: set(re.findall(r'\bid="?([^"\s>]+)', text)) for page, text in pages.items()}
    for page, text in pages.items():
        assert not re.findall(r"<(?:script|img|link[^>]*stylesheet)[^>]*(?:src|href)=\"?https?:", text), page
        for found in re.findall(r'<a\s[^>]*?href="?([^"\s>]+)', text):
            link = urlsplit(html.unescape(found))
            if not link.scheme:
                target = (page.parent / unquote(link.path)).resolve() if link.path else page
                target = target / "index.html" if target.is_dir() else target
                assert target.exists(), (page, found)
                assert not link.fragment or target not in anchors or unquote(link.fragment) in anchors[target], found
