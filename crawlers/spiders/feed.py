"""RSS, Atom and JSON feeds with the pages that they list."""

from __future__ import annotations

from distillwatch.crawlers.feeds import read_feed
from distillwatch.crawlers.list_spider import Listing, ListSpider


class FeedSpider(ListSpider):
    """Asks for each page of a feed, also for the known ones, so that a page changed in silence is seen, too."""

    name = "feed"
    noun = "feed"

    def read(self, body: bytes, url: str) -> Listing:
        """The entries of a feed."""
        return Listing(read_feed(body, url))
