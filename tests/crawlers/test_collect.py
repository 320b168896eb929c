"""Whole crawls of a real server on loopback: every page ends in exactly one count, and what is lost is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug import Request, Response

from distillwatch.crawlers.archive import read_record
from distillwatch.crawlers.ledger import Ledger
from distillwatch.crawlers.run import Job, collect
from distillwatch.crawlers.sink import Visits
from distillwatch.errors import InputMissing
from distillwatch.records import Source
from tests.crawlers.crawling import FAST, PROSE, Crawl, article, feed, outcomes, reasons, telling_of


def test_every_page_ends_in_one_count(crawl: Crawl) -> None:
    paths = (
        "/good",
        "/moved",
        "/gone",
        "/forbidden",
        "/busy",
        "/broken",
        "/blank",
        "/teaser",
        "/robot",
        "/secret",
        "/loop",
        "/latin",
        "/pdf",
    )
    crawl.page("/feed.xml", feed(*paths), kind="application/rss+xml")
    crawl.page("/robots.txt", "User-agent: *\nDisallow: /secret\n", kind="text/plain")
    crawl.page("/good", article("Boats sail"))
    crawl.page("/moved", "", status=301, Location="/target")
    crawl.page("/target", article("Boats moved"))
    crawl.page("/gone", "gone", status=410)
    crawl.page("/forbidden", "no", status=403)
    crawl.page("/busy", "later", status=429, Retry_After="1")
    crawl.page("/broken", "oops", status=500)
    crawl.page("/blank", "")
    crawl.page("/teaser", article("Boats", "More for subscribers."))
    crawl.page("/robot", "<html><head><title>Just a moment...</title></head><body>Checking.</body></html>")
    crawl.page("/loop", "", status=302, Location="/loop")
    crawl.page("/latin", article("Boats à la carte").encode("latin-1"), kind="text/html; charset=utf-8")
    crawl.page("/pdf", b"%PDF-1.7", kind="application/pdf")
    report = crawl()
    assert outcomes(report) == {"seen": 13, "new": 3, "blocked": 3, "robots_forbidden": 1, "empty": 3, "failed": 3}
    assert reasons(report) == {
        "gone": "the page is gone (410)",
        "forbidden": "the site refuses (403)",
        "busy": "the site asks for fewer requests (429)",
        "broken": "the site answered 500",
        "blank": "answered 200 without a body",
        "teaser": "there is no article in it",
        "robot": "the site asks to prove to be human",
        "secret": "Forbidden by robots.txt",
        "loop": "max redirections reached",
        "pdf": "the PDF cannot be read (PdfStreamError: Stream has ended unexpectedly)",
    }
    assert crawl.sink.titled("Boats à la carte").text.startswith("Boats à la carte\nNorvane said")
    assert crawl.sink.titled("Boats moved").url.endswith("/target")
    assert {i.code for i in crawl.sink.issues} == {"blocked", "robots", "empty", "failed"}
    assert len(report.lost) == 9, "robots.txt takes nothing away that was to be had"
    assert report.sources[0].requests >= 14
    agents = {request.headers["User-Agent"] for request, _ in crawl.server.log}
    assert len(agents) == 1 and agents.pop().endswith("(+https://tracker.example/about)")


def test_captures_can_be_read_back_from_the_archive(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.page("/a", article("Boats sail"), ETag='"a1"')
    crawl()
    for capture in crawl.sink.captures:
        assert read_record(crawl.archive, capture).url == capture.final_url
    page = crawl.sink.captures[-1]
    assert (page.status, page.etag, crawl.sink.titled("Boats sail").capture_id) == (200, '"a1"', page.id)


def conditional(body: str, tag: str, kind: str = "text/html") -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response(body, content_type=kind, headers={"ETag": tag})

    return answer


def test_a_second_run_asks_only_for_changes(crawl: Crawl) -> None:
    server = crawl.server
    server.expect_request("/feed.xml").respond_with_handler(
        conditional(feed("/a", "/b", "/c"), '"f1"', "application/rss+xml")
    )
    for path in ("/a", "/b"):
        server.expect_request(path).respond_with_handler(conditional(article(f"Boats {path}"), f'"{path}"'))
    texts = iter([PROSE, PROSE + " It was wrong by a hundred.", PROSE + " It was wrong by a hundred."])
    server.expect_request("/c").respond_with_handler(
        lambda _: Response(article("Boats /c", next(texts)), content_type="text/html")
    )
    assert outcomes(crawl()) == {"seen": 3, "new": 3}
    asked = len(server.log)
    assert outcomes(crawl()) == {"seen": 3, "unchanged": 3}
    assert len(server.log) == asked + 2, "robots.txt and the feed; what was asked for this very hour is not asked again"
    crawl.clock = lambda: "2026-11-02T08:00:00Z"
    assert outcomes(crawl()) == {
        "seen": 3,
        "revised": 1,
        "unchanged": 2,
    }  # the feed answered 304 and is read from the archive
    written = sum(f.stat().st_size for f in crawl.archive.rglob("*.gz"))
    crawl.clock = lambda: "2026-11-05T08:00:00Z"
    assert outcomes(crawl()) == {"seen": 3, "unchanged": 3}
    assert sum(f.stat().st_size for f in crawl.archive.rglob("*.gz")) == written, "the same bytes are kept once"
    assert "wrong by a hundred" in crawl.sink.titled("Boats /c").text


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("<html><body>Sorry</body></html>", 200, "this is no feed"),
        (feed(), 200, "the feed has no entry"),
        ("no", 403, "the site refuses (403)"),
        ("gone", 404, "the page is gone (404)"),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error_that_is_seen(crawl: Crawl, body: str, status: int, reason: str) -> None:
    crawl.page("/feed.xml", body, status=status)
    report = crawl()
    assert report.sources[0].feed_failed and report.sources[0].silent
    assert reasons(report)["feed.xml"].startswith(reason)
    assert report.lost[0] == "quay: listed no page"
    assert crawl.sink.issues[0].code.startswith("list_")


def test_a_host_that_does_not_answer_is_named(crawl: Crawl) -> None:
    source = Source(
        id="off", name="Off", kind="feed", url="http://127.0.0.1:9/feed.xml", options={"allow_private": "1"}
    )
    report = collect([Job(source=source)], crawl.sink, archive=crawl.archive, clock=crawl.clock, settings=FAST)
    assert report.sources[0].failed == 1
    assert "refused" in report.sources[0].failures[0].reason.lower()


def test_private_networks_are_refused_unless_the_row_allows_them(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.private = ""
    report = crawl()
    assert len(crawl.server.log) == 0
    assert (
        "not an address of the public internet" in reasons(report)["feed.xml"]
        or "local network" in reasons(report)["feed.xml"]
    )


def test_pages_off_the_topic_are_counted_and_not_asked_for_again(crawl: Crawl) -> None:
    relevance = telling_of("Norvane")
    crawl.page("/feed.xml", feed("/on", "/off"), kind="application/rss+xml")
    crawl.page("/on", article("On topic"))
    crawl.page(
        "/off",
        article(
            "Off topic", "Quellmark counted boats in the harbour all day long, and then it counted them again. " * 2
        ),
    )
    assert outcomes(crawl(relevance=relevance)) == {"seen": 2, "new": 1, "off_topic": 1}
    asked = len(crawl.server.log)
    assert outcomes(crawl(relevance=relevance)) == {"seen": 2, "unchanged": 1, "off_topic": 1}
    assert [r.path for r, _ in crawl.server.log[asked:]].count("/off") == 0
    assert list(crawl.sink.documents.values()) == [crawl.sink.titled("On topic")]


def test_a_page_without_end_costs_itself_only(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/huge", "/deep", "/good"), kind="application/rss+xml")
    crawl.page("/huge", b"<p>" + b"x" * 300_000)
    crawl.page("/deep", "<div>" * 20_000 + "boats" + "</div>" * 20_000)
    crawl.page("/good", article("Boats sail"))
    report = crawl(settings={"DOWNLOAD_MAXSIZE": 250_000})
    assert outcomes(report) == {"seen": 3, "new": 1, "empty": 1, "failed": 1}


def test_a_robots_txt_behind_a_server_error_forbids_all(crawl: Crawl) -> None:
    crawl.page("/robots.txt", "oops", status=503)
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    assert outcomes(crawl()) == {"robots_forbidden": 1}


def test_pages_that_no_answer_came_for_are_counted() -> None:
    ledger = Ledger("quay")
    ledger.seen = 3
    ledger.count("new")
    ledger.settle()
    assert (ledger.closed().new, ledger.closed().failed, len(ledger.closed().failures)) == (1, 2, 1)


def test_an_unknown_kind_of_source_is_named(crawl: Crawl) -> None:
    with pytest.raises(InputMissing, match="no spider reads the kind 'telegraph'"):
        crawl(kind="telegraph")


def test_a_store_that_cannot_be_written_ends_the_run(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [f"/{n}" for n in range(40)]
    crawl.page("/feed.xml", feed(*paths), kind="application/rss+xml")
    for path in paths:
        crawl.page(path, article(path))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crawl.sink, "store", refuse)
    with pytest.raises(OSError, match="No space left"):
        crawl()
    assert len(crawl.server.log) < 20


def test_a_broken_row_costs_its_own_source(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.page("/a", article("Boats"))
    rows = [
        Source(
            id=name,
            name=name,
            kind="feed",
            url=crawl.server.url_for("/feed.xml"),
            options={"allow_private": "1", "pages": pages},
        )
        for name, pages in (("broken", "many"), ("good", "3"))
    ]
    report = collect(
        [Job(source=row) for row in rows], crawl.sink, archive=crawl.archive, clock=crawl.clock, settings=FAST
    )
    assert [s.feed_failed for s in report.sources] == [True, False]
    assert "could not run" in report.sources[0].failures[0].reason
    assert report.sources[1].new == 1


@pytest.mark.parametrize(
    ("first", "last", "error", "enough"),
    [
        ("2026-11-01T08:00:00Z", "2026-11-01T08:00:00Z", "", False),  # seen once, two hours ago
        ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00Z", "", True),  # half an hour ago
        ("2026-11-01T04:00:00Z", "2026-11-01T08:00:00Z", "", True),  # six hours old, seen two hours ago
        ("2026-11-01T04:00:00Z", "2026-11-01T06:30:00Z", "", False),
        ("2026-10-01T04:00:00Z", "2026-10-20T04:00:00Z", "", True),  # a month old: every fortnight is enough
        ("2026-10-01T04:00:00Z", "2026-11-01T09:59:00Z", "the site answered 500", False),
    ],
)
def test_a_page_is_asked_for_often_while_it_is_news(first: str, last: str, error: str, enough: bool) -> None:
    assert Visits(first, last, error).are_enough("2026-11-01T10:00:00Z") == enough
