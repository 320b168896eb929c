"""What the tests of collecting share: a store in dictionaries, a source row, a clock that stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from distillwatch.crawlers.hosts import Closure
from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.sink import Stored, Visits
from distillwatch.ids import text_hash
from distillwatch.records import Capture, Document, Issue, Source
from tests.crawlers.crawling import Crawl

NOW = "2026-11-01T08:00:00Z"


class MemorySink:
    """Keeps captures in order, the latest document of each id, and issues."""

    def __init__(self) -> None:
        self.captures: list[Capture] = []
        self.documents: dict[str, Document] = {}
        self.issues: list[Issue] = []
        self.hosts: dict[str, Closure] = {}
        self.due: list[str] = []

    def last_capture(self, url: str) -> Capture | None:
        return next((c for c in reversed(self.captures) if c.url == url and c.status in (200, None)), None)

    def visits(self, url: str) -> Visits | None:
        asked = [c for c in self.captures if c.url == url]
        return Visits(asked[0].fetched_at, asked[-1].fetched_at, asked[-1].error) if asked else None

    def standing(self, url: str) -> Document | None:
        return next((d for d in self.documents.values() if d.url == url), None)

    def due_again(self, source_id: str, now: str, most: int) -> list[str]:
        return self.due[:most]

    def closed_hosts(self) -> list[Closure]:
        return list(self.hosts.values())

    def close_host(self, closure: Closure, now: str) -> None:
        self.hosts[closure.host] = closure

    def open_host(self, host: str) -> None:
        self.hosts.pop(host, None)

    def store(self, capture: Capture, document: Document | None, *, gone: bool = False) -> Stored:
        self.captures.append(capture)
        if gone and any(c.url == capture.url and not c.error for c in self.captures):
            return "gone"
        if document is None:
            return "unchanged"
        before = self.documents.get(document.id)
        self.documents[document.id] = document
        if before is None:
            return "new"
        return "unchanged" if text_hash(before.text) == text_hash(document.text) else "revised"

    def issue(self, issue: Issue) -> None:
        self.issues.append(issue)

    def titled(self, title: str) -> Document:
        """The one document of that title."""
        found = [d for d in self.documents.values() if d.title == title]
        assert len(found) == 1, [d.title for d in self.documents.values()]
        return found[0]


@pytest.fixture
def sink() -> MemorySink:
    return MemorySink()


@pytest.fixture(scope="session")
def source() -> Source:
    return Source(id="quay", name="Quay Press", kind="feed", url="https://quaypress.example/feed.xml", language="en")


@pytest.fixture
def clock() -> Callable[[], str]:
    return lambda: NOW


Read = Callable[..., Document]


@pytest.fixture(scope="session")
def read() -> Read:
    """Parse a page or text as files are parsed; the row of the source can be changed by keyword."""

    def parsed(body: str | bytes, *, url: str = "file:page", content_type: str = "text/html", **row: str) -> Document:
        fields = {"id": "files", "name": "Files", "kind": "files", "url": "", **row}
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        return parse(raw, url=url, content_type=content_type, source=Source(**fields), fetched_at=NOW)  # type: ignore[arg-type] # a row of a table

    return parsed


@pytest.fixture
def crawl(httpserver: HTTPServer, sink: MemorySink, tmp_path: Path, clock: Callable[[], str]) -> Crawl:
    httpserver.no_handler_status_code = 404
    return Crawl(httpserver, sink, tmp_path / "archive", clock)
