"""Sitemaps, listings, answers of web APIs and lists of addresses, as files and on a real server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.json_lists import read_json_list
from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.crawlers.sitemaps import read_sitemap
from distillwatch.crawlers.spiders.addresses import read_addresses
from distillwatch.errors import InputMissing
from distillwatch.records import Source

MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here
SPACE = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
MAP = "https://q.example/sitemap.xml"
PROSE = "Norvane said on Tuesday that it had counted a long row of odd requests to its interface over the summer. " * 2
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}
Crawl = Callable[..., CollectReport]


def article(title: str) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{PROSE}</p></body></html>"


def urlset(*entries: tuple[str, str]) -> str:
    rows = "".join(f"<url><loc>{loc}</loc>{rest}</url>" for loc, rest in entries)
    return f'<?xml version="1.0"?><urlset {SPACE}>{rows}</urlset>'


@pytest.fixture
def crawl(httpserver: HTTPServer, sink: MemorySink, tmp_path: Path, clock: Callable[[], str]) -> Crawl:
    httpserver.no_handler_status_code = 404

    def run(kind: str, path: str, **options: str) -> CollectReport:
        url = httpserver.url_for(path) if path.startswith("/") else path
        source = Source(id="quay", name="Quay", kind=kind, url=url, options={"allow_private": "1", **options})
        return collect(
            [Job(source=source)], sink, archive=tmp_path / "archive", clock=clock, settings=FAST, folder=tmp_path
        )

    return run


def test_a_news_sitemap_gives_the_newest_first() -> None:
    day, title = "<news:publication_date>2026-02-0{0}</news:publication_date>", "<news:title>Boats {0}</news:title>"
    news = f"<news:news>{day}{title}</news:news>"
    body = urlset(
        ("https://q.example/1", news.format(1)), ("https://q.example/2", news.format(2)), ("ftp://q.example/3", "")
    )
    pages, more = read_sitemap(body.encode(), MAP)
    assert [(p.url, p.title, p.published) for p in pages] == [
        ("https://q.example/2", "Boats 2", "2026-02-02"),
        ("https://q.example/1", "Boats 1", "2026-02-01"),
    ]
    assert more == []
    assert [p.url for p in read_sitemap(gzip.compress(body.encode()), MAP, match="/1$")[0]] == ["https://q.example/1"]


BAD = [b"", b"<html/>", b"\x1f\x8bbroken", b"not xml", gzip.compress(b"0" * 60_000_000)]


@pytest.mark.parametrize("body", BAD, ids=["empty", "html", "gzip", "text", "bomb"])
def test_what_is_no_sitemap_is_named(body: bytes) -> None:
    with pytest.raises(Unreadable, match=MAP):
        read_sitemap(body, MAP)


def test_entities_of_a_sitemap_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://q.example/secret")
    body = f'<!DOCTYPE u [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>' + urlset(("&a;", ""))[21:]
    assert read_sitemap(body.encode(), MAP)[0] == []


def test_an_index_of_sitemaps_is_crawled(crawl: Crawl, httpserver: HTTPServer) -> None:
    url = httpserver.url_for
    parts = "".join(f"<sitemap><loc>{url(path)}</loc></sitemap>" for path in ("/a.xml", "/b.xml"))
    index = f"<sitemapindex {SPACE}>{parts}</sitemapindex>"
    httpserver.expect_request("/sitemap.xml").respond_with_data(index)
    httpserver.expect_request("/a.xml").respond_with_data(urlset((url("/1"), ""), (url("/2"), "")))
    httpserver.expect_request("/b.xml").respond_with_data(
        gzip.compress(urlset((url("/2"), ""), (url("/3"), "")).encode())
    )
    for n in "123":
        httpserver.expect_request(f"/{n}").respond_with_data(article(f"Boats {n}"), content_type="text/html")
    report = crawl("sitemap", "/sitemap.xml")
    assert (report.total("seen"), report.total("new"), report.lost) == (3, 3, [])
    assert crawl("sitemap", "/sitemap.xml", once="1").total("unchanged") == 3


def test_a_listing_is_followed_from_page_to_page(crawl: Crawl, httpserver: HTTPServer) -> None:
    for number in (1, 2, 3):
        following = f"<a class=next href=/list/{number + 1}>Older</a>"
        links = f"<li><a href='/p{number}#top'>Boats {number}</a></li><li><a href='/p1'>Again</a></li>"
        html = f"<ul>{links}</ul><a href=/about>About</a>{following}"
        httpserver.expect_request(f"/list/{number}").respond_with_data(html, content_type="text/html")
        httpserver.expect_request(f"/p{number}").respond_with_data(article(f"Boats {number}"), content_type="text/html")
    report = crawl("listing", "/list/1", links="li a", next="a.next", pages="2")
    assert (report.total("seen"), report.total("new")) == (2, 2), "the third page of the list is not read"
    assert "needs the option links" in crawl("listing", "/list/1").sources[0].failures[0].reason


API = {
    "meta": {"next": "https://api.q.example/2"},
    "hits": [{"id": 7, "data": {"t": "Boats"}, "at": "20260224T101500Z"}, {"id": 8}, {"data": {}}],
}


def test_an_answer_of_an_api_is_read_by_the_paths_of_the_row() -> None:
    options = {
        "items": "hits",
        "link": "https://q.example/{id}.json",
        "page": "https://q.example/t/{id}",
        "title": "{data.t}",
        "published": "{at}",
        "next": "meta.next",
    }
    pages, more = read_json_list(json.dumps(API).encode(), "https://api.q.example/1", options)
    assert [(p.url, p.page, p.title, p.published) for p in pages] == [
        ("https://q.example/7.json", "https://q.example/t/7", "Boats", "20260224T101500Z"),
        ("https://q.example/8.json", "https://q.example/t/8", "", ""),
    ]
    assert more == ["https://api.q.example/2"]


@pytest.mark.parametrize(
    ("body", "reason"), [(b"no", "no JSON"), (b"{}", "no list at 'hits'"), (b'{"hits": {}}', "is no list")]
)
def test_an_answer_that_changed_its_shape_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_json_list(body, "https://api.q.example/1", {"items": "hits"})


FIRST, SECOND = "It will fall, and everybody knows it.", "Soon."
ITEMS: dict[str, Any] = {  # the form of an item tree: each post holds its answers
    "id": 1,
    "author": "gull",
    "title": "The pier",
    "url": "https://q.example/pier",
    "created_at": "2026-02-24T06:12:33.000Z",
    "text": None,
    "children": [
        {
            "id": 2,
            "author": "tern",
            "text": f"<p>{FIRST}<p>{SECOND}",
            "children": [
                {"id": 3, "author": "skua", "text": f"&gt; {FIRST[:-1]}<p>It will not.", "children": []},
                {"id": 4, "author": None, "text": None, "children": []},
            ],
        },
    ],
}
DISCOURSE = {
    "title": "The pier",
    "created_at": "2026-02-24T06:12:33.000Z",
    "post_stream": {
        "posts": [
            {"post_number": 1, "username": "tern", "cooked": f"<p>{FIRST}</p><p>{SECOND}</p>"},
            {
                "post_number": 2,
                "username": "skua",
                "cooked": f"<blockquote><p>{FIRST[:-1]}</p></blockquote><p>It will not.</p>",
                "reply_to_post_number": 1,
            },
        ]
    },
}


def listing(*children: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": child} for child in children]}}


ANSWER = {
    "name": "t1_c",
    "parent_id": "t1_b",
    "author": "skua",
    "body": f"> {FIRST[:-1]}\n\nIt will not.",
    "replies": "",
}
REDDIT = [
    listing({"name": "t3_a", "title": "The pier", "author": "gull", "created_utc": 1771913553.0}),
    listing(
        {"name": "t1_b", "author": "tern", "body": f"{FIRST}\n\n{SECOND}", "replies": listing(ANSWER)},
        {"name": "t1_d", "author": "x", "body": "[deleted]"},
    ),
]


@pytest.mark.parametrize("thread", [ITEMS, DISCOURSE, REDDIT], ids=["items", "discourse", "reddit"])
def test_threads_of_apis(read: Any, thread: object) -> None:
    document = read(json.dumps(thread), url="https://api.q.example/1", content_type="application/json; charset=utf-8")
    assert (document.kind, document.title, document.published_at[:16]) == ("forum", "The pier", "2026-02-24T06:12")
    assert [(s.kind, s.speaker, document.text[s.start : s.end], s.parent) for s in document.segments] == [
        ("headline", "", "The pier", None),
        ("comment", "tern", "It will fall, and everybody knows it.", None),
        ("comment", "tern", "Soon.", None),
        ("quote", "tern", "It will fall, and everybody knows it", 1),
        ("comment", "skua", "It will not.", 1),
    ]


def test_threads_are_crawled_under_the_address_of_their_readers(
    crawl: Crawl, httpserver: HTTPServer, sink: MemorySink
) -> None:
    answer = {"hits": [{"objectID": "1", "title": "The pier", "created_at": "2026-02-24T06:12:33Z"}]}
    thread = {**ITEMS, "children": [{"id": 2, "author": "tern", "text": f"<p>{PROSE}", "children": []}]}
    httpserver.expect_request("/search").respond_with_json(answer)
    httpserver.expect_request("/items/1").respond_with_json(thread)
    link = httpserver.url_for("/items/") + "{objectID}"
    report = crawl(
        "json_list",
        "/search",
        items="hits",
        link=link,
        page="https://board.example/item?id={objectID}",
        published="{created_at}",
    )
    assert (report.total("new"), report.lost) == (1, [])
    assert [d.url for d in sink.documents.values()] == ["https://board.example/item?id=1"]
    assert sink.titled("The pier").links == ("https://q.example/pier",)


def test_a_list_of_addresses(crawl: Crawl, httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/1").respond_with_data(article("Boats"), content_type="text/html")
    file = tmp_path / "found.tsv"
    base = f"http://127.0.0.1:{httpserver.port}"
    file.write_text(f"url\tpublished\n{base}/1\t2026-02-24\n{base}/gone\t\n")
    report = crawl("addresses", "found.tsv")
    assert (report.total("seen"), report.total("new"), report.total("failed")) == (2, 1, 1)
    missing = crawl("addresses", "nothing.tsv")
    assert missing.sources[0].feed_failed and "nothing.tsv" in missing.lost[1]
    file.write_text("https://q.example/a\n\n# a note\nhttps://q.example/a\n")
    assert [hint.url for hint in read_addresses(file)] == ["https://q.example/a"]
    file.write_text("nothing\n")
    with pytest.raises(InputMissing, match=r"found\.tsv"):
        read_addresses(file)


@pytest.mark.parametrize(
    ("kind", "body", "options", "said"),
    [
        ("sitemap", urlset(("https://q.example/a", "")), {"match": "("}, "the sitemap could not be read"),
        ("sitemap", urlset(("https://q.example/a", "")), {"match": "a", "page": r"\7"}, "invalid group reference"),
        ("json_list", '[{"url": "https://q.example/a"}]', {"match": "["}, "the answer could not be read"),
        ("listing", article("List"), {"links": "a[["}, "the listing could not be read"),
    ],
)
def test_an_option_that_cannot_be_used_is_told_with_its_source(
    kind: str, body: str, options: dict[str, str], said: str, crawl: Crawl, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/list").respond_with_data(body, content_type="text/html")
    report = crawl(kind, "/list", **options)
    assert any(said in line and "check the options of source 'quay'" in line for line in report.lost), report.lost


def test_a_gzipped_sitemap_that_breaks_off_is_named() -> None:
    body = gzip.compress(urlset(*((f"https://q.example/{n}", "") for n in range(40))).encode())
    with pytest.raises(Unreadable, match="the gzip breaks off"):
        read_sitemap(body[: len(body) // 2], MAP)
