"""Web APIs that list pages as JSON: search interfaces, forums, registers of laws."""

from __future__ import annotations

from distillwatch.crawlers.json_lists import read_json_list
from distillwatch.crawlers.list_spider import Listing, ListSpider


class JsonListSpider(ListSpider):
    """Options of the row: see `read_json_list`; also `pages` (answers that are read) and `once=1`."""

    name = "json_list"
    noun = "answer"

    def read(self, body: bytes, url: str) -> Listing:
        """The entries of an answer and the address of the next one."""
        return Listing(*read_json_list(body, url, self.source.options))
