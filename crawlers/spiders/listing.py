"""Sites that list their pages on ordinary web pages: a newsroom, an archive, a tag page."""

from __future__ import annotations

from urllib.parse import urljoin

from parsel import Selector

from distillwatch.crawlers.decode import decode
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.list_spider import Listing, ListSpider
from distillwatch.crawlers.whitespace import squeeze


class ListingSpider(ListSpider):
    """Options of the row: `links` (a CSS selector of the links to pages), `next` (of the link to the next page of the
    list), `pages` (how many pages of the list are read), `once=1`.
    """

    name = "listing"
    noun = "listing"

    def read(self, body: bytes, url: str) -> Listing:
        """The linked pages and the next page of the list."""
        links, following = self.source.options.get("links", ""), self.source.options.get("next", "")
        if not links:
            raise Unreadable(url, f"source {self.source.id!r} needs the option links=<CSS selector> to read a listing")
        page = Selector(text=decode(body), type="html")
        hints: dict[str, FeedHint] = {}
        for link in page.css(links):
            address = _address(url, link)
            if address:
                hints.setdefault(address, FeedHint(url=address, title=squeeze("".join(link.css("*::text").getall()))))
        more = [address for link in (page.css(following) if following else ()) if (address := _address(url, link))]
        return Listing(list(hints.values()), more[:1])


def _address(base: str, link: Selector) -> str:
    try:
        address = urljoin(base, (link.attrib.get("href") or "").strip()).partition("#")[0]
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) and link.attrib.get("href") else ""
