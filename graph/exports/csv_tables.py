"""`csv`: every table that people read as one CSV file in a folder, columns in the order of the dictionary."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from distillwatch.graph import dictionary
from distillwatch.graph.exports import Export
from distillwatch.graph.spreadsheet import harmless

_INTERNAL = frozenset(
    ("search", "signatures", "overlaps", "work", "metadata", "claim_blocks", "compare_queue", "crowded_blocks", "told")
)


def read_tables(db: Database) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
    """Name, columns and rows of each table, in the order of its first columns: ids and keys come first."""
    for name, table in dictionary.load().items():
        if name in _INTERNAL:
            continue
        columns = ", ".join(f'"{column}"' for column in table.columns)
        order = ", ".join(str(number + 1) for number in range(min(3, len(table.columns))))
        yield name, list(table.columns), db.conn.execute(f'SELECT {columns} FROM "{name}" ORDER BY {order}')


def write(db: Database, output: Path) -> int:
    """One `<table>.csv` for each table in the folder `output`; returns the number of rows.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    output.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, columns, rows in read_tables(db):
        with (output / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(columns)
            for row in rows:
                writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
                count += 1
    return count


EXPORT = Export("csv", "every table as a CSV file in a folder", write)
