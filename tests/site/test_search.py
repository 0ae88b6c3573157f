"""Search in a site, from the disk, in both browsers; nothing is asked of the network."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.site import SiteOptions, write_site
from papergraph.site.search import SHARDS, Sentence, folded, keys, sentence_scripts, shard
from tests.web.graphs import library_store

TEXT = st.text(st.sampled_from("持续学习方法KVcacheß heavy-hitter H₂O（ＫＶ）é,。"), max_size=30)


def data(script: bytes) -> list[Any]:
    """The arguments of a script."""
    call = re.fullmatch(r"papergraph\.\w+\((.*)\)\n", script.decode(), re.DOTALL)
    assert call
    return list(json.loads(f"[{call[1]}]".replace("<\\!", "<!")))


@given(TEXT, st.integers(0, 28), st.integers(2, 6))
def test_chinese_and_beginnings_of_words_share_a_key_with_their_text(text: str, at: int, size: int) -> None:
    plain = folded(text)
    piece = plain[at : at + size].strip()
    begins = at == 0 or not plain[at - 1 : at].isalnum() or ord(plain[at]) > 0x3000 if at < len(plain) else False
    if begins and keys(piece):
        first = next(iter(re.findall(r"[\u3400-\u9fff]{2}|[a-z0-9\u00df-\u024f]{2,}", piece)), "")
        if first:
            assert (first[:2] if ord(first[0]) > 0x3000 else first[:3]) in keys(text) | keys(piece)


def test_sentences_are_found_again_from_the_steps_between_their_numbers() -> None:
    sentences = [Sentence(f"持续学习 number {n % 3}", "note/a.html", "a.md:1") for n in range(450)]
    scripts = dict(sentence_scripts(sentences))
    number, table = data(scripts[f"search/keys-{shard('持续')}.js"])
    assert number == shard("持续")
    total, ids = 0, []
    for step in table["持续"]:
        total += step
        ids.append(total)
    assert ids == list(range(450))
    assert [len(data(scripts[f"search/text-{n}.js"])[1]) for n in range(3)] == [200, 200, 50]
    assert len([name for name in scripts if "keys" in name]) == SHARDS


def test_text_cannot_leave_its_script() -> None:
    scripts = dict(sentence_scripts([Sentence("</script><!-- \u2028 \ud800", "x", "a.md:1")]))
    text = scripts["search/text-0.js"]
    assert b"</" not in text
    assert b"<!" not in text
    assert data(text)[1][0][0].startswith("</script>")


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright, of the dependency group dev")
    binary = which("firefox-esr") or which("firefox") if request.param == "firefox" else which("chromium")
    if not binary:
        pytest.skip(f"needs {request.param}")
    with sync_api.sync_playwright() as driver:
        if request.param == "chromium":
            opened = driver.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        else:
            opened = driver.firefox.launch(channel="moz-firefox", executable_path=binary)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def library_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search") / "知识 库"
    write_site(library_store(), folder, SiteOptions())
    return folder


def asked(page: Any, query: str) -> tuple[list[str], list[str]]:
    page.fill("#search-form input", query)
    wanted = unicodedata.normalize("NFKC", query).lower().strip()
    page.wait_for_function("q => document.getElementById('search-form').dataset.done === q", arg=wanted)
    return page.locator("#found-names a").all_inner_texts(), page.locator("#found-text a").all_inner_texts()


@pytest.mark.slow
def test_it_finds_names_and_sentences_of_both_scripts_from_the_disk(
    browser: Any, demo_site: Path, library_site: Path
) -> None:
    page = browser.new_context().new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((demo_site / "index.html").as_uri())
    page.fill("header input[type=search]", "heavy hitter")
    page.press("header input[type=search]", "Enter")
    page.wait_for_selector("#search-form[data-done='heavy hitter']")
    names, sentences = asked(page, "Heavy Hitter")
    assert names == ["H2O"]
    assert sentences
    assert all("heavy" in text.lower() for text in sentences)
    assert "KV Cache Eviction" in asked(page, "缓存淘汰")[0]
    assert all("注意力" in text for text in asked(page, "注意力")[1])
    assert asked(page, "注意力")[1]
    assert asked(page, "ｌｏｒａ")[0][0] == "LoRA"
    assert asked(page, "no such thing anywhere") == ([], [])
    page.goto((library_site / "zh" / "search.html").as_uri())
    names, sentences = asked(page, "持续学习")
    assert names == ["持续学习综述"]
    assert sentences
    page.click("#found-text a")
    page.wait_for_url(re.compile(r"#line-[\d-]+$"))
    assert "持续学习" in page.inner_text(f"[id='{page.url.rpartition('#')[2]}']")
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    page.context.close()


@pytest.mark.slow
def test_names_that_look_like_markup_stay_text_and_the_map_leads_to_pages(browser: Any, library_site: Path) -> None:
    page = browser.new_context().new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto((library_site / "search.html").as_uri())
    assert asked(page, "<b>tool")[0] == ["<b>Tool</b>"]
    assert asked(page, "cila</a><script>")[0] == ["Ali\ufffdecila</a><script>alert(1)</script>"]
    page.goto((library_site / "search.html").as_uri() + "#method/h2o")
    page.wait_for_url("**/method/h2o.html")
    page.goto((library_site / "map.html").as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
    assert errors == []
    page.context.close()


@pytest.mark.slow
def test_the_theme_is_kept_and_there_before_anything_is_painted(browser: Any, library_site: Path) -> None:
    page = browser.new_context().new_page()
    page.goto((library_site / "index.html").as_uri())
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.select_option("#theme", "dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto((library_site / "zh" / "method" / "h2o.html").as_uri(), wait_until="commit")
    page.wait_for_selector("body")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.select_option("#theme", "")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    assert page.evaluate("document.cookie") == ""
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("name", ["index.html", "method/h2o.html", "note", "zh/list/method.html", "year/2024.html"])
def test_axe_finds_no_serious_barrier(browser: Any, demo_site: Path, name: str, look: str) -> None:
    if browser.browser_type.name != "chromium":
        pytest.skip("one browser is enough for axe")
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, of the dependency group dev")
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    size = {"width": 390, "height": 844} if look == "phone" else {"width": 1300, "height": 900}
    context = browser.new_context(viewport=size, color_scheme="dark" if look == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    path = next((demo_site / "note").glob("kv-cache*.html")) if name == "note" else demo_site / name
    page.goto(path.as_uri())
    page.evaluate(script)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == []
    assert not wide
