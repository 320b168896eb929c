"""Many documents at once: the same reading, in this process or in several, with results in the order of the input.

What goes to and from a worker is packed records, not spaCy's documents, and only a few chunks are under way at a time,
so memory does not grow with the number of documents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.model import load_model
from distillwatch.records import Document, Entity, Extraction
from distillwatch.topic import load_topic

CHUNK = 8  # documents that travel together: enough to hide the cost of the trip, few enough to share the work evenly
_AHEAD = 3  # chunks a process that are read before their turn


class Read(Struct, frozen=True, kw_only=True):
    """What came of one document: an extraction, or why there is none."""

    document_id: str
    extraction: Extraction | None = None
    error: str = ""


def read_all(
    documents: Iterable[Document], topic: Path, *, processes: int = 1, elsewhere: Sequence[Entity] = ()
) -> Iterator[Read]:
    """Read documents with `processes` processes (1: in this one). One that breaks the reader costs only itself.

    `elsewhere` are names that other texts agree on.
    """
    if processes <= 1:
        extract = Extractor(load_topic(topic), load_model(), elsewhere).extract
        for document in documents:
            yield _read(document, extract)
        return
    chunks = _chunks(documents)
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (topic, tuple(elsewhere))) as pool:
        waiting: deque[Future[bytes]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= processes * _AHEAD:
                yield from _unpack(waiting.popleft())
        while waiting:
            yield from _unpack(waiting.popleft())


def _read(document: Document, extract: Callable[[Document], Extraction]) -> Read:
    try:
        return Read(document_id=document.id, extraction=extract(document))
    except Exception as error:  # a hostile page may break any library below: it costs its own document only
        return Read(document_id=document.id, error=f"{type(error).__name__}: {error}")


def _chunks(documents: Iterable[Document]) -> Iterator[bytes]:
    stream = iter(documents)
    while chunk := list(islice(stream, CHUNK)):
        yield msgspec.msgpack.encode(chunk)


def _unpack(result: Future[bytes]) -> list[Read]:
    return msgspec.msgpack.decode(result.result(), type=list[Read])


class _Worker:
    """What a worker process keeps between chunks: the loaded reader."""

    extract: Callable[[Document], Extraction]


def _prepare(topic: Path, elsewhere: Sequence[Entity]) -> None:
    _Worker.extract = Extractor(load_topic(topic), load_model(), elsewhere).extract


def _work(chunk: bytes) -> bytes:
    documents = msgspec.msgpack.decode(chunk, type=list[Document])
    return msgspec.msgpack.encode([_read(document, _Worker.extract) for document in documents])
