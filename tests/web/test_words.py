"""The texts of the pages."""

from __future__ import annotations

import pytest

from papergraph.ask.named import read_queries
from papergraph.ontology.relation_labels import Language
from papergraph.store import GraphStore
from papergraph.web.words import LANGUAGES, has_text, text_for
from tests.web.graphs import library_store


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return library_store()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_ready_made_query_has_a_name(store: GraphStore, language: Language) -> None:
    answers = [store.query(query.text) for query in read_queries()]
    columns = {variable.value for answer in answers for variable in getattr(answer, "variables", ())}
    assert columns
    assert {column for column in columns if not has_text(language, f"column_{column}")} == set()


@pytest.mark.parametrize(("number", "text"), [(0, "0 works"), (1, "1 work"), (2, "2 works")])
def test_one_is_not_many(number: int, text: str) -> None:
    assert text_for("en", "works_number", n=number) == text
    assert text_for("zh", "works_number", n=number) == f"{number} 项工作"
