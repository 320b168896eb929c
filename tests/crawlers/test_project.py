"""The Scrapy project itself: no open port, robots obeyed, and Scrapy's own commands find it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pytest_httpserver import HTTPServer

from distillwatch.crawlers import settings

ROOT = Path(__file__).resolve().parents[2]
PROSE = "Norvane said on Tuesday that it had counted a long row of odd requests to its interface over the summer. " * 2


def scrapy(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "distillwatch.crawlers.settings", "NO_PROXY": "*"}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_settings_open_no_port_and_obey_robots() -> None:
    assert settings.REMOTE_CONTROL_ENABLED is False
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.ROBOTSTXT_OBEY is True
    assert settings.USER_AGENT.startswith("distillwatch/")
    assert (ROOT / "scrapy.cfg").read_text().splitlines()[1] == "default = distillwatch.crawlers.settings"


def test_scrapys_own_command_crawls_a_feed(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.no_handler_status_code = 404
    page = f"<html><head><title>Boats</title></head><body><h1>Boats</h1><p>{PROSE}</p></body></html>"
    feed = '<rss version="2.0"><channel><item><title>Boats</title><link>/a</link></item></channel></rss>'
    httpserver.expect_request("/feed.xml").respond_with_data(feed, content_type="application/rss+xml")
    httpserver.expect_request("/a").respond_with_data(page, content_type="text/html")
    ran = scrapy(
        "crawl", "feed", "-a", f"url={httpserver.url_for('/feed.xml')}", "-a", "allow_private=1", "-O", "out.jsonl",
        "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", folder=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    items = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [item["title"] for item in items if "title" in item] == ["Boats"]
