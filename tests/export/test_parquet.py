from __future__ import annotations

import io
import sys

import pytest

from papergraph.errors import ConfigError
from papergraph.export.parquet import to_parquet
from papergraph.export.rows import LISTINGS
from papergraph.model import Entity, Graph
from tests import graphs


@pytest.mark.parametrize("graph", [graphs.small_graph(), Graph()], ids=["small", "empty"])
def test_what_is_read_back_is_the_graph(graph: Graph) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra `parquet`")
    files = dict(to_parquet(graph))
    assert list(files) == [f"{name}.parquet" for name in LISTINGS]
    for name, listing in LISTINGS.items():
        read = parquet.read_table(io.BytesIO(files[f"{name}.parquet"]))
        assert read.column_names == list(listing.types)
        assert [tuple(row.values()) for row in read.to_pylist()] == list(listing.rows(graph))


def test_the_same_graph_gives_the_same_bytes_and_odd_text_is_no_error() -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    odd = Graph((Entity("urn:x", "Method", "a\ud800\0b", ("\udfff",)),))
    assert to_parquet(odd) == to_parquet(odd)


def test_without_pyarrow_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"papergraph\[parquet\]"):
        to_parquet(Graph())
