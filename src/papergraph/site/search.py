"""Search without a server: names in one script, sentences in small ones that are loaded when they are asked for.

The sentences that a word may be in are found by the beginnings of their words, and by pairs of characters in scripts
without spaces; `viz/serve/search.js` reads the same keys from what is typed, and then compares the text itself.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from papergraph.site.links import Files
from papergraph.web.catalogue import catalogue
from papergraph.web.view import Page, View
from papergraph.web.works import notes_of

SEARCH = "/search"
FOLDER = "search/"
#: Scripts that the sentences' keys lie in, and sentences in one script; both are in `search.js` as well.
SHARDS, SENTENCES = 64, 200
#: Runs of characters of scripts without spaces, and words of the others.
_RUNS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+)|([a-z0-9\u00c0-\u024f\u0370-\u04ff]+)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be found, and the page where it stands."""

    text: str
    page: str
    """File of the page in the folder of a language, with the place on it."""
    place: str
    """`note.md:12`."""


def search_page(view: View) -> Page:
    """Return the page that searches; it needs scripts, and says so."""
    return Page("search.html.j2", SEARCH, view.words("find"), {"asked": ""})


def folded(text: str) -> str:
    """Return text as it is compared: compatible forms and cases are one.

    >>> folded("Ｈ２Ｏ KV-Cache")
    'h2o kv-cache'
    """
    return unicodedata.normalize("NFKC", text).lower()


def keys(text: str) -> set[str]:
    """Return the keys under which a text is found.

    >>> sorted(keys("持续学习 and KV"))
    ['an', 'and', 'kv', '学习', '持续', '续学']
    """
    found: set[str] = set()
    for run, word in _RUNS.findall(folded(text)):
        found.update(run[n : n + 2] for n in range(len(run) - 1))
        found.update(word[:n] for n in (2, 3) if len(word) >= n)
    return found


def shard(key: str) -> int:
    """Return the number of the script that holds a key; it depends on the first two characters only."""
    return (ord(key[0]) * 31 + ord(key[1])) % SHARDS


def name_script(view: View, files: Files) -> bytes:
    """Return the script with the names of all entities and notes, those named most often first."""
    rows: list[Sequence[object]] = []
    aliases = _aliases(view)
    for work in catalogue(view).works:
        page = files.pages.get(view.path(work.iri))
        if page:
            others = sorted(aliases.get(work.iri, set()) - {work.label})
            rows.append((work.label, work.type, page, work.iri.removeprefix(view.store.base), *others))
    for note, address, _ in notes_of(view):
        rows.append((note, "Note", files.pages[address], f"note/{note}"))
    return _call("names", rows)


def _aliases(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in view.store.select("SELECT ?s ?n { ?s rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title ?n }"):
        found[row["s"]].add(row["n"])
    return found


def sentence_scripts(sentences: Sequence[Sentence]) -> Iterator[tuple[str, bytes]]:
    """Yield the scripts with the keys of the sentences and with the sentences: file and content."""
    found: list[dict[str, list[int]]] = [{} for _ in range(SHARDS)]
    for number, sentence in enumerate(sentences):
        for key in keys(sentence.text):
            found[shard(key)].setdefault(key, []).append(number)
    for number, table in enumerate(found):
        yield f"{FOLDER}keys-{number}.js", _call("keys", number, {key: _gaps(table[key]) for key in sorted(table)})
    for number in range(script_count(len(sentences))):
        rows = [(s.text, s.page, s.place) for s in sentences[number * SENTENCES : (number + 1) * SENTENCES]]
        yield f"{FOLDER}text-{number}.js", _call("text", number, rows)


def script_names(sentences: int) -> Iterator[str]:
    """Yield the files of `name_script` and `sentence_scripts`."""
    yield f"{FOLDER}names.js"
    yield from (f"{FOLDER}keys-{number}.js" for number in range(SHARDS))
    yield from (f"{FOLDER}text-{number}.js" for number in range(script_count(sentences)))


def script_count(sentences: int) -> int:
    """Return how many scripts so many sentences take."""
    return -(-sentences // SENTENCES)


def _gaps(numbers: Iterable[int]) -> list[int]:
    """Return ascending numbers as the steps between them, which are shorter to write."""
    before, steps = 0, []
    for number in numbers:
        steps.append(number - before)
        before = number
    return steps


def _call(name: str, *arguments: object) -> bytes:
    """Return a classic script that hands data to `search.js`; JSON is JavaScript since 2019, apart from `</script`."""
    data = ",".join(json.dumps(a, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for a in arguments)
    text = f"papergraph.{name}({data})\n".replace("</", "<\\/").replace("<!", "<\\!")
    return text.encode("utf-8", "backslashreplace")
