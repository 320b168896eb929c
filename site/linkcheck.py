"""Every address inside the site leads somewhere, down to the fragment."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_IDENTITY = re.compile(r'\sid="([^"]*)"')
SERVED_ELSEWHERE = "db"  # Datasette answers there


def dead_links(site: Path, written: Iterable[str], everything: bool) -> list[str]:
    """ "page → address" for each address of the `written` pages that leads nowhere; of all pages if `everything`."""
    pages = [p for p in written if p.endswith(".html")]
    if everything:
        pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    identities: dict[str, frozenset[str]] = {}
    dead = []
    for page in pages:
        text = (site / page).read_text(encoding="utf-8")
        for address, path, fragment in _inside(page, text):
            if path.split("/", 1)[0] == SERVED_ELSEWHERE:
                continue
            if not (site / path).is_file():
                dead.append(f"{page} → {address}")
            elif fragment:
                if path not in identities:
                    target = text if path == page else (site / path).read_text(encoding="utf-8")
                    identities[path] = frozenset(unescape(i) for i in _IDENTITY.findall(target))
                if fragment not in identities[path]:
                    dead.append(f"{page} → {address}")
    return dead


def _inside(page: str, text: str) -> Iterator[tuple[str, str, str]]:
    """(address, path from the root, fragment) of the distinct addresses of a page that stay on the site."""
    for raw in dict.fromkeys(_ADDRESS.findall(text)):
        address = unescape(raw)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        if path.startswith("/"):
            path = path[1:] or "index.html"
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        yield address, path, unquote(parts.fragment)
