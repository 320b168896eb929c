"""Asks only for what has changed: the stored ETag and Last-Modified of an address go along with the request."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from distillwatch.crawlers.context import Collecting, collecting


class Conditional:
    """Adds If-None-Match and If-Modified-Since from the last whole answer for the address as it was asked for."""

    def __init__(self, run: Collecting) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """Scrapy's way to build it; not used without a store."""
        run = collecting(crawler.settings)
        if run is None:
            raise NotConfigured
        return cls(run)

    def process_request(self, request: Request) -> None:
        """Add the validators to a request that a spider made (robots.txt and redirects have none of their own)."""
        asked = request.meta.get("asked")
        last = self._run.sink.last_capture(asked) if asked else None
        if last is None or last.error:  # what could not be read before is asked for whole
            return
        if last.etag:
            request.headers.setdefault("If-None-Match", last.etag)
        if last.last_modified:
            request.headers.setdefault("If-Modified-Since", last.last_modified)
