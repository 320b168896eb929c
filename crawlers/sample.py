"""The sample newsroom: invented outlets under invented hosts, served on loopback as an HTTP proxy.

A request through the proxy names its host in full ("GET http://outlet.example/page.html"), so that the sample is
crawled by the same spiders under the same kind of address as the live web.
"""

from __future__ import annotations

import hashlib
import mimetypes
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote, urlsplit

from distillwatch.errors import InputMissing

_TYPES = {".xml": "application/rss+xml", ".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8"}


class SampleServer:
    """Serves `folder/<host>/<path>`. A context manager; `proxy` is the address to give to `collect`.

    A page `story.html` may have a later edition `story.2.html`: a plain request gets the first edition, one with the
    first one's ETag the second, and one with the last one's ETag "304 Not Modified". So a second pass sees the page
    revised, and the server keeps no state.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        if not folder.is_dir():
            raise InputMissing(f"{folder}: the sample newsroom is missing; reinstall the package")
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(folder))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def proxy(self) -> str:
        """The proxy's address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> SampleServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def page_file(folder: Path, url: str) -> Path | None:
    """The file of the first edition of an address, None where there is none; never one outside of `folder`."""
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/") or "index.html"
    file = (folder / (parts.hostname or "") / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        return None
    file = file / "index.html" if file.is_dir() else file
    return file if file.is_file() else None


def editions(file: Path) -> list[Path]:
    """A page's editions in order: the file itself, then `.2`, `.3` and so on."""
    found = [file]
    while (later := file.with_name(f"{file.stem}.{len(found) + 1}{file.suffix}")).is_file():
        found.append(later)
    return found


def etag(file: Path) -> str:
    """The ETag of one edition."""
    return f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}"'


def _edition(file: Path, known: str) -> Path | None:
    """The edition to answer with, None for "not modified"."""
    all_editions = editions(file)
    tags = [etag(edition) for edition in all_editions]
    if known not in tags:
        return all_editions[0]
    following = tags.index(known) + 1
    return all_editions[following] if following < len(tags) else None


def _handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = self.path if self.path.startswith("http") else f"http://{self.headers.get('Host', '')}{self.path}"
            file = page_file(folder, url)
            if file is None:
                self._answer(HTTPStatus.NOT_FOUND, b"There is no such page.\n", "text/plain; charset=utf-8")
                return
            edition = _edition(file, (self.headers.get("If-None-Match") or "").strip())
            if edition is None:
                self._answer(HTTPStatus.NOT_MODIFIED, b"", "", etag(editions(file)[-1]))
                return
            kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._answer(HTTPStatus.OK, edition.read_bytes(), kind, etag(edition))

        def _answer(self, status: HTTPStatus, body: bytes, kind: str, tag: str = "") -> None:
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            if tag:
                self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: the crawler counts what it asked for."""

    return Handler
