"""Every table and column is described, and nothing is described that is not there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from distillwatch.graph import dictionary
from distillwatch.graph.store import open_store


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def test_every_table_and_column_is_described_and_nothing_else(tmp_path: Path) -> None:
    db = open_store(tmp_path / "knowledge.db")
    shadow = {f"search_{part}" for part in ("data", "idx", "content", "docsize", "config")}
    tables = {*db.table_names(), *db.view_names()} - shadow - {"_sqlite_migrations"}
    described = dictionary.load()
    assert set(described) == tables
    for table, entry in described.items():
        assert set(entry.columns) == set(columns(db.conn, table)), table


def test_descriptions_are_sentences() -> None:
    for table, entry in dictionary.load().items():
        for where, text in {table: entry.description, **entry.columns}.items():
            assert text.strip() == text and text[-1] in ".…" and len(text) > 2, (table, where, text)
