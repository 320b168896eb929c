"""All pages made: in this process or, where there are many, in several of their own while this one does the rest.

Each process reads the snapshot's database by itself and puts its pages in their place; only hashes and addresses come
back. Which process makes a page changes nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from distillwatch.site.writer import Writer
from distillwatch.topic import Topic
from distillwatch.workers import end_with_parent

FEWEST = 3000  # pages: to begin takes a process as long as to make a thousand
CHUNK = 64  # pages that travel together: few enough to share out, and neighbours use the same rows


class Chunk(Struct, frozen=True, array_like=True):
    """What a process did: its pages, and what they point at that it has not told of before."""

    made: list[Made]
    noted: Noted


@contextmanager
def pages_written(writer: Writer, reader: Reader, database: Path, processes: int) -> Iterator[None]:
    """Have every page of the site made by the end of the block, which runs meanwhile.

    `database` is the file that `reader` reads. Where `processes` are several, they make many pages beside this one.
    """
    todo = [(page, task) for page in all_pages(reader) if (task := writer.task(page)) is not None]
    if processes < 2 or len(todo) < FEWEST:
        yield
        for page, task in todo:
            writer.made(make(page, task, reader, writer.ground, writer.links))
        return
    tasks = [task for _, task in todo]
    todo.clear()
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (database, reader.topic, writer.ground))
        stack.callback(pool.shutdown, cancel_futures=True)
        chunks = [pool.submit(_work, tasks[n : n + CHUNK]) for n in range(0, len(tasks), CHUNK)]
        yield
        for chunk in chunks:
            _note(writer, chunk)


def _note(writer: Writer, done: Future[bytes]) -> None:
    chunk = msgspec.msgpack.decode(done.result(), type=Chunk)
    for made in chunk.made:
        writer.made(made)
    writer.links.note(chunk.noted)


class _Worker:
    """What a process keeps from chunk to chunk. The pages come in the same order everywhere, and so do the chunks."""

    open: ExitStack
    reader: Reader
    pages: Iterator[Page]
    ground: Ground
    links: Links


def _prepare(database: Path, topic: Topic, ground: Ground) -> None:
    end_with_parent()
    _Worker.open = ExitStack()  # until the process ends
    _Worker.reader = _Worker.open.enter_context(open_reader(database, topic))
    _Worker.pages = all_pages(_Worker.reader)
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
