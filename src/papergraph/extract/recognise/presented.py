"""Signs that what stands below a line presents a work: who made it and when, and sections on its method and results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.authors import split_authors
from papergraph.extract.file_name import is_named_in, name_of_file, title_of_file
from papergraph.extract.organisation import is_maker
from papergraph.extract.others_work import is_on_others
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_venue
from papergraph.extract.title_shapes import is_clear_title, is_strong_title
from papergraph.extract.word_lists import either_language, is_template_heading
from papergraph.model import Span

#: Blocks below a title that may say who made the work and when.
_LINES_BELOW = 5
#: Sections and labels below a title that are looked at, and how many kinds of them tell that it is one.
_PARTS, _FEWEST_ROLES = 120, 2
#: Roles of sections that a note on any subject may have.
_ANYWHERE = frozenset({"", "references", "summary", "thoughts", "background"})
_LONGEST_LINE = 400
#: Characters of a line that only names makers or a venue, and of a note in which it may speak of its work.
_LONGEST_BYLINE, _FAR = 80, 20_000
#: Words of a title that is one by its form.
_FEWEST_CLEAR = 7
#: Works to which a note on several links, and titles that it lists.
_FEWEST_LINKED, _FEWEST_TITLES = 3, 4
_PARTED = re.compile(r"[,，;；|·/]|\band\b|\s[-–—]\s")
_YEAR = re.compile(r"[ '’]*(?:19|20)?\d\d$")
#: Share of a line of authors that are their names.
_NAMED = 0.6
_SAID = frozenset({"authors", "institution", "venue", "year", "doi", "arxiv"})


def has_makers(reading: Reading, index: int) -> bool:
    """Tell whether fields or a line of people right below a block say who made what it names, when, and where."""
    return any(_says_makers(reading, number) for number in _below(reading, index))


def _below(reading: Reading, index: int) -> Iterator[int]:
    """Yield the blocks right below a line; a heading among them must itself be a field."""
    blocks = reading.document.blocks
    for number in range(index + 1, min(index + 1 + _LINES_BELOW, len(blocks))):
        if blocks[number].kind == "heading" and not reading.fields_of(number):
            following = reading.fields_of(number + 1)
            if not following or following[0].key not in blocks[number].span.of(reading.text).casefold():
                return
        yield number


def _says_makers(reading: Reading, number: int) -> bool:
    block = reading.document.blocks[number]
    if any(field.meaning in _SAID for field in reading.fields_of(number)):
        return True
    return block.kind in {"paragraph", "item"} and lists_people(reading, block.span)


def lists_people(reading: Reading, line: Span) -> bool:
    """Tell whether a line is nothing but the names of several people."""
    text = line.of(reading.text)
    if len(text) > _LONGEST_LINE or "\n" in text.strip():
        return False
    people = list(split_authors(reading.text, line))
    told = sum(a.span.end - a.span.start for a in people) >= _NAMED * len(text)
    return len(people) >= 2 and told and not any(reading.vocabulary.find(a.name) for a in people)


def has_parts_of_work(reading: Reading, index: int, end: int, *, labels: bool = False) -> bool:
    """Tell whether the blocks between say apart how a work is made, how it did and what came before.

    They do so in headings or in labels of lines; with `labels` only these count.
    """
    blocks = reading.document.blocks
    found = {
        part.role
        for number, part in enumerate(reading.parts[index + 1 : min(end, index + _PARTS)], index + 1)
        if part.told_by == number and part.role not in _ANYWHERE and not (labels and blocks[number].kind == "heading")
    }
    return len(found) >= _FEWEST_ROLES


def speaks_of_work(reading: Reading, start: int) -> bool:
    """Tell whether a note speaks from `start` on of one work: 本文, 这篇论文, this paper, the authors."""
    return len(list(either_language("titles", "voice").finditer(reading.text, start, start + _FAR))) >= _FEWEST_ROLES


def has_voice(reading: Reading, start: int) -> bool:
    """Tell whether a note speaks from `start` on of one work, if only once."""
    return either_language("titles", "voice").search(reading.text, start, start + _FAR) is not None


def signs_of_work(reading: Reading, index: int, title: Span) -> int:
    """Return how much shows that a note is on the one work whose title may stand in the block `index`.

    The name of its file tells most; else that it speaks of this paper, and tells what papers tell in sections.
    """
    text = title.of(reading.text)
    named = is_named_in(name_of_file(reading.document), text)
    told = {
        part.role
        for number, part in enumerate(reading.parts[index + 1 : index + _PARTS], index + 1)
        if part.told_by == number and part.role
    }
    template = any(is_template_heading(reading.document.blocks[h].span.of(reading.text)) for h in reading.headings)
    voice = has_voice(reading, title.end)
    makers = any(_names_makers(reading, number) for number in _below(reading, index))
    clear = len(text.split()) >= _FEWEST_CLEAR and is_clear_title(text)
    return 2 * (named + makers) + voice + (len(told) >= _FEWEST_ROLES) + (bool(told) or template) + clear


def _names_makers(reading: Reading, number: int) -> bool:
    """Tell whether a short line names the institutions or the venue of a work: `ZebraLab, ICLR 2017`."""
    line = reading.document.blocks[number].span
    if line.end - line.start > _LONGEST_BYLINE:
        return False
    parts = [part.strip(" .*_()（）") for part in _PARTED.split(line.of(reading.text))]
    return any(p and (is_maker(reading.vocabulary, p) or is_venue(reading.vocabulary, _YEAR.sub("", p))) for p in parts)


def is_told_of_one(reading: Reading, block: int) -> bool:
    """Tell whether a block belongs to a note that speaks of one work, and not to its list of other works.

    What has the form of a title there and nothing else, neither link nor authors, is a part of the text.
    """
    return reading.once(_is_on_one, -1) and not is_on_others(reading, block)


def _is_on_one(reading: Reading, _: int) -> bool:
    linked = {i.identifier for links in reading.paper_links for i in links if i.identifier}
    titled = is_strong_title(title_of_file(reading.document).replace("：", ": "))
    listed = sum(
        block.kind in {"heading", "item"} and is_clear_title(block.span.of(reading.text))
        for _, block in reading.readable
    )
    return len(linked) < _FEWEST_LINKED and listed < _FEWEST_TITLES and (titled or speaks_of_work(reading, 0))
