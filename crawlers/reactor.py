"""Runs coroutines in Twisted's reactor from plain code, as often as wanted in one process.

`reactor.run()` works once a process. The asyncio reactor only needs its event loop to turn, so it is started here
without being run, and the loop turns while a coroutine is waited for.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor, is_reactor_installed

T = TypeVar("T")
_ASYNCIO = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def running_reactor() -> Any:
    """The process's asyncio reactor, installed and started if need be. Raises RuntimeError where another kind is."""
    if not is_reactor_installed():
        install_reactor(_ASYNCIO)
    from twisted.internet import reactor

    if not hasattr(reactor, "_asyncioEventloop"):
        raise RuntimeError(f"another reactor ({type(reactor).__name__}) is installed in this process; start a new one")
    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
    return reactor


def wait_for(work: Callable[[], Coroutine[Any, Any, T]], on_signal: Callable[[], None]) -> T:
    """The result of `work()`. The first SIGINT or SIGTERM meanwhile calls `on_signal` instead of ending the process."""
    reactor = running_reactor()
    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    try:
        with _signals(loop, on_signal):
            return loop.run_until_complete(work())
    finally:
        if reactor.threadpool is not None:  # its threads would keep the process from ending; they come back when needed
            reactor._stopThreadPool()


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, on_signal: Callable[[], None]) -> Iterator[None]:
    mine = threading.current_thread() is threading.main_thread()
    numbers = (signal.SIGINT, signal.SIGTERM) if mine else ()
    before = {number: signal.getsignal(number) for number in numbers}

    def once(number: int) -> None:
        loop.remove_signal_handler(number)  # a second signal ends the process as usual
        signal.signal(number, before[signal.Signals(number)])
        on_signal()

    for number in numbers:
        loop.add_signal_handler(number, once, number)
    try:
        yield
    finally:
        for number in numbers:
            if loop.remove_signal_handler(number):
                signal.signal(number, before[number])
