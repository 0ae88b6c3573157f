"""Years, venues, notes and lists on the server."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest

from tests.serve.running import Server
from tests.serve.test_pages import BROWSER, CHINESE, Outline, get


@pytest.mark.parametrize("path", ["/years", "/venues", "/notes", "/year/2024", "/venue/icml", "/id/person/zhuyun-dai"])
@pytest.mark.parametrize("headers", [BROWSER, CHINESE])
def test_each_has_a_page_whose_links_lead_somewhere(demo: Server, path: str, headers: dict[str, str]) -> None:
    page = get(demo, path, headers).text
    Outline(page)
    links = [link for link in re.findall(r'href="(/[^"]+)"', page.partition("<main>")[2]) if "?format" not in link]
    assert links
    for link in links[:5]:
        get(demo, html.unescape(link).partition("#")[0])


@pytest.mark.parametrize("path", ["/year/1066", "/year/" + quote("<b>"), "/venue/nowhere", "/venue/..%2F..%2Fetc"])
def test_what_is_not_there_is_not_found(demo: Server, path: str) -> None:
    response = demo.send(path, headers=BROWSER)
    assert response.status == 404
    assert "<b>" not in response.text


@pytest.mark.parametrize(
    "path", ["/year/2024?page=x", "/venues?page=1e9", "/notes?page=%00", "/browse?page=99999999999"]
)
def test_a_page_that_is_no_number_is_refused(demo: Server, path: str) -> None:
    assert demo.send(path, headers=BROWSER).status == 400


def test_a_narrowed_list_can_be_shared_and_keeps_the_language(demo: Server) -> None:
    page = get(demo, "/browse?type=Method&year=2024&topic=topic:kv-cache-eviction&lang=zh").text
    assert "SnapKV" in page
    assert "/id/method/lora?" not in page
    taken_back = re.search(r'<a href="([^"]+)" class="chosen"', page)
    assert taken_back
    assert "lang=zh" in taken_back[1]
    assert "year=2024" in html.unescape(taken_back[1]) or "topic=" in html.unescape(taken_back[1])


def test_hostile_facets_stay_text(demo: Server) -> None:
    page = get(demo, "/browse?type=Method&topic=" + quote('"><script>alert(1)</script>\u202e')).text
    Outline(page)
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_theme_comes_from_this_server_and_sets_no_cookie(demo: Server) -> None:
    page = get(demo, "/")
    assert "set-cookie" not in page.headers
    script = get(demo, "/theme.js")
    assert script.type == "text/javascript"
    assert "cookie" not in script.text.replace("cookie-free", "")
    assert page.text.index("/theme.js") < page.text.index("/style.css")
    style = get(demo, "/style.css").text
    assert "[data-theme=dark]" in style
    assert "prefers-color-scheme: dark" in style
