"""Hands captures and documents to the store and counts what became of them."""

from __future__ import annotations

from typing import Any

import msgspec
from scrapy.crawler import Crawler

from distillwatch.crawlers.context import Collecting, collecting
from distillwatch.crawlers.items import Fetched, Outcome
from distillwatch.crawlers.sink import Stored
from distillwatch.crawlers.source_spider import source_of

_COUNT: dict[Stored, Outcome] = {
    "new": "new",
    "revised": "revised",
    "updated": "unchanged",
    "unchanged": "unchanged",
    "gone": "gone",
    "truncated": "truncated",
}

TRUNCATED = "it shows no more than the beginning of what it showed before; what was read then stays"


class StoringPipeline:
    """Last in line. Without a store (a spider run by Scrapy's own command) the documents are the crawl's output."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = collecting(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StoringPipeline:
        """Scrapy's way to build it."""
        return cls(crawler)

    def process_item(self, item: Fetched) -> Any:
        """Store the item; what is counted is its outcome."""
        if self._run is None or item.capture is None:
            return msgspec.to_builtins(item.document) if item.document else {"url": item.url, "outcome": item.outcome}
        try:
            keep(self._run, item, source_of(self._crawler).id)
        except Exception as error:  # Scrapy would log it and go on, losing page after page
            self._run.give_up(error)
            raise
        return item


def keep(run: Collecting, item: Fetched, source_id: str) -> None:
    """Store one item with its capture in one transaction and count its outcome."""
    assert item.capture is not None, "the archive pipeline comes first"
    ledger = run.ledger(source_id)
    lost = item.outcome in ("blocked", "empty", "failed", "off_topic")
    capture = msgspec.structs.replace(item.capture, error=item.reason or item.outcome) if lost else item.capture
    stored = run.sink.store(capture, item.document, gone=item.gone and item.role == "page")
    if item.role == "list":
        if lost:
            ledger.list_failed(item.outcome, item.url, item.reason)
            run.issue(source_id, f"list_{item.outcome}", item.reason, item.url)
        return
    outcome = _COUNT[stored] if stored == "gone" or not item.outcome else item.outcome
    reason = TRUNCATED if outcome == "truncated" else item.reason
    ledger.count(outcome, item.url, reason)
    if outcome == "truncated" or (lost and outcome not in ("off_topic", "gone")):
        run.issue(source_id, outcome, reason, item.url)
    if item.document is not None and stored in ("new", "revised", "updated"):
        ledger.documents.add(item.document.id)
