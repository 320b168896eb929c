"""Rows as Parquet: one typed column each, compressed, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from arro3.core import Array, DataType, Table
from arro3.io import write_parquet

from distillwatch.errors import InputMissing

_TYPES = {"INTEGER": DataType.int64, "REAL": DataType.float64, "BLOB": DataType.binary}


def parquet(names: Sequence[str], rows: Iterable[Sequence[Any]], types: Sequence[str] = ()) -> bytes:
    """A Parquet file of `rows`; `types` are SQLite's, guessed from the values where they are not given.

    Raises InputMissing for a table without columns.
    """
    if not names:
        raise InputMissing("a table without columns cannot be written as Parquet")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    kinds = types or [_guessed(column) for column in columns]
    table = Table.from_pydict(
        {
            name: Array(column if kind in _TYPES else _texts(column), type=_TYPES.get(kind, DataType.string)())
            for name, column, kind in zip(names, columns, kinds, strict=True)
        }
    )
    out = BytesIO()
    write_parquet(table, out, compression="zstd(3)")
    return out.getvalue()


def _texts(column: Iterable[Any]) -> list[str | None]:
    return [value if value is None or isinstance(value, str) else str(value) for value in column]


def _guessed(column: Iterable[Any]) -> str:
    kinds = {type(value) for value in column if value is not None}
    return "INTEGER" if kinds == {int} else "REAL" if kinds and kinds <= {int, float} else "TEXT"
