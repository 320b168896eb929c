"""What a feed says about a page before the page is read."""

from __future__ import annotations

from msgspec import Struct


class FeedHint(Struct, frozen=True, kw_only=True):
    """One entry of a feed. It fills what the page itself leaves open, and never overrides the page."""

    url: str
    title: str = ""
    byline: str = ""
    published: str = ""  # ISO time or day
    page: str = ""  # the address that readers use, where another one is fetched
