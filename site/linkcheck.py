"""Every address inside the site leads somewhere, down to the fragment."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_IDENTITY = re.compile(r'\sid="([^"]*)"')
_ANCHOR = re.compile(r'\sclass="anchor" id="([^"]*)"')  # the places in a page that other pages may point at
SERVED_ELSEWHERE = "db"  # Datasette answers there


class Links:
    """Collects the addresses of pages as they are written, and says which lead nowhere."""

    def __init__(self) -> None:
        self._wanted: dict[tuple[str, str], str] = {}  # (path, fragment) → the first page that points there
        self._dead: list[str] = []

    def add(self, page: str, text: str) -> None:
        """Take note of a page's addresses; those within the page are checked at once."""
        folder = posixpath.dirname(page)
        own: frozenset[str] | None = None
        for raw in set(_ADDRESS.findall(text)):
            target = _target(folder, raw)
            if target is None:
                continue
            if target[0] and target[0] != page:
                self._wanted.setdefault(target, page)
            elif target[1]:
                own = frozenset(_IDENTITY.findall(text)) if own is None else own
                if target[1] not in own:
                    self._dead.append(f"{page} → #{target[1]}")

    def dead(self, places: Mapping[str, Collection[str]]) -> list[str]:
        """What leads nowhere, as "page → address", given path → places of every file of the site."""
        found = list(self._dead)
        for (path, fragment), page in sorted(self._wanted.items()):
            if path not in places:
                found.append(f"{page} → {path}")
            elif fragment and fragment not in places[path]:
                found.append(f"{page} → {path}#{fragment}")
        return found


def anchors(text: str) -> tuple[str, ...]:
    """The places in a page that other pages may point at."""
    return tuple(_ANCHOR.findall(text))


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
