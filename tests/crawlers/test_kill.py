"""`kill -9` in the middle of a crawl, then the same command: nothing lost, nothing twice, no half document."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from distillwatch.crawlers.archive import read_record, read_warc
from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.graph.sink import StoreSink
from distillwatch.graph.store import open_store
from distillwatch.records import Capture, Source

PAGES = 30
PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_kill import crawl
crawl(sys.argv[1], Path(sys.argv[2]))
"""


def crawl(url: str, home: Path) -> CollectReport:
    source = Source(id="quay", name="Quay", kind="feed", url=url, options={"allow_private": "1"})
    db = open_store(home / "knowledge.db")
    try:
        return collect(
            [Job(source=source)],
            StoreSink(db),
            archive=home / "archive",
            clock=lambda: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            settings={"DOWNLOAD_DELAY": 0.02, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1},
        )
    finally:
        db.close()


def test_a_killed_crawl_is_finished_by_the_next(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.no_handler_status_code = 404
    items = "".join(f"<item><title>Boats {n}</title><link>/p/{n}</link></item>" for n in range(PAGES))
    httpserver.expect_request("/feed.xml").respond_with_data(f'<rss version="2.0"><channel>{items}</channel></rss>')
    asked: list[str] = []

    def page(request: Request) -> Response:
        asked.append(request.path)
        prose = f"Norvane counted boat number {request.path} on Tuesday, and then it counted it again to be sure. " * 3
        title = f"Boats {request.path}"
        html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{prose}</p></body></html>"
        tag = f'"{request.path}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response(html, content_type="text/html", headers={"ETag": tag})

    for number in range(PAGES):
        httpserver.expect_request(f"/p/{number}").respond_with_handler(page)
    url = httpserver.url_for("/feed.xml")
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    child = subprocess.Popen([sys.executable, "-c", program, url, str(tmp_path)])
    deadline = time.monotonic() + 50
    while len(asked) < PAGES // 2 and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert PAGES // 2 <= len(asked) < PAGES, "the kill came while pages were still being asked for"
    left = list((tmp_path / "archive").rglob("*.open"))
    assert left, "the killed run left its file open"
    with left[0].open("ab") as torn:
        torn.write(b"\x1f\x8b\x08 half a record")  # what a kill in the middle of a write leaves behind

    report = crawl(url, tmp_path)
    assert report.lost == []
    assert report.total("new") + report.total("unchanged") == PAGES
    assert report.total("unchanged") >= PAGES // 2 - 2
    db = open_store(tmp_path / "knowledge.db")
    assert db.conn.execute("SELECT count(*), count(DISTINCT url) FROM documents").fetchone() == (PAGES, PAGES)
    assert db.conn.execute("SELECT count(*) FROM revisions").fetchone() == (PAGES,)
    names = ("id", "source_id", "url", "final_url", "fetched_at", "sha256", "warc_file", "warc_offset")
    rows = db.conn.execute(f"SELECT {', '.join(names)} FROM captures WHERE sha256 != ''").fetchall()
    db.close()
    for row in rows:
        capture = Capture(**dict(zip(names, row, strict=True)))
        assert read_record(tmp_path / "archive", capture).url == capture.final_url
    files = list((tmp_path / "archive").rglob("*.warc.gz"))
    assert not list((tmp_path / "archive").rglob("*.open"))
    assert sum(1 for file in files for _ in read_warc(file)) >= PAGES + 1
