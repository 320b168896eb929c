"""Bounds on what a reader's SQL may cost, set on every connection that answers one.

Datasette stops a query after a time, but SQLite looks at the clock only between steps. Whatever does much work or
takes much memory within one step needs a bound of its own: functions that build large values or search in more than
linear time are refused or replaced; values, rows and whole results have a size; what a sort keeps counts against
one heap.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

MEGABYTE = 1_000_000
VALUE_BYTES = 5 * MEGABYTE  # longest value and row; no article comes near it
RESULT_BYTES = 30 * MEGABYTE
HEAP_BYTES = 256 * MEGABYTE  # of SQLite in the whole process
SET_CHARACTERS = 100  # of the set given to trim()
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: VALUE_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 50,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
# build a value of any size at once, or search quadratically (json_patch), or reach outside (load_extension)
REFUSED = frozenset({"printf", "format", "zeroblob", "randomblob", "json_patch", "load_extension", "fts3_tokenizer"})

Text = str | bytes | int | float | None


def bound(connection: sqlite3.Connection) -> None:
    """Put every bound on a connection. SQL that would exceed one fails with a DatabaseError or a MemoryError."""
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.execute("PRAGMA temp_store = 2")  # what a sort spills counts against the heap, not against the disk
    connection.execute(f"PRAGMA hard_heap_limit = {HEAP_BYTES}")
    connection.create_function("instr", 2, instr, deterministic=True)
    connection.create_function("replace", 3, replace, deterministic=True)
    connection.create_function("trim", 2, _strip(str.strip), deterministic=True)
    connection.create_function("ltrim", 2, _strip(str.lstrip), deterministic=True)
    connection.create_function("rtrim", 2, _strip(str.rstrip), deterministic=True)
    connection.row_factory = _counted_rows()
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_READ and (first, second) == ("pragma_database_list", "file"):
        return sqlite3.SQLITE_IGNORE  # reads as NULL: where the file lies on the server is nobody's business
    refused = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in REFUSED
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def instr(text: Text, part: Text) -> int | None:
    """SQLite's instr in linear time: the place of the first `part`, from 1; 0 for none."""
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def replace(text: Text, part: Text, other: Text) -> str | None:
    """SQLite's replace in linear time, and without building a value that is too long."""
    if text is None or part is None or other is None:
        return None
    whole, old, new = _text(text), _text(part), _text(other)
    if not old:
        return whole
    if len(whole) + whole.count(old) * max(0, len(new) - len(old)) > VALUE_BYTES:
        return None  # too long a value; to build it first and have SQLite refuse it would take the memory
    return whole.replace(old, new)


def _strip(strip: Callable[[str, str], str]) -> Callable[[Text, Text], str | None]:
    def trimmed(text: Text, characters: Text) -> str | None:
        """SQLite's trim with a set of characters; a long set would be searched for each character of the text."""
        if text is None or characters is None:
            return None
        return strip(_text(text), _text(characters)[:SET_CHARACTERS])

    return trimmed


def _text(value: str | bytes | int | float) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _counted_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that adds up what each cursor has handed out."""
    used: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        size = used.get(cursor, 0) + sum(len(v) for v in values if isinstance(v, str | bytes))
        if size > RESULT_BYTES:
            raise sqlite3.OperationalError(
                f"the result is larger than {RESULT_BYTES // MEGABYTE} megabytes; select less"
            )
        used[cursor] = size
        return sqlite3.Row(cursor, values)

    return row
