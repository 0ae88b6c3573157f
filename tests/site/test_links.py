"""Links between files."""

from __future__ import annotations

from papergraph.site.links import Files, SiteLinks

FILES = Files(
    {"/": "index.html", "/id/method/h2o": "method/h2o.html", "/year/2024": "year/2024.html"}, "en", has_map=True
)


def links(language: str = "en", here: str = "method/h2o.html") -> SiteLinks:
    return SiteLinks(FILES, "zh" if language == "zh" else "en", here)


def test_links_are_relative_and_keep_the_language() -> None:
    assert links().to("/id/method/h2o#lines") == "h2o.html#lines"
    assert links().to("/") == "../index.html"
    chinese = links("zh", "zh/method/h2o.html")
    assert chinese.to("/") == "../index.html"
    assert chinese.other("/id/method/h2o") == "../../method/h2o.html"
    assert chinese.plain("/style.css") == "../../style.css"


def test_what_a_site_does_not_have_has_no_link() -> None:
    assert links().to("/query?query=ASK+%7B%7D") == ""
    assert links().plain("/id/method/other.ttl") == ""
    assert links().plain("/id/method/h2o.ttl") == "h2o.ttl"


def test_a_list_narrowed_by_one_facet_is_the_page_of_that() -> None:
    assert links().to("/browse?type=Paper&year=2024") == "../year/2024.html"
    assert links().to("/browse?type=Paper&year=2024&topic=topic:x") == ""


def test_addresses_elsewhere_stay_as_they_are() -> None:
    assert links().to("https://arxiv.org/abs/2306.14048") == "https://arxiv.org/abs/2306.14048"
