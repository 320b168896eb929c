"""What every spider shares: one source, honest answers about each request, and items for the pipelines."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from distillwatch.crawlers.context import Collecting, collecting
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.items import Fetched, Role
from distillwatch.crawlers.ledger import Ledger
from distillwatch.records import Source


class SourceSpider(Spider):
    """Reads one source. A subclass says in `lists` what addresses list its pages, in `parse_list` how they do it."""

    def __init__(self, source: Source | None = None, url: str = "", **options: str) -> None:
        """A run gives `source`; Scrapy's own command an address and options (`-a url=… -a allow_private=1`)."""
        super().__init__()
        name = urlsplit(url).hostname or url
        self.source = source or Source(id="adhoc", name=name, kind=str(self.name), url=url, options=options)
        self.allow_private = self.source.options.get("allow_private", "") == "1"

    @property
    def run(self) -> Collecting | None:
        """The run that this spider belongs to."""
        return collecting(self.crawler.settings)

    @property
    def ledger(self) -> Ledger:
        """The counts of this spider's source."""
        run = self.run
        return run.ledger(self.source.id) if run is not None else Ledger(self.source.id)

    def lists(self) -> Iterator[str]:
        """The addresses that list pages."""
        yield self.source.url

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the lists."""
        for url in self.lists():
            yield self.request(url, "list")

    def request(self, url: str, role: Role, hint: FeedHint | None = None) -> Request:
        """A request whose answer, whatever it is, comes back with its role."""
        return Request(
            url,
            callback=self.parse_list if role == "list" else self.parse_page,
            errback=self.failed,
            cb_kwargs={} if role == "list" else {"hint": hint},
            meta={"asked": url, "role": role},
            dont_filter=True,  # a list names each page once; a filtered redirect would be lost without a word
        )

    @abstractmethod
    def parse_list(self, response: Response) -> Iterator[Any]:
        """Follow what a list lists."""

    def parse_page(self, response: Response, hint: FeedHint | None = None) -> Iterator[Fetched]:
        """A page goes to the pipelines as it is."""
        yield fetched(response, "page", hint)

    def failed(self, failure: Failure) -> None:
        """A request without an answer: count it where it belongs and say why."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        reason = self._reason(failure, request)
        forbidden = "robots.txt" in reason
        outcome = "robots_forbidden" if forbidden else "failed"
        asked = request.meta.get("asked", request.url)
        if request.meta.get("role") == "list":
            self.ledger.list_failed(outcome, asked, reason)
        else:
            self.ledger.count(outcome, asked, reason)
        run = self.run
        if run is not None:
            run.issue(self.source.id, "robots" if forbidden else "failed", reason, asked)

    def _reason(self, failure: Failure, request: Request) -> str:
        run = self.run
        refused = run.refused.get(urlsplit(request.url).hostname or "", "") if run is not None else ""
        if refused:
            return refused
        if isinstance(failure.value, IgnoreRequest):
            return str(failure.value) or "the request was not sent"
        return f"{type(failure.value).__name__}: {failure.value}".splitlines()[0]


def source_of(crawler: Crawler) -> Source:
    """The source that a crawler reads."""
    spider = crawler.spider
    assert isinstance(spider, SourceSpider), "the pipelines serve spiders of this project"
    return spider.source


def fetched(response: Response, role: Role, hint: FeedHint | None = None) -> Fetched:
    """A Scrapy response as an item."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]

    def header(name: str) -> str:
        return (response.headers.get(name) or b"").decode("latin-1").strip()

    return Fetched(
        role=role,
        url=str(response.meta.get("asked", response.url)),
        final_url=response.url,
        status=response.status,
        content_type=header("Content-Type"),
        body=response.body,
        headers=headers,
        etag=header("ETag"),
        last_modified=header("Last-Modified"),
        hint=hint,
    )
