"""The sample newsroom is crawled like the web, and its second edition is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from distillwatch.crawlers.relevance import load_relevance
from distillwatch.crawlers.run import Job, collect
from distillwatch.crawlers.sample import SampleServer, page_file
from distillwatch.topic import Topic, bundled

MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here
NEWSROOM = bundled("sample") / "newsroom"


def ask(proxy: str, url: str, tag: str = "") -> tuple[int, bytes, str]:
    opener = build_opener(ProxyHandler({"http": proxy}))
    try:
        with opener.open(Request(url, headers={"If-None-Match": tag} if tag else {}), timeout=5) as answer:
            return answer.status, answer.read(), answer.headers["ETag"]
    except HTTPError as error:
        with error:
            return error.code, error.read(), error.headers.get("ETag", "")


def test_editions(tmp_path: Path) -> None:
    host = tmp_path / "quay.example"
    host.mkdir()
    (host / "a.html").write_text("first")
    (host / "a.2.html").write_text("second")
    with SampleServer(tmp_path) as server:
        url = "http://quay.example/a.html"
        status, body, tag = ask(server.proxy, url)
        assert (status, body) == (200, b"first")
        status, body, later = ask(server.proxy, url, tag)
        assert (status, body) == (200, b"second")
        assert ask(server.proxy, url, later) == (304, b"", later)
        assert ask(server.proxy, "http://quay.example/b.html")[0] == 404
        assert ask(server.proxy, "http://other.example/a.html")[0] == 404


@pytest.mark.parametrize(
    "url", ["http://quay.example/../secret.html", "http://quay.example/%2e%2e/secret.html", "http://../secret.html"]
)
def test_nothing_outside_the_newsroom_is_served(tmp_path: Path, url: str) -> None:
    (tmp_path / "room" / "quay.example").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("secret")
    assert page_file(tmp_path / "room", url) is None


def test_the_newsroom_is_collected_whole(
    sample_topic: Topic, sink: MemorySink, tmp_path: Path, clock: Callable[[], str]
) -> None:
    with SampleServer(NEWSROOM) as server:
        report = collect(
            [Job(source=source) for source in sample_topic.sources],
            sink,
            archive=tmp_path,
            clock=clock,
            relevance=load_relevance(sample_topic),
            proxy=server.proxy,
            passes=2,
        )
    assert report.lost == []
    assert report.total("robots_forbidden") == 1
    assert report.total("revised") == 1
    assert report.total("off_topic") >= 1
    assert report.total("new") == len(sink.documents) >= 24
    assert report.total("seen") == sum(report.total(n) for n in ("new", "unchanged", "off_topic", "robots_forbidden"))
    languages = {d.language for d in sink.documents.values()}
    kinds = {d.kind for d in sink.documents.values()}
    assert len(languages) >= 3 and {"forum", "podcast", "news", "statement", "blog"} <= kinds
    assert all(d.published_at and d.title and d.outlet for d in sink.documents.values())
