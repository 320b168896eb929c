"""What collecting needs from a store, and nothing more. Implemented in `graph`; tests use a dictionary."""

from __future__ import annotations

from typing import Literal, Protocol

from distillwatch.records import Capture, Document, Issue

Stored = Literal["new", "revised", "updated", "unchanged"]


class Sink(Protocol):
    """Where captures and documents go. Each call is whole or not at all, so that a kill loses one page at most."""

    def last_capture(self, url: str) -> Capture | None:
        """The latest answer with a body (status 200, or a file) for an address as it was asked for, None without one.

        Its etag, last_modified and sha256 decide what is asked for and what is unchanged; `error` "off_topic" marks a
        page that was read and left out.
        """
        ...

    def store(self, capture: Capture, document: Document | None) -> Stored:
        """Keep a response, and the document that was read from it, in one transaction.

        Without one (a feed, an error, an off-topic page, a 304) only the capture is kept; by a 304 the documents
        of that address have been seen again at `capture.fetched_at`.
        """
        ...

    def issue(self, issue: Issue) -> None:
        """Keep something that was lost or doubtful."""
        ...
