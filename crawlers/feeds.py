"""Feeds of any common form (RSS 2.0, 1.0, Atom, JSON Feed) as a list of pages to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import fastfeedparser
import feedparser
import lxml.html

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.whitespace import squeeze

LONGEST = 200  # entries of one feed that are followed: the newest of a feed that lists its whole archive
_ENTITY = re.compile(rb"<!ENTITY", re.I)  # no feed needs one, and nested ones cost all memory
_TAGGED = re.compile(r"<[a-zA-Z/!][^>]*>|&#?\w+;")
_PAGE = "text/html"
_PAGES = (_PAGE, "application/xhtml+xml")
_LINE = 8_000  # characters of a title or a name that are looked at


def read_feed(body: bytes, url: str) -> list[FeedHint]:
    """The entries of a feed with an address, in the feed's order, each address once.

    Raises Unreadable, naming the feed, when it is no feed.
    """
    if _ENTITY.search(body[:100_000]):
        raise Unreadable(url, "the feed defines XML entities, which are not read")
    try:
        entries = list(fastfeedparser.parse(body, include_content=False, include_media=False).entries)
        reason = ""
    except ValueError as error:
        entries, reason = [], str(error).partition("(")[0].strip()
    if not entries:
        parsed = feedparser.parse(BytesIO(body))  # bytes alone it would take for the name of a file, and open that
        entries = list(parsed.entries)
        if not entries and not parsed.get("version"):
            raise Unreadable(url, f"this is no feed: {reason or 'no entry and no known form'}")
    hints: dict[str, FeedHint] = {}
    for entry in entries:
        hint = _hint(entry, url)
        if hint is not None:
            hints.setdefault(hint.url, hint)
    return list(hints.values())[:LONGEST]


def _hint(entry: Mapping[str, Any], feed: str) -> FeedHint | None:
    link = _link(entry)
    identity = str(entry.get("id") or "")
    link = link or (identity if identity.startswith(("http://", "https://")) else "")
    try:
        address = urljoin(feed, link.strip())
        usable = bool(link) and urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        return None
    if not usable:
        return None
    return FeedHint(
        url=address,
        title=_plain(entry.get("title")),
        byline=_plain(entry.get("author")),
        published=str(entry.get("published") or ""),
    )


def _link(entry: Mapping[str, Any]) -> str:
    """The address of an entry's page: of several alternates (RFC 4287, 4.2.7.2; no `rel` means one) the one to read."""
    links = [a for a in entry.get("links") or [] if a.get("href")]
    pages = [a for a in links if (a.get("rel") or "alternate") == "alternate" and (a.get("type") or _PAGE) in _PAGES]
    first = str(entry.get("link") or "")
    if pages and first not in [str(a["href"]) for a in pages]:
        return str(pages[0]["href"])
    return first or (str(links[0]["href"]) if links else "")


def _plain(value: Any) -> str:
    text = str(value or "")[:_LINE]
    if text.strip() and _TAGGED.search(text):
        text = str(lxml.html.fragment_fromstring(text, create_parent="div").text_content())
    return squeeze(text)
