"""The page that compares works."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from papergraph.ask.choose import choose
from papergraph.insight.compare import ASPECTS, compare_works
from papergraph.ontology.relation_labels import Language
from papergraph.serve import Settings
from papergraph.serve.words import words_in
from papergraph.store import open_store
from tests.serve.running import Server, running
from tests.serve.test_pages import Outline, get


def test_it_shows_every_value_that_python_finds_with_its_line(demo: Server, demo_store: Path) -> None:
    page = html.unescape(get(demo, "/compare?name=H2O&name=SnapKV").text)
    Outline(get(demo, "/compare?name=H2O&name=SnapKV").text)
    store = open_store(demo_store)
    found = compare_works(store, [choose(store, name).iri for name in ("H2O", "SnapKV")])
    for aspect in found.aspects:
        for cell in aspect.cells:
            for value in cell:
                assert value.text in page
                assert f">{value.evidence[0].note}:{value.evidence[0].line}</a>" in page
    assert "—" in page.partition('scope="row">Components')[2].partition("</tr>")[0]


def test_it_asks_for_names_and_says_which_are_unknown(demo: Server) -> None:
    empty = get(demo, "/compare").text
    assert empty.count('name="name"') == 3
    assert "<table" not in empty
    unknown = get(demo, "/compare?name=H2O&name=SnapKW").text
    assert "SnapKV" in unknown.partition('role="alert"')[2].partition("</p>")[0]
    assert "<script>" not in get(demo, "/compare?name=" + quote("<script>1</script>")).text


def test_it_answers_no_more_than_eight_names(demo: Server) -> None:
    page = get(
        demo,
        "/compare?"
        + "&".join(f"name={n}" for n in ("H2O", "SnapKV", "LoRA", "DoRA", "GPTQ", "AWQ", "DPO", "PPO", "KTO")),
    )
    assert page.text.count('<th scope="col">') == 8


def test_places_open_where_the_person_who_serves_says(demo_store: Path) -> None:
    settings = Settings(demo_store, workers=1, note_url="vscode://file/notes/{path}:{line}")
    with running(settings) as server:
        page = get(server, "/compare?name=H2O&name=SnapKV").text
        assert re.search(r'href="vscode://file/notes/[\w-]+\.md:\d+"', page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_aspect_has_a_name_in_each_language(demo: Server, language: Language) -> None:
    words = words_in(language, chosen=True)
    page = get(demo, f"/compare?name=H2O&name=SnapKV&lang={language}").text
    for name in ASPECTS:
        key = f"aspect_{name.replace(' ', '_')}"
        assert words(key) != key.partition("_")[2]
        assert words(key) in page
