"""What can go wrong between an address and a document, each named for the mistake."""

from __future__ import annotations

from distillwatch.errors import DistillwatchError


class Unreadable(DistillwatchError):
    """A response that cannot become a document; the message names the address and the reason."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class ArchiveUnwritable(DistillwatchError):
    """The archive's disk refused a record."""


class ArchiveDamaged(DistillwatchError):
    """A record of the archive cannot be read back as it was written."""
