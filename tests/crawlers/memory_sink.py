"""A store for tests: everything in dictionaries."""

from __future__ import annotations

from distillwatch.crawlers.sink import Stored
from distillwatch.ids import text_hash
from distillwatch.records import Capture, Document, Issue


class MemorySink:
    """Keeps captures in order, the latest document of each id, and issues."""

    def __init__(self) -> None:
        self.captures: list[Capture] = []
        self.documents: dict[str, Document] = {}
        self.issues: list[Issue] = []

    def last_capture(self, url: str) -> Capture | None:
        return next((c for c in reversed(self.captures) if c.url == url and c.status in (200, None)), None)

    def store(self, capture: Capture, document: Document | None) -> Stored:
        self.captures.append(capture)
        if document is None:
            return "unchanged"
        before = self.documents.get(document.id)
        self.documents[document.id] = document
        if before is None:
            return "new"
        return "unchanged" if text_hash(before.text) == text_hash(document.text) else "revised"

    def issue(self, issue: Issue) -> None:
        self.issues.append(issue)
