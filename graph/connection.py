"""One SQLite connection: how it is opened, how a transaction is written, and what its errors mean to a person."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from distillwatch.errors import StoreUnusable

BUSY_SECONDS = 20.0
"""How long a writer waits for another one before it gives up; a publish of a large file takes a few seconds."""

CACHE_KIB = 256 * 1024
"""How much of the file a writer keeps in memory at most: comparing a million claims goes through it in no order."""

LEAN_KIB = 8 * 1024
"""The same while pages are collected."""

_REBUILD = "move it away and make a new one with `distillwatch run --files` and the folder `archive` beside it"
_REMEDY = {
    "SQLITE_BUSY": "another process is writing to it; wait until that ends and run again (nothing was lost)",
    "SQLITE_LOCKED": "another part of this process is writing to it; run again (nothing was lost)",
    "SQLITE_FULL": "the disk is full; free some space and run again (nothing was lost)",
    "SQLITE_READONLY": "it cannot be written to; check who owns the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that its folder exists and may be written to, or copy it whole",
    "SQLITE_NOTADB": f"it is not a database; {_REBUILD}",
    "SQLITE_CORRUPT": f"it is damaged; {_REBUILD}",
    "SQLITE_IOERR": "the disk gave an error; check it and run again",
}


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` (not those about the SQL) into StoreUnusable with the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", None) or ""
        remedy = next((text for start, text in _REMEDY.items() if code.startswith(start)), None)
        if remedy is None:
            raise
        raise StoreUnusable(f"{path}: {remedy} [{error}]") from error


def connect(path: Path, *, readonly: bool = False) -> Database:
    """A connection with foreign keys on and, for a writer, write-ahead logging: readers never wait for the writer."""
    with explained(str(path)):
        if readonly:
            conn = sqlite3.connect(address_to_read(path), uri=True, timeout=BUSY_SECONDS)
        else:
            conn = sqlite3.connect(path, timeout=BUSY_SECONDS)
        db = Database(conn, execute_plugins=False)
        db.conn.execute("PRAGMA foreign_keys = on")
        if not readonly:
            db.conn.execute("PRAGMA journal_mode = wal")
            db.conn.execute(
                "PRAGMA synchronous = normal"
            )  # with WAL: a power cut may lose the last commit, never the file
            db.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            db.conn.execute("PRAGMA temp_store = memory")
    return db


def address_to_read(path: Path) -> str:
    """The address by which SQLite opens a file only for reading, also on a medium that cannot be written to.

    Even to read a file with write-ahead logging SQLite makes others beside it. Where it may not, and nobody has it
    open for writing, it is told that the file does not change.
    """
    path = path.resolve()
    log, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    pending = shared.exists() or (log.exists() and log.stat().st_size > 0)
    still = not pending and not os.access(path.parent, os.W_OK)
    return f"{path.as_uri()}?{'immutable=1' if still else 'mode=ro'}"


@contextmanager
def lean(db: Database) -> Iterator[None]:
    """Keep little of the file in memory meanwhile: for work that takes one page after the other and never looks back.

    So the memory of a crawl is the same whatever the size of the store.
    """
    db.conn.execute(f"PRAGMA cache_size = -{LEAN_KIB}")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing, also when the process is killed. Takes the write lock at once; may be nested (a savepoint)."""
    with explained(file_of(db)):
        if db.conn.in_transaction:
            with db.atomic():
                yield
            return
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:  # also an interrupt: whatever ends the block, nothing of it may stay
            db.conn.rollback()
            raise


def file_of(db: Database) -> str:
    """The path of the database file, ":memory:" where there is none."""
    return db.conn.execute("PRAGMA database_list").fetchone()[2] or ":memory:"
