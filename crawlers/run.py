"""Collecting as one call: all sources of a job at once, everything counted, nothing silently empty."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from distillwatch.crawlers.archive import Archive
from distillwatch.crawlers.context import SETTING, Collecting
from distillwatch.crawlers.files import collect_files
from distillwatch.crawlers.networks import PublicResolver
from distillwatch.crawlers.reactor import running_reactor, wait_for
from distillwatch.crawlers.relevance import Relevance
from distillwatch.crawlers.report import CollectReport, SourceCounts, merged
from distillwatch.crawlers.sink import Sink
from distillwatch.errors import InputMissing
from distillwatch.records import Source

FILES = "files"  # the kind of source that is read without a spider
_AT_ONCE = 12  # hosts that are crawled at the same time


class Job(Struct, frozen=True, kw_only=True):
    """One source to collect; `paths` are the files and folders of a `files` source (else its `url` is the folder)."""

    source: Source
    paths: tuple[Path, ...] = ()


def collect(
    jobs: Sequence[Job],
    sink: Sink,
    *,
    archive: Path,
    clock: Callable[[], str],
    relevance: Relevance | None = None,
    contact: str = "",
    proxy: str = "",
    passes: int = 1,
    since: str = "",
    folder: Path | None = None,
    sources: Sequence[Source] = (),
    settings: Mapping[str, Any] | None = None,
) -> CollectReport:
    """Collect every job once (`passes` times for the sample, which changes between two passes) and report the counts.

    `clock` gives the time as ISO 8601 UTC. `proxy` is an HTTP proxy for every request ("http://127.0.0.1:80"). `since`
    is an ISO day: pages that their list dates before it are left alone, and files that date themselves so. `folder`
    holds the files that rows name; `sources` are those of the topic: to them go pages that are read again from this
    very archive. Web pages are kept when `relevance` keeps them; files that were named one by one are kept as they are.
    May be called again in the same process. SIGINT or SIGTERM end it after the answers under way; the report is then
    marked.
    Raises InputMissing for a kind of source that no spider reads, and what the archive or the store raises when it
    cannot be written: the crawl is then given up.
    """
    web = [job.source for job in jobs if job.source.kind != FILES]
    with Archive(archive) as store:
        run = Collecting(
            sink=sink, archive=store, clock=clock, relevance=relevance, proxy=proxy, since=since, folder=folder,
            sources={source.id: source for source in sources},
        )  # fmt: skip
        run.closed.update((closure.host, closure) for closure in sink.closed_hosts())
        for job in jobs:
            run.ledger(job.source.id)
        for job in jobs:
            if job.source.kind == FILES:
                collect_files(job.source, job.paths or (Path(job.source.url),), run)
        interrupted = False
        earlier: dict[str, list[SourceCounts]] = {}
        for _ in range(passes if web else 0):
            if not interrupted:
                interrupted = _crawl(web, run, _settings(run, contact, settings or {}))
                for source in web:
                    earlier.setdefault(source.id, []).append(run.ledgers[source.id].closed())
                    if len(earlier[source.id]) < passes and not interrupted:
                        documents = run.ledgers.pop(source.id).documents
                        run.ledger(source.id).documents |= documents
        run.remember()
    counts = [
        merged(earlier[job.source.id]) if job.source.id in earlier else run.ledger(job.source.id).closed()
        for job in jobs
    ]
    changed = sorted({document for ledger in run.ledgers.values() for document in ledger.documents})
    return CollectReport(sources=tuple(counts), documents=tuple(changed), interrupted=interrupted)


def _crawl(sources: Sequence[Source], run: Collecting, settings: Settings) -> bool:
    """Crawl all sources at once, those of one host one after the other. Returns whether a signal ended it early."""
    reactor = running_reactor()
    allowed = frozenset(_host(s.url) for s in sources if s.options.get("allow_private") == "1")
    reactor.installResolver(PublicResolver(reactor, allowed, run.refused))
    spiders = SpiderLoader.from_settings(settings)
    known = set(spiders.list())
    for source in sources:
        if source.kind not in known:
            raise InputMissing(
                f"source {source.id!r}: no spider reads the kind {source.kind!r}; known: {', '.join(sorted(known))}"
            )
    runner = AsyncCrawlerRunner(settings)
    hosts: dict[str, list[Source]] = {}
    for source in sources:
        hosts.setdefault(_host(source.url), []).append(source)
    gate = asyncio.Semaphore(_AT_ONCE)
    stopping = False
    ending: list[asyncio.Future[None]] = []

    async def one_source(source: Source) -> None:
        ledger = run.ledger(source.id)
        crawler = runner.create_crawler(spiders.load(source.kind))
        try:
            await runner.crawl(crawler, source=source)
        except Exception as error:  # a broken row or spider costs its own source, never the run
            ledger.list_failed("failed", source.url, f"the spider could not run ({type(error).__name__}: {error})")
            run.issue(source.id, "failed", str(error), source.url)
            return
        ledger.settle()
        ledger.requests += int(crawler.stats.get_value("downloader/request_count", 0))

    async def one_host(mine: list[Source]) -> None:
        async with gate:
            for source in mine:
                if not stopping:
                    await one_source(source)

    async def everything() -> None:
        await asyncio.gather(*(one_host(mine) for mine in hosts.values()))

    def stop() -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            ending.append(asyncio.ensure_future(runner.stop()))

    run.stops.append(stop)
    try:
        wait_for(everything, stop)
    finally:
        run.stops.remove(stop)
    if run.errors:
        raise run.errors[0]
    return stopping


def _settings(run: Collecting, contact: str, extra: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("distillwatch.crawlers.settings", priority="project")
    if contact:
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="cmdline")
    if run.proxy:  # a server of our own: nobody to be polite to
        settings.setdict(
            {
                "DOWNLOAD_DELAY": 0,
                "AUTOTHROTTLE_ENABLED": False,
                "CONCURRENT_REQUESTS": 8,
                "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            },
            priority="cmdline",
        )
    settings.setdict(dict(extra), priority="cmdline")
    settings.set(SETTING, run, priority="cmdline")
    logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])
    for name in ("retry", "robotstxt"):  # what they log is counted, with address and reason
        logging.getLogger(f"scrapy.downloadermiddlewares.{name}").setLevel(logging.CRITICAL)
    return settings


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
