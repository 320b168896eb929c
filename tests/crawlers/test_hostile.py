"""Pages, lists and servers that mean harm: each costs its own document, never the run."""

from __future__ import annotations

import gzip
import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug import Request, Response

from distillwatch.crawlers.run import Job, collect
from distillwatch.records import Source
from tests.crawlers.crawling import FAST, PROSE, Crawl, article, feed, outcomes, reasons

SPELLINGS = [
    *("2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "127.1", "0", "[::]", "[::ffff:127.0.0.1]"),
    *("[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "localhost.", "127.0.0.1.", "①②⑦.⓪.⓪.①", "user@127.0.0.1"),
    "127.0.0.1%00.example",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_local_address_is_asked(crawl: Crawl, host: str) -> None:
    crawl.page("/secret", article("Secret"))
    source = Source(id="bad", name="Bad", kind="feed", url=f"http://{host}:{crawl.server.port}/secret")
    report = collect([Job(source=source)], crawl.sink, archive=crawl.archive, clock=crawl.clock, settings=FAST)
    assert crawl.server.log == []
    assert report.sources[0].feed_failed and report.lost


def bombs() -> dict[str, Response]:
    """What a page may answer to do harm."""
    return {
        "gzip": Response(gzip.compress(b"<p>" + b"a" * 30_000_000), headers={"Content-Encoding": "gzip"}),
        "nested": Response("<div>" * 200_000 + "x", content_type="text/html"),
        "nul": Response(b"\x00" * 50_000, content_type="text/html"),
        "charset": Response(b"\xff\xfe\xfa" * 3000, content_type="text/html; charset=x-no-such-thing"),
        "entities": Response(
            '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;</p></body></html>',
            content_type="application/xhtml+xml",
        ),
        "attributes": Response(f"<p {'a=1 ' * 100_000}>x</p>", content_type="text/html"),
        "image": Response(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, content_type="image/png"),
        "no-type": Response(b"MZ\x90\x00\x03\x00\x00\x00", content_type=""),
        "pdf": Response(b"%PDF-1.7\n" + b"1 0 obj<</Pages 1 0 R>>endobj\n" * 50, content_type="application/pdf"),
    }


def test_each_bomb_costs_its_own_page(crawl: Crawl) -> None:
    answers = bombs()
    paths = [f"/{name}" for name in answers]
    crawl.page("/feed.xml", feed(*paths, "/loop", "/good"), kind="application/rss+xml")
    for path, name in zip(paths, answers, strict=True):
        crawl.server.expect_request(path).respond_with_response(answers[name])
    crawl.page("/loop", "", status=302, Location="/loop")
    crawl.page("/good", article("Norvane counts requests"))
    started = time.monotonic()
    report = crawl()
    counts = outcomes(report)
    assert counts["seen"] == len(answers) + 2
    assert counts["new"] == 1, counts
    assert counts["empty"] + counts["failed"] == len(answers) + 1
    assert all(reasons(report)[name] for name in (*answers, "loop"))
    assert time.monotonic() - started < 60


# What a page calls itself never stops the run; what can be read under it is read.
TYPES = [
    ('text/html; charset="><script>', "new"),
    ("text/html; charset=utf-7", "new"),
    ("text/html;" + " charset=utf-8;" * 500, "new"),
    ("TEXT/HTML;CHARSET=UTF-8", "new"),
    ("text/html\u00e9", "new"),
    ("", "new"),
    ("application/octet-stream", "new"),
    ("multipart/form-data; boundary=x", "empty"),
    ("video/mp4", "empty"),
    ("*/*", "empty"),
]


@pytest.mark.parametrize(("kind", "outcome"), TYPES, ids=[kind[:24] for kind, _ in TYPES])
def test_a_content_type_of_any_kind(crawl: Crawl, kind: str, outcome: str) -> None:
    crawl.page("/feed.xml", feed("/a"), kind="application/rss+xml")
    crawl.server.expect_request("/a").respond_with_response(
        Response(article("Norvane counts requests").encode(), headers={"Content-Type": kind})
    )
    assert outcomes(crawl()) == {"seen": 1, outcome: 1}


def test_a_feed_of_twenty_thousand_entries_costs_what_is_followed_of_it(crawl: Crawl) -> None:
    items = "".join(f"<item><title>Boats {n}</title><link>/p/{n}</link></item>" for n in range(20_000))
    crawl.page("/feed.xml", f'<rss version="2.0"><channel>{items}</channel></rss>', kind="application/rss+xml")
    crawl.server.expect_request(re.compile("/p/.*")).respond_with_data("gone", status=404)
    started = time.monotonic()
    report = crawl(settings={"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
    assert outcomes(report) == {"seen": 200, "failed": 200}
    assert time.monotonic() - started < 60


LISTS = {
    "entities": ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel>'
                 "<item><link>&b;</link></item></channel></rss>", "entities"),
    "nothing": ("\x00" * 1000, "no feed"),
    "nested": ("<rss>" * 20_000, "no entry"),
    "addresses": ('<rss version="2.0"><channel><item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd'
                  "</link></item><item><link>http://[::bad</link></item></channel></rss>", "no entry"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_that_means_harm_is_named(crawl: Crawl, name: str) -> None:
    body, reason = LISTS[name]
    crawl.page("/feed.xml", body, kind="application/rss+xml")
    report = crawl()
    assert any(reason in line for line in report.lost), report.lost


def test_a_calendar_without_end_is_left(crawl: Crawl) -> None:
    """A listing whose next page always leads to one more month."""

    def month(request: Request) -> Response:
        number = int(request.args.get("m", "0"))
        page = f'<a class="a" href="/p/{number}">a</a><a class="n" href="/list?m={number + 1}">next</a>'
        return Response(page, content_type="text/html")

    crawl.server.expect_request("/list").respond_with_handler(month)
    report = crawl(path="/list", kind="listing", links="a.a", next="a.n")
    assert report.sources[0].seen == 10
    assert sum(request.path == "/list" for request, _ in crawl.server.log) == 10


def test_an_address_without_end_is_not_asked_and_counted(crawl: Crawl) -> None:
    crawl.page("/feed.xml", feed("/p/" + "a" * 3000, "/good"), kind="application/rss+xml")
    crawl.page("/good", article("Norvane counts requests"))
    report = crawl()
    assert outcomes(report) == {"seen": 2, "new": 1, "failed": 1}
    assert "characters" in next(iter(report.sources[0].failures)).reason
    assert all(len(request.path) < 100 for request, _ in crawl.server.log)


@contextmanager
def dripping() -> Iterator[int]:
    """A server that sends one byte now and then and never ends."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                for _ in range(600):
                    self.request.sendall(b"<p>")
                    time.sleep(0.1)
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_server_that_drips_is_left_after_the_time_limit(crawl: Crawl) -> None:
    with dripping() as port:
        crawl.page("/feed.xml", feed(f"http://localhost:{port}/slow", "/good"), kind="application/rss+xml")
        crawl.page("/good", article("Norvane counts requests", PROSE))
        started = time.monotonic()
        report = crawl(settings={"DOWNLOAD_TIMEOUT": 2})
    assert outcomes(report) == {"seen": 2, "new": 1, "failed": 1}
    assert "Timeout" in reasons(report)["slow"] or "took longer" in reasons(report)["slow"]
    assert time.monotonic() - started < 30


def test_an_answer_that_is_no_http(crawl: Crawl) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def answer() -> None:
        for _ in range(4):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.recv(1000)
            connection.sendall(b"\x16\x03\x01\x00\x02garbage\r\n\r\n")
            connection.close()

    threading.Thread(target=answer, daemon=True).start()
    crawl.page("/feed.xml", feed(f"http://localhost:{port}/odd", "/good"), kind="application/rss+xml")
    crawl.page("/good", article("Norvane counts requests"))
    report = crawl()
    listener.close()
    assert outcomes(report) == {"seen": 2, "new": 1, "failed": 1}
