"""A small reader of BibTeX, written from its manual, to check what we write."""

from __future__ import annotations

import re

_WORDS = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
}


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry by its key, its kind as `@`; values are as written between the outer braces.

    Raises:
        ValueError: for what is no BibTeX, or a key that comes twice.
    """
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while match := re.compile(r"\s*@(\w+)\{([^\s,{}\\%#~\"']+)").match(text, at):
        fields, at = {"@": match[1]}, match.end()
        while field := re.compile(r"\s*,\s*(\w+)\s*=\s*\{").match(text, at):
            value, at = _braced(text, field.end())
            fields[field[1]] = value
        end = re.compile(r"\s*\}\s*").match(text, at)
        if not end or match[2] in entries:
            raise ValueError(f"not an entry of its own: {text[match.start() : at + 40]!r}")
        entries[match[2]], at = fields, end.end()
    if text[at:].strip():
        raise ValueError(f"no BibTeX: {text[at : at + 40]!r}")
    return entries


def _braced(text: str, start: int) -> tuple[str, int]:
    """Return what stands up to the closing brace; for BibTeX a backslash hides no brace from counting."""
    depth, at = 1, start
    while depth:
        if at == len(text):
            raise ValueError("a brace is not closed")
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return text[start : at - 1], at


def typeset(value: str) -> str:
    """Return what LaTeX prints.

    Raises:
        ValueError: for a character that LaTeX would take for a command.
    """
    printed = []
    for word, escaped, brace, plain in re.findall(r"\\([a-z]+)\{\}|\\([#$%&_])|([{}])|(.)", value, re.DOTALL):
        if plain and plain in "#$%&_\\~^":
            raise ValueError(f"{plain} is a command, in {value!r}")
        printed.append("" if brace else _WORDS[word] if word else escaped or plain)
    return "".join(printed)


def names(value: str) -> list[str]:
    """Return the names of an author field: `and` within braces parts none."""
    found, depth = [""], 0
    for word in value.split(" "):
        if word == "and" and not depth:
            found.append("")
        else:
            found[-1] = f"{found[-1]} {word}".strip()
        depth += word.count("{") - word.count("}")
    return found
