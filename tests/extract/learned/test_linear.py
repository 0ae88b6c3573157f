"""Linear models: what a file of weights holds, and what it makes of features."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import ConfigError
from papergraph.extract.learned import linear
from papergraph.extract.learned.linear import read_model


@given(st.dictionaries(st.sampled_from(["way=about", "kind=item", "b=uses", "unknown"]), st.floats(0, 3)))
def test_scores_are_probabilities_whatever_is_there(features: dict[str, float]) -> None:
    assert all(0 <= p <= 1 for p in read_model("relations").scores(features).values())


@pytest.mark.parametrize("text", ["", "feature\tuses\n*\t1\t2\n", "feature\tuses\n*\tmuch\n"])
def test_a_file_that_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(linear, "read_resource", lambda _: text)
    with pytest.raises(ConfigError, match=r"data/models/broken\.tsv.*train the model anew"):
        read_model.__wrapped__("broken")


def test_an_empty_cell_is_no_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "read_resource", lambda _: "# note\nfeature\tuses\textends\nwith\t\t-0.5\n")
    assert read_model.__wrapped__("small").weights == {"with": {"extends": -0.5}}
