"""Worker processes: how many are worth starting, and that they end with the one that started them, also if killed."""

from __future__ import annotations

import os
from multiprocessing import connection, parent_process
from threading import Thread


def processors() -> int:
    """How many processors this process may run on at once: fewer than the machine has where it was given only some."""
    usable = getattr(os, "sched_getaffinity", None)  # on Linux alone
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


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
