"""Notes that are hard to read in linear time: `FAMILIES[name](n)` has about `n` characters, most of one unit."""

from __future__ import annotations

from collections.abc import Callable

Family = Callable[[int], str]

#: What a note of each family repeats, without anything else.
_UNITS = {
    "blanks": " ",
    "tabs": "\t",
    "newlines": "\n",
    "carriage returns": "\r",
    "lines ended by carriage returns": "a\r",
    "ideographic spaces": "\u3000",
    "no-break spaces": "\u00a0",
    "zero-width spaces": "\u200b",
    "control characters": "text text text text text text text text text text text \x01",
    "combining marks": "\u0301",
    "emoji": "\U0001f469\u200d\U0001f4bb",
    "private use": "\uf8ff",
    "one long word": "a",
    "Chinese characters": "注",
    "full-width letters": "Ａ",
    "full stops": ".",
    "Chinese full stops": "。",
    "ellipses": "...",
    "one-letter sentences": "A. ",
    "short sentences": "Yes. No! ",
    "commas": "，",
    "headings": "# a\n",
    "headings of all levels": "# a\n## b\n### c\n#### d\n##### e\n###### f\n",
    "underlined headings": "a\n---\n",
    "hashes": "#",
    "items": "- a\n",
    "numbered items": "1. a\n",
    "items with quotes": "- a\n  > b\n",
    "bullets in one line": "- ",
    "numbers in one line": "1. ",
    "quotes in one line": "> ",
    "quotes in one line without blanks": ">",
    "bullets and quotes in one line": "- > ",
    "quoted lines": "> a\n",
    "rules": "---\n",
    "cells": "|a",
    "pipes": "|",
    "rows": "| a | b |\n",
    "tables": "| a | b |\n|---|---|\n| c | d |\n\n",
    "brackets": "[",
    "closing brackets": "]",
    "bracket pairs": "[]",
    "link ends": "](",
    "broken links": "[a](b",
    "links": "[a](https://arxiv.org/abs/2306.14048) ",
    "links in brackets": "[a](b) [",
    "images": "![a](b.png) ",
    "image starts": "![",
    "wikilinks": "[[a|b]] ",
    "wikilink starts": "[[",
    "broken wikilinks": "[[a|",
    "wikilink headings": "[[a#",
    "reference definitions": "[a]: b\n",
    "references": "[a][b] ",
    "footnotes": "[^1] [^1]: a\n",
    "references in a paragraph": "[1] `a`\n",
    "backticks": "`",
    "code spans": "`a` ",
    "backticks of odd length": "`a``b```c",
    "fences": "```\n",
    "dollars": "$",
    "formulas": "$a$ ",
    "double dollars": "$$a",
    "tag starts": "<a ",
    "less-than signs": "<",
    "tags of HTML": "<b>a</b>",
    "open tags": "<b>",
    "closing tags": "</b>",
    "line breaks of HTML": "a<br>",
    "blocks of HTML": "<div>\na\n</div>\n\n",
    "lines of HTML": "<div>a</div>\n",
    "comments": "<!-- a -->",
    "comment starts": "<!--",
    "declarations": "<!A",
    "processing instructions": "<?",
    "CDATA": "<![CDATA[",
    "autolinks": "<https://a.b> ",
    "ampersands": "&",
    "character references": "&amp;",
    "numbered references": "&#65;",
    "stars": "*",
    "stars apart": "* ",
    "star words": "*a",
    "nested bold": "**a",
    "nested bold words": "**a ",
    "bold words": "**a** ",
    "underscores": "_",
    "underscore words": "_a",
    "stars and underscores": "*_a ",
    "odd emphasis": "*a **a ",
    "tildes": "~~a ",
    "exclamation marks": "!",
    "question marks": "?",
    "tags": "#tag ",
    "nested tags": "#a/",
    "fields with two colons": "key:: ",
    "field lines": "key:: value\n",
    "bold field lines": "**Key**: value\n",
    "fields in parentheses": "(a:: b)",
    "fields in brackets": "[a:: b] ",
    "field starts in parentheses": "(a:: ",
    "open parentheses": "(",
    "closing parentheses": ")",
    "colons": ":",
    "URL starts": "https://",
    "URLs": "https://arxiv.org/abs/2306.14048 ",
    "URLs run together": "https://a.b/c",
    "www": "www.",
    "arXiv words": "arxiv:",
    "arXiv numbers": "arXiv:2306.14048 ",
    "arXiv numbers without blanks": "arXiv:2306.14048",
    "digits": "1",
    "digits and full stops": "10.1234/",
    "DOIs": "https://doi.org/10.1145/1 ",
    "backslashes": "\\",
    "escapes": "\\*",
    "quotation marks": '"',
    "curly quotation marks": "“",
    "indented lines": "     a\n",
    "indented bullets": "\n       - a\n",
    "lazy lines": "> a\nb\n\n",
    "mojibake": "é\u0094®å\u0080¼ç¼\u0093å\u00ad\u0098",
    "mojibake with lost bytes": "é”®å€¼ç¼“å˜",
    "mojibake in words": "KV é”®å€¼ç¼“ ",
    "almost mojibake": "é",
    "real bullets": "- **H2O** ([arXiv](https://arxiv.org/abs/2306.14048)): keeps 20%. 效果接近全量。 #kv\n",
}


