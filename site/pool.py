"""All pages made: in this process or, where there are many, in several of their own while this one does the rest.

Each process reads the snapshot's database by itself and puts its pages in their place; only hashes and addresses come
back. Which process makes a page changes nothing about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from distillwatch.site.ground import Ground
from distillwatch.site.linkcheck import Links, Noted
from distillwatch.site.page import Page, all_pages
from distillwatch.site.reader import Reader, open_reader
from distillwatch.site.render import Made, Task, make
from distillwatch.site.writer import Writer
from distillwatch.topic import Topic
from distillwatch.workers import collect_seldom, end_with_parent

if TYPE_CHECKING:  # the site is whole without pagefind
    from distillwatch.site.indexer import Indexer

FEWEST = 3000  # pages: to begin takes a process as long as to make a thousand
CHUNK = 64  # pages that travel together: few enough to share out, and neighbours use the same rows


class Chunk(Struct, frozen=True, array_like=True):
    """What a process did: its pages, and what they point at that it has not told of before."""

    made: list[Made]
    noted: Noted


@contextmanager
def pages_written(
    writer: Writer,
    reader: Reader,
    database: Path,
    processes: int,
    indexer: Indexer | None,
    index: Callable[[], None],
) -> Iterator[None]:
    """Have every page of the site made by the end of the block, which runs meanwhile.

    `database` is the file that `reader` reads. Where `processes` are several, they make many pages beside this one.
    The `indexer` is given what is to be found, and as soon as all of that stands `index` is called, beside the rest.
    """
    todo = [(page, task) for page in all_pages(reader) if (task := writer.task(page)) is not None]
    found = sum(1 for page, _ in todo if page.found_as)
    if processes < 2 or len(todo) < FEWEST:
        yield
        for number, (page, task) in enumerate(todo):
            if number == found:
                index()
            _take(writer, make(page, task, reader, writer.ground, writer.links), indexer)
        if found == len(todo):
            index()
        return
    tasks = [task for _, task in todo]
    todo.clear()
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (database, reader.topic, writer.ground))
        stack.callback(pool.shutdown, cancel_futures=True)
        starts = [*range(0, found, CHUNK), *range(found, len(tasks), CHUNK)]
        chunks = [pool.submit(_work, tasks[a:b]) for a, b in pairwise([*starts, len(tasks)])]
        yield
        last = len(range(0, found, CHUNK))
        for chunk in chunks[:last]:
            _note(writer, chunk, indexer)
        index()
        for chunk in chunks[last:]:
            _note(writer, chunk, indexer)


def _note(writer: Writer, done: Future[bytes], indexer: Indexer | None) -> None:
    chunk = msgspec.msgpack.decode(done.result(), type=Chunk)
    for made in chunk.made:
        _take(writer, made, indexer)
    writer.links.note(chunk.noted)


def _take(writer: Writer, made: Made, indexer: Indexer | None) -> None:
    writer.made(made)
    if indexer is not None and made.part:
        indexer.add(made.path, made.part)


class _Worker:
    """What a process keeps from chunk to chunk. The pages come in the same order everywhere, and so do the chunks."""

    open: ExitStack
    reader: Reader
    pages: Iterator[Page]
    ground: Ground
    links: Links


def _prepare(database: Path, topic: Topic, ground: Ground) -> None:
    end_with_parent()
    collect_seldom()
    _Worker.open = ExitStack()  # until the process ends
    _Worker.reader = _Worker.open.enter_context(open_reader(database, topic))
    _Worker.pages = iter(all_pages(_Worker.reader))
    _Worker.ground = ground
    _Worker.links = Links()


def _work(tasks: Sequence[Task]) -> bytes:
    wanted = {task.path: task for task in tasks}
    made = []
    while wanted:
        page = next(_Worker.pages)
        task = wanted.pop(page.path, None)
        if task is not None:
            made.append(make(page, task, _Worker.reader, _Worker.ground, _Worker.links))
    return msgspec.msgpack.encode(Chunk(made, _Worker.links.news()))
