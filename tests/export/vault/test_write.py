"""A vault that is written, edited around and written again: the user's text stays, and nothing else is touched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.errors import StoreError
from papergraph.export.vault import FLAVOURS, Flavour, write_vault
from papergraph.model import Entity, Evidence, Graph, Place, Relation
from papergraph.sources import find_notes
from papergraph.text.marks import BEGIN, END, find_part

BASE = "https://w3id.org/papergraph/id/"
HOSTILE = [
    "a/b\\c", "Q: why?", "[[x]] | y # z ^ w", "..", ".hidden", "CON", "nul.txt", "x" * 400, "持" * 200,
    "\u202egnp.exe", "%% end papergraph %%", "Ünïcode", "a\nb", "SAME", "same", "Ｓame", "---", "", "@key", "a::b",
]  # fmt: skip


def entity(number: int, label: str, kind: str = "Method") -> Entity:
    place = Place("notes/kv.md", 3, 0, 3, label)
    return Entity(f"{BASE}{kind.lower()}/{number}", kind, label, (f"alias {label}",), (), (("year", "2024"),), (place,))  # type: ignore[arg-type]


def graph(labels: list[str], sentence: str = "A builds on B.") -> Graph:
    entities = [entity(n, label) for n, label in enumerate(labels)]
    relations = []
    for n in range(len(entities) - 1):
        evidence = Evidence(f"{BASE}ev/{n}", "notes/kv.md", 3, 0, 9, sentence, "rule", "prose", 0.9)
        ends = (entities[n + 1].iri, "extends", entities[n].iri)
        relations.append(Relation(f"{BASE}st/{n}", *ends, 0.9, evidence=(evidence,)))  # type: ignore[arg-type]
    return Graph(tuple(sorted(entities, key=lambda e: e.iri)), tuple(relations))


def texts(folder: Path) -> dict[str, str]:
    return {p.name: p.read_bytes().decode() for p in sorted(folder.iterdir())}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_same_graph_gives_the_same_bytes_and_is_not_written_twice(tmp_path: Path, flavour: Flavour) -> None:
    found = graph(["SnapKV", "H2O", *HOSTILE])
    first = write_vault(found, tmp_path / "a", flavour=flavour)
    write_vault(found, tmp_path / "b", flavour=flavour)
    assert texts(tmp_path / "a") == texts(tmp_path / "b")
    before = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "a").iterdir()}
    again = write_vault(found, tmp_path / "a", flavour=flavour)
    assert (len(first.written), again.written, again.unchanged) == (len(found.entities), (), len(found.entities))
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "a").iterdir()} == before


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_that_a_program_saved_otherwise_is_ours_still(tmp_path: Path, flavour: Flavour, codec: str) -> None:
    found = graph(["持续学习"])
    write_vault(found, tmp_path, flavour=flavour)
    (page,) = tmp_path.iterdir()
    text = page.read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n- 我的话\r\n"
    page.write_bytes(text.encode(codec))
    assert find_notes([tmp_path]).notes == ()
    if codec not in {"utf-16-le", "utf-16-be"}:  # without a mark, nobody knows what it is
        write_vault(found, tmp_path, flavour=flavour)
        assert list(tmp_path.iterdir()) == [page]
        assert "我的话" in page.read_text(encoding="utf-8")


def test_first_runs_at_the_same_time_write_each_page_once(tmp_path: Path) -> None:
    found = graph([f"Net {number}" for number in range(40)])
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: write_vault(found, tmp_path / "v"), range(4)))
    assert sorted(len(changes.written) for changes in runs) == [0, 0, 0, 40]
    assert len(texts(tmp_path / "v")) == 40


def test_a_page_has_properties_typed_links_and_sentences(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV"], "SnapKV builds on [[H2O]] #kv."), tmp_path)
    text = (tmp_path / "SnapKV.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["papergraph"] == f"{BASE}method/1"
    assert (front["kind"], front["year"]) == ("Method", 2024)
    assert front["aliases"] == ["SnapKV", "alias SnapKV"]
    assert front["extends"] == ["[[H2O]]"]
    assert "“SnapKV builds on \\[\\[H2O\\]\\] \\#kv.” — [[notes/kv|notes/kv.md:3]]" in text
    assert yaml.safe_load((tmp_path / "H2O.md").read_text(encoding="utf-8").split("---\n")[1])["extended-by"]


def test_a_page_of_logseq_has_properties_and_blocks(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV"]), tmp_path, flavour="logseq")
    lines = (tmp_path / "SnapKV.md").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["title:: SnapKV", f"papergraph:: {BASE}method/1"]
    assert "extends:: [[H2O]]" in lines
    assert "\t\t- “A builds on B.” — [notes/kv.md:3]([[kv]])" in lines


def test_links_lead_into_the_folder_where_it_lies_in_a_vault(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    write_vault(graph(["H2O", "SnapKV"]), tmp_path / "Graph" / "Pages")
    text = (tmp_path / "Graph" / "Pages" / "SnapKV.md").read_text(encoding="utf-8")
    assert '  - "[[Graph/Pages/H2O|H2O]]"' in text


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=8), st.data(), st.sampled_from(FLAVOURS))
@settings(deadline=None, max_examples=40)
def test_names_are_safe_unique_and_stable(labels: list[str], data: st.DataObject, flavour: Flavour) -> None:
    with TemporaryDirectory() as folder:
        inside = Path(folder) / "vault"
        write_vault(graph(labels), inside, flavour=flavour)
        names = texts(inside)
        assert len({name.casefold() for name in names}) == len(labels)
        assert [p.name for p in Path(folder).iterdir()] == ["vault"]
        assert all(len(name.encode()) <= 200 and not name.startswith(".") for name in names)
        more = [*labels, *data.draw(st.lists(st.sampled_from([*HOSTILE, *labels]), max_size=4))]
        write_vault(graph(more), inside, flavour=flavour)
        iris = {name: text.split("papergraph:", 1)[1].split("\n")[0] for name, text in names.items()}
        assert {n: texts(inside)[n].split("papergraph:", 1)[1].split("\n")[0] for n in iris} == iris


LINES = st.lists(
    st.sampled_from(["my words", "", "- item", "## Mine", "key:: value", "[[H2O]]", "%% mine %%", "---", "中文"]),
    max_size=5,
).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(LINES, LINES, st.sampled_from(["", "rating: 5\n", 'tags:\n  - "a"\n  - b\n']), st.sampled_from(FLAVOURS))
@settings(deadline=None, max_examples=60)
def test_what_the_user_adds_stays(before: str, after: str, own: str, flavour: Flavour) -> None:
    with TemporaryDirectory() as folder:
        inside = Path(folder)
        write_vault(graph(["H2O", "SnapKV"]), inside, flavour=flavour)
        page = inside / "H2O.md"
        text = page.read_text(encoding="utf-8")
        if flavour == "obsidian":
            text = text.replace(f"---\n{BEGIN}", f"{own}---\n{before}{BEGIN}")
        else:
            text = text.replace("\n\n- <!--", f"\n\n{before}- <!--")
        page.write_text(text + after, encoding="utf-8")
        edited = page.read_text(encoding="utf-8")
        write_vault(graph(["H2O", "SnapKV", "Zorb"], "Another sentence."), inside, flavour=flavour)
        now = page.read_text(encoding="utf-8")
        assert "Another sentence." in now
        assert now.endswith(after)
        part, was = find_part(now), find_part(edited)
        assert part is not None
        assert was is not None
        assert now[: part[0]] == edited[: was[0]]
        assert now.count(BEGIN) == now.count(END) == 1
        assert find_notes([inside]).notes == ()
        write_vault(graph([]), inside, flavour=flavour)
        added = (before + own * (flavour == "obsidian") + after).strip()
        assert page.exists() == bool(added)


def test_pages_of_what_is_gone_are_removed_unless_the_user_added_to_them(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV", "Zorb"]), tmp_path)
    with (tmp_path / "Zorb.md").open("a", encoding="utf-8") as page:
        page.write("\nI like it.\n")
    (tmp_path / "mine.md").write_text("# Mine\n", encoding="utf-8")
    changes = write_vault(graph(["H2O"]), tmp_path)
    assert changes.removed == ("SnapKV.md",)
    assert [name for name, _ in changes.kept] == ["Zorb.md"]
    assert sorted(texts(tmp_path)) == ["H2O.md", "Zorb.md", "mine.md"]


def test_files_of_others_and_links_are_not_touched(tmp_path: Path) -> None:
    inside, outside = tmp_path / "vault", tmp_path / "outside.md"
    inside.mkdir()
    outside.write_text("precious", encoding="utf-8")
    (inside / "H2O.md").symlink_to(outside)
    (inside / "snapkv.md").write_text("my note", encoding="utf-8")
    (inside / "Zorb.md").mkdir()
    write_vault(graph(["H2O", "SnapKV", "Zorb"]), inside)
    assert outside.read_text(encoding="utf-8") == "precious"
    assert (inside / "H2O.md").is_symlink()
    assert (inside / "snapkv.md").read_text(encoding="utf-8") == "my note"
    assert sorted(path.name for path in inside.iterdir()) == [
        "H2O (method).md", "H2O.md", "SnapKV (method).md", "Zorb (method).md", "Zorb.md", "snapkv.md",
    ]  # fmt: skip


def test_a_page_keeps_the_name_that_its_user_gave_it(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV"]), tmp_path)
    (tmp_path / "H2O.md").rename(tmp_path / "Heavy Hitters.md")
    changes = write_vault(graph(["H2O", "SnapKV"]), tmp_path)
    assert changes.written == ("SnapKV.md",)
    assert '"[[Heavy Hitters|H2O]]"' in (tmp_path / "SnapKV.md").read_text(encoding="utf-8")


def test_a_page_with_damaged_marks_is_left_and_reported(tmp_path: Path) -> None:
    write_vault(graph(["H2O"]), tmp_path)
    page = tmp_path / "H2O.md"
    page.write_text(page.read_text(encoding="utf-8").replace(END, "mine"), encoding="utf-8")
    before = page.read_text(encoding="utf-8")
    changes = write_vault(graph(["H2O"]), tmp_path)
    assert changes.written == ("H2O (method).md",)
    assert "damaged" in changes.kept[0][1]
    assert page.read_text(encoding="utf-8") == before
    assert find_notes([tmp_path]).notes == ()


@given(st.text(max_size=60) | st.sampled_from(HOSTILE))
@settings(deadline=None, max_examples=60)
def test_no_sentence_ends_our_part_or_links(sentence: str) -> None:
    with TemporaryDirectory() as folder:
        for flavour in FLAVOURS:
            inside = Path(folder) / flavour
            found = graph(["H2O", "SnapKV"], sentence)
            named = tuple(replace(e, aliases=(sentence,)) for e in found.entities)
            write_vault(replace(found, entities=named), inside, flavour=flavour)
            assert write_vault(replace(found, entities=named), inside, flavour=flavour).written == ()
            for text in texts(inside).values():
                part = find_part(text)
                assert part is not None
                assert part[1] == len(text)
                assert text[slice(*part)].count(BEGIN) == text[slice(*part)].count(END) == 1
                if flavour == "obsidian":
                    assert set(yaml.safe_load(text.split("---\n")[1])) <= {
                        "papergraph", "aliases", "kind", "year", "extends", "extended-by",
                    }  # fmt: skip


def test_comments_and_keys_that_we_would_not_write_stay(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV"]), tmp_path)
    page = tmp_path / "SnapKV.md"
    own = ['"my:key": keep\n', "# a comment\n", "foo:bar: keep\n", '"my list":\n- keep\n- "keep: too"\n']
    head, rest = page.read_text(encoding="utf-8").split("\n---\n", 1)
    page.write_text("\n".join([head, "".join(own) + "---", rest]), encoding="utf-8")
    write_vault(graph(["H2O", "SnapKV"], "SnapKV extends H2O."), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert all(line in text for line in own)
    assert "SnapKV extends H2O." in text
    assert text.count("aliases:") == 1


def test_a_byte_order_mark_does_not_double_the_properties(tmp_path: Path) -> None:
    write_vault(graph(["H2O", "SnapKV"]), tmp_path)
    page = tmp_path / "SnapKV.md"
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes())
    write_vault(graph(["H2O", "SnapKV"], "SnapKV extends H2O."), tmp_path)
    assert page.read_text(encoding="utf-8").count("aliases:") == 1


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_pages_for_the_other_program_are_left_alone(tmp_path: Path, flavour: Flavour) -> None:
    (other,) = set(FLAVOURS) - {flavour}
    write_vault(graph(["H2O", "SnapKV"]), tmp_path, flavour=other)
    before = texts(tmp_path)
    with pytest.raises(StoreError, match=r"a page for .*choose another folder"):
        write_vault(graph(["H2O", "SnapKV"]), tmp_path, flavour=flavour)
    assert texts(tmp_path) == before


def test_no_file_of_others_is_replaced_whatever_its_name(tmp_path: Path) -> None:
    found = graph(["H2O"])
    for text in ("one", "two", "three", "four"):
        (written,) = write_vault(found, tmp_path).written
        (tmp_path / written).write_text(text, encoding="utf-8")
    assert sorted(texts(tmp_path).values()) == ["four", "one", "three", "two"]


@pytest.mark.parametrize("own", ["", "My own thoughts.\n"])
def test_an_entity_of_another_type_takes_its_page_over_with_what_was_added(tmp_path: Path, own: str) -> None:
    write_vault(Graph((entity(0, "H2O", "Method"),), ()), tmp_path)
    page = tmp_path / "H2O.md"
    page.write_text(page.read_text(encoding="utf-8") + own, encoding="utf-8")
    changes = write_vault(Graph((entity(0, "H2O", "Model"),), ()), tmp_path)
    assert (changes.written, changes.removed, changes.kept) == (("H2O.md",), (), ())
    text = page.read_text(encoding="utf-8")
    assert f"papergraph: {BASE}model/0\n" in text
    assert text.endswith(f"{END}\n{own}")