def _repeated(unit: str) -> Family:
    return lambda n: unit * (n // len(unit))


def _framed(start: str, unit: str, end: str) -> Family:
    return lambda n: start + unit * ((n - len(start) - len(end)) // len(unit)) + end


def _nested(marker: str, indent: int, deepest: int) -> Family:
    """Each item a step deeper than the one above, from the margin again after `deepest`."""

    def note(n: int) -> str:
        lines: list[str] = []
        size = 0
        while size < n:
            line = " " * (indent * (len(lines) % deepest)) + marker + "a\n"
            lines.append(line)
            size += len(line)
        return "".join(lines)

    return note


def _nested_all_the_way(marker: str, indent: int) -> Family:
    """Each item a step deeper than the one above, as deep as `n` characters allow."""
    return lambda n: _nested(marker, indent, n)(n)


def _steps(start: str, step: str, end: str = "") -> Family:
    """Lines that repeat `step` once more each, as many as `n` characters allow."""

    def note(n: int) -> str:
        lines: list[str] = []
        size = 0
        while size < n:
            line = start + step * (len(lines) + 1) + end + "\n"
            lines.append(line)
            size += len(line)
        return "".join(lines)

    return note


def _wide_table(n: int) -> str:
    columns = n // 8
    return "|" + "a|" * columns + "\n|" + "---|" * columns + "\n|" + "b|" * columns + "\n"


def _numbered(line: str) -> Callable[[int], str]:
    return lambda n: "".join(line.format(i) for i in range(n // len(line)))


def _square_table(n: int) -> str:
    """A table with as many rows as columns, all but the first rows short."""
    columns = int(n**0.5)
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|b|\n" * (n // 8)


def _redirectors(n: int) -> str:
    start = "https://link.zhihu.com/?target="
    return "[a](" + start * (n // len(start)) + "https://a.b)\n"


def _pairs(start: str, end: str) -> Family:
    return lambda n: start * (n // (len(start) + len(end))) + "a" + end * (n // (len(start) + len(end)))


FAMILIES: dict[str, Family] = {
    **{name: _repeated(unit) for name, unit in _UNITS.items()},
    "blanks between words": _framed("a", " ", "b\n"),
    "tabs between words": _framed("a", "\t", "b\n"),
    "ideographic spaces between words": _framed("a", "\u3000", "b\n"),
    "blanks before a colon": _framed("a", " ", ": b\n"),
    "blanks after a bold key": _framed("**a**", " ", "b\n"),
    "blanks after a bullet": _framed("- a\n-", " ", "b\n"),
    "blanks in brackets": _framed("(a::", " ", "b\n"),
    "blanks after arXiv": _framed("arxiv", " ", "2306.14048\n"),
    "arXiv and blanks, again and again": _repeated("arxiv" + " " * 400),
    "field markers": _framed("", "<b>", "a: b\n"),
    "closing tags after a field": _framed("key:: a", "</b>", "x\n"),
    "a URL with parentheses": _framed("https://a.b/", ")", "\n"),
    "a URL with pairs of parentheses": _framed("https://a.b/", "()", "\n"),
    "a URL with marks at its end": _framed("https://a.b/", ".", "\n"),
    "a link with marks at its end": _framed("[a](https://a.b/", ".", ")\n"),
    "a link with parentheses": _framed("[a](<https://a.b/", ")", ">)\n"),
    "a link of hyphens": _framed("[a](https://arxiv.org/", "a-", ")\n"),
    "a DOI": _framed("[a](https://doi.org/10.1145/", "10.1145/", ")\n"),
    "a query": _framed("[a](https://openreview.net/?", "a=b&", ")\n"),
    "redirectors": _redirectors,
    "nested items": _nested_all_the_way("- ", 2),
    "items nested a hundred deep": _nested("- ", 2, 100),
    "items nested twenty deep": _nested("- ", 2, 20),
    "numbered items nested": _nested_all_the_way("1. ", 3),
    "nested quotes": _steps("", "> ", "a"),
    "nested quotes without text": _steps("", ">"),
    "nested quotes and bullets": _steps("", "> - ", "a"),
    "stars nested to the middle": _pairs("*", "*"),
    "bold nested to the middle": _pairs("**a ", " b**"),
    "emphasis nested to the middle": _pairs("*a _b ", " c_ d*"),
    "strikes nested to the middle": _pairs("~~a ", " b~~"),
    "links nested to the middle": _pairs("[", "](b)"),
    "images nested to the middle": _pairs("![", "](b)"),
    "wikilinks nested to the middle": _pairs("[[", "]]"),
    "parentheses nested to the middle": _pairs("(", ")"),
    "tags nested to the middle": _pairs("<b>", "</b>"),
    "code spans of growing length": _steps("", "`", " a"),
    "a wide table": _wide_table,
    "a table with short rows": _square_table,
    "a long table": lambda n: "| a | b |\n|---|---|\n" + "| H2O | 0.8 |\n" * (n // 14),
    "a table in a list": lambda n: "- a\n\n  | a | b |\n  |---|---|\n" + "  | H2O | 0.8 |\n" * (n // 16),
    "new references": _numbered("[a{0}]: https://a.b/{0}\n[a{0}] "),
    "one reference used often": lambda n: "[a]: https://a.b/" + "c" * (n // 2) + "\n\n" + "[a] " * (n // 8),
    "new footnotes": _numbered("[^{0}]\n\n[^{0}]: a\n\n"),
    "new URLs": _numbered("https://a.b/{0} "),
    "one list item of many lines": _framed("- a\n", "  b\n", ""),
    "one quote of many lines": _framed("- a\n\n", "> b\n", ""),
    "an item and blank lines before a quote": _framed("- a\n", ">\n", "> b\n"),
    "items and quotes after blank lines": _repeated("- a\n" + ">\n" * 50 + "> b\n"),
    "front matter with keys": (lambda n: "---\n" + _numbered("key{0}: value\n")(n) + "---\ntext\n"),
    "front matter with a list": _framed("---\ntags:\n", "- a\n", "---\ntext\n"),
    "front matter with a flow list": _framed("---\ntags: [", "a, ", "a]\n---\ntext\n"),
    "front matter with a long value": _framed("---\ntitle: ", "a", "\n---\ntext\n"),
    "front matter with blanks": _framed("---\ntitle: a", " ", "b\n---\ntext\n"),
    "front matter with brackets": _framed("---\na: ", "[", "\n---\ntext\n"),
    "front matter with braces": _framed("---\na: ", "{", "\n---\ntext\n"),
    "front matter with nested dashes": _framed("---\n", "- ", "a\n---\ntext\n"),
    "front matter with question marks": _framed("---\n", "? ", "a\n---\ntext\n"),
    "front matter with quotation marks": _framed('---\na: "', "b ", '"\n---\ntext\n'),
    "front matter with nested keys": lambda n: "---\n" + _steps("", " ", "a:")(n) + "---\ntext\n",
    "front matter in TOML": lambda n: "+++\n" + _numbered('key{0} = "value"\n')(n) + "+++\ntext\n",
    "front matter in TOML with brackets": _framed("+++\na = ", "[", "\n+++\ntext\n"),
    "front matter in TOML with a list": _framed("+++\na = [", '"a", ', '"b"]\n+++\ntext\n'),
    "front matter in TOML with digits": _framed("+++\na = ", "1", "\n+++\ntext\n"),
    "front matter in TOML with a dotted key": _framed("+++\na", ".a", " = 1\n+++\ntext\n"),
    "front matter without an end": _framed("---\n", "a: b\n", ""),
    "fences of front matter": _framed("---\n", "-- \n", ""),
}
