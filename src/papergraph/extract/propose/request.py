"""What a model is asked about a note: the same bytes for the same note, and a fingerprint for the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from papergraph.extract.propose.chunks import Chunk, cut
from papergraph.extract.propose.schema import SCHEMA
from papergraph.model import Document, Extraction
from papergraph.resources import read_resource
from papergraph.text.folding import is_chinese

Message = tuple[str, str]
#: Names that the rules found, here first, which help a model to spell and to sort.
_NAMES = 60
#: From this share of Chinese characters on a part is read with the guidelines in Chinese.
_CHINESE = 0.1
#: Characters of a token, roughly: Latin letters, and all others.
_LATIN, _OTHER = 4.0, 1.3


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked about one part of a note."""

    fingerprint: str
    """Of what the answer depends on: the guidelines, the model, the lines; not of the names that help."""
    note: str
    line: int
    """Where the part begins."""
    messages: tuple[Message, ...]
    """Pairs of a role and a text."""

    @property
    def tokens(self) -> int:
        """How many tokens are sent, roughly."""
        return sum(estimate_tokens(text) for _, text in self.messages)

    @property
    def reply_tokens(self) -> int:
        """How many tokens a reply has, roughly: names and quotes repeat much of the part."""
        return 200 + estimate_tokens(self.messages[-1][1])


def make_requests(document: Document, extraction: Extraction, model: str) -> Iterator[tuple[Chunk, Request]]:
    """Yield the parts of a note and what is asked about each; `extraction` is what the rules found in it."""
    for chunk in cut(document):
        shown = [span.of(document.text) for span in chunk.shown()]
        if not any(c.isalpha() for text in shown for c in text):
            continue
        language = _language("".join(shown))
        key = json.dumps([_prompt_digest(language), model, chunk.note, shown], ensure_ascii=False)
        fingerprint = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        known = tuple(_names(extraction, chunk))
        messages = (*_preamble(language), ("user", _question(chunk.note, shown, known)))
        yield chunk, Request(fingerprint, document.path, document.line_of(chunk.lines[0].start), messages)


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has.

    >>> estimate_tokens("a sentence of words"), estimate_tokens("一句中文")
    (5, 3)
    """
    latin = sum(map(str.isascii, text))
    return round(latin / _LATIN + (len(text) - latin) / _OTHER)


def _language(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    return "zh" if sum(map(is_chinese, letters)) > _CHINESE * len(letters) else "en"


@cache
def _prompt(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(read_resource(f"data/propose/{language}.yaml"))
    return loaded


@cache
def _preamble(language: str) -> tuple[Message, ...]:
    """Return what comes before every question: the guidelines with the schema, and worked examples."""
    prompt = _prompt(language)
    messages = [("system", f"{prompt['guidelines']}\n{_compact(SCHEMA)}\n")]
    for example in prompt["examples"]:
        messages.append(("user", _question(example["note"], example["lines"], ())))
        messages.append(("assistant", _compact(example["reply"])))
    return tuple(messages)


@cache
def _prompt_digest(language: str) -> str:
    return hashlib.sha256(_compact(_preamble(language)).encode()).hexdigest()


def _question(note: str, lines: Sequence[str], known: Sequence[str]) -> str:
    """Return the lines between marks that the lines themselves cannot hold, since they are made from them."""
    mark = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    names = f"Names already known: {'; '.join(known)}\n" if known else ""
    numbered = "\n".join(f"{number}: {line}" for number, line in enumerate(lines, 1))
    return f"{names}Note: {note}\n<lines {mark}>\n{numbered}\n</lines {mark}>"


def _names(extraction: Extraction, chunk: Chunk) -> Iterator[str]:
    """Yield the names that rules found in a note with their types, those of the part first."""
    ordered = sorted(extraction.mentions, key=lambda m: (not chunk.holds(m.span.start), m.span, m.type))
    shown = dict.fromkeys(f"{m.name} ({m.type})" for m in ordered if m.type not in {"Paper", "Person"})
    yield from list(shown)[:_NAMES]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
