"""Feeds in every common form, whole, cut and hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.feeds import LONGEST, read_feed

FEED = "https://q.example/news/feed.xml"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Q</title>
<item><title>Boats &amp;amp; eels</title><link>/a?b=1&amp;c=2</link><guid>x1</guid><dc:creator>Ada Nwosu</dc:creator>
<pubDate>Wed, 07 May 2025 10:15:00 -0700</pubDate>
<description>&lt;p&gt;Boats &lt;b&gt;sail&lt;/b&gt;&lt;/p&gt;</description></item>
<item><title>Again</title><link>/a?b=1&amp;c=2</link></item><item><title>No address</title></item>
<item><title>Mail</title><link>mailto:a@q.example</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><title>Boats</title><id>tag:1</id>
<link rel="alternate" href="https://q.example/b"/><published>2025-01-02T03:04:05Z</published></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Q</title></channel>
<item rdf:about="https://q.example/c"><title>船</title><link>https://q.example/c</link><dc:date>2025-03-04</dc:date></item></rdf:RDF>"""
JSON = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://q.example/d","title":"Boats"}]}'


def test_an_rss_entry_whole() -> None:
    hints = read_feed(RSS.encode(), FEED)
    assert [(h.url, h.title, h.byline, h.published[:10]) for h in hints] == [
        ("https://q.example/a?b=1&c=2", "Boats & eels", "Ada Nwosu", "2025-05-07")
    ]


FORMS = [
    (ATOM, "https://q.example/b"),
    (RDF, "https://q.example/c"),
    (JSON, "https://q.example/d"),
    (RSS[:330], "https://q.example/a?b=1&c=2"),
]


@pytest.mark.parametrize(("body", "url"), FORMS)
def test_forms(body: str, url: str) -> None:
    assert [h.url for h in read_feed(body.encode(), FEED)] == [url]


def test_an_empty_feed_is_a_feed_without_entries() -> None:
    assert read_feed(b'<rss version="2.0"><channel><title>Q</title></channel></rss>', FEED) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Sorry</body></html>", b"not a feed", b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>'],
)
def test_what_is_no_feed_is_named(body: bytes) -> None:
    with pytest.raises(Unreadable, match=FEED):
        read_feed(body, FEED)


def test_a_feed_of_a_whole_archive_is_cut() -> None:
    items = "".join(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(LONGEST + 50))
    assert len(read_feed(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), FEED)) == LONGEST


def test_an_answer_that_is_the_name_of_a_file_opens_none(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS, encoding="utf-8")
    with pytest.raises(Unreadable, match="no feed"):
        read_feed(str(file).encode(), FEED)
