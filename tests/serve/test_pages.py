"""Pages for people: of every entity, to search, to look around and to ask at; in two languages, without scripts too."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from urllib.parse import quote, unquote_plus

import pytest

from papergraph.ask.choose import choose
from papergraph.ontology.terms import BASE
from papergraph.serve import Settings
from papergraph.store import open_store
from tests.serve.running import Response, Server, running

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
CHINESE = {**BROWSER, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
_VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """The elements of a page; fails where they do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def get(server: Server, path: str, headers: dict[str, str] = BROWSER) -> Response:
    response = server.send(path, headers=headers)
    assert response.status == 200, (path, response.text[:200])
    return response


def test_the_page_of_a_method_tells_what_builds_on_it_with_sentence_and_line(demo: Server) -> None:
    page = get(demo, "/id/method/h2o").text
    outline = Outline(page)
    assert {"built_on_by", "introducedBy", "compared", "measuredOn", "history", "notes"} <= set(outline.ids)
    lineage = page.partition('id="built_on_by"')[2].partition("</section>")[0]
    assert '<a class="name" href="/id/method/keyformer">Keyformer</a>' in lineage
    assert "improves on" in lineage
    cite = r'<cite><a href="/id/note/[\w-]+\.md#line-\d+">[\w-]+\.md:\d+</a></cite>'
    assert re.search(rf"<blockquote>[^<]*H2O[^<]*{cite}</blockquote>", lineage)


def test_designed_for_stands_apart_from_measured_on(demo: Server) -> None:
    page = get(demo, "/id/model/jamba").text
    designed = page.partition('id="designedFor"')[2].partition("</section>")[0]
    assert "single 80GB GPU" in designed
    assert "single 80GB GPU" not in page.partition('id="measuredOn"')[2].partition("</section>")[0]


def test_every_kind_of_entity_has_a_page_that_nests(demo: Server, demo_store: Path) -> None:
    store = open_store(demo_store)
    for kind in ("paper", "method", "model", "inst", "hw", "dataset", "topic", "person"):
        for candidate in store.entities(f"{BASE}{kind}/")[:4]:
            Outline(get(demo, "/id/" + candidate.iri.removeprefix(BASE)).text)


def test_the_query_behind_each_panel_gives_what_the_panel_shows(demo: Server) -> None:
    page = get(demo, "/id/method/h2o").text
    for panel in re.findall(r'<section class="panel[^>]*id="\w+">.*?</section>', page, re.DOTALL):
        if not (link := re.search(r'class="sparql" href="/query\?query=([^"]+)"', panel)):
            continue
        names = set(re.findall(r'<a class="name" href="/id/([^"]+)">', panel))
        answer = json.loads(demo.ask(unquote_plus(link[1]), "application/sparql-results+json").body)
        assert names == {row["other"]["value"].removeprefix(BASE) for row in answer["results"]["bindings"]}


def test_notes_open_where_the_person_who_serves_says(demo_store: Path) -> None:
    settings = Settings(demo_store, workers=1, note_url="vscode://file/notes/{path}:{line}")
    with running(settings) as server:
        assert re.search(r'<a href="vscode://file/notes/[\w-]+\.md:\d+"', get(server, "/id/method/h2o").text)


@pytest.mark.parametrize(
    ("path", "headers", "words"),
    [
        ("/id/method/h2o", CHINESE, "基于它的工作"),
        ("/id/method/h2o?lang=zh", BROWSER, "基于它的工作"),
        ("/id/method/h2o?lang=en", CHINESE, "What builds on it"),
        ("/?lang=zh", BROWSER, "预置查询"),
        ("/browse?type=Model&lang=zh", BROWSER, "模型"),
    ],
)
def test_pages_speak_both_languages(demo: Server, path: str, headers: dict[str, str], words: str) -> None:
    page = get(demo, path, headers).text
    assert words in page
    assert f'<html lang="{"zh-CN" if "zh" in path or (headers is CHINESE and "en" not in path) else "en"}">' in page


def test_a_chosen_language_is_kept_by_links(demo: Server) -> None:
    page = get(demo, "/id/method/h2o?lang=zh").text
    assert 'href="/id/method/keyformer?lang=zh"' in page
    assert 'name="lang" value="zh"' in page


def test_a_search_leads_to_the_one_thing_meant(demo: Server) -> None:
    found = demo.send("/find?q=" + quote("heavy-hitter oracle"), headers=BROWSER)
    assert (found.status, found.headers["location"]) == (303, "/id/method/h2o")
    chinese = demo.send("/find?q=" + quote("清华大学") + "&lang=zh", headers=BROWSER)
    assert chinese.headers["location"] == "/id/inst/tsinghua-university?lang=zh"


