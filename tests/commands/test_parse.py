"""Archived pages, read again without the network."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from distillwatch.commands.collect import collect_stage
from distillwatch.commands.context import Context, writing
from distillwatch.commands.parse import judge_again, parse_stage
from distillwatch.crawlers import again
from distillwatch.crawlers.archive import read_record
from distillwatch.crawlers.relevance import Names, Relevance, Weighted
from distillwatch.crawlers.run import Job, collect
from distillwatch.graph.sink import StoreSink
from distillwatch.graph.store import save_sources
from distillwatch.records import Source
from distillwatch.topic import bundled
from tests.crawlers.crawling import FAST, feed

PAGE = """<html><head><title>Norvane counts requests</title></head><body><article><h1>Norvane counts requests</h1>
<p>Norvane said that a rival had distilled its model with the answers of many accounts, and Tarsil denied it.</p>
<p>The company would not say how many accounts there were or when it had closed the last of them.</p></article>"""
WEATHER = (
    PAGE.replace("distilled its model", "watered its lawn").replace("Norvane", "A gardener").replace("answers", "taps")
)


def context(home: Path) -> Context:
    return Context(home, bundled("sample"), as_json=True, clock=lambda: datetime(2026, 5, 1, 9, tzinfo=UTC))


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(home / "knowledge.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one page that was read from a file."""
    (tmp_path / "page.html").write_text(PAGE)
    one = context(tmp_path / "home")
    with writing(one, "collect") as db:
        collect_stage(one, db, files=[tmp_path / "page.html"])
    assert rows(tmp_path / "home", "SELECT revision FROM documents") == [(1,)]
    return tmp_path / "home"


def parse_with(home: Path, monkeypatch: pytest.MonkeyPatch, version: str, change: Callable[[str], str]) -> Context:
    """Run the command under a parser of another version that changes what it reads."""
    monkeypatch.setattr("distillwatch.crawlers.parse.PARSER", version)
    as_written = read_record

    def changed(*arguments: Any) -> Any:
        record = as_written(*arguments)
        return type(record)(
            **{f: getattr(record, f) for f in record.__struct_fields__}
            | {"body": change(record.body.decode()).encode()}
        )

    monkeypatch.setattr(again, "read_record", changed)
    two = context(home)
    with writing(two, "parse") as db:
        parse_stage(two, db, say=True)
    return two


def test_a_better_parser_changes_the_text_and_makes_no_revision(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = parse_with(
        home, monkeypatch, "next", lambda page: page.replace("The company would not say", "It did not say")
    )
    assert two.summary["parse"] == {"read_again": 1, "changed": 1} and two.losses == []
    ((text, revision),) = rows(home, "SELECT text, revision FROM documents")
    assert "It did not say" in text and revision == 1
    assert rows(home, "SELECT number, superseded_by IS NULL FROM revisions ORDER BY 2") == [(1, 0), (1, 1)]
    three = context(home)
    with writing(three, "parse") as db:
        parse_stage(three, db, say=True)
    assert three.summary["parse"] == {"read_again": 0, "changed": 0}, "once is enough"


def test_a_parser_that_reads_nothing_takes_nothing_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = parse_with(home, monkeypatch, "worse", lambda page: " ")
    assert two.summary["parse"] == {"read_again": 1, "changed": 0}
    assert len(two.losses) == 1 and "stays as it was read before" in two.losses[0]
    assert "Norvane" in rows(home, "SELECT text FROM documents")[0][0]


def test_pages_that_were_left_out_are_judged_again(tmp_path: Path) -> None:
    warc = tmp_path / "pages.warc.gz"

    with warc.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for name, page in (("a", PAGE), ("b", WEATHER)):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url, body = f"https://quay.example/{name}", BytesIO(page.encode())
            writer.write_record(writer.create_warc_record(url, "response", body, len(page), http_headers=head))
    home = tmp_path / "home"
    strict = Relevance(Weighted(()), Names({}), Names({}), 1.0, 1, 1.0, 1.0, 1.0)  # keeps nothing
    one = context(home)
    with writing(one, "collect") as db:
        files = Source(id="files", name="Files", kind="files", url="")
        report = collect(
            [Job(source=files, paths=(warc,))], StoreSink(db), archive=one.home.archive,
            clock=lambda: "2026-05-01T08:00:00Z", relevance=strict,
        )  # fmt: skip
        assert report.total("off_topic") == 2
        judge_again(one, db)
    assert one.summary["judge"] == {"left_out_before": 2, "kept_now": 1}
    assert rows(home, "SELECT url FROM documents") == [("https://quay.example/a",)]
    again_one = context(home)
    with writing(again_one, "collect") as db:
        judge_again(again_one, db)
    assert again_one.summary["judge"] == {"left_out_before": 1, "kept_now": 0}


def test_pages_of_a_source_that_left_the_topic_stay_what_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/feed.xml").respond_with_data(feed("/a"), content_type="application/rss+xml")
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    left = Source(
        id="left", name="Left", kind="feed", url=httpserver.url_for("/feed.xml"), document_kind="statement",
        options={"allow_private": "1"},
    )  # fmt: skip
    home = tmp_path / "home"
    one = context(home)
    with writing(one, "collect") as db:
        save_sources(db, [left])
        collect([Job(source=left)], StoreSink(db), archive=one.home.archive, clock=lambda: one.now, settings=FAST)
    assert rows(home, "SELECT kind FROM documents") == [("statement",)]
    parse_with(home, monkeypatch, "next", lambda page: page.replace("would not say", "did not say"))
    assert rows(home, "SELECT kind FROM documents") == [("statement",)]
