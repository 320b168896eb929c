"""What collecting gave, source by source."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

OUTCOMES = (
    "new",
    "revised",
    "unchanged",
    "blocked",
    "robots_forbidden",
    "empty",
    "off_topic",
    "failed",
    "gone",
    "truncated",
)


class Failure(Struct, frozen=True):
    """An address that gave no document: as what it was counted, and the reason in words."""

    url: str
    reason: str
    outcome: str = "failed"


class SourceCounts(Struct, frozen=True, kw_only=True):
    """What one source gave. `seen` counts the pages that it listed; each ends in one of the other counts, as does each
    of those asked for `again`.

    `requests` are all that were sent for it (feeds, pages, robots.txt, retries).
    """

    source_id: str
    seen: int = 0
    older: int = 0  # listed, too, but dated before the day that was asked for
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    blocked: int = 0  # 401, 403, 407, 429, 451, or a page that only asks to prove to be human
    robots_forbidden: int = 0
    empty: int = 0  # answered 200 without an article in it; for a feed: without an entry
    off_topic: int = 0
    failed: int = 0
    gone: int = 0  # was there before; what was read stays
    truncated: int = 0  # shows no more than the beginning of what it showed before
    again: int = 0  # pages that the list no longer names and that were looked at again; they are in the counts, too
    requests: int = 0
    feed_failed: bool = False  # the list of pages itself could not be read
    failures: tuple[Failure, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether a source that should have listed pages listed none."""
        return self.seen + self.older == 0


class CollectReport(Struct, frozen=True, kw_only=True):
    """What one run of collecting gave."""

    sources: tuple[SourceCounts, ...]
    documents: tuple[str, ...] = ()  # ids of new and revised documents, sorted
    interrupted: bool = False

    def total(self, name: str) -> int:
        """The sum of one count over all sources."""
        return sum(int(getattr(source, name)) for source in self.sources)

    @property
    def lost(self) -> list[str]:
        """One line for each source or address that should have given something and did not.

        What robots.txt forbids is none of them: it was never to be had.
        """
        lines = [f"{s.source_id}: listed no page" for s in self.sources if s.silent]
        failures = [(s.source_id, f) for s in self.sources for f in s.failures if f.outcome != "robots_forbidden"]
        return lines + [f"{source}: {failure.url}: {failure.reason}" for source, failure in failures]


def merged(passes: Iterable[SourceCounts]) -> SourceCounts:
    """The counts of several passes over one source as one: each page still counts once.

    What became new or was revised in any pass adds up; what stayed unchanged did so in all of them.
    """
    counts = list(passes)
    most = {name: max(int(getattr(c, name)) for c in counts) for name in ("seen", "older", "again", *OUTCOMES)}
    added = {name: sum(int(getattr(c, name)) for c in counts) for name in ("new", "revised", "requests")}
    return SourceCounts(
        source_id=counts[-1].source_id,
        feed_failed=counts[-1].feed_failed,
        failures=tuple(dict.fromkeys(f for c in counts for f in c.failures)),
        **{**most, **added, "unchanged": min(c.unchanged for c in counts)},
    )
