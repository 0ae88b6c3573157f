"""People: only where a note lists the authors of a paper in a field."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.authors import split_authors
from papergraph.extract.context import Context
from papergraph.extract.organisation import is_maker
from papergraph.model import Mention


def recognise_person(context: Context) -> Iterator[Mention]:
    """Yield a Person for each author in a field such as `authors:`; institutions in such a field are not people."""
    reading = context.reading
    for field in reading.document.fields:
        if field.meaning != "authors":
            continue
        for author in split_authors(reading.text, field.value):
            if not is_maker(reading.vocabulary, author.name):
                yield reading.mention(author.span, "Person", "field-author", name=author.name)
