"""Tables read ahead by a process of its own, each as one text, while the one that wants them does something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from distillwatch.workers import end_with_parent

Rows = Iterator[tuple[Any, ...]]


class Ahead:
    """The answers to some queries, given in the order in which they will be asked for."""

    def __init__(self, folder: Path, queries: Sequence[str], told: Connection) -> None:
        self._folder = folder
        self._numbers = {query: number for number, query in enumerate(queries)}
        self._told = told
        self._there = 0

    def rows(self, query: str) -> Rows | None:
        """What a query gives, once it is read; None for one that is not read ahead, or could not be."""
        number = self._numbers.get(query)
        if number is None:
            return None
        while self._there <= number:
            try:
                self._told.recv_bytes()
            except EOFError:  # it has ended before its time
                self._numbers.clear()
                return None
            self._there += 1
        return iter(msgspec.json.decode(_place(self._folder, number).read_bytes(), type=list[tuple[Any, ...]]))


@contextmanager
def reading(connect: Callable[[], sqlite3.Connection], queries: Sequence[str], beside: Path) -> Iterator[Ahead]:
    """Begin to read, in a process that is forked off, into a folder in `beside`. Both end with the block."""
    context = get_context("fork")
    told, tell = context.Pipe(duplex=False)
    with TemporaryDirectory(dir=beside) as folder, closing(told):
        process = context.Process(target=_read, args=(connect, queries, Path(folder), tell), daemon=True)
        process.start()
        tell.close()
        try:
            yield Ahead(Path(folder), queries, told)
        finally:
            process.terminate()
            process.join()


def _read(connect: Callable[[], sqlite3.Connection], queries: Sequence[str], folder: Path, tell: Connection) -> None:
    end_with_parent()
    connection = connect()
    for number, query in enumerate(queries):
        columns = ", ".join(f"c{n}" for n in range(len(connection.execute(f"{query} LIMIT 0").description)))
        try:
            (text,) = connection.execute(
                f"WITH q({columns}) AS ({query}) SELECT json_group_array(json_array({columns})) FROM q"
            ).fetchone()
            _place(folder, number).write_text(text, encoding="utf-8")
        except (sqlite3.DataError, OSError):  # too long for one text, or for the disk
            return
        tell.send_bytes(b"")


def _place(folder: Path, number: int) -> Path:
    return folder / f"{number}.json"
