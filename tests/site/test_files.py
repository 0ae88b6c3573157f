"""The folder of a site."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import ConfigError
from papergraph.site.files import MANIFEST, Folder, Written


def write(path: Path, files: dict[str, str]) -> Written:
    return Folder(path).write(((name, text.encode()) for name, text in files.items()), files)


def content(path: Path) -> dict[str, str]:
    files = (p for p in path.rglob("*") if p.is_file() and p.name != MANIFEST)
    return {p.relative_to(path).as_posix(): p.read_text(encoding="utf-8") for p in files}


_SITES = st.dictionaries(
    st.sampled_from(["a.html", "b.html", "x/a.html", "x/y/b.html"]), st.sampled_from("12"), max_size=4
)


@given(st.lists(_SITES, min_size=1, max_size=5))
def test_whatever_was_there_before_the_folder_holds_the_site_and_what_was_never_ours(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("site")
    theirs = {"README.md": "mine", "x/photo.txt": "mine"}
    for name, text in theirs.items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    for site in sites:
        before = {name: (path / name).stat().st_mtime_ns for name in content(path)}
        held = content(path)
        written = write(path, site)
        assert content(path) == {**theirs, **site}
        assert written.written == sum(held.get(name) != text for name, text in site.items())
        for name, text in site.items():
            if held.get(name) == text:
                assert (path / name).stat().st_mtime_ns == before[name]


def test_what_somebody_else_made_is_not_overwritten_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"index\.html: not made by papergraph"):
        write(tmp_path, {"a.html": "1", "index.html": "2"})
    assert content(tmp_path) == {"index.html": "mine"}


def test_a_page_that_was_edited_stays_when_it_is_no_longer_made(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": "1", "b.html": "1"})
    (tmp_path / "a.html").write_text("edited", encoding="utf-8")
    assert write(tmp_path, {"b.html": "1"}) == Written(0, 1, 0, ("a.html",))
    assert content(tmp_path) == {"a.html": "edited", "b.html": "1"}


def test_an_interrupted_run_is_gone_on_with(tmp_path: Path) -> None:
    def failing() -> object:
        yield "a.html", b"1"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Folder(tmp_path).write(failing(), ["a.html", "b.html"])  # type: ignore[arg-type]
    assert write(tmp_path, {"b.html": "2"}) == Written(1, 0, 1)
    assert content(tmp_path) == {"b.html": "2"}


def test_a_list_that_names_files_elsewhere_removes_none(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    site = tmp_path / "site"
    write(site, {"a.html": "1"})
    listed = {"../outside.txt": "", str(outside): "", "a.html": ""}
    (site / MANIFEST).write_text(json.dumps({"files": listed}), encoding="utf-8")
    write(site, {"b.html": "1"})
    assert outside.read_text(encoding="utf-8") == "mine"
    assert content(site) == {"b.html": "1"}


def test_a_folder_that_leads_elsewhere_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="leads out of the folder"):
        write(tmp_path / "site", {"x/a.html": "1"})
    assert content(tmp_path / "elsewhere") == {}


def test_a_damaged_list_is_said(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigError, match="damaged"):
        write(tmp_path, {"a.html": "1"})


def test_a_file_in_the_place_of_a_folder_is_said_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"x: not a folder; move it, or choose another folder with -o"):
        write(tmp_path, {"a.html": "1", "x/a.html": "2"})
    assert content(tmp_path) == {"x": "mine"}


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    write(site, {"a.html": "1", "x/b.html": "2"})
    (site / "x").rename(other)
    (site / "x").symlink_to(other)
    write(site, {"a.html": "1"})
    assert content(other) == {"b.html": "2"}


def test_runs_at_the_same_time_do_not_take_each_others_drafts(tmp_path: Path) -> None:
    files = {f"x/{number}.html": "text" for number in range(50)}
    write(tmp_path, dict.fromkeys(files, "before"))
    with ThreadPoolExecutor(4) as pool:
        assert [w.files for w in pool.map(lambda _: write(tmp_path, files), range(8))] == [50] * 8
    assert content(tmp_path) == files


def test_first_runs_at_the_same_time_make_one_site(tmp_path: Path) -> None:
    files = {f"x/{number}.html": "text" for number in range(50)}
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: write(tmp_path / "site", files), range(4)))
    assert sorted((w.written, w.unchanged) for w in runs) == [(0, 50)] * 3 + [(50, 0)]
    assert content(tmp_path / "site") == files
