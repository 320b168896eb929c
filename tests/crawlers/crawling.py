"""A source on a real server on loopback, crawled whole, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer

from distillwatch.crawlers.relevance import Relevance, compiled
from distillwatch.crawlers.report import CollectReport, SourceCounts
from distillwatch.crawlers.run import Job, collect
from distillwatch.records import Source

Clock = Callable[[], str]
MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}
PROSE = " ".join(["Norvane said on Tuesday that it had counted a long row of odd requests to its interface."] * 3)


def article(title: str, text: str = PROSE) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def feed(*paths: str) -> str:
    items = "".join(f"<item><title>{p}</title><link>{p}</link></item>" for p in paths)
    return f'<rss version="2.0"><channel><title>Quay</title>{items}</channel></rss>'


def telling_of(word: str) -> Relevance:
    """A topic filter that keeps the pages which hold a word."""
    nothing = {"actors": 0, "actor_weight": 0.0, "rule_weight": 0.0, "actor_kinds": [], "rule_kinds": []}
    return compiled({"threshold": 1.0, "alone": 9.0, **nothing, "en": {word: 1.0}}, [])


class Crawl:
    """A source on the test's server, its store and archive; each call crawls it once more."""

    def __init__(self, server: HTTPServer, sink: MemorySink, archive: Path, clock: Clock) -> None:
        self.server, self.sink, self.archive, self.clock = server, sink, archive, clock
        self.private = "1"

    def page(self, path: str, body: str | bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> None:
        self.server.expect_request(path).respond_with_data(
            body, status=status, content_type=kind, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    def __call__(
        self,
        *,
        settings: Mapping[str, object] | None = None,
        relevance: Relevance | None = None,
        path: str = "/feed.xml",
        kind: str = "feed",
        folder: Path | None = None,
        **options: str,
    ) -> CollectReport:
        source = Source(
            id="quay",
            name="Quay",
            kind=kind,
            url=self.server.url_for(path),
            options={"allow_private": self.private, **options},
        )
        return collect(
            [Job(source=source)],
            self.sink,
            archive=self.archive,
            clock=self.clock,
            relevance=relevance,
            contact="https://tracker.example/about",
            folder=folder,
            settings={**FAST, **(settings or {})},
        )


def outcomes(report: CollectReport) -> dict[str, int]:
    counts: SourceCounts = report.sources[0]
    names = ("seen", "new", "revised", "unchanged", "blocked", "robots_forbidden", "empty", "off_topic", "failed")
    return {name: getattr(counts, name) for name in names if getattr(counts, name)}


def reasons(report: CollectReport) -> dict[str, str]:
    return {f.url.rsplit("/", 1)[-1]: f.reason for f in report.sources[0].failures}
