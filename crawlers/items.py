"""What a spider yields for each answer, and what the pipelines add to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec import Struct

from distillwatch.crawlers.hints import FeedHint
from distillwatch.records import Capture, Document

LARGEST = 20_000_000  # bytes: no article is that long, and the tree would take forty times as much memory
Role = Literal["page", "list"]  # a page that may become a document, or a feed that only lists pages
Outcome = Literal["", "blocked", "empty", "off_topic", "failed", "gone", "truncated", "unchanged", "new", "revised"]


class Note(Struct, frozen=True, kw_only=True):
    """What the archive keeps with an answer beside the answer: for which source, as what, and what a list said of it.

    So the database can be made anew from the archive alone.
    """

    source: str
    role: Role = "page"
    asked: str = ""  # the address that was asked for, where another one answered
    hint: FeedHint | None = None

    def written(self) -> str:
        """As one line of ASCII, without what is empty."""
        return json.dumps({name: value for name, value in msgspec.to_builtins(self).items() if value})


def read_note(line: str) -> Note | None:
    """The note of a line, None where the line is none."""
    try:
        return msgspec.json.decode(line, type=Note)
    except msgspec.DecodeError:
        return None


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
