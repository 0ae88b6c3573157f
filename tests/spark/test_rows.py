"""Values as rows carry them."""

from __future__ import annotations

import pytest

from papergraph.model import Place
from papergraph.rdf import digest_of
from papergraph.spark.manifest import count_lines, sum_parts
from papergraph.spark.rows import key_bytes, key_text, over_rows, pack, unpack


@pytest.mark.parametrize("surface", ["H2O", "注意力", "half \udc80"])
def test_values_come_back_as_they_were(surface: str) -> None:
    place = Place("a.md", 1, 2, 3, surface)
    assert unpack(pack(place), Place) == place
    assert key_text(key_bytes(surface)) == surface


def test_parts_are_counted_and_summed_whatever_their_order() -> None:
    lines = [("x/part-0", "a ."), ("x/part-1", "b ."), ("x/part-0", "c .")]
    whole = digest_of(f"{line}\n" for _, line in lines)
    rows = [*count_lines(lines[1:]), *count_lines(lines[:1])]
    assert sum_parts(rows) == ({"part-0": 2, "part-1": 1}, whole)


def test_batches_of_arrow_become_rows_and_batches_again() -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra `spark`")
    batch = arrow.RecordBatch.from_pydict({"path": ["a", "b"], "size": [1, 2]})
    doubled = over_rows(lambda rows: ((p, 2 * n, None) for p, n in rows), {"path": str, "size": int, "more": bytes})
    (found,) = doubled([batch])
    assert found.to_pydict() == {"path": ["a", "b"], "size": [2, 4], "more": [None, None]}
