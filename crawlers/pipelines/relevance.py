"""Leaves out pages that are not about the topic."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from distillwatch.crawlers.context import collecting
from distillwatch.crawlers.items import Fetched
from distillwatch.crawlers.relevance import Relevance
from distillwatch.crawlers.source_spider import source_of


class RelevancePipeline:
    """Marks documents that the topic's table does not keep; a source whose row has `keep=all` is chosen by hand."""

    def __init__(self, relevance: Relevance, crawler: Crawler) -> None:
        self._relevance = relevance
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RelevancePipeline:
        """Scrapy's way to build it; not used for a topic without a table."""
        run = collecting(crawler.settings)
        if run is None or run.relevance is None:
            raise NotConfigured
        return cls(run.relevance, crawler)

    def process_item(self, item: Fetched) -> Fetched:
        """Set the outcome "off_topic" and drop the document."""
        if source_of(self._crawler).options.get("keep") != "all":
            leave_out(item, self._relevance)
        return item


def leave_out(item: Fetched, relevance: Relevance) -> None:
    """Drop the document of an item that the topic's table does not keep."""
    document = item.document
    if document is not None and not relevance.keeps(document.title, document.text):
        item.document, item.outcome = None, "off_topic"
