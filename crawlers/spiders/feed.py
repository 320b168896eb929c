"""RSS, Atom and JSON feeds with the pages that they list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from distillwatch.crawlers.archive import read_record
from distillwatch.crawlers.errors import ArchiveDamaged, Unreadable
from distillwatch.crawlers.feeds import read_feed
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.source_spider import SourceSpider, fetched


class FeedSpider(SourceSpider):
    """Reads a feed, then asks for each page that it lists, so that a page changed in silence is seen, too."""

    name = "feed"

    def parse_list(self, response: Response) -> Iterator[Any]:
        """Keep the feed's answer and follow its entries. An unchanged feed (304) lists what it listed before."""
        item = fetched(response, "list")
        if response.status == 304:
            yield item
            yield from self._follow(self._as_before(item.url), item.url)
            return
        entries: list[FeedHint] = []
        if 200 <= response.status < 300:
            try:
                entries = read_feed(response.body, response.url)
            except Unreadable as error:
                item.outcome, item.reason = "failed", error.reason
            if not entries and not item.outcome:
                item.outcome, item.reason = "empty", "the feed has no entry"
        yield item
        yield from self._follow(entries, item.url)

    def _follow(self, entries: list[FeedHint], feed: str) -> Iterator[Any]:
        ledger = self.ledger
        run = self.run
        since = run.since if run is not None else ""
        wanted = [hint for hint in entries if not (since and hint.published and hint.published[:10] < since)]
        ledger.seen += len(wanted)
        ledger.older += len(entries) - len(wanted)
        for hint in wanted:
            last = run.sink.last_capture(hint.url) if run is not None else None
            if last is not None and last.error == "off_topic":
                ledger.count("off_topic")  # read once and left out: not asked for again
            else:
                yield self.request(hint.url, "page", hint)

    def _as_before(self, url: str) -> list[FeedHint]:
        """The entries of the feed's last answer, from the archive."""
        run = self.run
        last = run.sink.last_capture(url) if run is not None else None
        if run is None or last is None:
            return []
        try:
            return read_feed(read_record(run.archive.root, last).body, last.final_url)
        except (ArchiveDamaged, Unreadable) as error:
            self.ledger.list_failed("failed", url, str(error))
            run.issue(self.source.id, "archive", str(error), url)
            return []
