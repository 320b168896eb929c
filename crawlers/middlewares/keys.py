"""Gives a source's key to the interface that asks for one: as a header, to its own host only, and never in an address.

An address is archived and published; a header is neither.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from distillwatch.crawlers.source_spider import source_of


class Keys:
    """Sets the header that a row names: `key=X-Api-Key:NAME` sends what the environment holds as NAME."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keys:
        """Scrapy's way to build it; not used where the row names no key."""
        if crawler.spider is None or not source_of(crawler).options.get("key"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set the header, or take it away where a redirect has led to another host or off the encrypted way."""
        source = source_of(self._crawler)
        header, _, name = source.options["key"].partition(":")
        own, asked = urlsplit(source.url), urlsplit(request.url)
        if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
            request.headers[header.strip()] = os.environ.get(name.strip(), "")
        else:
            request.headers.pop(header.strip(), None)


def missing_key(options: dict[str, str]) -> str:
    """The name of the key that a row asks for and the environment does not hold; "" where nothing is missing."""
    name = options.get("key", "").partition(":")[2].strip()
    return name if name and not os.environ.get(name) else ""
