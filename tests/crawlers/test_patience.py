"""How long a host is waited for and left alone, and what became of pages that were there before."""

from __future__ import annotations

import time

import pytest
from werkzeug import Response

from distillwatch.crawlers.middlewares.patience import retry_after
from tests.crawlers.crawling import PROSE, Crawl, MemorySink, article, feed, outcomes, reasons


def test_crawl_delay_is_kept(crawl: Crawl) -> None:
    crawl.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", kind="text/plain")
    crawl.page("/feed.xml", feed("/a", "/b", "/c"), kind="application/rss+xml")
    for path in ("/a", "/b", "/c"):
        crawl.page(path, article(path))
    began = time.monotonic()
    assert outcomes(crawl(settings={"DOWNLOAD_DELAY_JITTER": 0})) == {"seen": 3, "new": 3}
    assert time.monotonic() - began >= 4 * 0.3


def test_retry_after_is_waited_for_and_a_long_one_ends_the_host(crawl: Crawl) -> None:
    answers = iter(
        [
            Response("wait", status=503, headers={"Retry-After": "1"}),
            Response(article("At last"), content_type="text/html"),
        ]
    )
    crawl.page("/feed.xml", feed("/slow"), kind="application/rss+xml")
    crawl.server.expect_request("/slow").respond_with_handler(lambda _: next(answers))
    began = time.monotonic()
    assert outcomes(crawl(settings={"RETRY_TIMES": 1})) == {"seen": 1, "new": 1}
    assert time.monotonic() - began >= 1
    crawl.page("/later.xml", feed("/busy", "/other"), kind="application/rss+xml")
    crawl.page("/busy", "wait", status=429, Retry_After="86400")
    crawl.page("/other", article("Other"))
    report = crawl(path="/later.xml", settings={"CONCURRENT_REQUESTS": 1})
    assert outcomes(report) == {"seen": 2, "blocked": 1, "failed": 1}
    assert "asks to wait 86400 seconds" in reasons(report)["other"]


@pytest.mark.parametrize(("status", "reason"), [(404, "404"), (410, "410")])
def test_a_page_that_is_gone_is_told_from_one_that_never_was(crawl: Crawl, status: int, reason: str) -> None:
    crawl.page("/feed.xml", feed("/a", "/never"), kind="application/rss+xml")
    crawl.page("/a", article("Norvane counts requests"))
    crawl.page("/never", "no", status=status)
    first = crawl()
    assert outcomes(first) == {"seen": 2, "new": 1, "failed": 1}
    assert reason in reasons(first)["never"]
    crawl.server.clear_all_handlers()
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.page("/a", "no", status=status)
    crawl.clock = lambda: "2026-11-02T08:00:00Z"
    second = crawl()
    assert second.sources[0].gone == 1
    assert second.lost == [], "a page that was taken away is news, not a loss of ours"


def test_a_page_whose_address_leads_to_the_front_page_is_gone(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/old/a"), kind="application/rss+xml")
    crawl.page("/old/a", "", status=302, Location="/")
    crawl.page("/", article("Welcome to the Quay"))
    report = crawl()
    assert "leads to the front page" in reasons(report)["a"]
    assert crawl.sink.documents == {}


def test_pages_that_left_the_list_are_looked_at_again(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.page("/a", article("Norvane counts requests"))
    crawl.page("/b", article("Tarsil answers", PROSE + " It changed a word later."))
    crawl.sink.due = [crawl.server.url_for(path) for path in ("/a", "/b")]
    report = crawl()
    counts = report.sources[0]
    assert (counts.seen, counts.again, counts.new) == (1, 1, 2), "the listed one is asked for once"


def test_a_host_that_asks_for_a_long_pause_is_left_alone_by_the_next_run(crawl: Crawl, sink: MemorySink) -> None:
    crawl.page("/feed.xml", feed("/a"), status=503, Retry_After="7200")
    crawl()
    (closure,) = sink.hosts.values()
    assert closure.until == "2026-11-01T10:00:00Z"
    crawl.server.clear_log()
    report = crawl()
    assert crawl.server.log == []
    assert any(f"it is left alone until {closure.until}" in line for line in report.lost)
    crawl.clock = lambda: "2026-11-01T10:00:01Z"
    crawl.server.clear_all_handlers()
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.page("/a", article("Norvane counts requests"))
    assert outcomes(crawl()) == {"seen": 1, "new": 1}
    assert sink.hosts == {}, "an answer ends the pause"


def test_a_network_that_is_down_closes_no_host_for_later_runs(crawl: Crawl, sink: MemorySink) -> None:
    crawl.server.stop()
    try:
        report = crawl(settings={"RETRY_TIMES": 8})
    finally:
        crawl.server.start()
    assert report.sources[0].feed_failed
    assert sink.hosts == {}


NOON = 1_777_636_800.0  # 2026-05-01T12:00:00Z


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120),
        (b"Fri, 01 May 2026 12:05:00 GMT", 300),
        (b"Friday, 01-May-26 12:05:00 GMT", 300),
        (b"Fri, 01 May 2026 14:05:00 +0200", 300),
        (b"Fri, 01 May 2026 11:00:00 GMT", 0),  # gone by
        (b"soon", 0),
        (b"-5", 0),
        (b"1e9", 0),
        (b"\xff\xfe", 0),
        (b"Fri, 31 Feb 2026 12:00:00 GMT", 0),
        (b"Fri, 01 May 99999999999 12:00:00 GMT", 0),
        (b"9" * 400, float("inf")),
        (b"", 0),
        (None, 0),
    ],
)
def test_what_retry_after_asks_for(value: bytes | None, seconds: float) -> None:
    assert retry_after(value, NOON) == seconds


def test_a_host_that_fails_five_times_in_a_row_is_left_for_this_run_and_the_next(
    crawl: Crawl, sink: MemorySink
) -> None:
    paths = [f"/p/{number}" for number in range(9)]
    crawl.page("/feed.xml", feed(*paths), kind="application/rss+xml")
    for path in paths:
        crawl.page(path, "broken", status=500)
    first = crawl(settings={"CONCURRENT_REQUESTS": 1})
    assert sum(request.path in paths for request, _ in crawl.server.log) == 5
    assert outcomes(first) == {"seen": 9, "failed": 9}
    assert "failed 5 times in a row" in reasons(first)["8"]
    crawl.server.clear_log()
    crawl()
    assert crawl.server.log == [], "the host is left alone until its pause is over"
    crawl.clock = lambda: "2026-11-09T08:00:00Z"
    crawl()
    assert crawl.server.log != []
