"""Worker processes: how many are worth starting, and that they end with the one that started them, also if killed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process
from threading import Thread, active_count


def processors() -> int:
    """How many processors this process may run on at once: fewer than the machine has where it was given only some."""
    usable = getattr(os, "sched_getaffinity", None)  # on Linux alone
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process can go on by itself: not where a thread may hold a lock that it would wait for."""
    return sys.platform == "linux" and active_count() == 1


SELDOM = 100_000  # objects made between two looks for cycles


def collect_seldom() -> None:
    """Look for cycles seldom from now on: where a hundred thousand objects stay, each look goes through all of them."""
    gc.set_threshold(SELDOM, 20, 20)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """The same for a block."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def end_with_parent() -> None:
    """Call in a worker as it starts: when the process that started it is gone, it ends at once.

    A worker waits for its next task on a pipe that it holds open itself, so it would never notice.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait, args=(parent.sentinel,), daemon=True).start()


def _wait(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)  # nothing is to be written any more, and the main thread may hang in a read
