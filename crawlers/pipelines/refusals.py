"""Sets apart the answers that are no page: refusals, errors, and "not modified"."""

from __future__ import annotations

from distillwatch.crawlers.address import is_front
from distillwatch.crawlers.items import Fetched
from distillwatch.crawlers.refusals import refusal


class RefusalsPipeline:
    """Decides what a status alone decides."""

    def process_item(self, item: Fetched) -> Fetched:
        """Set `item.outcome` for anything but a page that can be read."""
        if item.outcome:
            return item
        refused = refusal(item.status, item.body)
        if refused:
            item.outcome, item.reason = "blocked", refused
        elif item.status == 304:
            item.outcome = "unchanged"
        elif item.status in (404, 410):
            item.outcome, item.reason, item.gone = "failed", f"the page is gone ({item.status})", True
        elif 200 <= item.status < 300 and is_front(item.final_url) and not is_front(item.url):
            item.outcome, item.reason, item.gone = (
                "failed",
                "the page is gone: its address leads to the front page",
                True,
            )
        elif not 200 <= item.status < 300:
            item.outcome, item.reason = "failed", f"the site answered {item.status}"
        elif not item.body.strip():
            item.outcome, item.reason = "empty", "answered 200 without a body"
        return item
