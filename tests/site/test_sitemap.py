"""The list of pages for search engines."""

from __future__ import annotations

from xml.etree import ElementTree

from papergraph.site.sitemap import sitemaps_of

PAGES = ["zh/index.html", "index.html", "method/h2o.html"]
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def places(content: bytes) -> list[str | None]:
    return [loc.text for loc in ElementTree.fromstring(content).iter(LOC)]  # noqa: S314  our own text


def test_without_an_address_there_is_none() -> None:
    assert list(sitemaps_of("", PAGES)) == []


def test_it_lists_every_page_below_the_address() -> None:
    ((name, content),) = sitemaps_of("https://example.org/n?&".removesuffix("?&"), PAGES)
    assert name == "sitemap.xml"
    assert places(content) == [
        "https://example.org/n/",
        "https://example.org/n/method/h2o.html",
        "https://example.org/n/zh/",
    ]


def test_too_many_for_one_are_parted_under_an_index() -> None:
    found = dict(sitemaps_of("https://example.org/", PAGES, most=2))
    assert list(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert places(found["sitemap.xml"]) == ["https://example.org/sitemap-1.xml", "https://example.org/sitemap-2.xml"]
    assert len(places(found["sitemap-1.xml"])) == 2
