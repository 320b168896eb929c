"""Waits as long as a host asks, and stops asking a host that keeps failing, also in the runs that follow.

Scrapy reads neither Retry-After nor Crawl-delay; AutoThrottle would take a raised delay down again, so the delay that a
host asked for is kept here as a floor.
"""

from __future__ import annotations

import email.utils
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from distillwatch.crawlers.context import collecting
from distillwatch.crawlers.hosts import closed

_LONGEST_WAIT = 300.0  # seconds that a run waits for one host; what asks for more is left for the next run
_LONGEST_CRAWL_DELAY = 60.0  # seconds: with more, a feed of fifty pages would take the day
_PATIENCE = 5  # failures in a row after which a host is left alone for the rest of the run
_BUSY = (429, 503)


class HostClosed(IgnoreRequest):
    """A host that is left alone for now."""


@dataclass
class _Host:
    floor: float = 0.0  # seconds between requests, by robots.txt
    wait: float = 0.0  # seconds before the next request, by Retry-After
    failures: int = 0
    closed: str = ""
    answered: bool = False


class Patience:
    """Keeps, host by host, how long to wait and whether to go on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = collecting(crawler.settings)
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        """Scrapy's way to build it."""
        self = cls(crawler)
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)
        return self

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        """Take over the Crawl-delay that robots.txt gives our user agent."""
        parser = getattr(robotparser, "rp", None)
        agent = self._crawler.settings["USER_AGENT"]
        delay = parser.crawl_delay(agent) if parser is not None and hasattr(parser, "crawl_delay") else None
        if delay:
            self._host(request.url).floor = min(float(delay), _LONGEST_CRAWL_DELAY)
            self._slow(request)

    def response_downloaded(self, request: Request) -> None:
        """After AutoThrottle has set its delay: not below the floor."""
        self._slow(request)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that was given up."""
        host = self._host(request.url)
        if host.closed:
            raise HostClosed(host.closed)
        earlier = self._run.closed.get(_name(request.url)) if self._run is not None else None
        if self._run is not None and earlier is not None and earlier.until > self._run.clock():
            raise HostClosed(f"{earlier.reason}; it is left alone until {earlier.until}")

    def process_response(self, request: Request, response: Response) -> Response:
        """Note how the host answered, and let the next request wait as long as it asks."""
        host = self._host(request.url)
        waited, host.wait = host.wait, 0.0
        if response.status in _BUSY or response.status >= 500:
            host.failures += 1
            wanted = retry_after(response.headers.get("Retry-After"))
            if wanted > _LONGEST_WAIT:
                self._close(
                    request.url, f"{_name(request.url)} asks to wait {wanted:.0f} seconds (Retry-After)", wanted
                )
            self._note(request.url, answered=True)
            host.wait = 0.0 if host.closed else wanted or self._back_off(host.failures)
        else:
            host.failures = 0
            if not host.answered:
                host.answered = True
                self._answered(_name(request.url))
        self._slow(request, afresh=waited > 0)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that the host did not answer at all."""
        if not isinstance(exception, IgnoreRequest):
            self._host(request.url).failures += 1
            self._note(request.url, answered=False)

    def _slow(self, request: Request, *, afresh: bool = False) -> None:
        """Raise the delay of the request's slot to what its host asks for; `afresh` forgets the delay so far."""
        engine = self._crawler.engine
        key = request.meta.get("download_slot") or urlsplit(request.url).hostname or ""
        slot = engine.downloader.slots.get(key) if engine is not None else None
        if slot is not None:
            settings, host = self._crawler.settings, self._host(request.url)
            asked = max(host.floor, host.wait)
            usual = settings.getfloat("DOWNLOAD_DELAY") if afresh else slot.delay
            slot.delay = max(asked, usual)
            slot.jitter = 0.0 if asked else settings.getfloat("DOWNLOAD_DELAY_JITTER")  # not less than was asked for

    def _note(self, url: str, *, answered: bool) -> None:
        host = self._host(url)
        if host.failures >= _PATIENCE and not host.closed:
            self._close(url, f"{_name(url)} failed {host.failures} times in a row", 0.0, sure=answered)

    def _close(self, url: str, reason: str, wanted: float, *, sure: bool = True) -> None:
        """Give a host up. What never answered may be our own network's fault: it is remembered if others answer."""
        self._host(url).closed = f"{reason} and is left for a later run"
        if self._run is not None:
            host = _name(url)
            closure = closed(host, reason, self._run.clock(), wanted=wanted, before=self._run.closed.get(host))
            self._run.close(closure, sure=sure)

    def _answered(self, name: str) -> None:
        if self._run is not None:
            self._run.answered(name)

    def _back_off(self, failures: int) -> float:
        """Seconds after so many failures in a row: twice the usual delay, then doubling."""
        return float(self._crawler.settings.getfloat("DOWNLOAD_DELAY")) * 2.0 ** min(failures, 6)

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(_name(url), _Host())


def _name(url: str) -> str:
    return urlsplit(url).netloc


def retry_after(value: bytes | None, now: float | None = None) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date (RFC 9110, 10.2.3); 0 when it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return max(0.0, when - (time.time() if now is None else now))
