"""`parquet`: every table that people read as one Parquet file in a folder, for pandas, Polars, DuckDB and R."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from distillwatch.graph.columns import parquet
from distillwatch.graph.exports import Export
from distillwatch.graph.exports.csv_tables import read_tables


def write(db: Database, output: Path) -> int:
    """One `<table>.parquet` for each table in the folder `output`; returns the number of rows."""
    output.mkdir(parents=True, exist_ok=True)
    count = 0
    for table, names, found in read_tables(db):
        rows = list(found)
        declared = {column.name: column.type for column in db[table].columns}
        (output / f"{table}.parquet").write_bytes(parquet(names, rows, [declared[name] for name in names]))
        count += len(rows)
    return count


EXPORT = Export("parquet", "every table as a Parquet file in a folder", write)
