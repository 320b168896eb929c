"""Sites that list their pages in XML sitemaps."""

from __future__ import annotations

from distillwatch.crawlers.list_spider import Listing, ListSpider
from distillwatch.crawlers.sitemaps import read_sitemap


class SitemapSpider(ListSpider):
    """Options of the row: `match` (a regular expression for page addresses), `page` (the address that readers use, with
    `\\1` for a group of `match`), `pages` (sitemaps read), `once=1`."""

    name = "sitemap"
    noun = "sitemap"

    def read(self, body: bytes, url: str) -> Listing:
        """The pages and further sitemaps of a sitemap."""
        options = self.source.options
        return Listing(*read_sitemap(body, url, options.get("match", ""), options.get("page", "")))
