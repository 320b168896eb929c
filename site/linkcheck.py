"""Every address inside the site leads somewhere, down to the fragment."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_IDENTITY = re.compile(r'\sid="([^"]*)"')
SERVED_ELSEWHERE = "db"  # Datasette answers there


class Links:
    """Collects the addresses and fragments of pages as they are written, and says which lead nowhere."""

    def __init__(self) -> None:
        self._wanted: dict[tuple[str, str], str] = {}  # (path, fragment) → the first page that points there
        self._fragments: dict[str, frozenset[str]] = {}

    def add(self, page: str, text: str) -> None:
        """Take note of a page's addresses and of the places in it that an address can name."""
        folder = posixpath.dirname(page)
        for raw in set(_ADDRESS.findall(text)):
            target = _target(folder, raw)
            if target is not None:
                self._wanted.setdefault((target[0] or page, target[1]), page)
        self._fragments[page] = frozenset(_IDENTITY.findall(text))

    def dead(self, files: Collection[str], site: Path) -> list[str]:
        """What is wanted and not among `files`, as "page → address"; a page that was not added is read from `site`."""
        found = []
        for (path, fragment), page in sorted(self._wanted.items()):
            if path not in files:
                found.append(f"{page} → {path}")
            elif fragment and fragment not in self._places(path, site):
                found.append(f"{page} → {path}#{fragment}")
        return found

    def _places(self, path: str, site: Path) -> frozenset[str]:
        if path not in self._fragments:
            self._fragments[path] = frozenset(_IDENTITY.findall((site / path).read_text(encoding="utf-8")))
        return self._fragments[path]


@lru_cache(maxsize=100_000)
def _target(folder: str, raw: str) -> tuple[str, str] | None:
    """(path from the root, fragment) of an address in a page of `folder`; None for one that leaves the site."""
    parts = urlsplit(unescape(raw))
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        path = path[1:] or "index.html"
    elif path:
        path = posixpath.normpath(posixpath.join(folder, path))
    if path.split("/", 1)[0] == SERVED_ELSEWHERE:
        return None
    return path, unquote(parts.fragment)
