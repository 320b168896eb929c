"""Tables that another process reads while this one does something else."""

from __future__ import annotations

import sqlite3
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from distillwatch.site.ahead import reading
from distillwatch.site.reader import connected
from distillwatch.workers import can_fork

WORDS = "SELECT id, word, weight FROM words ORDER BY id"
LONG = "SELECT group_concat(word) FROM words"
ASKED = "SELECT COUNT(*) FROM words"
ROWS = [(1, "Ostra “2”", 0.5), (2, None, None), (3, "谁说的\n\\", -1.0)]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A table of texts that JSON has to escape."""
    path = tmp_path / "words.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE words (id INTEGER, word TEXT, weight REAL)")
    connection.executemany("INSERT INTO words VALUES (?, ?, ?)", ROWS)
    connection.commit()
    connection.close()
    return path


def test_rows_are_those_that_a_query_gives(database: Path, tmp_path: Path) -> None:
    with reading(partial(connected, database), [ASKED, WORDS], tmp_path) as ahead:
        for _ in range(2):  # in any order, and again
            assert list(ahead.rows(WORDS) or ()) == ROWS
            assert list(ahead.rows(ASKED) or ()) == [(3,)]
        assert ahead.rows(LONG) is None


def test_what_is_too_long_for_one_text_is_left_to_the_reader(database: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(database)
    connection.executemany("INSERT INTO words VALUES (?, 'Norvane', 1.0)", [(number,) for number in range(4, 101)])
    connection.commit()
    connection.close()

    def narrow() -> sqlite3.Connection:
        connection = connected(database)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 500)
        return connection

    with reading(narrow, [ASKED, WORDS, LONG], tmp_path) as ahead:
        assert list(ahead.rows(ASKED) or ()) == [(100,)]
        assert ahead.rows(WORDS) is None
        assert ahead.rows(LONG) is None


def test_its_process_ends_with_the_block(database: Path, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), reading(partial(connected, database), [WORDS] * 1000, tmp_path):
        raise ZeroDivisionError
    assert active_children() == []
    assert list(tmp_path.iterdir()) == [database]


@pytest.mark.parametrize(
    ("system", "threads", "may"), [("linux", 1, True), ("linux", 2, False), ("darwin", 1, False), ("win32", 1, False)]
)
def test_a_process_with_threads_is_not_copied(
    system: str, threads: int, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("distillwatch.workers.active_count", lambda: threads)
    assert can_fork() is may
