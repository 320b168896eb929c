"""Writing rows: insert, or update where the row stands already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

Row = Mapping[str, Any]


def upsert(
    db: Database, table: str, rows: Sequence[Row], key: Sequence[str] = ("id",), *, keep: Sequence[str] = ()
) -> None:
    """Insert `rows` (all with the same columns); where `key` exists update every column but those in `keep`."""
    if not rows:
        return
    columns = list(rows[0])
    changing = [c for c in columns if c not in key and c not in keep]
    action = f"UPDATE SET {', '.join(f'{_q(c)} = excluded.{_q(c)}' for c in changing)}" if changing else "NOTHING"
    db.conn.executemany(
        f"INSERT INTO {_q(table)} ({', '.join(map(_q, columns))}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(map(_q, key))}) DO {action}",
        [tuple(row[c] for c in columns) for row in rows],
    )


def replace_all(
    db: Database, table: str, rows: Sequence[Row], key: Sequence[str], where: str = "1", values: Sequence[Any] = ()
) -> int:
    """Make the rows of `table` that satisfy `where` exactly `rows`: returns how many were added, changed or removed.

    Rows that are right already are not touched, so a rerun with nothing new writes nothing.
    """
    columns = list(rows[0]) if rows else list(key)
    selected = ", ".join(map(_q, columns))
    at = [columns.index(k) for k in key]
    stand = {
        tuple(row[i] for i in at): row
        for row in db.conn.execute(f"SELECT {selected} FROM {_q(table)} WHERE {where}", tuple(values))
    }
    wanted = {tuple(row[k] for k in key): row for row in rows}
    changed = [row for k, row in wanted.items() if stand.get(k) != tuple(row[c] for c in columns)]
    gone = [k for k in stand if k not in wanted]
    condition = " AND ".join(f"{_q(k)} IS ?" for k in key)
    db.conn.executemany(f"DELETE FROM {_q(table)} WHERE {condition}", gone)
    upsert(db, table, changed, key)
    return len(changed) + len(gone)


def execute(db: Database, sql: str, values: Sequence[Any] = ()) -> int:
    """Run one UPDATE or DELETE and return how many rows it changed, also where it begins with WITH."""
    before = db.conn.total_changes
    db.conn.execute(sql, tuple(values))
    return db.conn.total_changes - before


def touch(db: Database) -> None:
    """Count one change of what later stages read: they compare this number with the one they last worked from."""
    db.conn.execute(
        "INSERT INTO metadata (key, value) VALUES ('changes', '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def changes(db: Database) -> int:
    """The number that `touch` counts up; 0 in a fresh store."""
    row = db.conn.execute("SELECT value FROM metadata WHERE key = 'changes'").fetchone()
    return int(row[0]) if row else 0


def _q(name: str) -> str:
    return f'"{name}"'
