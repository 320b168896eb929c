"""Pages made: in this process or, where there are many, in several of their own while this one does the rest.

Each process reads the snapshot's database by itself and puts its pages in their place; only hashes and addresses come
back. Which process makes a page changes nothing about it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.site.ground import Ground
from distillwatch.site.linkcheck import Links, Noted
from distillwatch.site.page import Page, Sheaves, all_parts
from distillwatch.site.reader import Reader, open_reader
from distillwatch.site.render import Made, Task, make
from distillwatch.topic import Topic
from distillwatch.workers import can_fork, collect_seldom, end_with_parent

FEWEST = {"fork": 200, "spawn": 3000}  # pages that are worth a process: a new one takes as long as to make a thousand
CHUNK = 64  # pages that travel together: few enough to share out, and neighbours use the same rows
SHARES = 8  # chunks of a process at least, so that all end at about the same time

Parts = Sequence[Page | Sheaves]


class Chunk(Struct, frozen=True, array_like=True):
    """What was done at a time: pages, and what they point at that was not told of before."""

    made: list[Made]
    noted: Noted


class Maker:
    """Makes pages of a site of some parts, of which some are at hand."""

    def __init__(self, parts: Parts, pages: Mapping[str, Page], reader: Reader, ground: Ground) -> None:
        self._parts = parts
        self._at_hand = pages
        self._reader = reader
        self._ground = ground
        self._links = Links()
        self._sheaf: tuple[int, str] | None = None  # the one that was asked for last
        self._pages: dict[str, Page] = {}  # that are in it

    def make(self, tasks: Iterable[Task]) -> Chunk:
        """Some pages, in their order."""
        made = [make(self._page(task), task, self._reader, self._ground, self._links) for task in tasks]
        return Chunk(made, self._links.news())

    def _page(self, task: Task) -> Page:
        if (page := self._at_hand.get(task.path)) is not None:
            return page
        part = self._parts[task.part]
        if not isinstance(part, Sheaves):
            return part
        if self._sheaf != (task.part, task.of):
            self._sheaf = task.part, task.of
            self._pages = {page.path: page for page in part.pages(task.of)}
        return self._pages[task.path]


class Making:
    """Pages in the making. Where many are begun they are made beside this process, by others: these are forked off,
    with all that is known here, where nothing else runs in it.
    """

    def __init__(self, parts: Parts, pages: Mapping[str, Page], reader: Reader, ground: Ground, processes: int) -> None:
        """Of a site of these `parts`; `pages` are those of them, by path, that have been thought of."""
        self._given = parts, pages, reader, ground
        self._processes = processes
        self._waiting: list[Task] = []
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[Future[bytes]] = []

    def begin(self, tasks: Sequence[Task]) -> None:
        """Have these pages made, too."""
        self._waiting += tasks
        if self._pool is None and self._processes > 1:
            method = "fork" if can_fork() else "spawn"
            if len(self._waiting) >= FEWEST[method]:
                self._pool = self._started(method)
        if self._pool is not None:
            with warnings.catch_warnings():
                # Python warns of any thread; what is left are numpy's, which see to themselves when a process forks
                warnings.simplefilter("ignore", DeprecationWarning)
                self._begun += [self._pool.submit(_work, msgspec.msgpack.encode(chunk)) for chunk in self._chunks()]
            self._waiting = []

    def chunks(self) -> Iterator[Chunk]:
        """All pages that were begun, chunk by chunk in their order, as they are asked for."""
        for done in self._begun:
            yield msgspec.msgpack.decode(done.result(), type=Chunk)
        yield from map(Maker(*self._given).make, self._chunks())

    def close(self) -> None:
        """What is not made yet is left."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _chunks(self) -> Iterator[list[Task]]:
        size = max(1, min(CHUNK, len(self._waiting) // (self._processes * SHARES)))
        for first in range(0, len(self._waiting), size):
            yield self._waiting[first : first + size]

    def _started(self, method: str) -> ProcessPoolExecutor:
        _, _, reader, ground = self._given
        if method == "fork":
            return ProcessPoolExecutor(self._processes, get_context(method), _fork, self._given)
        return ProcessPoolExecutor(
            self._processes, get_context(method), _spawn, (reader.database, reader.topic, ground)
        )


class _Worker:
    """What a process keeps from chunk to chunk, until it ends."""

    open = ExitStack()
    maker: Maker


def _fork(parts: Parts, pages: Mapping[str, Page], reader: Reader, ground: Ground) -> None:
    end_with_parent()
    reader.reopen()
    _Worker.maker = Maker(parts, pages, reader, ground)


def _spawn(database: Path, topic: Topic, ground: Ground) -> None:
    end_with_parent()
    collect_seldom()
    reader = _Worker.open.enter_context(open_reader(database, topic))
    _Worker.maker = Maker(all_parts(reader), {}, reader, ground)


def _work(tasks: bytes) -> bytes:
    return msgspec.msgpack.encode(_Worker.maker.make(msgspec.msgpack.decode(tasks, type=list[Task])))
