"""Recognition: a case file for names, and what holds for every text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract import annotate, extract, rules_with
from papergraph.extract.annotation import Annotation
from papergraph.extract.foreign import rules_of
from papergraph.model import Mention
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary, load_vocabulary

CASES = Path(__file__).parents[1] / "cases" / "recognise.md"
SHIPPED = load_vocabulary()


def read_cases() -> list[tuple[str, str, list[str]]]:
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("\n\n.\n\n")[1:]:
        title, note, facts = part.split("\n.\n")
        cases.append((title.strip(), note.strip("\n") + "\n", [f for f in facts.strip().splitlines() if f]))
    return cases


def read(note: str, vocabulary: Vocabulary) -> Annotation:
    return annotate(parse_document(note, "case.md"), vocabulary)


def names(annotation: Annotation) -> set[str]:
    """Every mention by its type with the name as written, alone and with its line, and with the vocabulary's name."""
    found = set()
    for mention in annotation.mentions:
        found |= {f"{mention.type} {mention.name}", f"{mention.type} {mention.name} @{mention.line}"}
        if mention.vocabulary:
            found.add(f"{mention.type} {annotation.vocabulary.by_id(mention.vocabulary).name}")
    return found


@pytest.mark.parametrize(("title", "note", "facts"), read_cases(), ids=[c[0] for c in read_cases()])
def test_case(title: str, note: str, facts: list[str], vocabulary: Vocabulary) -> None:
    found = names(read(note, vocabulary))
    for fact in facts:
        if fact.startswith("not "):
            assert fact.removeprefix("not ") not in found
        else:
            assert fact in found, sorted(found)


def check(annotation: Annotation) -> None:
    text = annotation.document.text
    for mention in annotation.mentions:
        assert mention.span.of(text) == mention.surface
        assert mention.line == annotation.document.line_of(mention.span.start)
        assert mention.name
        assert 0 < mention.confidence <= 1
    assert list(annotation.mentions) == sorted(annotation.mentions, key=lambda m: (m.span.start, -m.span.end))
    assert len(annotation.block_entry) == len(annotation.document.blocks)
    for owner in annotation.block_entry:
        assert -1 <= owner < len(annotation.entries)
    for number, entry in enumerate(annotation.entries):
        assert entry.parent != number
        assert entry.blocks
        assert all(0 <= i < len(annotation.mentions) for i in entry.contributions)
        assert -1 <= entry.paper < len(annotation.mentions)
    for attribute in annotation.attributes:
        assert 0 <= attribute.mention < len(annotation.mentions)


def overlapping(mentions: tuple[Mention, ...]) -> list[tuple[Mention, Mention]]:
    return [
        (a, b)
        for number, a in enumerate(mentions)
        for b in mentions[number + 1 :]
        if a.span.overlaps(b.span) and not (a.span.covers(b.span) or b.span.covers(a.span))
    ]


PIECES = [
    *("# ", "## ", "- ", "\t- ", "> ", "\n", "\n\n", "| ", " |", "**", "[", "]", "(", ")"),
    *("（", "）", "：", ": ", "，", "。", "```\n", "`", "$", "é", "\u2028", "😀", " "),
    *("https://arxiv.org/abs/2306.14048", "[[paper]](https://arxiv.org/pdf/2403.09054)", "#推理加速"),
    *("SnapKV", "H2O", "LoRA", "LoRA-XS", "Llama 2 70B", "提出了", "名为", "We propose ", "is ", "优于"),
    *("A Survey of ", "Efficient Inference of Large Models", "Mixture of Experts (MoE)", "清华"),
    *(
        "键值缓存（KV cache）",
        "单个 80GB GPU",
        "> **机构:** ",
        "title: ",
        "---\n",
        "作者：",
        "et al. 2020",
        "[J]",
        "2023",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_the_note_mentions_are_in_order_and_say_what_stands_there(note: str) -> None:
    try:
        document = parse_document(note, "any.md")
    except Exception:  # a front matter that is wrong is the reader's matter
        return
    annotation = annotate(document, SHIPPED)
    check(annotation)
    assert not overlapping(annotation.mentions)


@given(st.text(max_size=200))
def test_no_text_stops_recognition(note: str) -> None:
    try:
        document = parse_document(note, "any.md")
    except Exception:
        return
    check(annotate(document, SHIPPED))


def test_a_recogniser_of_a_third_party_adds_its_mentions(vocabulary: Vocabulary) -> None:
    document = parse_document("the zorb is here\n", "a.md")

    def find_zorb(reading):  # type: ignore[no-untyped-def]
        from papergraph.model import Span

        yield reading.mention(Span(4, 8), "Method", "zorb", 0.9)

    annotation = annotate(document, vocabulary, rules_with(rules_of("zorb", find_zorb)))
    assert [(m.name, m.extractor) for m in annotation.mentions] == [("zorb", "zorb")]


@pytest.mark.slow
def test_seed_notes_are_annotated_soundly(shared: Path, vocabulary: Vocabulary) -> None:
    for path in sorted((shared / "notes" / "public").glob("*.md"))[:25]:
        annotation = annotate(parse_document(path.read_text(encoding="utf-8"), path.name), vocabulary)
        check(annotation)
        assert not overlapping(annotation.mentions)


@pytest.mark.slow
def test_a_note_of_more_than_a_million_characters_is_read_to_its_end(vocabulary: Vocabulary) -> None:
    note = "x\n\n" * 300_000 + "- [A Long Way to the Last Zebra](https://arxiv.org/abs/2401.00001)\n"
    extraction = extract(parse_document(note, "long.md"), vocabulary)
    assert [m.type for m in extraction.mentions] == ["Paper"]


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ('arxiv: "2404.14469"', ("arXiv:2404.14469",)),
        ("url: https://arxiv.org/abs/2404.14469v2\ndoi: 10.1000/xyz", ("arXiv:2404.14469", "10.1000/xyz")),
        ("links: [https://arxiv.org/abs/2404.14469, https://arxiv.org/abs/2401.00001]", ()),
        ("dataset: https://arxiv.org/abs/2404.14469", ()),
    ],
)
def test_front_matter_says_which_paper_it_titles(
    fields: str, identifiers: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    note = f'---\ntitle: "Frobnic: Training Language Models with Less Memory"\n{fields}\n---\nIt is fast.\n'
    (paper,) = [m for m in read(note, vocabulary).mentions if m.extractor == "title-front-matter"]
    assert paper.identifiers == identifiers


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("[paper](https://arxiv.org/abs/2001.01234), and then some words on what this one is about", True),
        ("arXiv: https://arxiv.org/abs/2001.01234, which has been there for more than a year now", True),
        ("Quill, J. Routing striped zebras through very tall grass. https://arxiv.org/abs/2001.01234", True),
        (
            "The idea is borrowed from the famous work on hooves by Marsh [[link](https://arxiv.org/abs/2001.01234)].",
            False,
        ),
        ("It follows the recipe of earlier herds (https://arxiv.org/abs/2001.01234) and adds a second stage.", False),
    ],
)
@pytest.mark.parametrize(
    "title", ["# Routing Striped Zebras through Very Tall Grass", "Title: {}", "---\ntitle: {}\n---"]
)
def test_a_work_that_a_sentence_cites_by_a_link_is_not_that_of_the_note(
    title: str, line: str, own: bool, vocabulary: Vocabulary
) -> None:
    note = f"{title.format('Routing Striped Zebras through Very Tall Grass')}\n\n{line}\n"
    paper = next(m for m in read(note, vocabulary).mentions if m.name.startswith("Routing"))
    assert paper.identifiers == (("arXiv:2001.01234",) if own else ())
