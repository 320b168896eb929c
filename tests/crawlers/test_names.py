"""Names that lead into private networks: from the start, by a redirect, or from the second answer on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from werkzeug import Response

from distillwatch.crawlers import networks
from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.records import Source
from tests.crawlers.crawling import FAST, Crawl, article, feed, outcomes

Resolved = dict[str, Iterator[str]]


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Resolved:
    """What each name resolves to, one address a question; the address of the test's server counts as public."""
    table: Resolved = {}
    judged = networks.is_public

    def address(name: str) -> str:
        if name not in table:
            raise socket.gaierror(f"no such name: {name}")
        return next(table[name])

    monkeypatch.setattr(socket, "gethostbyname", address)
    monkeypatch.setattr(networks, "is_public", lambda ip: ip == "127.0.0.1" or judged(ip))
    return table


@pytest.fixture
def run(crawl: Crawl, resolved: Resolved) -> Callable[[], CollectReport]:
    """Crawl the feed of a name that is public."""
    resolved["quay.example"] = iter(["127.0.0.1"] * 99)

    def crawled() -> CollectReport:
        url = f"http://quay.example:{crawl.server.port}/feed.xml"
        source = Source(id="quay", name="Quay", kind="feed", url=url)
        settings = {**FAST, "CONCURRENT_REQUESTS": 1}
        return collect([Job(source=source)], crawl.sink, archive=crawl.archive, clock=crawl.clock, settings=settings)

    return crawled


WAYS_IN = [
    ("http://inner.example:{port}/secret", "10.0.0.7"),
    ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
    ("http://[::ffff:127.0.0.1]:{port}/secret", "not an address of the public internet"),
    ("http://[::1]:{port}/secret", "not an address of the public internet"),
    ("http://localhost:{port}/secret", "name of a local network"),
    ("http://metadata.google.internal/", "name of a local network"),
    ("file:///etc/passwd", ""),
]


@pytest.mark.parametrize(("target", "reason"), WAYS_IN)
def test_a_redirect_does_not_lead_inside(
    crawl: Crawl, resolved: Resolved, run: Callable[[], CollectReport], target: str, reason: str
) -> None:
    resolved["inner.example"] = iter(["10.0.0.7"] * 9)
    crawl.page("/feed.xml", feed("/go", "/good"), kind="application/rss+xml")
    crawl.page("/go", "", status=302, Location=target.format(port=crawl.server.port))
    crawl.page("/secret", article("Secret"))
    crawl.page("/good", article("Norvane counts requests"))
    report = run()
    assert outcomes(report) == {"seen": 2, "new": 1, "failed": 1}
    assert reason in report.sources[0].failures[0].reason
    assert "/secret" not in [request.path for request, _ in crawl.server.log]


def test_a_name_that_turns_inside_after_the_first_answer(
    crawl: Crawl, resolved: Resolved, run: Callable[[], CollectReport]
) -> None:
    """The address that is connected to is the one that was judged, each time anew (DNS rebinding)."""
    here = f"http://turning.example:{crawl.server.port}"
    resolved["turning.example"] = iter(["127.0.0.1", "127.0.0.1", *["10.0.0.7"] * 9])  # robots.txt, the first page
    crawl.page("/feed.xml", feed(f"{here}/a", f"{here}/b"), kind="application/rss+xml")
    for path in ("/robots.txt", "/a", "/b"):
        body = article(f"Story {path}") if path != "/robots.txt" else "User-agent: *\nAllow: /\n"
        crawl.server.expect_request(path).respond_with_response(
            Response(body, content_type="text/html", headers={"Connection": "close"})
        )
    report = run()
    assert outcomes(report) == {"seen": 2, "new": 1, "failed": 1}
    assert "10.0.0.7" in report.sources[0].failures[0].reason
    assert [request.path for request, _ in crawl.server.log].count("/b") == 0
