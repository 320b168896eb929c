"""Refuses requests into private networks, also after a redirect."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from distillwatch.crawlers.context import collecting
from distillwatch.crawlers.networks import PrivateAddress, refused_host


class PrivateNetworks:
    """Raises PrivateAddress for a host of a local network, unless the source's row has `allow_private=1`."""

    def __init__(self, crawler: Crawler) -> None:
        run = collecting(crawler.settings)
        self._crawler = crawler
        self._proxied = bool(run and run.proxy)  # the proxy of the sample answers for invented hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PrivateNetworks:
        """Scrapy's way to build it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass or refuse it."""
        allowed = getattr(self._crawler.spider, "allow_private", False)
        reason = "" if allowed or self._proxied else refused_host(request.url)
        if reason:
            raise PrivateAddress(reason)
