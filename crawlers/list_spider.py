"""Spiders whose source is a list of pages: fetch the list, follow what it lists, and the next list if there is one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from msgspec import Struct
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from distillwatch.crawlers.archive import read_record
from distillwatch.crawlers.errors import ArchiveDamaged, Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.source_spider import SourceSpider, fetched

_LISTS = 10  # lists (pages of a listing, parts of a sitemap) that are read for one source, unless its row says `pages=`
_LONGEST = 2_083  # characters of an address: what is longer is made by a trap, and no browser of its time took it
_AGAIN = 50  # pages of one source that are looked at again in one run though its list names them no more


class Listing(Struct, frozen=True):
    """What one list says: the pages, and further lists."""

    pages: list[FeedHint]
    more: list[str] = []


class ListSpider(SourceSpider):
    """A subclass says in `read` what an answer lists. A page that is listed twice is asked for once."""

    noun: ClassVar[str] = "list"  # what an empty one is called

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists_left = int(self.source.options.get("pages") or _LISTS)
        self._listed: set[str] = set()
        self._looked_again = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ListSpider:
        """Scrapy's way to build it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.look_again, signal=signals.spider_idle)
        return spider

    def look_again(self) -> None:
        """When all is read that is listed: ask for pages that were read before, to see what was changed or taken away.

        A source whose row has `again=0` is not looked at again.
        """
        run, engine = self.run, self.crawler.engine
        if self._looked_again or run is None or engine is None or self.source.options.get("again") == "0":
            return
        self._looked_again = True
        due = [url for url in run.sink.due_again(self.source.id, run.clock(), _AGAIN) if url not in self._listed]
        for url in due:
            self._listed.add(url)
            self.ledger.again += 1
            engine.crawl(self.request(url, "page"))
        if due:
            raise DontCloseSpider

    @abstractmethod
    def read(self, body: bytes, url: str) -> Listing:
        """The pages that an answer lists; raises Unreadable when it is no such list."""

    def _listing(self, body: bytes, url: str) -> Listing:
        try:
            return self.read(body, url)
        except Unreadable:
            raise
        except Exception as error:  # a hostile list or a wrong option costs its own source; without this, in silence
            reason = f"the {self.noun} could not be read ({type(error).__name__}: {error})"
            raise Unreadable(url, f"{reason}; check the options of source {self.source.id!r}") from error

    def parse_list(self, response: Response) -> Iterator[Any]:
        """Keep the list's answer and follow its entries. An unchanged list (304) lists what it listed before."""
        item = fetched(response, "list")
        listing = Listing([])
        if response.status == 304:
            yield item
            yield from self._follow(self._as_before(item.url))
            return
        if 200 <= response.status < 300:
            try:
                listing = self._listing(response.body, response.url)
            except Unreadable as error:
                item.outcome, item.reason = "failed", error.reason
            if not listing.pages and not listing.more and not item.outcome and not self._listed:
                item.outcome, item.reason = "empty", f"the {self.noun} has no entry"
        yield item
        yield from self._follow(listing)

    def _follow(self, listing: Listing) -> Iterator[Any]:
        ledger, run = self.ledger, self.run
        since = run.since if run is not None else ""
        new = [hint for hint in listing.pages if hint.url not in self._listed]
        wanted = [hint for hint in new if not (since and hint.published and hint.published[:10] < since)]
        self._listed.update(hint.url for hint in new)
        ledger.seen += len(wanted)
        ledger.older += len(new) - len(wanted)
        for hint in wanted:
            if len(hint.url) > _LONGEST:
                ledger.count("failed", hint.url[:200], f"its address has {len(hint.url):,} characters")
                continue
            last = run.sink.last_capture(hint.url) if run is not None else None
            if last is not None and last.error == "off_topic":
                ledger.count("off_topic")  # read once and left out: not asked for again
            elif last is not None and (self.source.options.get("once") == "1" or self._seen_lately(hint.url)):
                ledger.count("unchanged")
            else:
                yield self.request(hint.url, "page", hint)
        for url in listing.more:
            self._lists_left -= 1
            if self._lists_left > 0 and url not in self._listed and len(url) <= _LONGEST:
                self._listed.add(url)
                yield self.request(url, "list")

    def _seen_lately(self, url: str) -> bool:
        """Whether a page was asked for so lately that it is not asked for again; in the sample every pass asks."""
        run = self.run
        visits = run.sink.visits(url) if run is not None and not run.proxy else None
        return run is not None and visits is not None and visits.are_enough(run.clock())

    def _as_before(self, url: str) -> Listing:
        """What the list's last answer listed, from the archive."""
        run = self.run
        last = run.sink.last_capture(url) if run is not None else None
        if run is None or last is None:
            return Listing([])
        try:
            return self._listing(read_record(run.archive.root, last).body, last.final_url)
        except (ArchiveDamaged, Unreadable) as error:
            self.ledger.list_failed("failed", url, str(error))
            run.issue(self.source.id, "archive", str(error), url)
            return Listing([])
