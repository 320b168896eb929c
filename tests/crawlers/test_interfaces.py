"""The interfaces of registers and search engines in their documented shapes, read by the rows that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import msgspec
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.records import Document, Source
from distillwatch.topic import bundled, load_topic
from tests.crawlers.crawling import FAST, PROSE, Crawl, MemorySink, article

Read = Callable[[str], CollectReport]
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
ACTIONS = {
    "actions": [
        {
            "actionCode": "E40000",
            "actionDate": "2026-04-06",
            "text": "Became Public Law No: 119-108.",
            "type": "BecameLaw",
        },
        {"actionDate": "2026-02-08", "text": "Passed House by voice vote.", "type": "Floor"},
        {"actionDate": "2026-02-08", "text": "Passed House by voice vote.", "type": "Floor"},
        {"actionDate": "2026-01-11", "text": "Introduced in House", "type": "IntroReferral"},
    ],
    "pagination": {"count": 4},
    "request": {"billNumber": "3076", "billType": "hr", "congress": "119", "contentType": "application/json"},
}
STATUS = """<?xml version="1.0" encoding="utf-8"?><billStatus><version>3.0.0</version><bill><number>12</number>
<type>S</type><title>Model Provenance Act</title><introducedDate>2026-01-09</introducedDate><actions>
<item><actionDate>2026-02-01</actionDate>
<text>Referred to the Committee on Commerce, Science, and Transportation.</text></item>
<item><actionDate>2026-01-09</actionDate>
<text>Read twice and referred to the committee in charge.</text></item></actions></bill>
</billStatus>"""


def shipped(server: HTTPServer, source_id: str) -> Source:
    """A row that ships, turned to the test's server: every host of its addresses is a folder of it."""
    row = load_topic(bundled("distillation")).source(source_id)
    assert row is not None

    def here(text: str) -> str:
        return re.sub(r"https?://([\w.-]+)", lambda m: f"{server.url_for('').rstrip('/')}/{m[1]}", text)

    options = {name: here(value) if name != "page" else value for name, value in row.options.items()}
    return msgspec.structs.replace(row, url=here(row.url), options={**options, "allow_private": "1"})


@pytest.fixture
def read(crawl: Crawl) -> Read:
    def run(source_id: str) -> CollectReport:
        job = Job(source=shipped(crawl.server, source_id))
        return collect([job], crawl.sink, archive=crawl.archive, clock=crawl.clock, settings=FAST)

    return run


def only(sink: MemorySink) -> Document:
    (document,) = sink.documents.values()
    assert isinstance(document, Document)
    return document


