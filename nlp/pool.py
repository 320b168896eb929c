"""Many documents at once: the same reading, in this process or in several, with results in the order of the input.

What goes to and from a worker is records, not spaCy's documents, and only a few chunks are under way at a time,
so memory does not grow with the number of documents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from distillwatch.nlp.extract import Extractor, Read
from distillwatch.nlp.model import load_model
from distillwatch.records import Document, Entity
from distillwatch.topic import load_topic
from distillwatch.workers import end_with_parent

CHUNK = (
    32  # documents that are parsed and travel together: enough to fill the parser's batches, few enough to share out
)
LONG = 80_000  # code points after which a chunk is full
_AHEAD = 3  # chunks a process that are read before their turn


def read_all(
    documents: Iterable[Document], topic: Path, *, processes: int = 1, elsewhere: Sequence[Entity] = ()
) -> Iterator[Read]:
    """Read documents with `processes` processes (1: in this one). One that breaks the reader costs only itself.

    `elsewhere` are names that other texts agree on.
    """
    if processes <= 1:
        extractor = Extractor(load_topic(topic), load_model(), elsewhere)
        for chunk in chunks(documents):
            yield from extractor.read(chunk)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (topic, tuple(elsewhere))) as pool:
        waiting: deque[Future[bytes]] = deque()
        for chunk in chunks(documents):
            waiting.append(pool.submit(_work, chunk))  # pickled, which takes also what no encoding holds
            if len(waiting) >= processes * _AHEAD:
                yield from _unpack(waiting.popleft())
        while waiting:
            yield from _unpack(waiting.popleft())


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in bundles of CHUNK, or of fewer where they are long; drawn as they are needed."""
    chunk: list[Document] = []
    length = 0
    for document in documents:
        chunk.append(document)
        length += len(document.text)
        if len(chunk) >= CHUNK or length >= LONG:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def _unpack(result: Future[bytes]) -> list[Read]:
    return msgspec.msgpack.decode(result.result(), type=list[Read])


class _Worker:
    """What a worker process keeps between chunks: the loaded reader."""

    extractor: Extractor


def _prepare(topic: Path, elsewhere: Sequence[Entity]) -> None:
    end_with_parent()
    _Worker.extractor = Extractor(load_topic(topic), load_model(), elsewhere)


def _work(chunk: list[Document]) -> bytes:
    return msgspec.msgpack.encode(_Worker.extractor.read(chunk))