def test_a_search_that_fits_several_things_lists_them_as_commands_choose(demo: Server, demo_store: Path) -> None:
    chosen = choose(open_store(demo_store), "端侧")
    assert chosen.alternatives
    page = get(demo, "/find?q=" + quote("端侧")).text
    listed = re.findall(r'href="/id/((?:hw|topic|method|paper)/[^"?]+)"', page)
    assert list(dict.fromkeys(listed)) == [c.iri.removeprefix(BASE) for c in chosen.candidates]


def test_a_search_for_nothing_known_offers_names_like_it(demo: Server) -> None:
    page = get(demo, "/find?q=Keyformr").text
    assert 'href="/id/method/keyformer"' in page
    assert get(demo, "/find?q=" + quote("<script>alert(1)</script>")).text.count("<script>") == 0


def test_an_empty_search_shows_everything(demo: Server) -> None:
    assert demo.send("/find?q=", headers=BROWSER).headers["location"] == "/browse"


def test_everything_is_listed_by_type_and_page(demo: Server, demo_store: Path) -> None:
    methods = open_store(demo_store).entities(f"{BASE}method/")
    listed = set(re.findall(r'href="/id/(method/[^"?]+)"', get(demo, "/browse?type=Method").text))
    assert len(listed) == min(len(methods), 300)
    for path in ("/browse?type=Nothing", "/browse?type=Method&page=99", "/browse?type=Method&page=-1"):
        assert "/id/method/" in get(demo, path).text


def test_a_wrong_query_comes_back_with_what_is_wrong(demo: Server) -> None:
    response = demo.send("/sparql?query=" + quote("SELECT ?x { ?x pg:uses }"), headers=BROWSER)
    assert response.status == 400
    assert "invalid SPARQL at line 1, column" in response.text
    assert "SELECT ?x { ?x pg:uses }</textarea>" in response.text


def test_a_query_in_an_address_is_shown_and_not_asked(demo: Server) -> None:
    page = get(demo, "/query?query=" + quote("ASK { <a> <b> '</textarea><script>' }")).text
    assert "<pre>" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_the_editor_knows_the_prefixes_the_terms_and_the_names(demo: Server) -> None:
    terms = json.loads(re.search(r'id="terms">(.*?)</script>', get(demo, "/query").text)[1])  # type: ignore[index]
    assert terms["prefixes"]["pg"].startswith("https://")
    assert {"pg:improvesOn", "pg:Method", "rdfs:label"} <= set(terms["terms"])
    assert ["method:h2o", "H2O"] in terms["names"]


@pytest.fixture(scope="module")
def chromium() -> str:
    if not (binary := which("chromium")):
        pytest.skip("needs chromium")
    return binary


@pytest.mark.slow
def test_the_editor_takes_the_place_of_the_text_area_and_heeds_the_policy(demo: Server, chromium: str) -> None:
    command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    address = f"{demo.origin}/query?query=" + quote("SELECT ?m { ?m pg:improvesOn method:h2o }")
    made = subprocess.run(
        [*command, "--virtual-time-budget=3000", "--dump-dom", address],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert re.search(r"<textarea[^>]*hidden", made.stdout)
    assert not re.search(r'<div id="editor"[^>]*hidden', made.stdout)
    assert "Content Security Policy" not in made.stderr


def test_a_part_of_a_name_finds_it_in_both_scripts(demo: Server) -> None:
    assert ">PyramidKV</a>" in get(demo, "/find?q=amidk").text
    chinese = get(demo, "/find?q=" + quote("缓存淘汰"), CHINESE).text
    assert "/id/topic/kv-cache-eviction" in chinese


def test_the_first_page_shows_what_is_named_most(demo: Server) -> None:
    page = get(demo, "/").text
    Outline(page)
    assert "Named most often" in page
    assert 'href="/id/method/lora"' in page


def test_a_query_with_a_term_that_does_not_exist_is_answered_with_those_near(demo: Server) -> None:
    asked = "/sparql?query=SELECT%20%3Fx%20%7B%20%3Fx%20pg%3Ause%20%3Fy%20%7D"
    assert "pg:use (pg:uses" in demo.send(asked, headers=BROWSER).text
    assert "本体中没有以下术语" in demo.send(asked, headers=CHINESE).text
    assert "Not in the ontology" not in demo.send(asked.replace("use", "uses"), headers=BROWSER).text
