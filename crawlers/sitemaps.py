"""XML sitemaps, news sitemaps and indexes of sitemaps (sitemaps.org 0.9), gzipped too."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.whitespace import squeeze

_LARGEST = 50_000_000  # bytes unpacked: the size that the protocol allows
LONGEST = 500  # pages of one sitemap that are followed: the newest


def read_sitemap(body: bytes, url: str, match: str = "", page: str = "") -> tuple[list[FeedHint], list[str]]:
    """(pages, further sitemaps), each the newest first. `match` is a regular expression that an address must hold.

    `page` is a template for the address that readers use, where it differs: "\\1" is the first group of `match`.

    Raises Unreadable, naming the sitemap, when it is none.
    """
    raw = _unpacked(body, url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(raw, parser=parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(url, f"this is no sitemap: {error.msg}") from error
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in ("urlset", "sitemapindex"):
        raise Unreadable(url, "this is no sitemap: it has neither pages nor sitemaps")
    wanted = re.compile(match)
    rows = [row for row in _rows(root) if row["loc"].startswith(("http://", "https://"))]
    rows.sort(key=lambda row: row.get("publication_date") or row.get("lastmod") or "", reverse=True)
    if kind == "sitemapindex":
        return [], [row["loc"] for row in rows]
    pages = [
        FeedHint(
            url=row["loc"],
            title=row.get("title", ""),
            published=row.get("publication_date", ""),
            page=found.expand(page) if page else "",
        )
        for row in rows
        if (found := wanted.search(row["loc"]))
    ]
    return pages[:LONGEST], []


def _rows(root: Any) -> Iterator[dict[str, str]]:
    """Local name → text of the fields of each entry, those of a news block included."""
    for entry in root:
        if isinstance(entry.tag, str):
            fields = {etree.QName(e).localname: squeeze(e.text or "") for e in entry.iter() if isinstance(e.tag, str)}
            if fields.get("loc"):
                yield fields


def _unpacked(body: bytes, url: str) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        raw = unpacker.decompress(body, _LARGEST)
    except zlib.error as error:
        raise Unreadable(url, f"the gzip is broken: {error}") from error
    if unpacker.unconsumed_tail:
        raise Unreadable(url, f"the gzip holds more than {_LARGEST:,} bytes")
    if not unpacker.eof:
        raise Unreadable(url, "the gzip breaks off")
    return raw
