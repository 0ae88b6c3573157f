"""Families of notes that grow with one number and have made extraction slow: name -> a note of about `n` characters."""

from __future__ import annotations

from collections.abc import Callable

Family = Callable[[int], str]

#: Some cues of the sentence patterns, in both languages.
_CUES = (
    "改进 优于 使用 基于 提出 在 上 的 比 与 相比 评测 outperforms improves on compared with based on uses trained on "
)


def _repeat(piece: str, *, head: str = "", tail: str = "") -> Family:
    """Return the family of notes that repeat one piece."""
    return lambda n: head + piece * max(1, n // len(piece)) + tail + "\n"


def _each(template: str, *, head: str = "") -> Family:
    """Return the family of notes that repeat a template with a number of five digits in it, different each time."""

    def family(n: int) -> str:
        count = max(1, n // len(template.format(i=0, name=_name(0))))
        return head + "".join(template.format(i=10_000 + i, name=_name(i)) for i in range(count))

    return family


def _name(number: int) -> str:
    """Return a name in camel case that no vocabulary has, another one for every number."""
    letters = "".join(chr(ord("a") + number // 26**power % 26) for power in range(4))
    return f"Zo{letters.capitalize()}Net"


def _blanks(n: int) -> str:
    gap = " " * (n // 3)
    return f"SAM accuracy 0.8{gap}75{gap}75{gap}COCO\n"


def _many_blanks(n: int) -> str:
    gap = " " * 40
    return f"SAM 的准确率{gap}为{gap}75{gap}，{gap}在 COCO{gap}上{gap}，" * max(1, n // 270) + "\n"


def _wide_table(n: int) -> str:
    columns = max(2, n // 26)
    rows = [
        "|".join(["", "Method", *(f"Data{i:05d}" for i in range(columns)), ""]),
        "|" + "---|" * (columns + 1),
        "|".join(["", "LoRA", *(f"{i % 100}.5" for i in range(columns)), ""]),
        "|".join(["", "QLoRA", *(f"{i % 97}.5" for i in range(columns)), ""]),
    ]
    return "\n".join(rows) + "\n"


def _nested_items(n: int) -> str:
    """Return items each under the last, as deep as readers go, again and again."""
    lines, number, size = [], 0, 0
    while size < n:
        line = f"{'  ' * (number % 40)}- {_name(number)}: uses LoRA\n"
        lines.append(line)
        size += len(line)
        number += 1
    return "".join(lines)


def _nested_headings(n: int) -> str:
    lines, number, size = [], 0, 0
    while size < n:
        line = f"{'#' * (number % 6 + 1)} {_name(number)} and more\n\nIt uses LoRA.\n\n"
        lines.append(line)
        size += len(line)
        number += 1
    return "".join(lines)


def _mixed(n: int) -> str:
    piece = (
        "## {name}\n\n- [{name}: Training Language Models with Less Memory](https://arxiv.org/abs/2401.{i})，清华大学\n"
        "\t> {name} 改进了 LoRA，在单个 80GB GPU 上训练，GSM8K 上优于 Llama 2 70B。\n\n"
        "| Method | MMLU |\n|---|---|\n| {name} | 71.2 |\n| LoRA | 70.1 |\n\n"
    )
    return _each(piece)(n)


def _front_matter(line: str) -> Family:
    def family(n: int) -> str:
        size = max(1, min(n, 60_000) // len(line.format(i=0, name=_name(0))))
        front = "".join(line.format(i=10_000 + i, name=_name(i)) for i in range(size))
        return f"---\ntitle: Frobnic\n{front}---\n\n" + "Frobnic uses LoRA.\n\n" * max(1, n // 20)

    return family


_SECTIONS = "- [{name}: Training Language Models with Less Memory](https://arxiv.org/abs/2401.{i})\n"

FAMILIES: dict[str, Family] = {
    # White space, and what stands again and again in one paragraph.
    "blanks between numbers": _blanks,
    "blanks between cues": _many_blanks,
    "a Chinese technique": _repeat("注意力机制"),
    "a Chinese technique, commas": _repeat("强化学习，"),
    "H2O": _repeat("H2O "),
    "H2O and LoRA": _repeat("H2O and LoRA, "),
    "known names in one line": _repeat("SnapKV, LoRA, Llama 2 70B, GSM8K, A100, Google "),
    "unknown names in one line": _each("{name} "),
    "unknown names with commas": _each("{name}, "),
    "unknown names with 、": _each("{name}、"),
    "names without a full stop": _each("{name} outperforms LoRA and uses {name} with H2O "),
    "a cue": _repeat("改进了"),
    "a cue with names": _repeat("改进了LoRA使用了"),
    "every cue": _repeat(_CUES),
    "every cue with names": _repeat(_CUES + "SnapKV LoRA COCO A100 "),
    "ambiguous names": _repeat("SAM MIT FEVER ReAct "),
    "one word": _repeat("a"),
    "one word in capitals": _repeat("A"),
    "a hyphenated word": _repeat("Ab-"),
    "a word with dots": _repeat("a.B"),
    "one Chinese character": _repeat("的"),
    "combining marks": _repeat("\u0316\u0301", head="# SnapKV a"),
    "digits": _repeat("1", head="LoRA "),
    "blanks behind a memory": _repeat(" ", head="80GB", tail="x GPU"),
    "blanks in a name": _repeat(" ", head="Llama", tail="2 70B"),
    # Punctuation.
    "opening brackets": _repeat("("),
    "names in brackets": _repeat("LoRA (PI) "),
    "quotes": _repeat('"a" '),
    "Chinese quotes": _repeat("“提出” "),
    "titles in quotes": _repeat('"A Long Way to the Last Zebra" '),
    "commas": _repeat("LoRA, "),
    "only commas": _repeat(","),
    "dashes": _repeat("- - "),
    "dashes in a line": _repeat("a — "),
    "colons": _repeat("A: "),
    "initials": _repeat("A. "),
    "authors": _repeat("Smith, J., "),
    "authors without years": _repeat("Smith J, Miller A B, "),
    "authors without a title": _repeat("Smith J, Miller A, " * 20 + "[J] "),
    "titles in quotes behind a cue": _repeat('论文"A Long Way to the Zebra" '),
    "references": _each("Smith, J., & Miller, A. (2017). Attention to zebra number {i} is needed. \n"),
    "pluses": _repeat("LoRA+"),
    "arrows": _repeat("LoRA -> "),
    "rankings": _repeat("LoRA > QLoRA > "),
    "digits and units": _repeat("80GB "),
    "devices": _repeat("8 卡 A100 单个 80GB GPU "),
    "years and venues": _repeat("NeurIPS 2023, "),
    "private-use characters": _repeat("LoRA \ue000 "),
    "sentences": _repeat("SnapKV improves on H2O. "),
    "Chinese sentences": _repeat("SnapKV改进了H2O。"),
    "sentences with new names": _each("{name} improves on LoRA. "),
    "paragraphs with new names": _each("{name} improves on LoRA and is trained on C4.\n\n"),
    "escaped marks": _repeat("\\*LoRA\\_"),
    "names in bold": _repeat("**LoRA** "),
    "wikilinks": _repeat("[[LoRA]] "),
    # Definitions, people, institutions, links.
    "definitions": _each("Zebra Optimal Number {name} (ZON{name}), "),
    "Chinese definitions": _each("键值缓存{i}（KV{name}），"),
    "institutions in a clause": _repeat("MIT, Google, 清华大学, "),
    "institutions in brackets": _repeat("(@MIT) (from Google) "),
    "institutions in a field": _repeat("MIT, Zebra University, ", head="> **Institution:** "),
    "makers": _repeat("Google 和微软开源了 LoRA 和 "),
    "people": _each("Ada Lovelace{name}, ", head="authors: "),
    "links in a paragraph": _each("[a text of a link here](https://arxiv.org/abs/2401.{i}) "),
    "a title of names": _repeat("LoRA with ", head="- [", tail="](https://arxiv.org/abs/2401.00001)"),
    "links in brackets": _repeat("[[a note]](https://arxiv.org/abs/2401.00001) "),
    "links of other kinds": _each("[the text of a link to some page](https://example.org/{i}) "),
    "addresses in a paragraph": _each("https://arxiv.org/abs/2401.{i} "),
    "addresses in lines": _each("- https://arxiv.org/abs/2401.{i}\n"),
    "addresses of one paper": _repeat("https://arxiv.org/abs/2401.00001 "),
    "titles of one paper": _each("- [{name} Way to the Last Zebra of Us](https://arxiv.org/abs/2401.00001)\n"),
    "tags": _repeat("#tag "),
    "new tags": _each("#{name} "),
    "tags under a paper": _each(
        "#{name} ", head="[A Long Way to the Last Zebra](https://arxiv.org/abs/2401.00001)\n\n"
    ),
    # Lists.
    "bullets": _each("- {name} uses LoRA to train Llama 2 and outperforms QLoRA on GSM8K.\n"),
    "bullets in one item": _each("  - {name} uses LoRA\n", head="- SnapKV\n"),
    "ambiguous bullets": _repeat("  - SAM and FEVER\n", head="- a list\n"),
    "papers": _each(_SECTIONS),
    "titles alone": _each("- Efficient Training of Large {name} Models with Zebras\n"),
    "titles alone in an item": _each("  - A Long Way to the Last Zebra of {name}\n", head="- zebras\n"),
    "bold heads": _each("- **{name}**: bar\n"),
    "bold heads without new names": _repeat("- **Foo**: bar\n"),
    "nested items": _nested_items,
    "items with three below": _each("- {name}\n  - uses LoRA\n  - uses H2O\n  - SAM\n", head="# KV Cache\n\n"),
    "papers with items": _each(_SECTIONS + "  - uses LoRA\n  - SAM\n"),
    "papers with paragraphs": _each(
        "{name}: [A Way to {name} Zebras](https://arxiv.org/abs/2401.{i})\n\nIt uses LoRA.\n\n"
    ),
    "names of components": _each("- **{name}MoE**: uses MoE\n"),
    "versions": _each("- **Zorb-{i}**: is better\n"),
    "items under a long one": lambda n: (
        "- " + "LoRA is a word " * (n // 30) + "\n" + "  - uses SAM on COCO\n" * (n // 44)
    ),
    # Headings.
    "headings under a long one": lambda n: (
        "# " + "LoRA is a word " * (n // 30) + "\n\n" + "## a\n\nuses H2O\n\n" * (n // 36)
    ),
    "headings": _repeat("# a\n"),
    "headings with new names": _each("# {name}\n\n"),
    "headings over links": _each("## about {name}\n\nhttps://example.org/{i}\n\n"),
    "headings under a paper": _each(
        "## part {i}\n\nIt uses LoRA.\n\n",
        head="# [A Long Way to the Last Zebra](https://arxiv.org/abs/2401.00001)\n\n",
    ),
    "headings with papers": _each(
        "## [{name}: A Way to the Zebras](https://arxiv.org/abs/2401.{i})\n\nIt uses LoRA.\n\n"
    ),
    "headings with labelled parts": _each(
        "## {name}: a way to the zebras of the long night\n\n- Method: LoRA\n- Results: COCO\n- Related work: SAM\n\n"
    ),
    "headings that are keys": _each("### Authors:\n\nAda {name}\n\n### Year:\n\n2017\n\n"),
    "a list of trials": _repeat(
        "- Sentiment on IMDb\n", head="# [Zorb: A Way to Zebras](https://arxiv.org/abs/2401.00001)\n\nThey test on:\n\n"
    ),
    "sentences on devices": _repeat(
        "It was trained on IMDb with 8 V100 GPUs and tested on COCO. ",
        head="# [Zorb: A Way to Zebras](https://arxiv.org/abs/2401.00001)\n\n",
    ),
    "names over titles": _each("- {name}\n\nhttps://example.org/{i}\n\n{name}: A Long Way to Zebras\n\n"),
    "template headings": _each("# 背景\n\n## {name}\n\nIt uses LoRA.\n\n"),
    "nested headings": _nested_headings,
    "a row of many papers": lambda n: (
        "|" + "Title|" * (n // 14) + "\n|" + "-|" * (n // 14) + "\n|" + "LoRA|" * (n // 14)
    ),
    "headings of one level": _each(
        "## topic {name}\n\n- [{name}: A Way to Zebras](https://arxiv.org/abs/2401.{i})\n\n"
    ),
    # Tables.
    "a table of results": _each("| {name} | 71.2 | 70.1 |\n", head="| Method | MMLU | GSM8K |\n|---|---|---|\n"),
    "a table of results with its own method": _each(
        "| {name} | 71.2 | 70.1 |\n",
        head="# LoRA\n\nLoRA is LoRA.\n\n| Method | MMLU | GSM8K |\n|---|---|---|\n| LoRA | **72** | **73** |\n",
    ),
    "a table of scores under a dataset": _each(
        "| {name} | 71.2 | [{name}: A Way to Zebras](https://arxiv.org/abs/2401.{i}) |\n",
        head="## GSM8K\n\n| Model | F1 | Paper |\n|---|---|---|\n",
    ),
    "tables under datasets": _each("## GSM8K\n\n| Model | F1 |\n|---|---|\n| {name} | 71.2 |\n\n"),
    "a wide table": _wide_table,
    "a table of papers": _each(
        "| [{name}: A Way to Zebras](https://arxiv.org/abs/2401.{i}) | MIT | C4 |\n",
        head="| Paper | Institution | Dataset |\n|---|---|---|\n",
    ),
    "tables": _each("| Method | MMLU |\n|---|---|\n| {name} | 71.2 |\n\n"),
    # Front matter, and everything at once.
    "tags in front matter": lambda n: (
        "---\ntags: ["
        + ", ".join(_name(i) for i in range(max(1, min(n, 60_000) // 11)))
        + "]\n---\n\n"
        + "[A Long Way to the Last Zebra](https://arxiv.org/abs/2401.00001)\n\n"
        + "LoRA is fast.\n\n" * max(1, n // 15)
    ),
    "fields in front matter": _front_matter("field{i}: MIT\n"),
    "fields in the text": _each("机构：MIT{name}\n\n"),
    "mixed": _mixed,
}
