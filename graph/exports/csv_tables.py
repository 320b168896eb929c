"""`csv`: every table that people read as one CSV file in a folder, columns in the order of the dictionary."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlite_utils import Database

from distillwatch.graph import dictionary
from distillwatch.graph.exports import Export

_INTERNAL = frozenset(("search", "signatures", "overlaps", "work", "metadata", "claim_blocks", "compare_queue"))


def write(db: Database, output: Path) -> int:
    """One `<table>.csv` for each table in the folder `output`; returns the number of rows."""
    output.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, table in dictionary.load().items():
        if name in _INTERNAL:
            continue
        columns = ", ".join(f'"{column}"' for column in table.columns)
        order = ", ".join(str(number + 1) for number in range(min(3, len(table.columns))))  # ids and keys come first
        with (output / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(table.columns)
            for row in db.conn.execute(f'SELECT {columns} FROM "{name}" ORDER BY {order}'):
                writer.writerow(row)
                count += 1
    return count


EXPORT = Export("csv", "every table as a CSV file in a folder", write)
