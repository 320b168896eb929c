"""Every address inside the site leads somewhere, down to the fragment."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from urllib.parse import unquote, urlsplit

from msgspec import Struct

_ADDRESSES = ('href="', 'src="')
_IDENTITY = ' id="'
_ANCHOR = 'class="anchor" id="'  # the places in a page that other pages may point at
# most addresses: up from a folder and down to a file, of letters that mean nothing else, as `paths` makes them
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*[\w-]+\.[a-z]+)(?:#([\w-]+))?", re.ASCII)
SERVED_ELSEWHERE = "db"  # Datasette answers there


class Noted(Struct, frozen=True, array_like=True):
    """(path, fragment) → a page that points there, and what leads nowhere within its own page."""

    wanted: dict[tuple[str, str], str]
    dead: list[str]


class Links:
    """Collects the addresses of pages as they are written, and says which lead nowhere."""

    def __init__(self) -> None:
        self._wanted: dict[tuple[str, str], str] = {}  # (path, fragment) → the first page that points there
        self._known: dict[str, set[str]] = {}  # folder → addresses that were met in it
        self._dead: list[str] = []
        self._news = Noted({}, [])  # since they were last asked for

    def add(self, page: str, text: str) -> None:
        """Take note of a page's addresses; those within the page are checked at once."""
        folder = posixpath.dirname(page)
        known = self._known.setdefault(folder, set())
        own: frozenset[str] | None = None
        for raw in {raw for attribute in _ADDRESSES for raw in _values(text, attribute)} - known:
            target = _target(folder, raw)
            if target is None:
                known.add(raw)
            elif target[0] and target[0] != page:
                known.add(raw)
                if target not in self._wanted:
                    self._wanted[target] = self._news.wanted[target] = page
            elif target[1]:
                own = frozenset(_values(text, _IDENTITY)) if own is None else own
                if target[1] not in own:
                    self._dead.append(f"{page} → #{target[1]}")
                    self._news.dead.append(self._dead[-1])

    def news(self) -> Noted:
        """What has been noted since this was last asked, for the `note` of another."""
        news, self._news = self._news, Noted({}, [])
        return news

    def note(self, noted: Noted) -> None:
        """Take over what another noted; of two pages that point at one place the first by name stands for both."""
        for target, page in noted.wanted.items():
            self._wanted[target] = min(page, self._wanted.get(target, page))
        self._dead += noted.dead

    def dead(self, places: Mapping[str, Collection[str]]) -> list[str]:
        """What leads nowhere, as "page → address", given path → places of every file of the site."""
        found = sorted(self._dead)
        for (path, fragment), page in sorted(self._wanted.items()):
            if path not in places:
                found.append(f"{page} → {path}")
            elif fragment and fragment not in places[path]:
                found.append(f"{page} → {path}#{fragment}")
        return found


def anchors(text: str) -> tuple[str, ...]:
    """The places in a page that other pages may point at."""
    return tuple(_values(text, _ANCHOR))


def _values(text: str, opening: str) -> Iterator[str]:
    """What stands between each `opening` and the next quotation mark. A regular expression takes ten times as long."""
    pieces = iter(text.split(opening))
    next(pieces)
    return (piece[: piece.index('"')] for piece in pieces)


def _target(folder: str, raw: str) -> tuple[str, str] | None:
    """(path from the root, fragment) of an address in a page of `folder`; None for one that leaves the site."""
    plain = _PLAIN.fullmatch(raw)
    if plain is not None and len(plain[1]) == 3 * (folder.count("/") + 1 if folder else 0):
        return None if plain[2].startswith(f"{SERVED_ELSEWHERE}/") else (plain[2], plain[3] or "")
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
