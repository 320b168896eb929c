"""One port: the site at "/", Datasette under "/db/", both from the snapshot that `current` points at.

A publication that finishes meanwhile is picked up at the next request, pages and database together.
"""

from __future__ import annotations

import json
import socket
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from distillwatch.errors import InputMissing
from distillwatch.site import plugin
from distillwatch.site.csv_guard import CsvGuard
from distillwatch.site.datasette_config import BASE, DATABASE, SETTINGS
from distillwatch.site.env import FOLDER
from distillwatch.site.static_app import Receive, Scope, Send, answer

# Datasette's own pages carry small scripts and styles inline; nothing of them may reach another host.
DATASETTE_CSP = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CSV = b"text/plain", b"text/csv"  # Datasette sends its files as the former, to be read in the browser


class Application:
    """The ASGI application over a `public` folder.

    Datasette's pages about itself (`/-/databases`, `/-/threads`) are not handed out: they tell of the server, its
    folders included.
    """

    def __init__(self, public: Path) -> None:
        self._public = public
        self._snapshot: Path | None = None
        self._datasette: Datasette | None = None
        self._database_app: object = None
        self._refresh()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        snapshot = self._refresh()
        path: str = scope["path"]
        internal = path.startswith(f"{BASE}-/") and not path.startswith(f"{BASE}-/static/")
        if (path.startswith(BASE) or path == BASE.rstrip("/")) and not internal:
            await self._database(scope, receive, send)
        else:
            await answer(snapshot / "site", scope, send)

    async def _database(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["path"].endswith(".csv")
        guard: CsvGuard | None = None

        async def with_headers(message: Scope) -> None:
            nonlocal guard
            if message["type"] == "http.response.start":
                kind = dict(message.get("headers", [])).get(b"content-type", b"")
                if wanted and kind.startswith(CSV):  # an error is a page, whatever was asked for
                    guard = CsvGuard()
                dropped = (b"content-length",) if guard else ()
                ours = {b"content-security-policy": DATASETTE_CSP.encode(), b"x-content-type-options": b"nosniff"}
                theirs = [(n, v) for n, v in message.get("headers", []) if n.lower() not in (*ours, *dropped)]
                message = {**message, "headers": [*theirs, *ours.items()]}
            elif guard and message["type"] == "http.response.body":
                body = guard.feed(message.get("body", b""), last=not message.get("more_body", False))
                message = {**message, "body": body}
            await send(message)

        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):  # nothing here can be written to
            headers = [(b"allow", b"GET, HEAD, OPTIONS"), (b"content-security-policy", DATASETTE_CSP.encode())]
            await send({"type": "http.response.start", "status": 405, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        # Datasette puts the base before its own addresses; left in the request, it would stand there twice
        inside = scope["path"].removeprefix(BASE.rstrip("/")) or "/"
        raw = scope.get("raw_path", scope["path"].encode()).removeprefix(BASE.rstrip("/").encode()) or b"/"
        scope = {**scope, "path": inside, "raw_path": raw}
        await self._database_app(scope, receive, with_headers)  # type: ignore[operator]  # Datasette has no types

    def _refresh(self) -> Path:
        """The snapshot that readers see now; Datasette is opened anew when it changed."""
        snapshot = (self._public / "current").resolve()
        if snapshot != self._snapshot:
            if not (snapshot / "knowledge.db").is_file():
                raise InputMissing(f"{self._public} holds no snapshot; run `distillwatch publish` first")
            old = self._datasette
            self._datasette = open_datasette(snapshot)
            self._database_app = self._datasette.app()
            self._snapshot = snapshot
            if old is not None and old.executor is not None:
                old.executor.shutdown(wait=False)
        return snapshot


def open_datasette(snapshot: Path) -> Datasette:
    """Datasette over a snapshot's database, read only and immutable, with its metadata, limits and the plugin."""
    if not pm.has_plugin("distillwatch"):
        pm.register(plugin, name="distillwatch")
    return Datasette(
        files=[],
        immutables=[str(snapshot / f"{DATABASE}.db")],
        metadata=json.loads((snapshot / "datasette.json").read_text(encoding="utf-8")),
        settings=dict(SETTINGS),
        template_dir=str(FOLDER / "templates" / "datasette"),
        static_mounts=[("site-static", str(FOLDER / "static"))],
    )


def serve(public: Path, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve until interrupted; prints the address once it answers. Port 0 takes a free one.

    Raises InputMissing where there is no snapshot, or nothing may listen at that address.
    """
    application = Application(public)
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise InputMissing(
            f"{host}:{port}: {error.strerror}; say --port 0 for a free port, or another --host"
        ) from error
    print(f"http://{host}:{listener.getsockname()[1]}/", flush=True)
    config = uvicorn.Config(application, log_level="warning", lifespan="on", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
