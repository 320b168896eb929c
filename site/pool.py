"""Pages made: in this process or, where there are many, in several of their own while this one does the rest.

Each process reads the snapshot's database by itself and puts its pages in their place; only hashes and addresses come
back. Which process makes a page changes nothing about it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.site.ground import Ground
from distillwatch.site.linkcheck import Links, Noted
from distillwatch.site.page import Page, all_pages
from distillwatch.site.reader import Reader, open_reader
from distillwatch.site.render import Made, Task, make
from distillwatch.topic import Topic
from distillwatch.workers import can_fork, collect_seldom, end_with_parent

FEWEST = {"fork": 200, "spawn": 3000}  # pages that are worth a process: a new one takes as long as to make a thousand
CHUNK = 64  # pages that travel together: few enough to share out, and neighbours use the same rows
SHARES = 8  # chunks of a process at least, so that all end at about the same time

Todo = Sequence[tuple[Page, Task]]


class Chunk(Struct, frozen=True, array_like=True):
    """What was done at a time: pages, and what they point at that was not told of before."""

    made: list[Made]
    noted: Noted


class Maker:
    """Makes pages of one list, some at a time."""

    def __init__(self, todo: Todo, reader: Reader, ground: Ground) -> None:
        self.reader = reader
        self._todo = todo
        self._ground = ground
        self._links = Links()

    def make(self, first: int, end: int) -> Chunk:
        """The pages of these places in the list."""
        made = [make(page, task, self.reader, self._ground, self._links) for page, task in self._todo[first:end]]
        return Chunk(made, self._links.news())


@contextmanager
def chunks_made(todo: Todo, reader: Reader, ground: Ground, processes: int) -> Iterator[Iterator[Chunk]]:
    """All pages of `todo` on `ground`, chunk by chunk in their order, as they are asked for.

    Where `processes` are several and pages many, these begin at once, and make them beside this process. They are
    forked off, with all that is known here, where nothing else runs in it.
    """
    method = "fork" if can_fork() else "spawn"
    several = processes > 1 and len(todo) >= FEWEST[method]
    size = max(1, min(CHUNK, len(todo) // (processes * SHARES)))
    places = [(first, min(first + size, len(todo))) for first in range(0, len(todo), size)]
    if not several:
        maker = Maker(todo, reader, ground)
        yield (maker.make(*place) for place in places)
        return
    begin: Callable[..., None] = _fork if method == "fork" else _spawn
    given = (todo, reader) if method == "fork" else ([task for _, task in todo], reader.database, reader.topic)
    pool = ProcessPoolExecutor(processes, get_context(method), begin, (*given, ground))
    try:
        with warnings.catch_warnings():
            # Python warns of any thread; what is left are numpy's, which see to themselves when a process forks
            warnings.simplefilter("ignore", DeprecationWarning)
            futures = [pool.submit(_work, *place) for place in places]
        yield map(_decoded, futures)
    finally:
        pool.shutdown(cancel_futures=True)


def _decoded(done: Future[bytes]) -> Chunk:
    return msgspec.msgpack.decode(done.result(), type=Chunk)


class _Worker:
    """What a process keeps from chunk to chunk, until it ends."""

    open = ExitStack()
    maker: Maker


def _fork(todo: Todo, reader: Reader, ground: Ground) -> None:
    end_with_parent()
    reader.reopen()
    _Worker.maker = Maker(todo, reader, ground)


def _spawn(tasks: Sequence[Task], database: Path, topic: Topic, ground: Ground) -> None:
    end_with_parent()
    collect_seldom()
    reader = _Worker.open.enter_context(open_reader(database, topic))
    wanted = {task.path for task in tasks}
    pages = {page.path: page for page in all_pages(reader) if page.path in wanted}
    todo = [(pages[task.path], task) for task in tasks]
    _Worker.maker = Maker(todo, reader, ground)


def _work(first: int, end: int) -> bytes:
    return msgspec.msgpack.encode(_Worker.maker.make(first, end))
