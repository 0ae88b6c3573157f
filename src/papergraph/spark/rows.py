"""Rows of plain values, as Arrow carries them between Spark and Python."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    import pyarrow

Row = tuple[Any, ...]
#: The names of columns, in order, and the types of their values: text, bytes, numbers, truth values, lists of texts,
#: and tables from bytes to bytes, which only Spark makes.
Columns = dict[str, type]
_T = TypeVar("_T")
_K = TypeVar("_K")
_DDL = {str: "string", bytes: "binary", int: "bigint", float: "double", bool: "boolean"}
_DDL |= {list: "array<string>", dict: "map<binary,binary>"}
#: A value under a key, of any kind; and which keys a note consults.
VALUES: Columns = {"key": bytes, "value": bytes}
CONSULTED: Columns = {"path": str, "key": bytes}
#: Rows and bytes from which on a batch is full.
_MOST_ROWS, _MOST_BYTES = 10_000, 8_000_000
#: What a value begins with that only Python's own format can hold, such as half of a surrogate pair.
_ODD = b"\xc1"  # begins no value of the other format


def ddl(columns: Columns) -> str:
    """Return columns as Spark's schemas have them.

    >>> ddl({"path": str, "line": int})
    'path string, line bigint'
    """
    return ", ".join(f"{name} {_DDL[kind]}" for name, kind in columns.items())


def over_rows(
    function: Callable[[Iterator[Row]], Iterable[Row]], columns: Columns
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """Return a function over the rows of a partition, which yields rows with `columns`, as `mapInArrow` wants it."""

    def over_batches(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        rows = (row for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
        for full in _batches(function(rows)):
            yield to_batch(full, columns)

    return over_batches


def to_batch(rows: list[Row], columns: Columns) -> pyarrow.RecordBatch:
    """Return rows as one batch; halves of surrogate pairs in texts become question marks."""
    import pyarrow

    types = {
        str: pyarrow.string(),
        bytes: pyarrow.binary(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        list: pyarrow.list_(pyarrow.string()),
    }
    arrays = [
        pyarrow.array([_fitting(row[number]) for row in rows], type=types[kind])
        for number, kind in enumerate(columns.values())
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(columns))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(batch) >= _MOST_ROWS or size >= _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _fitting(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return [_fitting(part) for part in value] if isinstance(value, list) else value


def filled(rows: Iterable[Row], into: dict[_K, str], read: Callable[[str], _K]) -> Iterator[Row]:
    """Yield rows without their last column, a table of what the row consulted, which `into` holds meanwhile.

    >>> table: dict[str, str] = {}
    >>> [(row, dict(table)) for row in filled([("a.md", [(b"k", b"v")]), ("b.md", None)], table, str)]
    [(('a.md',), {'k': 'v'}), (('b.md',), {})]
    """
    for *row, found in rows:
        into.clear()
        into.update((read(key_text(key)), key_text(value)) for key, value in found or ())
        yield tuple(row)


def pack(value: object) -> bytes:
    """Return a value of our own as bytes."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        return _ODD + pickle.dumps(value)


def unpack(data: bytes, kind: type[_T]) -> _T:
    r"""Return the value of a type that `pack` made bytes of.

    >>> unpack(pack("KV\udc80"), str) == "KV\udc80"
    True
    """
    if data.startswith(_ODD):
        value: _T = pickle.loads(data[1:])  # noqa: S301  our own work, which no note can write to
        return value
    return msgspec.msgpack.decode(data, type=kind)


def key_bytes(key: str) -> bytes:
    """Return a key of mentions as Spark can sort it."""
    return key.encode("utf-8", "surrogatepass")


def key_text(data: bytes) -> str:
    """Return the key that `key_bytes` made bytes of."""
    return bytes(data).decode("utf-8", "surrogatepass")
