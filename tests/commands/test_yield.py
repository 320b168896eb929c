"""A source that suddenly gives next to nothing: the run says so and fails, and what was published stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from distillwatch.topic import bundled
from tests.crawlers.crawling import article, feed

Cli = Callable[..., Any]
PAGES = 8
SAID = "Norvane accused Quellmark on Tuesday of having trained its model on the answers of Norvane's own model. "


def topic(folder: Path, url: str) -> Path:
    folder.mkdir()
    words = bundled("vocabulary").as_posix()
    (folder / "topic.toml").write_text(f'id = "quay"\ntitle = "Quay"\ndescription = "Boats."\nvocabulary = "{words}"\n')
    (folder / "entities.tsv").write_text("name\tkind\taliases\towner\nNorvane\tcompany\t\t\nQuellmark\tcompany\t\t\n")
    (folder / "sources.tsv").write_text(
        "id\tname\tkind\turl\thomepage\tcountry\tlanguage\towner\ttier\tdocument_kind\tinterval_hours\toptions\n"
        f"quay\tQuay Press\tfeed\t{url}\t\t\ten\t\tpress\tnews\t1\tallow_private=1; keep=all\n"
    )
    return folder


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/feed.xml").respond_with_data(
        feed(*(f"/p/{n}" for n in range(PAGES))), content_type="application/rss+xml"
    )
    for number in range(PAGES):
        httpserver.expect_request(f"/p/{number}").respond_with_data(
            article(f"Boats {number}", SAID * 2), content_type="text/html"
        )
    return httpserver


def documents(home: Path) -> set[str]:
    """The published pages of documents, and the documents of the published database."""
    db = sqlite3.connect(f"file:{home / 'public' / 'knowledge.db'}?mode=ro", uri=True)
    stored = {row[0] for row in db.execute("SELECT id FROM documents WHERE gone_at IS NULL")}
    db.close()
    shown = {page.stem for page in (home / "public" / "site" / "document").glob("*.html")}
    assert stored <= shown
    return stored


def test_a_collapse_fails_the_run_and_takes_nothing_away(site: HTTPServer, tmp_path: Path, cli: Cli) -> None:
    folder, home = topic(tmp_path / "topic", site.url_for("/feed.xml")), tmp_path / "home"
    options = ("--topic", folder, "--home", home)
    first = cli(*options, "run")
    assert first.status == 0, first.out + first.err
    for _ in range(2):
        assert cli(*options, "collect").status == 0
    published = documents(home)
    assert len(published) == PAGES
    site.clear_all_handlers()
    site.expect_request("/feed.xml").respond_with_data(feed("/p/0"), content_type="application/rss+xml")
    fewer = cli(*options, "run")
    assert fewer.status == 1
    assert f"it listed 1 pages, far fewer than the usual {PAGES}" in fewer.out + fewer.err
    site.clear_all_handlers()
    site.expect_request("/feed.xml").respond_with_data("<html>Please log in</html>", content_type="text/html")
    none = cli(*options, "run")
    assert none.status == 1
    assert "quay: listed no page" in none.out + none.err
    assert documents(home) == published
    assert "list failed: http://" in cli(*options, "status").out
    (row,) = cli("--json", *options, "status").summary["sources"]
    assert (row["seen"], row["expected"], row["note"]) == (0, float(PAGES), "its list of pages could not be read")
    assert [(one["code"], one["reason"][:15]) for one in row["lost"]] == [("list_failed", "this is no feed")]
