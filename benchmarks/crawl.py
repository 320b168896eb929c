"""What collecting costs beside a bare Scrapy spider, what a rerun costs, how memory grows, and how fast a WARC is read.

    python benchmarks/crawl.py [--pages 2000] [--rounds 3] [--memory 1000 20000] [--furniture 0]
    python benchmarks/crawl.py --warc [--megabytes 300]

The pages are the sample newsroom's, each under many addresses of a server on loopback that runs in a process of its
own. They are of 3 kB; `--furniture 40` gives each so many kB of what surrounds the article on a page of the web (style,
script, menus, boxes of links). A round runs, one after the other and each in a fresh process: a bare spider that
downloads the pages and calls the same body extractor; the whole collect stage (robots.txt, archive, extractor, topic
filter, store); the collect stage again a day later, when every page is asked for and none has changed; and once more at
once, when none is due. Times are taken inside the process, around the crawl, by the clock and, in brackets, of the
processor: where others use the machine that is the better measure. The WARC holds one page in a thousand that is on
topic among pages that are not.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from distillwatch.crawlers.archive import read_warc
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.relevance import load_relevance
from distillwatch.crawlers.run import Job, collect
from distillwatch.graph.connection import lean
from distillwatch.graph.sink import StoreSink
from distillwatch.graph.store import open_store
from distillwatch.records import Source
from distillwatch.topic import bundled, load_topic

DAY, NEXT_DAY = "2026-06-03T06:00:00Z", "2026-06-04T06:00:00Z"
OWN_ADDRESS = re.compile(rb"<link rel=.canonical.[^>]*>|<meta property=.og:url.[^>]*>")
SPEED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "LOG_LEVEL": "ERROR",
}
WORDS = [
    *("harbour", "bridge", "ferry", "council", "budget", "library", "weather", "garden", "season", "market", "station"),
    *("school", "concert", "player", "coach", "museum", "ticket", "road", "winter", "price", "account", "policy"),
    *("office", "service", "data", "engine", "river"),
]
OFTEN = {"model": 0.25, "training": 0.2, "artificial intelligence": 0.05}  # the share of pages that say it


def bodies() -> list[bytes]:
    """The sample newsroom's pages without the address that each calls its own."""
    pages = sorted((bundled("sample") / "newsroom").rglob("*.html"))
    return [OWN_ADDRESS.sub(b"", page.read_bytes()) for page in pages]


