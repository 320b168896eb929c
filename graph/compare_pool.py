"""Many documents or blocks at once: read and judged in this process or in several, results in the order of the input.

The one process that called writes; the others read the file beside it. What a part gives does not depend on what other
parts of the same run gave, so one process and several give the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec
from sqlite_utils import Database

from distillwatch.graph.compare_judging import Scene
from distillwatch.graph.compare_read import Parties, of_documents
from distillwatch.graph.connection import connect, file_of
from distillwatch.graph.judge import rules
from distillwatch.graph.terms import load_terms
from distillwatch.graph.world import World
from distillwatch.topic import Topic
from distillwatch.workers import end_with_parent

Found = TypeVar("Found")
Work = Callable[[Database, Sequence[str], Scene], Found]

WORTH = 10  # parts a process: starting one costs about as much as it takes to do six of them
MOST = 4  # the one that writes keeps no more of them busy, and each needs some hundred MB
_AHEAD = 3  # parts a process that are under way before their turn


def set_scene(db: Database, topic: Topic, parties: Parties, version: str, now: str) -> Scene:
    """The scene of a comparison on one connection: texts that a rule asks for are read through it."""
    terms = load_terms(topic.folder)
    world = World(parties.by_id, topic.vocabulary, owners=parties.owners, names=parties.names, terms=terms)
    world.ask(lambda text: of_documents(db, [text], parties))
    return Scene(parties=parties, world=world, rules=rules(), version=version, now=now)


class Workers:
    """Processes that read and judge for the one that writes; started when there is enough to do for them."""

    def __init__(self, db: Database, topic: Topic, scene: Scene, processes: int = 1) -> None:
        """`processes`: how many to use at most; 1 does all in this one."""
        self._db, self._topic, self._scene = db, topic, scene
        self._most = min(processes, MOST) if file_of(db) != ":memory:" else 1
        self._pool: ProcessPoolExecutor | None = None

    def each(self, work: Work[Found], found: type[Found], parts: Sequence[Sequence[str]]) -> Iterator[Found]:
        """What `work` finds in each of the parts, in their order."""
        if self._most < 2 or len(parts) < 2 * WORTH:
            for part in parts:
                yield work(self._db, part, self._scene)
            return
        pool, left = self._started(), iter(parts)
        waiting: deque[Future[bytes]] = deque(
            pool.submit(_do, work, part) for part in islice(left, self._most * _AHEAD)
        )
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(_do, work, part) for part in islice(left, 1))
            yield msgspec.msgpack.decode(result, type=found)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            scene = self._scene
            told = (file_of(self._db), self._topic, scene.parties, scene.version, scene.now)
            self._pool = ProcessPoolExecutor(self._most, get_context("spawn"), _prepare, told)
        return self._pool

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


class _Worker:
    """What a worker process keeps between parts: its own connection and the scene."""

    db: Database
    scene: Scene


def _prepare(file: str, topic: Topic, parties: Parties, version: str, now: str) -> None:
    end_with_parent()
    _Worker.db = connect(Path(file), readonly=True)
    _Worker.scene = set_scene(_Worker.db, topic, parties, version, now)


def _do(work: Work[object], part: Sequence[str]) -> bytes:
    return msgspec.msgpack.encode(work(_Worker.db, part, _Worker.scene))
