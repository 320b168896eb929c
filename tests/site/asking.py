"""Asks the application that serves site and database, as a browser would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from distillwatch.site.serve import Application

Get = Callable[..., httpx.Response]


@contextmanager
def asked(public: Path) -> Iterator[Get]:
    """A function that takes an address and the options of a request."""
    application = Application(public)
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright keeps one running in the main thread
        runner = thread.submit(asyncio.Runner().__enter__).result()

        def get(address: str, **options: object) -> httpx.Response:
            return thread.submit(runner.run, ask(application, address, **options)).result()

        yield get
        thread.submit(runner.close).result()


async def ask(application: Application, address: str, **options: object) -> httpx.Response:
    """The answer to one request."""
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://watch.example") as client:
        request: Callable[..., Awaitable[httpx.Response]] = client.request
        return await request(str(options.pop("method", "GET")), address, **options)
