"""One writer a home folder: the second run is told who holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.errors import StoreLocked


class Holder(Struct, frozen=True):
    """Who holds the home folder."""

    pid: int
    host: str
    command: str
    since: str


@contextmanager
def hold(path: Path, command: str, now: str) -> Iterator[None]:
    """Hold the lock file at `path` for the block; raises StoreLocked naming the process that holds it already.

    The kernel lets go of the lock when the process ends, however it ends, so a left-over file never blocks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreLocked(
                f"{path.parent} is in use: {_describe(path)}. Wait until it ends, or use another --home."
            ) from None
        me = Holder(os.getpid(), socket.gethostname(), command, now)
        handle.truncate(0)
        handle.write(msgspec.json.encode(me))
        handle.flush()
        try:
            yield
        finally:
            handle.truncate(0)


def _describe(path: Path) -> str:
    try:
        holder = msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):  # the other run is just starting or just ending
        return "another run has just taken it"
    return f"`{holder.command}`, process {holder.pid} on {holder.host}, since {holder.since}"
