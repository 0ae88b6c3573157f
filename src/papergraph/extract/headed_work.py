"""Sections on one work each, in a row: `## AlexNet (2012)`, `## VGG - deeper networks`, `### ERNIE (THU)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Mention
from papergraph.ontology.kinds import THINGS
from papergraph.text.folding import fold

#: Works that a row of headings names at least.
SEVERAL = 2
#: A longer heading is a sentence.
_LONGEST = 160
#: Blocks at the start of a section that may give its paper.
_FIRST_BLOCKS = 4
#: Before a name: a number, signs, markup.
_BEFORE = re.compile(r"(?:[\W_]|\d{1,2}(?:\.\d{1,2}){0,3}[.、)）:：\s]){0,12}")
_YEAR = r"(?:19[89]|20[0-4])\d(?:[-./]\d{1,2}){0,2}"
_BRACKETS = r"(?:\]?\([^()\s]{0,200}\)|[(（\[【][^()（）\[\]【】\n]{1,100}[)）\]】])"
#: Behind a name, a sign that sets off what its author thinks of it: `⭐ a landmark`.
_STAR = "[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]"
#: Of the brackets behind a name, those that say when and by whom it was made.
_DATED = re.compile(
    rf"[\W_]*(?:(?:[(（\[【][^()（）\[\]【】\n]{{0,60}})?(?<!\d){_YEAR}(?!\d)|[(（][^()（）\n]{{2,60}}et\.? al)"
)
#: What makes a name a version of that before it: YOLOv3 of YOLO, but no size of it.
_VERSION = re.compile(r"[-_ ]?v?\d{1,2}(?:\.\d{1,2})?")
#: What a section is for whose headings are what the work is made of, or tried with.
_OF_THE_WORK = frozenset({"method", "training_data", "experiments", "ablation", "comparison"})
#: Such headings file works, and say nothing of what one is made of.
_FILING = re.compile(r"[\W\d_]*(?:models|methods|approaches|architectures|algorithms|networks)\W*", re.IGNORECASE)


def headed_works(reading: Reading, places: Placed) -> Mapping[int, int]:
    """Return for each heading that names a work, among others of its level that do, the mention of that work."""
    levels: dict[int, dict[int, int]] = {}
    titles: Counter[int] = Counter()
    for heading in reading.headings:
        depth = reading.document.blocks[heading].depth
        titles[depth] += next(places.of_type(heading, "Paper"), -1) >= 0
        name = _named(reading, places, heading)
        if name >= 0:
            levels.setdefault(depth, {})[heading] = name
    works: dict[int, int] = {}
    for depth, level in levels.items():
        dated = {h: n for h, n in level.items() if _is_dated(reading, places.mentions[n], h)}
        sure = {h: n for h, n in level.items() if h in dated or _is_surely_work(reading, places.mentions[n])}
        names = {_identity(places.mentions[name]) for name in sure.values()}
        works.update(level if len(names) + titles[depth] >= SEVERAL else dated)
    return works


def is_about_several(reading: Reading, places: Placed, title: int) -> bool:
    """Tell whether a note is about the kind that its title names, and not about a work: others head its sections.

    A title with a colon or an address is that of a work.
    """
    mention = places.mentions[title]
    if mention.identifiers or any(mark in mention.name for mark in ":："):
        return False
    works = headed_works(reading, places)
    return any(_is_of_another(reading, places, heading, name, title) for heading, name in works.items())


def works_beside(reading: Reading, places: Placed, whole: int) -> Mapping[int, int]:
    """Return the same for a note that is about one work, for the rows of headings on others: `## RoBERTa` on BERT.

    What the note's work is made of, or tried with, has a section there too, and is none of them.
    """
    works = {h: n for h, n in headed_works(reading, places).items() if _is_of_another(reading, places, h, n, whole)}
    shown = {h for h, n in works.items() if _is_presented(reading, places.mentions[n], h)}
    rows = {reading.siblings[h] for h in shown}
    kept = [row for row in rows if len({_identity(places.mentions[works[h]]) for h in row if h in shown}) >= SEVERAL]
    return {h: works[h] for row in kept for h in row if h in works}


def _named(reading: Reading, places: Placed, heading: int) -> int:
    """Return the work that a heading is but for a number, brackets, a year or a gloss behind it; -1 for none."""
    block = reading.document.blocks[heading]
    first = next(places.of_type(heading, "Method", "Model"), -1)
    if first < 0 or block.span.end - block.span.start > _LONGEST or next(places.of_type(heading, "Paper"), -1) >= 0:
        return -1
    mention = places.mentions[first]
    is_only_title = block.depth == 1 and reading.levels[1] == 1
    if is_only_title or not _is_work(reading, mention):
        return -1
    alone = _BEFORE.fullmatch(reading.text, block.span.start, mention.span.start)
    if not alone or not _behind().fullmatch(reading.text, mention.span.end, block.span.end):
        return -1
    below = (reading.document.blocks[b].kind for b in reading.section(heading))
    return first if any(kind in {"paragraph", "item"} for kind in below) else -1


@cache
def _behind() -> re.Pattern[str]:
    """Return what may stand behind a name in a heading: a kind, brackets, a year, its makers, a gloss."""
    kinds = "|".join((word_pattern("generic", "model"), word_pattern("generic", "method"), "网络|系列|network|family"))
    return re.compile(
        rf"[\s*_`]*(?:(?:{kinds})[\s*_`]*)?(?:{_BRACKETS}[\s*_`]*){{0,3}}"
        rf"(?:[,，]?\s*{_YEAR}\W*|(?:\s*[:：]|\s+[-–—]{{1,3}}\s|\s*——|\s*{_STAR})[^\n]*|[^\w\n]*)",
        re.IGNORECASE,
    )


def _is_work(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is that of somebody's work, or is spelled as nothing but a name."""
    if mention.vocabulary:
        known = reading.vocabulary.by_id(mention.vocabulary)
        return known.work or known.type == "Model" or is_name_shaped(known.name)
    return is_name_shaped(mention.surface) and not reading.has_role(mention, "technique")


