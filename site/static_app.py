"""An ASGI application that hands out the files of a snapshot, with strict headers, and nothing else."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, MutableMapping
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from typing import Any

from distillwatch.site.env import policy

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-cache"),
)
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".xml": "application/xml",
}


async def answer(folder: Path, scope: Scope, send: Send) -> None:
    """Send the file of `folder` that the request names; its 404 page for any other address."""
    if scope["method"] not in ("GET", "HEAD"):
        await _send(send, 405, [(b"allow", b"GET, HEAD"), (b"content-security-policy", b"default-src 'none'")], b"")
        return
    file = await asyncio.to_thread(_find, folder, scope["path"])
    status = 200 if file else 404
    body = await asyncio.to_thread((file or folder / "404.html").read_bytes)
    tag = f'"{sha256(body).hexdigest()[:32]}"'.encode()
    kind = (
        TYPES.get((file or folder / "404.html").suffix)
        or mimetypes.guess_type(str(file))[0]
        or "application/octet-stream"
    )
    csp = f"{policy(file.relative_to(folder.resolve()).as_posix() if file else '')}; frame-ancestors 'none'"
    headers = [
        (b"content-type", kind.encode()),
        (b"content-security-policy", csp.encode()),
        (b"etag", tag),
        (b"date", formatdate(usegmt=True).encode()),
    ]
    if status == 200 and dict(scope["headers"]).get(b"if-none-match") == tag:
        await _send(send, 304, headers, b"")
        return
    headers.append((b"content-length", str(len(body)).encode()))
    await _send(send, status, headers, b"" if scope["method"] == "HEAD" else body)


def _find(folder: Path, path: str) -> Path | None:
    """The file that an address names, if it lies inside the folder: no link or `..` leads out."""
    root = folder.resolve()
    wanted = path.lstrip("/") or "index.html"
    if "\x00" in wanted:
        return None
    file = (root / wanted).resolve()
    return file if file.is_relative_to(root) and file.is_file() else None


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *HEADERS]})
    await send({"type": "http.response.body", "body": body})
