"""A plain list of addresses in the topic's folder: coverage that was found by hand, for a first archive."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.list_spider import Listing, ListSpider
from distillwatch.errors import InputMissing


class AddressesSpider(ListSpider):
    """The row's `url` is a file beside `sources.tsv`: tab-separated with a column `url` (and `published`, `title`), or
    one address a line. The addresses lie on many hosts, so more are asked for at a time; each host waits as usual.
    """

    name = "addresses"
    noun = "list of addresses"
    custom_settings: dict[str, Any] = {"CONCURRENT_REQUESTS": 16}  # noqa: RUF012 (Scrapy's own way to say it)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the pages; there is no list to be fetched."""
        run = self.run
        file = (run.folder if run is not None and run.folder is not None else Path()) / self.source.url
        try:
            listing = Listing(read_addresses(file))
        except InputMissing as error:
            self.ledger.list_failed("failed", self.source.url, str(error))
            return
        for request in self._follow(listing):
            yield request


def read_addresses(file: Path) -> list[FeedHint]:
    """The addresses of a file. Raises InputMissing when it is not there or lists none."""
    if not file.is_file():
        raise InputMissing(f"{file}: the list of addresses is missing")
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if "url" in (rows.fieldnames or ()):
        hints = [FeedHint(url=r["url"], title=r.get("title") or "", published=r.get("published") or "") for r in rows]
    else:
        hints = [FeedHint(url=line.strip()) for line in lines]
    usable = {hint.url: hint for hint in hints if hint.url.startswith(("http://", "https://"))}
    if not usable:
        raise InputMissing(f"{file}: no line holds an address; put one a line, or a column `url`")
    return list(usable.values())
