"""The tables of the graph as Parquet."""

from __future__ import annotations

import io
from typing import Any

from papergraph.errors import ConfigError
from papergraph.export.rows import LISTINGS
from papergraph.model import Graph


def to_parquet(graph: Graph) -> tuple[tuple[str, bytes], ...]:
    """Return the tables as pairs of file name and content.

    Raises:
        ConfigError: without pyarrow.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ConfigError("parquet needs one more package: pip install 'papergraph[parquet]'") from error
    return tuple((f"{name}.parquet", _written(graph, name, pyarrow)) for name in LISTINGS)


def _written(graph: Graph, name: str, pyarrow: Any) -> bytes:
    types = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        list: pyarrow.list_(pyarrow.string()),
    }
    listing = LISTINGS[name]
    rows = list(listing.rows(graph))
    arrays = [
        pyarrow.array([_fitting(row[number]) for row in rows], type=types[kind])
        for number, kind in enumerate(listing.types.values())
    ]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(listing.types)), out, compression="zstd")
    return out.getvalue()


def _fitting(value: Any) -> Any:
    """Return a value without halves of surrogate pairs, which UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_fitting(part) for part in value] if isinstance(value, list) else value
