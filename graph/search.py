"""The full-text index over everything people search, kept in step by whoever writes a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from distillwatch.ids import hash_id

# Han, Kana and Hangul are written without spaces between what people search for: to SQLite a whole run is one word.
_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_WORD = re.compile(r"\w+")
_LONGEST = 4


class Hit(NamedTuple):
    """One row found: where it is, its title, and the words around the match (marked by « »)."""

    table: str
    row_id: str
    title: str
    snippet: str


def index(db: Database, table: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """Put rows (id, title, body) of `table` into the index, replacing what stood there for the same id."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO search (rowid, table_name, row_id, title, body, grams) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (_rowid(table, key), table, key, title, body, " ".join(grams(f"{title}\n{body}")))
            for key, title, body in rows
        ),
    )


def unindex(db: Database, table: str, keys: Iterable[str]) -> None:
    """Take rows out of the index."""
    db.conn.executemany("DELETE FROM search WHERE rowid = ?", ((_rowid(table, key),) for key in keys))


def find(db: Database, words: str, *, table: str = "", limit: int = 20) -> list[Hit]:
    """Rows that hold all the words, best first; any text is a valid query (FTS operators count as plain words)."""
    terms = [term for word in words.split() for term in _terms(word)]
    if not terms:
        return []
    query = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
    only = "AND table_name = ?" if table else ""
    found = db.conn.execute(
        f"""SELECT table_name, row_id, title, snippet(search, 3, '«', '»', '…', 24) FROM search
            WHERE search MATCH ? {only} ORDER BY bm25(search, 0, 0, 4.0, 1.0, 1.0), row_id LIMIT ?""",
        (query, *([table] if table else []), limit),
    )
    return [Hit(*row) for row in found]


def grams(text: str) -> list[str]:
    """What a text in an unspaced script is searched by: its runs of 2 to 4 characters, and words glued to them.

    >>> grams("AI豆包の話 and more")
    ['AI', 'の話', '包の', '包の話', '豆包', '豆包の', '豆包の話']
    """
    found: set[str] = set()
    if _RUN.search(text) is None:
        return []
    for word in _WORD.findall(text):
        runs = _RUN.findall(word)
        for run in runs:
            for size in range(2, _LONGEST + 1):
                found.update(run[i : i + size] for i in range(len(run) - size + 1))
        if runs:
            found.update(part for part in _RUN.split(word) if part)
    return sorted(found)


def _terms(word: str) -> list[str]:
    """A searched word as index terms that must all occur: runs of unspaced scripts as overlapping grams."""
    others = [part for part in _RUN.split(word) if any(c.isalnum() for c in part)]
    runs = _RUN.findall(word)
    return others + [run[i : i + _LONGEST] for run in runs for i in range(max(1, len(run) - _LONGEST + 1))]


def _rowid(table: str, key: str) -> int:
    return int(hash_id(table, key, length=15), 16)  # 60 bits: fits SQLite's signed 64