def test_bills_and_their_events(
    httpserver: HTTPServer, read: Read, sink: MemorySink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGRESS_API_KEY", "secret-1")
    bill = {
        "congress": 119,
        "type": "HR",
        "number": "3076",
        "title": "AI Model Provenance Act",
        "updateDate": "2026-04-07",
    }
    other = {**bill, "number": "9", "title": "Ferry Subsidy Act"}
    keys: list[str | None] = []

    def answer(request: Request) -> Response:
        keys.append(request.headers.get("X-Api-Key"))
        found = ACTIONS if request.path.endswith("/actions") else {"bills": [bill, other], "pagination": {"count": 2}}
        return Response(json.dumps(found), content_type="application/json")

    httpserver.expect_request(re.compile("/api.congress.gov/v3/bill/.*")).respond_with_handler(answer)
    report = read("congress-bills")
    assert report.sources[0].seen == 1, "a bill with another title is not asked for"
    document = only(sink)
    assert (document.title, document.kind, document.published_at) == ("AI Model Provenance Act", "policy", "2026-01-11")
    assert document.url == "https://www.govinfo.gov/link/bills/119/hr/3076"
    assert document.modified_at == "2026-04-06"
    assert document.text.split("\n") == [
        "HR 3076: AI Model Provenance Act",
        "2026-01-11: Introduced in House",
        "2026-02-08: Passed House by voice vote.",
        "2026-04-06: Became Public Law No: 119-108.",
    ]
    assert keys == ["secret-1", "secret-1"]
    assert "secret-1" not in repr(sink.captures), "the key is in no address that is kept"


def test_a_key_goes_to_its_own_host_only(httpserver: HTTPServer, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGRESS_API_KEY", "secret-1")
    got: list[str | None] = []

    def elsewhere(request: Request) -> Response:
        got.append(request.headers.get("X-Api-Key"))
        return Response("{}", content_type="application/json")

    httpserver.expect_request("/elsewhere").respond_with_handler(elsewhere)
    away = httpserver.url_for("/elsewhere").replace("localhost", "127.0.0.1")
    httpserver.expect_request(re.compile("/api.congress.gov/.*")).respond_with_data("", 302, {"Location": away})
    read("congress-bills")
    assert got == [None]


def test_a_bill_status_file(crawl: Crawl) -> None:
    crawl.page("/feed.xml", '<rss version="2.0"><channel><item><link>/b</link></item></channel></rss>', kind="text/xml")
    crawl.page("/b", STATUS, kind="application/xml")
    crawl()
    document = only(crawl.sink)
    assert document.text.split("\n")[0] == "S 12: Model Provenance Act"
    assert document.text.endswith("2026-02-01: Referred to the Committee on Commerce, Science, and Transportation.")
    assert [s.kind for s in document.segments] == ["headline", "list_item", "list_item"]


BILLS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>HOST/www.govinfo.gov/bulkdata/BILLSTATUS/119/s/BILLSTATUS-119s12.xml</loc><lastmod>2026-02-02T10:00:00.000Z</lastmod>
</url><url><loc>HOST/www.govinfo.gov/bulkdata/BILLSTATUS/resources/schema.xsd</loc></url></urlset>"""


def test_bills_of_the_printing_office(httpserver: HTTPServer, read: Read, sink: MemorySink) -> None:
    listing = BILLS.replace("HOST", httpserver.url_for("").rstrip("/"))
    httpserver.expect_request("/www.govinfo.gov/sitemap/bulkdata/BILLSTATUS/119s/sitemap.xml").respond_with_data(
        listing, content_type="application/xml"
    )
    httpserver.expect_request(re.compile(".*/BILLSTATUS-119s12.xml")).respond_with_data(
        STATUS, content_type="application/xml"
    )
    report = read("govinfo-bills-senate")
    assert (report.sources[0].seen, report.sources[0].new) == (1, 1)
    assert only(sink).url == "https://www.govinfo.gov/link/bills/119/s/12", "the same document as Congress.gov's"


REGISTER = """{"count": 1, "total_pages": 1, "results": [{"title": "A rule on models", "type": "Notice",
"publication_date": "2026-02-03", "document_number": "2026-0001", "html_url": "HOST/page"}]}"""
GDELT = """{"articles": [{"url": "HOST/page", "url_mobile": "", "title": "A rule on models", "domain": "quay.example",
"seendate": "20260203T101500Z", "socialimage": "", "language": "English", "sourcecountry": "United States"}]}"""
ARXIV = f"""<feed {ATOM}><title>arXiv Query</title><entry><id>http://arxiv.org/abs/2601.00001v1</id>
<published>2026-02-03T18:00:01Z</published><title>A rule on models</title><summary>We ask.</summary>
<author><name>A. Person</name></author><link href="HOST/page" rel="alternate" type="text/html"/>
<link title="pdf" href="HOST/page.pdf" rel="related" type="application/pdf"/></entry></feed>"""
UK = f"""<feed {ATOM} xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata"><title>New</title><entry>
<id>HOST/id/ukpga/2026/1</id><title>A rule on models</title><link rel="self" href="HOST/id/ukpga/2026/1"/>
<link href="HOST/page"/><link rel="alternate" type="application/xml" href="HOST/data.xml"/>
<published>2026-02-03T00:00:00Z</published><updated>2026-02-04T00:00:00Z</updated>
<ukm:Year Value="2026"/></entry></feed>"""
EUR_LEX = """<rss version="2.0"><channel><title>EUR-Lex</title><item><title>CELEX:32026R0001: A rule on models</title>
<link>HOST/page?uri=CELEX:32026R0001</link><pubDate>Tue, 03 Feb 2026 00:00:00 +0100</pubDate>
<guid isPermaLink="false">32026R0001</guid></item></channel></rss>"""
LISTS = {
    "federal-register-ai": ("/www.federalregister.gov/api/v1/documents.json", "application/json", REGISTER),
    "gdelt": ("/api.gdeltproject.org/api/v2/doc/doc", "application/json", GDELT),
    "arxiv-distillation": ("/export.arxiv.org/api/query", "application/atom+xml", ARXIV),
    "uk-legislation": ("/www.legislation.gov.uk/new/data.feed", "application/atom+xml", UK),
    "eur-lex-acts": ("/eur-lex.europa.eu/EN/display-feed.rss", "application/rss+xml", EUR_LEX),
}


@pytest.mark.parametrize("source_id", sorted(LISTS))
def test_what_an_interface_lists_is_read(httpserver: HTTPServer, read: Read, sink: MemorySink, source_id: str) -> None:
    path, kind, body = LISTS[source_id]
    listing = body.replace("HOST", httpserver.url_for("").rstrip("/"))
    httpserver.expect_request(path).respond_with_data(listing, content_type=kind)
    httpserver.expect_request("/page").respond_with_data(article("A rule on models", PROSE), content_type="text/html")
    report = read(source_id)
    assert (report.sources[0].seen, report.sources[0].new) == (1, 1), report.sources[0].failures
    assert only(sink).published_at[:10] in ("2026-02-03", "2026-02-02"), "the list's date, where the page has none"
