"""Whatever stands in a note, it is read or refused with a plain message, and every span lies in its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import NoteError
from papergraph.model import Document
from papergraph.sources import find_notes, parse_document, read_bytes, read_document

#: Every place of a note where something foreign may stand.
PLACES = (
    "{}",
    "# {}\n\ntext\n",
    "{}\n---\n",
    "## H2O {}\n",
    "- {}\n  - {}\n",
    "> {}\n",
    "[{}](https://a.b)\n",
    "[a]({})\n",
    "[a](<{}>)\n",
    "![{}](b.png)\n",
    "[a]: {}\n\n[a]\n",
    "#{} #a/{}\n",
    "[[{}]] [[a|{}]] [[a#{}]]\n",
    "**{}** *{}* ~~{}~~\n",
    "| a | b |\n|---|---|\n| {} | {} |\n",
    "`{}` ``{}``\n",
    "```{}\n{}\n```\n",
    "${}$ $${}$$\n",
    "Institution: {}\n{}: x\n",
    "**{}**: {}\n",
    "key:: {}\n(key:: {}) [{}:: x]\n",
    "<b>{}</b> <!-- {} -->\n",
    "<div {}>\n{}\n</div>\n",
    "https://a.b/{} arXiv:{}\n",
    "https://link.zhihu.com/?target={}\n",
    "---\ntitle: {}\n---\ntext\n",
    '---\ntitle: "{}"\n{}: x\ntags: [{}]\n---\ntext\n',
    "---\ntags:\n  - {}\n  - '{}'\n---\ntext\n",
    '+++\ntitle = "{}"\n+++\ntext\n',
    "+++\ntitle = '{}'\n{} = 1\n+++\ntext\n",
)
NASTY = st.sampled_from(
    (
        *"-+*_`~#>|[]()<>!$&:=.,;\\/{}'\"%@^?0aA \t\n\r\f\v",
        "\x00",
        "\x1a",
        "\x1b",
        "\x85",
        "\u00a0",
        "\u00ad",
        "\u0301",
        "\u061c",
        "\u200b",
        "\u200d",
        "\u2028",
        "\u202e",
        "\u3000",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "\uf8ff",
        "\U0001f469\u200d\U0001f4bb",
        "\U000e0041",
        "\U0010ffff",
        "İ",
        "ı",
        "ſ",
        "ß",
        "注意力",
        "。",
        "：",
        "é”®å€¼ç¼“",
        "---\n",
        "+++\n",
        "\n---\n",
        "\n\n",
        "\r\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "```\n",
        "|---|",
        "](",
        "[[",
        "]]",
        "::",
        "**",
        "<br",
        "<!--",
        "-->",
        "</b>",
        "&#0;",
        "&amp;",
        "https://",
        "www.",
        "arxiv:",
        "2306.14048",
        "https://link.zhihu.com/?target=",
        "10.1145/",
        "title: ",
        "a = ",
        '"\\UFFFFFFFF"',
        '"\\uD800": ',
        "<<: *a",
        "&a ",
        "!!python/object ",
        "\ud800",
    )
)


def assert_whole(document: Document) -> None:
    """Check every span against the text."""
    text, last = document.text, 0
    for number, block in enumerate(document.blocks):
        assert last <= block.span.start < block.span.end <= len(text)
        last = block.span.end
        assert block.line == document.line_of(block.span.start)
        assert all(block.span.covers(s) for s in (*block.sentences, *(i.span for i in block.inlines)))
        assert all(i.span.covers(i.inner) for i in block.inlines if i.inner)
        assert -1 <= block.parent < number
    for field in document.fields:
        assert field.value.end <= len(text)
        assert field.line == document.line_of(field.value.start)
        assert field.key
    # Lone surrogates can be written nowhere; decoding leaves none.
    repr(document).encode()


def read(data: bytes) -> None:
    try:
        document = read_document("a.md", data)
    except NoteError:
        return
    assert_whole(document)


@pytest.fixture(scope="session")
def naughty(shared: Path) -> list[str]:
    """The big list of naughty strings."""
    strings: list[str] = json.loads((shared / "suites" / "blns" / "blns.json").read_text("utf-8"))
    return strings


def test_naughty_strings_may_stand_in_notes(naughty: list[str]) -> None:
    for number, string in enumerate(naughty):
        for place in PLACES[number % 8 :: 8]:
            read(place.replace("{}", string).encode())


@pytest.mark.slow
def test_naughty_strings_may_stand_anywhere_in_a_note(naughty: list[str]) -> None:
    for string in naughty:
        for place in PLACES:
            read(place.replace("{}", string).encode())


def test_naughty_strings_may_be_names_of_files(naughty: list[str], tmp_path: Path) -> None:
    written = 0
    for string in naughty:
        name = string.replace("/", "／").replace("\x00", "")[:60] + ".md"
        if len(name.encode()) < 250 and not name.startswith("."):
            (tmp_path / name).write_text("# H2O\n", encoding="utf-8")
            written += 1
    found = find_notes([tmp_path])
    assert (len(found.notes), found.problems) == (len(list(tmp_path.iterdir())), ())
    assert written >= len(found.notes) > 400
    for note in found.notes:
        assert read_document(note.name, read_bytes(note)).path == note.name


@given(st.sampled_from(PLACES), st.lists(NASTY, max_size=40).map("".join))
def test_nasty_text_may_stand_anywhere_in_a_note(place: str, text: str) -> None:
    read(place.replace("{}", text).encode("utf-8", "surrogatepass"))


@given(st.lists(NASTY, max_size=60).map("".join))
def test_nasty_text_can_be_parsed_even_with_lone_surrogates(text: str) -> None:
    document = parse_document(text, "a.md")
    assert document.text == text


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("+++\na = 1\nn = " + "[" * 600 + "\n+++\n", "line 3: the front matter is nested too deeply"),
        ("+++\nn = {" + "a = {" * 600 + "\n+++\n", "line 2: the front matter is nested too deeply"),
        ("+++\na = 1\nn = " + "1" * 5000 + "\n+++\n", "line 3: the front matter has a key or a number of too many"),
        ("+++\na = 1\n" + "a." * 20_000 + "b = 1\n+++\n", "line 3: the front matter has a key or a number of too many"),
        ("+++\na = 1\nb = \n+++\n", "line 3: the front matter is not valid TOML: Invalid value"),
        ("+++\na = 1\nb = 2024-13-45\n+++\n", "line 3: the front matter is not valid TOML"),
        ("---\na: b\nn: " + "[" * 600 + "\n---\n", "line 3: the front matter is nested too deeply"),
        ("---\n" + "- " * 600 + "a\n---\n", "line 2: the front matter is nested too deeply"),
        ('---\na: "\\UFFFFFFFF"\n---\n', "line 2: the front matter is not valid YAML"),
        ("---\na: b\nc: \x07\n---\n", "line 3: the front matter is not valid YAML"),
    ],
)
def test_front_matter_that_could_blow_up_is_named_by_its_line_and_its_lines_are_read(front: str, reason: str) -> None:
    entry = "title = H2O" if front.startswith("+++") else "title: H2O"
    document = parse_document(front[:4] + front[4:-4] + entry + "\n" + front[-4:] + "# Body\n", "a.md")
    (warning,) = document.warnings
    assert warning.startswith(reason)
    assert warning.endswith("its lines were read one by one")
    assert ("title", "H2O") in [(f.key, f.value.of(document.text)) for f in document.fields]
    assert [b.kind for b in document.blocks] == ["heading"]
    assert_whole(document)


def test_toml_strings_may_hold_brackets_dots_and_digits() -> None:
    text = '+++\ntitle = "' + "[" * 50 + "a.b." * 50 + "1" * 2000 + '"\n+++\n'
    document = parse_document(text, "a.md")
    assert (document.warnings, [f.key for f in document.fields]) == ((), ["title"])


def test_redirectors_are_followed_a_few_times() -> None:
    start = "https://link.zhihu.com/?target="
    document = parse_document(
        f"[a]({start * 700}https://arxiv.org/abs/2306.14048) [b]({start * 3}https://a.b)\n", "a.md"
    )
    assert [i.target for i in document.blocks[0].inlines][1] == "https://a.b"
    assert_whole(document)


@pytest.mark.parametrize("text", ["---\ntitle: H2O\n---\n", "---\ntitle: H2O\n---", "+++\ntitle = 'H2O'\n+++\n\n \n"])
def test_a_note_with_nothing_below_its_front_matter_has_no_blocks(text: str) -> None:
    document = read_document("a.md", text.encode())
    assert (document.blocks, [f.value.of(text) for f in document.fields], document.warnings) == ((), ["H2O"], ())


def test_lists_nested_without_end_are_read_as_deep_as_anyone_nests_them() -> None:
    text = "".join("  " * i + f"- item {i}\n" for i in range(200))
    document = parse_document(text, "a.md")
    assert [b.span.of(text) for b in document.blocks] == [f"item {i}" for i in range(200)]
    assert [b.depth for b in document.blocks] == [*range(1, 65), *([64] * 136)]
    assert {b.parent for b in document.blocks[63:]} == {62}
    assert document.warnings == ("line 65: nests more than 64 deep; what is deeper was read as 64 deep",)


def test_emphasis_nested_without_end_keeps_its_text() -> None:
    text = "*a _b " * 100 + "c" + " d_ e*" * 100
    document = parse_document(text, "a.md")
    assert document.blocks[0].span.of(text) == text
    assert len(document.blocks[0].inlines) == 64
    assert "64 deep" in document.warnings[0]
