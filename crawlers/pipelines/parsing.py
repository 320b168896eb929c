"""Reads the document out of a page."""

from __future__ import annotations

from scrapy.crawler import Crawler

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.items import Fetched
from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.source_spider import source_of
from distillwatch.records import Document, Source

LEAST = 80  # letters of body text: a page of the web with fewer is a teaser, a login wall or an error page


class ParsingPipeline:
    """Parses pages; a page without an article is counted as empty."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ParsingPipeline:
        """Scrapy's way to build it."""
        return cls(crawler)

    def process_item(self, item: Fetched) -> Fetched:
        """Set `item.document`, or the outcome that there is none."""
        if not item.outcome and item.role == "page":
            read_document(item, source_of(self._crawler))
        return item


def read_document(item: Fetched, source: Source, *, file: str = "", least: int = LEAST) -> None:
    """Set `item.document`, or "empty" or "failed" with the reason. A page with fewer than `least` letters is empty."""
    try:
        document = parse(
            item.body,
            url=item.final_url,
            content_type=item.content_type,
            source=source,
            fetched_at=item.capture.fetched_at if item.capture else "",
            capture_id=item.capture.id if item.capture else "",
            file=file,
            hint=item.hint,
        )
    except Unreadable as error:
        item.outcome, item.reason = "empty", error.reason
    except Exception as error:  # a hostile page costs its own document, never the run; the ledger names it
        item.outcome, item.reason = "failed", f"it could not be read ({type(error).__name__}: {error})"
    else:
        if not has_body(document, least):
            item.outcome, item.reason = "empty", "there is no article in it"
        else:
            item.document = document


def has_body(document: Document, least: int) -> bool:
    """Whether there are so many letters outside headline and bylines; an ideograph counts three."""
    letters = 0
    for segment in document.segments:
        if segment.kind not in ("headline", "byline"):
            text = document.text[segment.start : segment.end]
            letters += sum(3 if c >= "\u3040" else 1 for c in text[: 4 * least] if c.isalnum())
            if letters >= least:
                return True
    return False
