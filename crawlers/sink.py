"""What collecting needs from a store, and nothing more. Implemented in `graph`; tests use a dictionary."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Protocol

from msgspec import Struct

from distillwatch.crawlers.hosts import Closure
from distillwatch.records import Capture, Document, Issue

Stored = Literal["new", "revised", "updated", "unchanged", "gone", "truncated"]
_SOON = dt.timedelta(hours=1)


class Visits(Struct, frozen=True):
    """When an address was first and last asked for (ISO 8601 UTC), and what was wrong with the last answer."""

    first: str
    last: str
    error: str = ""

    def are_enough(self, now: str) -> bool:
        """Whether the page need not be asked for again yet: it was, well, within half of its age or an hour.

        So a page is looked at often while it is news and seldom later, whatever a list goes on listing.
        """
        if self.error:
            return False
        first, last, at = (dt.datetime.fromisoformat(time) for time in (self.first, self.last, now))
        return at - last < max(_SOON, (at - first) / 2)


class Sink(Protocol):
    """Where captures and documents go. Each call is whole or not at all, so that a kill loses one page at most."""

    def last_capture(self, url: str) -> Capture | None:
        """The latest answer with a body (status 200, or a file) for an address as it was asked for, None without one.

        Its etag, last_modified and sha256 decide what is asked for and what is unchanged; `error` "off_topic" marks a
        page that was read and left out.
        """
        ...

    def visits(self, url: str) -> Visits | None:
        """When an address was first and last asked for, None where it never was."""
        ...

    def standing(self, url: str) -> Document | None:
        """The document of an address as it stands, None where there is none."""
        ...

    def store(self, capture: Capture, document: Document | None, *, gone: bool = False) -> Stored:
        """Keep a response, and the document that was read from it, in one transaction.

        Without one (a feed, an error, an off-topic page, a 304) only the capture is kept; by a 304 the documents
        of that address have been seen again at `capture.fetched_at`. `gone` says that nothing is at the address any
        more: documents that were read from it are marked and stay, and the answer is "gone" where there is one.
        "truncated" says that the page shows no more than the beginning of what it showed before, as behind a paywall
        that went up: the document stays as it was.
        """
        ...

    def due_again(self, source_id: str, now: str, most: int) -> list[str]:
        """Addresses of documents of a source that are to be looked at again, the longest unseen first.

        A page is asked for again when it was last asked for longer ago than half of its age, and a day at least: often
        while it is news, seldom later.
        """
        ...

    def closed_hosts(self) -> list[Closure]:
        """The hosts that were closed, also those whose pause is over."""
        ...

    def close_host(self, closure: Closure, now: str) -> None:
        """Remember that a host is left alone."""
        ...

    def open_host(self, host: str) -> None:
        """Forget that a host was closed."""
        ...

    def issue(self, issue: Issue) -> None:
        """Keep something that was lost or doubtful."""
        ...
