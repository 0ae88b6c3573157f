"""Fields, front matter, links, sentences and repair."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import Span
from papergraph.sources import parse_document, read_document
from papergraph.sources.notes.links import clean_url, identify, is_code
from papergraph.sources.notes.sentences import split_sentences
from papergraph.sources.repair import detect, repair


def fields(text: str) -> list[tuple[str, str, str, int]]:
    document = parse_document(text, "a.md")
    return [(f.meaning, f.key, f.value.of(text), f.line) for f in document.fields]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> **Institution:** Meta AI\n>\n> **Arxiv:** https://arxiv.org/abs/1\n", ["institution", "arxiv"]),
        ("> **Model: **https://github.com/a/b\n", ["model"]),
        ("**机构**：清华大学\n", ["institution"]),
        ("作者：张三\n", ["authors"]),
        ("- **Code**: here\n", ["code"]),
        ("method:: [[H2O]]\n", ["method"]),
        ("text [dataset:: MMLU] text\n", ["dataset"]),
        ("LoRA+: 同样研究\n", []),
        ("see https://a.b/c\n", []),
    ],
)
def test_fields_are_found_in_every_habit(text: str, expected: list[str]) -> None:
    assert [f[0] for f in fields(text)] == expected


def test_a_field_knows_value_and_line() -> None:
    assert fields("a\n\n> **Institution:** Meta AI, Google  \n") == [
        ("institution", "institution", "Meta AI, Google", 3)
    ]


def test_front_matter_in_yaml_and_toml() -> None:
    yaml = '---\ntitle: "A: B"\ntags:\n  - x\n  - y\ndate: 2024-13-45\n---\nbody\n'
    assert [(m, v) for m, _, v, _ in fields(yaml)] == [
        ("title", "A: B"),
        ("tags", "x"),
        ("tags", "y"),
        ("year", "2024-13-45"),
    ]
    toml = '+++\ntitle = "T"\ntags = ["a", "b"]\n+++\nbody\n'
    assert [(m, v) for m, _, v, _ in fields(toml)] == [("title", "T"), ("tags", "a"), ("tags", "b")]
    assert parse_document(yaml, "a.md").blocks[0].line == 8
    assert fields("---\n---\nx\n") == fields("---\nno end\n") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\na: [b\n---\n", "line 3: the front matter is not valid YAML"),
        ("---\na: &x [1]\nb: *x\n---\n", "aliases"),
        ("---\na: !!python/object x\n---\n", "aliases or tags"),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", "nested too deeply"),
        ("---\na: " + "x" * 70_000 + "\n---\n", "more than 64,000"),
        ("+++\na = \n+++\n", "not valid TOML"),
    ],
)
def test_bad_front_matter_loses_nothing_but_itself_and_names_line_and_reason(text: str, reason: str) -> None:
    document = parse_document(text + "# Body\n", "a.md")
    (warning,) = document.warnings
    assert reason in warning
    assert [b.kind for b in document.blocks] == ["heading"]


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    text = "---\ntitle: Mamba: Linear-Time Sequence Modeling\ntags: [ssm\n- long context\n---\nbody\n"
    assert [(m, v) for m, _, v, _ in fields(text)] == [
        ("title", "Mamba: Linear-Time Sequence Modeling"),
        ("tags", "ssm"),
        ("tags", "long context"),
    ]


def test_a_field_knows_the_paper_that_it_names() -> None:
    text = "---\nurl: https://arxiv.org/pdf/2403.05530\narxiv: 2306.14048v2\nyear: 2306.14048\n---\n"
    found = [f.identifier for f in parse_document(text, "a.md").fields]
    assert found == ["arXiv:2403.05530", "arXiv:2306.14048", ""]


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://arxiv.org/abs/2306.14048v2", "arXiv:2306.14048"),
        ("http://arxiv.org/pdf/2306.14048.pdf", "arXiv:2306.14048"),
        ("https://www.alphaxiv.org/zh/overview/2306.14048", "arXiv:2306.14048"),
        ("https://huggingface.co/papers/2306.14048", "arXiv:2306.14048"),
        ("https://papers.cool/arxiv/2306.14048", "arXiv:2306.14048"),
        ("https://arxiv.org/abs/math.GT/0309136", "arXiv:math/0309136"),
        ("https://arxiv.org/abs/2313.14048", ""),
        ("https://link.zhihu.com/?target=https%3A//arxiv.org/abs/2306.14048", "arXiv:2306.14048"),
        ("https://doi.org/10.48550/arXiv.2306.14048", "arXiv:2306.14048"),
        ("https://dl.acm.org/doi/pdf/10.1145/3600006.3613165", "10.1145/3600006.3613165"),
        ("https://openreview.net/pdf?id=LCTmppB165", "OpenReview:LCTmppB165"),
        ("https://aclanthology.org/2023.acl-long.1/", "ACL:2023.acl-long.1"),
        ("https://proceedings.mlr.press/v202/sheng23a.html", "PMLR:v202/sheng23a"),
        ("https://openaccess.thecvf.com/content/CVPR2024/html/A_B_CVPR_2024_paper.html", "CVF:A_B_CVPR_2024_paper"),
        ("https://www.nature.com/articles/s41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("https://ieeexplore.ieee.org/document/123456", "IEEE:123456"),
        ("https://www.semanticscholar.org/paper/x/" + "a" * 40, "S2:" + "a" * 40),
        ("https://www.usenix.org/conference/osdi22/presentation/yu", "USENIX:osdi22/yu"),
        ("https://github.com/FMInference/H2O", ""),
        ("http://[bad", ""),
    ],
)
def test_a_url_names_its_paper(url: str, identifier: str) -> None:
    assert identify(url) == identifier


def test_urls_lose_what_prose_leaves_at_their_end() -> None:
    assert clean_url("https://a.b/c）。") == "https://a.b/c"
    assert clean_url("https://a.b/c_(d)") == "https://a.b/c_(d)"
    assert is_code("https://github.com/a/b")
    assert not is_code("https://arxiv.org/abs/2306.14048")


def sentences(text: str) -> list[str]:
    return [s.of(text) for s in split_sentences(text, Span(0, len(text)))]


def test_sentences_in_both_languages() -> None:
    assert sentences("H2O 好用。它快！真的？Yes. It is v1.5, e.g. fast (Liu et al. 2023). End") == [
        "H2O 好用。", "它快！", "真的？", "Yes.", "It is v1.5, e.g. fast (Liu et al. 2023).", "End",
    ]  # fmt: skip


def test_lines_that_their_author_ends_are_sentences() -> None:
    assert sentences("idea:\n1，SFT（13k）\n2、RM of 6.7B  \nlast\nline") == [
        "idea:",
        "1，SFT（13k）",
        "2、RM of 6.7B",
        "last\nline",
    ]
    assert sentences("（1）fast\n（2）small\n3.5 times\nas fast") == ["（1）fast", "（2）small\n3.5 times\nas fast"]


def test_the_label_of_a_link_is_not_parted() -> None:
    text = "See [Is It So? A Study](https://a.b) and [[Why Not? A Note]]. Then [it ends? No"
    assert sentences(text) == ["See [Is It So? A Study](https://a.b) and [[Why Not? A Note]].", "Then [it ends?", "No"]


@given(st.text(alphabet="ab 。.!？\n>1[](", max_size=80))
def test_sentences_keep_every_visible_character(text: str) -> None:
    if text:
        parts = split_sentences(text, Span(0, len(text)))
        assert "".join(p.of(text) for p in parts).replace(" ", "").replace("\n", "").replace(">", "") == text.replace(
            " ", ""
        ).replace("\n", "").replace(">", "")


CLEAN = (
    "大语言模型的键值缓存会随着序列长度线性增长，成为推理时的主要瓶颈。中间的步骤与推理策略都很重要，我们可以直接接入。"
    * 3
)


@pytest.mark.parametrize(
    ("codec", "lost"),
    [("cp1254", b"\x81\x8d\x8e\x8f\x90\x9d\x9e\xad"), ("cp1252", b"\x81\x8d\x8f\x90\x9d"), ("latin-1", b"")],
)
def test_a_misread_text_is_restored(codec: str, lost: bytes) -> None:
    damaged = bytes(b for b in CLEAN.encode() if b not in lost).decode(codec)
    restored = repair("# H2O\n" + damaged + "\nend", [CLEAN])
    assert restored is not None
    assert restored.codec == codec
    assert restored.text.startswith("# H2O\n")
    assert restored.text.endswith("\nend")
    right = sum(a == b for a, b in zip(restored.text[6:-4], CLEAN, strict=True))
    assert right >= 0.97 * len(CLEAN)


@pytest.mark.parametrize(
    "text", ["plain", CLEAN, "Ä Ö Ü ß über Größe " * 20, "naïve café déjà vu – “quoted” " * 20, "ğüşıöç İstanbul " * 20]
)
def test_clean_text_is_never_touched(text: str) -> None:
    assert detect(text) == ""
    assert repair(text) is None


def test_a_repaired_note_says_so() -> None:
    damaged = CLEAN.encode().decode("latin-1").encode()
    document = read_document("a.md", damaged)
    assert document.encoding == "utf-8 misread as latin-1"
    assert document.warnings == ()


@pytest.mark.slow
def test_the_damaged_seed_keeps_its_lines_and_ascii(shared: Path) -> None:
    data = (shared / "notes" / "seeds" / "paper-reading.md").read_bytes()
    document = read_document("paper-reading.md", data)
    raw = data.decode()
    assert document.text.count("\n") == raw.count("\n")
    assert [c for c in document.text if c.isascii()] == [c for c in raw if c.isascii()]


@pytest.mark.slow
def test_simulated_damage_on_clean_notes_is_repaired(shared: Path) -> None:
    lost = b"\x81\x8d\x8e\x8f\x90\x9d\x9e\xad"
    seeds = [
        (shared / "notes" / "seeds" / n).read_text("utf-8")
        for n in ("abstracts-zh.md", "paper-select.md", "llm-digest-2024-04.md")
    ]
    for number, text in enumerate(seeds):
        clean = "".join(c for c in text if c.isascii() or "\u3000" <= c <= "\u9fff")
        damaged = bytes(b for b in clean.encode() if b not in lost).decode("cp1254")
        restored = repair(damaged, [t for i, t in enumerate(seeds) if i != number])
        assert restored is not None
        hurt = [i for i, c in enumerate(clean) if any(b in lost for b in c.encode())]
        assert sum(restored.text[i] == clean[i] for i in hurt) >= 0.93 * len(hurt)


def test_every_ftfy_negative_stays_as_it_is(shared: Path) -> None:
    import json

    for path in sorted((shared / "suites" / "ftfy").rglob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if case.get("original") == case.get("fixed"):
                assert repair(case["original"]) is None
