"""The database that is published: a compact copy of the working one, made ready for the questions of its readers."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from distillwatch.site.as_of import cut
from distillwatch.site.datasette_config import kept_tables

LOOKED_AT = 1000  # entries of an index that SQLite looks at to know how it is filled


def copy_database(database: Path, target: Path, as_of: str) -> None:
    """A compact copy of one consistent state of the database."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # of the copy: nobody reads it before it is whole
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()
    copy = sqlite3.connect(target)
    try:
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA synchronous = OFF")
        if as_of:
            cut(copy, as_of)
            copy.execute("VACUUM")
        copy.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        copy.execute("ANALYZE")
        for name, table in kept_tables().items():
            copy.execute(f'CREATE TABLE "{name}" AS {table["sql"]}')
        copy.commit()
    finally:
        copy.close()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
