"""Sends every request to one HTTP proxy, where the run was given one: so the sample is crawled like the web."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from distillwatch.crawlers.context import collecting


class LoopbackProxy:
    """Sets the proxy of each request."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoopbackProxy:
        """Scrapy's way to build it; not used in a run without a proxy."""
        run = collecting(crawler.settings)
        if run is None or not run.proxy:
            raise NotConfigured
        return cls(run.proxy)

    def process_request(self, request: Request) -> None:
        """Set the proxy."""
        request.meta["proxy"] = self._proxy
