"""What one run of collecting hands to its spiders, middlewares and pipelines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distillwatch.crawlers.archive import Archive
from distillwatch.crawlers.hosts import Closure
from distillwatch.crawlers.ledger import Ledger
from distillwatch.crawlers.relevance import Relevance
from distillwatch.crawlers.sink import Sink
from distillwatch.records import Issue, Source

SETTING = "COLLECTING"  # the Scrapy setting that holds it


@dataclass(frozen=True)
class Collecting:
    """The store, the archive, the clock and the counts of one run."""

    sink: Sink
    archive: Archive
    clock: Callable[[], str]
    relevance: Relevance | None = None
    proxy: str = ""
    since: str = ""  # ISO day: pages that the feed dates before it are not asked for, files before it are left out
    folder: Path | None = None  # where the files lie that source rows name
    sources: Mapping[str, Source] = field(default_factory=dict)  # those of the topic, by id
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    errors: list[Exception] = field(default_factory=list)  # why the run was given up
    stops: list[Callable[[], None]] = field(default_factory=list)  # what ends the crawls under way
    refused: dict[str, str] = field(default_factory=dict)  # host names that lead into private networks, with the reason
    closed: dict[str, Closure] = field(default_factory=dict)  # hosts that are left alone, by name
    unsure: list[Closure] = field(default_factory=list)  # closed because nothing answered, as when our own line is down
    reached: set[str] = field(default_factory=set)  # hosts that answered in this run

    def __deepcopy__(self, memo: object) -> Collecting:
        """Itself: Scrapy copies its settings for each crawler, but the run is one."""
        return self

    def give_up(self, error: Exception) -> None:
        """The store or the archive cannot be written: end the run instead of losing page after page."""
        self.errors.append(error)
        for stop in self.stops:
            stop()

    def close(self, closure: Closure, *, sure: bool) -> None:
        """Leave a host alone, in this run and in those that follow."""
        self.closed[closure.host] = closure
        if sure:
            self.sink.close_host(closure, self.clock())
        else:
            self.unsure.append(closure)

    def answered(self, host: str) -> None:
        """A host is there: what closed it before is over."""
        self.reached.add(host)
        if self.closed.pop(host, None) is not None:
            self.sink.open_host(host)

    def remember(self) -> None:
        """At the end: hosts that never answered are left alone, unless none did."""
        for closure in self.unsure if self.reached else ():
            self.sink.close_host(closure, self.clock())

    def ledger(self, source_id: str) -> Ledger:
        """The counts of one source."""
        return self.ledgers.setdefault(source_id, Ledger(source_id))

    def issue(self, source_id: str, code: str, message: str, url: str = "") -> None:
        """Tell the store of something lost."""
        self.sink.issue(
            Issue(stage="collect", source_id=source_id, level="warning", code=code, message=message, url=url)
        )


def collecting(settings: Mapping[str, Any]) -> Collecting | None:
    """The run that a crawler belongs to, None when a spider was started by Scrapy's own command."""
    found = settings.get(SETTING)
    return found if isinstance(found, Collecting) else None
