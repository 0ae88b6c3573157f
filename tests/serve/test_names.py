"""Names that forms offer."""

from __future__ import annotations

import json

from tests.serve.running import Server


def offered(server: Server, query: str) -> list[dict[str, str]]:
    return list(json.loads(server.send(f"/names?{query}").text))


def test_names_that_contain_what_is_typed_the_like_first(demo: Server) -> None:
    found = offered(demo, "q=h2")
    assert found[0] == {"label": "H2O", "type": "Method"}
    assert len(found) <= 12
    assert len({name["label"] for name in found}) == len(found)


def test_names_of_the_wanted_type_come_first(demo: Server) -> None:
    found = offered(demo, "q=long&type=Dataset")
    assert found[0]["type"] == "Dataset"


def test_chinese_names_are_found_by_a_part(demo: Server) -> None:
    assert any("Tsinghua" in name["label"] or "清华" in name["label"] for name in offered(demo, "q=%E6%B8%85%E5%8D%8E"))


def test_nothing_is_offered_for_nothing(demo: Server) -> None:
    assert offered(demo, "") == offered(demo, "q=") == offered(demo, "q=%20") == []
    assert offered(demo, "q=zzzzqqqq&type=Nothing") == []