def furnished(page: bytes, kilobytes: int) -> bytes:
    """A page with so many kB around its article: a third each of style, script, and menus and boxes of links."""
    chance, third = Random(kilobytes), kilobytes * 333
    style = "".join(f".c{n}-{chance.choice(WORDS)}{{margin:0 {n}px;color:#234}}" for n in range(third // 35))
    script = "".join(f'window.k{n}={{"{chance.choice(WORDS)}":[{n},"{n}"]}};' for n in range(third // 32))
    link = "<li class='item'><a class='go' href='/{0}/{1}'>{0} and {2} in the {3}</a></li>"
    links = [link.format(*chance.choices(WORDS, k=4)) for _ in range(third // 85)]
    half = len(links) // 2
    head = f"<style>{style}</style><script>{script}</script></head>"
    menu = f"<div class='site-menu'><ul>{''.join(links[:half])}</ul></div>"
    boxes = f"<aside class='related'><h3>More</h3><ul>{''.join(links[half:])}</ul></aside></body>"
    page = re.sub(rb"</head>", lambda _: head.encode(), page, count=1, flags=re.I)
    page = re.sub(rb"(<body[^>]*>)", lambda m: m[1] + menu.encode(), page, count=1, flags=re.I)
    return re.sub(rb"</body>", lambda _: boxes.encode(), page, count=1, flags=re.I)


def serve(furniture: int) -> None:
    """Answer `/p/N` with a page that says its number, until the process is ended; print the port first."""
    pages = [furnished(page, furniture) if furniture else page for page in bodies()]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = self.path.rpartition("/")[2]
            tag = f'"{number}"'
            if not number.isdecimal():
                self.answer(404, b"There is no such page.", tag)
            elif self.headers.get("If-None-Match") == tag:
                self.answer(304, b"", tag)
            else:
                said = f"<p>This is copy number {number} of the page.</p></body>".encode()
                self.answer(200, re.sub(rb"</body>", said, pages[int(number) % len(pages)], flags=re.I), tag)

        def answer(self, status: int, body: bytes, tag: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


class Bare(scrapy.Spider):
    """Downloads pages and reads the document out of each, and no more."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        for url in self.settings["ADDRESSES"]:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:
        source = Source(id="bare", name="Bare", kind="addresses", url="")
        try:
            parse(response.body, url=response.url, content_type="text/html", source=source, fetched_at=DAY)
        except Unreadable as error:
            self.logger.error("%s", error)


def bare(addresses: list[str]) -> dict[str, float]:
    """Seconds and pages of the bare spider."""
    process = CrawlerProcess({**SPEED, "ADDRESSES": addresses, "TELNETCONSOLE_ENABLED": False})
    crawler = process.create_crawler(Bare)
    started, used = time.perf_counter(), time.process_time()
    process.crawl(crawler)
    process.start()
    assert crawler.stats is not None
    return {
        "seconds": time.perf_counter() - started,
        "busy": time.process_time() - used,
        "pages": crawler.stats.get_value("downloader/response_status_count/200", 0),
    }


def stage(addresses: list[str], home: Path, now: str = DAY) -> dict[str, float]:
    """Seconds and pages of the whole collect stage at a time."""
    (home / "addresses.txt").write_text("\n".join(addresses))
    source = Source(id="loop", name="Loop", kind="addresses", url="addresses.txt", options={"allow_private": "1"})
    relevance = load_relevance(load_topic(bundled("sample")))
    db = open_store(home / "knowledge.db")
    started, used = time.perf_counter(), time.process_time()
    with lean(db):
        report = collect(
            [Job(source=source)],
            StoreSink(db),
            archive=home / "archive",
            clock=lambda: now,
            relevance=relevance,
            folder=home,
            settings=SPEED,
        )
    seconds, busy = time.perf_counter() - started, time.process_time() - used
    db.close()
    kept = sum(report.total(name) for name in ("new", "revised", "unchanged", "off_topic"))
    return {"seconds": seconds, "busy": busy, "pages": kept, "new": report.total("new")}


def child(what: str, port: int, pages: int, home: Path) -> dict[str, float]:
    """Run one of them in a fresh process; adds its peak resident memory in MB."""
    command = [sys.executable, __file__, "--child", what, "--port", str(port), "--pages", str(pages)]
    done = subprocess.run([*command, "--home", str(home)], check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    if answer["pages"] != pages:
        raise SystemExit(f"{what}: {answer['pages']} of {pages} pages came through\n{done.stderr}")
    return answer


def compare(port: int, pages: int, rounds: int) -> None:
    """Print a line a round, and the medians of the shares by the clock and of the processor."""
    print(f"{pages} pages: seconds   bare spider   collect stage   a day later   at once after")
    shares: dict[str, list[float]] = {}
    for number in range(1, rounds + 1):
        with TemporaryDirectory() as folder:
            done = [child(what, port, pages, Path(folder)) for what in ("bare", "stage", "later", "later")]
        print(f"round {number:<16}", *(f"{d['seconds']:8.2f} ({d['busy']:.2f})" for d in done))
        alone, first, again, at_once = done
        pairs = {"stage/bare": (first, alone), "later/first": (again, first), "at once/first": (at_once, first)}
        for name, (one, other) in pairs.items():
            for kind in ("seconds", "busy"):
                shares.setdefault(f"{name} {kind}", []).append(one[kind] / other[kind])
    for name, values in shares.items():
        print(f"median {name:22} {statistics.median(values):.3f}")


def memory(port: int, counts: list[int]) -> None:
    """Print the peak memory of the stage at each number of pages."""
    for pages in counts:
        with TemporaryDirectory() as folder:
            print(f"{pages:6d} pages: peak {child('stage', port, pages, Path(folder))['peak']:.0f} MB", flush=True)


def write_warc(path: Path, megabytes: int) -> int:
    """A gzipped WARC with about so many MB of pages, one in a thousand on topic; returns the bytes of its pages."""
    chance = Random(1)
    fill = [" ".join(chance.choices(WORDS, k=9)) for _ in range(4000)]
    on_topic = bodies()[4]
    written = number = 0
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        while written < megabytes * 1_000_000:
            said = "".join(f"<p>the {word}</p>" for word, share in OFTEN.items() if chance.random() < share)
            prose = "".join(f"<div class='c{n}'><p>{chance.choice(fill)}.</p></div>" for n in range(700))
            body = b"<html><head><title>Town</title></head><body>" + (prose + said).encode() + b"</body></html>"
            body = on_topic if number % 1000 == 500 else body
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://town.example/{number}", "response", BytesIO(body), len(body), http_headers=headers
            )
            writer.write_record(record)
            written += len(body)
            number += 1
    return written


def warc(megabytes: int) -> None:
    """Print how fast a WARC is read with the filter before any parsing, and what came through."""
    relevance = load_relevance(load_topic(bundled("distillation")))
    assert relevance is not None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "town.warc.gz"
        size = write_warc(path, megabytes)
        for label, wanted in (("filter", relevance.may_keep), ("no filter", None)):
            started, used = time.perf_counter(), time.process_time()
            came = sum(1 for _ in read_warc(path, wanted))
            seconds, busy = time.perf_counter() - started, time.process_time() - used
            speed = f"{size / 1e6 / seconds:.0f} MB/s, {size / 1e6 / busy:.0f} MB a second of processor time"
            print(f"{label:10} {size / 1e6:.0f} MB in {seconds:.2f} s: {speed}; {came} pages came through")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, nargs="*", default=[1000, 20000])
    parser.add_argument("--furniture", type=int, default=0, help="kB around the article of each page")
    parser.add_argument("--warc", action="store_true")
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.furniture)
    elif asked.child:
        addresses = [f"http://127.0.0.1:{asked.port}/p/{n}" for n in range(asked.pages)]
        answer = (
            bare(addresses)
            if asked.child == "bare"
            else stage(addresses, asked.home, NEXT_DAY if asked.child == "later" else DAY)
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(json.dumps({**answer, "peak": peak}))
    elif asked.warc:
        warc(asked.megabytes)
    else:
        command = [sys.executable, __file__, "--serve", "--furniture", str(asked.furniture)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                port = int(server.stdout.readline())
                compare(port, asked.pages, asked.rounds)
                memory(port, asked.memory)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
