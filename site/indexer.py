"""Pagefind as a process of its own: pages go in one by one while others are made, and then the index comes out.

It is spoken to as its own Python package does (`pagefind --service`): messages in JSON and base64 with a comma after
each, answered in order. That package is asynchronous throughout, which the build is not.
"""

from __future__ import annotations

import subprocess
from base64 import b64decode, b64encode
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Event, Thread
from types import TracebackType
from typing import IO, Any, Self

import msgspec
from pagefind.service import get_executable

from distillwatch.errors import DistillwatchError

BLOCK = 1 << 16  # bytes of answers that are read at once
REASON = 300  # characters of what the program says when it fails


class IndexFailed(DistillwatchError):
    """The indexer ended with an error."""


class Indexer:
    """An index in the making. What stands in it depends on the pages and on the order in which they were added."""

    def __init__(self) -> None:
        """Start the program; it ends with the block that this is used in. Raises IndexFailed where it is missing."""
        program = get_executable()
        if program is None:
            raise IndexFailed("pagefind is installed without its program; install `pagefind[bin]`")
        self._complaints = TemporaryFile()  # noqa: SIM115 - closed with the program
        self._process = subprocess.Popen(
            [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
        )
        self._sent = self._answered = 0
        self._awaited = 0  # the number of the last message, once it is known
        self._last: dict[str, Any] = {}  # answer
        self._refused = ""
        self._done = Event()
        self._listener = Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()
        self._send(type="NewIndex", config={"verbose": False})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            with suppress(BrokenPipeError):  # of what was never sent
                if pipe is not None:
                    pipe.close()

    def add(self, path: str, page: str) -> None:
        """Have the HTML of `page` found at `path`, from the root of the site. Raises IndexFailed."""
        self._send(type="AddFile", index_id=0, file_path=path, url=None, file_contents=page)

    def ask(self) -> None:
        """Have the index made of what was added, beside whatever comes next; nothing can be added after.

        Pagefind can also write its files into a folder, but it may say so before the last of them is there.
        """
        self._awaited = self._sent + 1
        self._send(type="GetFiles", index_id=0)

    def files(self) -> dict[str, bytes]:
        """The index of what was added, as path → bytes, once it is there. Raises IndexFailed."""
        if not self._awaited:
            self.ask()
        self._done.wait()
        if self._refused or self._answered < self._awaited:
            raise self._failure()
        return {file["path"]: b64decode(file["content"]) for file in self._last["files"]}

    def _send(self, **payload: Any) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise self._failure()
        self._sent += 1
        try:
            pipe.write(b64encode(msgspec.json.encode({"message_id": self._sent, "payload": payload})) + b",")
            if self._awaited:
                pipe.flush()
        except BrokenPipeError as error:
            raise self._failure() from error

    def _failure(self) -> IndexFailed:
        self._complaints.seek(0)
        said = self._refused or self._complaints.read().decode("utf-8", "replace").strip()
        return IndexFailed(f"pagefind could not index the pages: {said[-REASON:] or 'it ended without a word'}")

    def _listen(self, answers: IO[bytes]) -> None:
        """Take the answers, so that the program never waits to be heard; note the first that refuses something."""
        rest = bytearray()
        while block := answers.read1(BLOCK):  # type: ignore[attr-defined]  # of a buffered reader, as pipes are
            rest += block
            if b"," not in block:
                continue
            *messages, rest = rest.split(b",")
            for message in messages:
                self._last = msgspec.json.decode(b64decode(message))["payload"]
                if self._last["type"] == "Error" and not self._refused:
                    self._refused = str(self._last["message"])
                self._answered += 1
                if self._answered == self._awaited:
                    self._done.set()
        self._done.set()