def _is_surely_work(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is that of a model, or of what some paper introduced, and not of a tool."""
    known = reading.vocabulary.by_id(mention.vocabulary) if mention.vocabulary else None
    return known is None or known.work or known.type == "Model"


def _is_dated(reading: Reading, mention: Mention, heading: int) -> bool:
    """Tell whether a heading says when its work was made."""
    return bool(_DATED.match(reading.text, mention.span.end, reading.document.blocks[heading].span.end))


def _is_presented(reading: Reading, mention: Mention, heading: int) -> bool:
    """Tell whether a section presents a work as one: a known model, with its year, or with a link to its paper."""
    if _is_dated(reading, mention, heading) or reading.paper_links[heading]:
        return True
    if mention.vocabulary and mention.type == "Model" and reading.vocabulary.by_id(mention.vocabulary).work:
        return True
    return any(reading.paper_links[b] for b in reading.section(heading)[:_FIRST_BLOCKS])


def _is_of_another(reading: Reading, places: Placed, heading: int, name: int, whole: int) -> bool:
    part = reading.parts[heading]
    if part.role in _OF_THE_WORK and not _FILING.fullmatch(reading.document.blocks[part.told_by].span.of(reading.text)):
        return False
    mention = places.mentions[name]
    for own in _own(places, whole):
        rest = fold(mention.name).removeprefix(fold(own.name))
        same = mention.vocabulary and mention.vocabulary == own.vocabulary
        if same or (rest != fold(mention.name) and not _VERSION.fullmatch(rest)):
            return False
    return True


def _own(places: Placed, whole: int) -> Iterator[Mention]:
    """Yield what names the work that a note is about: itself, and what its title names."""
    yield places.mentions[whole]
    for index in places.inside(places.mentions[whole].span):
        if places.mentions[index].type in THINGS:
            yield places.mentions[index]


def _identity(mention: Mention) -> str:
    return mention.vocabulary or fold(mention.name)
