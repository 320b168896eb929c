"""The running counts of one source, closed into a `SourceCounts` at the end."""

from __future__ import annotations

from collections import Counter

from distillwatch.crawlers.report import OUTCOMES, Failure, SourceCounts

_SPOKEN = frozenset(("blocked", "robots_forbidden", "empty", "failed", "truncated"))  # counts whose addresses are named
_MOST = 500  # failures kept by name


class Ledger:
    """Counts of one source while it is collected."""

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self.seen = 0
        self.older = 0
        self.again = 0
        self.requests = 0
        self.feed_failed = False
        self.documents: set[str] = set()
        self._pages = 0
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []

    def count(self, outcome: str, url: str = "", reason: str = "") -> None:
        """One page ended in `outcome`; what was lost is kept with its address and the reason."""
        self._pages += 1
        self._note(outcome, url, reason)

    def _note(self, outcome: str, url: str, reason: str) -> None:
        self._counts[outcome] += 1
        if outcome in _SPOKEN and len(self._failures) < _MOST:
            self._failures.append(Failure(url, reason or outcome.replace("_", " "), outcome))

    def list_failed(self, outcome: str, url: str, reason: str) -> None:
        """The list of pages itself could not be read."""
        self.feed_failed = True
        self._note(outcome, url, reason)

    def settle(self) -> None:
        """Count the pages that were listed and never answered: the crawl was ended, or a defect swallowed them."""
        left = self.seen + self.again - self._pages
        for _ in range(left):
            self.count("failed", "", f"{left} listed pages were not read before the crawl ended")

    def closed(self) -> SourceCounts:
        """The counts as they stand."""
        return SourceCounts(
            source_id=self.source_id,
            seen=self.seen,
            older=self.older,
            again=self.again,
            requests=self.requests,
            feed_failed=self.feed_failed,
            failures=tuple(dict.fromkeys(self._failures)),
            **{name: self._counts[name] for name in OUTCOMES},
        )
