"""The review page: claims one after the other, as forms that need no script; nothing but corrections.tsv is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.config import Config
from tests.cli.corrected import built_folder
from tests.serve.reviewing import NOTE, Person, reviewing, rows
from tests.serve.running import Server
from tests.serve.test_pages import Outline


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_folder(tmp_path_factory.mktemp("built"), NOTE)


@pytest.fixture
def vault(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "vault"))


@pytest.fixture
def server(vault: Path) -> Iterator[Server]:
    with reviewing(vault) as server:
        yield server


@pytest.fixture
def person(server: Server) -> Person:
    person = Person(server)
    assert person.enter().status == 303
    assert person.get().status == 200
    return person


def test_a_claim_is_shown_with_its_sentence_and_the_lines_around_it(person: Person) -> None:
    person.get("/review?about=H2O")
    Outline(person.page)
    assert person.shows() == "SnapKV extends H2O"
    context = person.page.partition('class="context"')[2].partition("</div>")[0]
    order = ["A line before.", "<blockquote>SnapKV extends H2O.", "cache.md:3", "SnapKV outperforms StreamingLLM."]
    places = [context.index(text) for text in order]
    assert places == sorted(places)


def test_decisions_are_written_at_once_and_not_asked_again(person: Person, vault: Path) -> None:
    first = person.shows()
    person.decide("accept")
    assert [row.split()[0] for row in rows(vault)] == ["accept"]
    second = person.shows()
    person.decide("reject")
    assert [row.split()[0] for row in rows(vault)] == ["accept", "reject"]
    assert len({first, second, person.shows()}) == 3
    assert "2 decided in" in person.page


def test_skipping_writes_nothing_and_comes_back(person: Person, vault: Path) -> None:
    seen = []
    while person.fields["key"]:
        seen.append(person.shows())
        person.decide("skip")
    assert len(set(seen)) == len(seen) == 3
    assert rows(vault) == []
    assert f"{len(seen)} skipped" in person.page
    person.decide("again")
    assert person.shows() == seen[0]


def test_undo_removes_the_last_line_and_asks_again(person: Person, vault: Path) -> None:
    first = person.shows()
    person.decide("accept")
    person.decide("skip")
    person.decide("undo")
    assert len(rows(vault)) == 1
    person.decide("undo")
    assert rows(vault) == []
    assert person.shows() == first
    assert "nothing to undo" in person.decide("undo").text


def test_an_undo_that_is_sent_twice_takes_back_one_decision(person: Person, vault: Path) -> None:
    person.decide("accept")
    person.decide("accept")
    (step,) = set(re.findall(r'name="step" value="(\d+)"', person.page))
    person.decide("undo", step=step)
    person.decide("undo", step=step)
    assert len(rows(vault)) == 1


def test_a_change_an_own_type_no_entity_a_merge_and_a_split(person: Person, vault: Path) -> None:
    person.get("/review?about=H2O")
    assert person.decide("change", to="extends").status == 409
    person.decide("type", end="object", to="Model")
    person.decide("merge", end="subject", name="PyramidKV is unknown")
    person.decide("merge", end="subject", name="StreamingLLM")
    person.decide("split", end="object", name="Heavy-Hitter Oracle")
    person.decide("change", to="uses", reverse="1")
    person.get("/review?about=LongBench")
    person.decide("not-entity", end="object")
    assert rows(vault) == [
        "type Method:H2O   Model",
        "same Method:SnapKV  Method:StreamingLLM",
        "different Method:H2O  Method:Heavy-Hitter Oracle",
        "change Method:SnapKV extends Method:H2O reverse uses",
        "not-entity Dataset:LongBench",
    ]
    assert "Nothing left" in person.page


def test_a_build_makes_it_so(person: Person, vault: Path) -> None:
    person.get("/review?about=H2O")
    person.decide("change", to="uses")
    config = Config(corrections=str(vault / "corrections.tsv"))
    graph = pg.build(vault / "notes", store=vault / ".papergraph", config=config)
    assert graph.query("ASK { method:snapkv pg:uses method:h2o }")
    person.get("/review?about=H2O")
    assert person.fields["key"] == ""


def test_similar_names_are_one_or_two(person: Person, vault: Path) -> None:
    person.get("/review?view=merges")
    Outline(person.page)
    assert person.shows() == "ZorbingCache ZorbinngCache"
    person.decide("two")
    assert rows(vault) == ["different Method:ZorbingCache  Method:ZorbinngCache"]
    assert "Nothing left" in person.page
    person.decide("undo")
    assert person.fields["view"] == "merges"
    person.decide("one")
    assert rows(vault) == ["same Method:ZorbingCache  Method:ZorbinngCache"]


def test_edits_by_hand_in_between_are_kept(person: Person, vault: Path) -> None:
    person.decide("accept")
    file = vault / "corrections.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(["# my own remark", *lines, "not-entity\tOurs", ""]), encoding="utf-8")
    person.decide("reject")
    person.decide("undo")
    person.decide("undo")
    assert file.read_text(encoding="utf-8").splitlines() == ["# my own remark", *lines[:-1], "not-entity\tOurs"]


def test_a_form_that_is_sent_twice_counts_once(person: Person, vault: Path) -> None:
    key = person.fields["key"]
    person.decide("accept")
    assert person.decide("accept", key=key).status == 200
    assert len(rows(vault)) == 1


def test_another_decision_from_a_page_behind_is_refused_and_not_swallowed(person: Person, vault: Path) -> None:
    key = person.fields["key"]
    person.decide("accept")
    answer = person.decide("reject", key=key)
    assert answer.status == 409
    assert "already decides on this claim; to decide otherwise, first remove its line" in answer.text
    assert [row.split()[0] for row in rows(vault)] == ["accept"]


def test_a_line_by_hand_is_not_contradicted(person: Person, vault: Path) -> None:
    person.get("/review?about=H2O")
    (vault / "corrections.tsv").write_text("decision\tsubject\tpredicate\tobject\nreject\tSnapKV\textends\tH2O\n")
    answer = person.decide("accept")
    assert answer.status == 409
    assert "corrections.tsv already decides on this claim" in answer.text
    assert rows(vault) == ["reject SnapKV extends H2O"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00nonsense\n", b"who\twhat\nx\ty\n"])
def test_a_file_that_cannot_be_read_is_reported_and_left_alone(person: Person, vault: Path, content: bytes) -> None:
    (vault / "corrections.tsv").write_bytes(content)
    assert "corrections.tsv" in person.get().text.partition('role="alert"')[2]
    assert person.decide("accept").status == 409
    assert (vault / "corrections.tsv").read_bytes() == content


def test_an_outdated_form_is_refused(person: Person, vault: Path) -> None:
    answer = person.decide("accept", key="https://w3id.org/papergraph/id/st/0")
    assert (answer.status, "no longer in the graph" in answer.text) == (409, True)
    assert person.decide("shout").status == 409
    assert rows(vault) == []


def test_reading_never_writes(person: Person, vault: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in vault.rglob("*") if path.is_file()}
    key = person.fields["key"]
    for path in ("/review", f"/review?do=accept&key={key}&form={person.fields['form']}", "/review?do=undo"):
        person.get(path)
    for method in ("HEAD", "PUT", "DELETE", "PATCH"):
        answer = person.server.send("/review?do=accept", method, headers={"Cookie": person.cookie})
        assert answer.status in {200, 405}
    assert {path: path.stat().st_mtime_ns for path in vault.rglob("*") if path.is_file()} == before


def test_only_the_corrections_are_written(person: Person, vault: Path) -> None:
    before = {p: p.read_bytes() for p in vault.rglob("*") if p.is_file()}
    person.decide("accept")
    person.decide("reject")
    after = {p: p.read_bytes() for p in vault.rglob("*") if p.is_file()}
    assert after.pop(vault / "corrections.tsv")
    assert after == before


def test_the_query_page_leads_there_if_it_is_on(person: Person, demo: Server) -> None:
    assert '<a href="/review">Review</a>' in person.server.send("/query").text
    assert "/review" not in demo.send("/query").text


def test_the_page_speaks_chinese(person: Person) -> None:
    page = person.get("/review?lang=zh&about=H2O").text
    Outline(page)
    assert "接受" in page
    assert "papergraph build" in page
    assert 'action="/review?lang=zh"' in page
