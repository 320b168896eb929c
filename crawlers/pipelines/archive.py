"""Keeps each answer in the archive and describes it as a Capture."""

from __future__ import annotations

import hashlib

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from distillwatch.crawlers.archive import Place
from distillwatch.crawlers.context import Collecting, collecting
from distillwatch.crawlers.errors import ArchiveUnwritable
from distillwatch.crawlers.items import Fetched, Note
from distillwatch.crawlers.source_spider import source_of
from distillwatch.ids import hash_id
from distillwatch.records import Capture


class ArchivePipeline:
    """Writes a record for each answer with a body. A body that was archived before is not written twice."""

    def __init__(self, run: Collecting, crawler: Crawler) -> None:
        self._run = run
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """Scrapy's way to build it; not used without an archive."""
        run = collecting(crawler.settings)
        if run is None:
            raise NotConfigured
        return cls(run, crawler)

    def process_item(self, item: Fetched) -> Fetched:
        """Set `item.capture`."""
        now = self._run.clock()
        sha256 = hashlib.sha256(item.body).hexdigest() if item.body else ""
        last = self._run.sink.last_capture(item.url) if item.body else None
        place = None
        if last is not None and last.sha256 == sha256 and last.warc_file and last.warc_offset is not None:
            place = Place(last.warc_file, last.warc_offset, sha256)
        elif item.body:
            try:
                place = self._run.archive.write(
                    item.final_url, item.body, fetched_at=now, status=item.status, headers=item.headers,
                    note=self._note(item),
                )  # fmt: skip
            except ArchiveUnwritable as error:
                self._run.give_up(error)
                raise
        item.capture = Capture(
            id=hash_id("capture", item.url, now, item.status, sha256),
            source_id=source_of(self._crawler).id,
            url=item.url,
            final_url=item.final_url,
            fetched_at=now,
            status=item.status,
            content_type=item.content_type,
            sha256=sha256,
            warc_file=place.file if place else "",
            warc_offset=place.offset if place else None,
            etag=item.etag,
            last_modified=item.last_modified,
        )
        return item

    def _note(self, item: Fetched) -> str:
        source, asked = source_of(self._crawler).id, item.url if item.url != item.final_url else ""
        return Note(source=source, role=item.role, asked=asked, hint=item.hint).written()
