"""What a spider yields for each answer, and what the pipelines add to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from distillwatch.crawlers.hints import FeedHint
from distillwatch.records import Capture, Document

Role = Literal["page", "list"]  # a page that may become a document, or a feed that only lists pages
Outcome = Literal["", "blocked", "empty", "off_topic", "failed", "gone", "truncated", "unchanged", "new", "revised"]


@dataclass
class Fetched:
    """One answer on its way through the pipelines. The first pipeline that decides sets `outcome` and `reason`."""

    role: Role
    url: str  # as it was asked for
    final_url: str
    status: int
    content_type: str
    body: bytes = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False, default_factory=list)
    etag: str = ""
    last_modified: str = ""
    hint: FeedHint | None = None
    capture: Capture | None = None
    document: Document | None = field(repr=False, default=None)
    gone: bool = False  # the site says that there is no such page
    outcome: Outcome = ""
    reason: str = ""
