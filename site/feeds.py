"""News of the site as entries of a feed: what was published, what was flagged; each with who says it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.brief import brief
from distillwatch.site.claims import Claim
from distillwatch.site.disputes import Dispute, summary
from distillwatch.site.figures import published_words
from distillwatch.site.flags import Flag
from distillwatch.site.page import Page
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.reader import Reader
from distillwatch.topic import Topic

LENGTH = 50


class Entry(Struct, frozen=True, kw_only=True):
    """One piece of news; `updated` is a full ISO 8601 time."""

    id: str
    title: str
    path: str
    updated: str
    author: str
    summary: str


def of_flag(flag: Flag) -> Entry:
    """A contradiction, both sides with their speaker and outlet."""
    sides = [_told(flag.a)] if flag.one_sided else [_told(flag.a), _told(flag.b)]
    return Entry(
        id=f"urn:distillwatch:contradiction:{flag.row.id}",
        title=f"{flag.title}: {flag.a.outlet.text} / {flag.b.outlet.text}",
        path=flag.path,
        updated=_time(flag.row.closed_at or flag.row.opened_at),
        author=" / ".join(dict.fromkeys((flag.a.outlet.text, flag.b.outlet.text))),
        summary=" ".join(sides),
    )


def of_dispute(dispute: Dispute) -> Entry:
    """A dispute, each answer with who gives it first."""
    outlets = dict.fromkeys(side.first.outlet.text for side in dispute.sides)
    return Entry(
        id=f"urn:distillwatch:dispute:{dispute.row.id}",
        title=f"{dispute.row.title} ({', '.join(outlets)})",
        path=dispute.path,
        updated=_time(dispute.row.closed_at or dispute.row.opened_at),
        author=" / ".join(outlets),
        summary=summary(dispute),
    )


def of_document(row: ListedRow) -> Entry:
    """A document of an outlet."""
    return Entry(
        id=f"urn:distillwatch:document:{row.id}",
        title=f"{brief(row.title)} ({row.outlet})",
        path=paths.document(row.id),
        updated=_time(row.published_at or row.first_seen),
        author=row.outlet,
        summary=f"{row.outlet}, {published_words(row.published_at, row.published_precision)}.",
    )


def feed_pages(reader: Reader, path: str, title: str, home: str, entries: Any, **page: Any) -> list[Page]:
    """The feed as Atom at `path` and as JSON Feed beside it; `entries` is called when it is rendered."""
    context = cache(partial(_context, reader.topic, path, title, home, entries))  # both forms show the same
    json = path.removesuffix(".xml") + ".json"
    return [
        Page(path=path, template="feed.xml", title=title, context=context, **page),
        Page(path=json, template="feed.json", title=title, context=partial(_json, context, json), **page),
    ]


def _context(topic: Topic, path: str, title: str, home: str, entries: Any) -> dict[str, Any]:
    found: Iterable[Entry] = entries()
    newest = sorted(found, key=_newest_first, reverse=True)[:LENGTH]
    up = topic.address or "../" * path.count("/")
    return {
        "title": title,
        "path": path,
        "home": home,
        "entries": newest,
        "up": up,
        "updated": newest[0].updated if newest else "1970-01-01T00:00:00Z",
    }


def _json(context: Any, path: str) -> dict[str, Any]:
    """The same as a value of JSON Feed 1.1."""
    feed = context()
    up = feed["up"]
    items = [
        {
            "id": e.id,
            "url": up + e.path,
            "title": e.title,
            "content_text": e.summary,
            "date_modified": e.updated,
            "authors": [{"name": e.author}],
        }
        for e in feed["entries"]
    ]
    return {
        "feed": {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": up + feed["home"],
            "feed_url": up + path,
            "items": items,
        }
    }


def _told(claim: Claim) -> str:
    return f"{claim.sentence}: “{claim.row.evidence}” ({claim.outlet.text}, {claim.published})."


def _newest_first(entry: Entry) -> tuple[str, str]:
    return (entry.updated, entry.id)


def _time(iso: str) -> str:
    """A day or time as the full time that feeds want; the start of what is less precise."""
    if "T" in iso:
        return iso if iso.endswith("Z") or "+" in iso[10:] else f"{iso}Z"
    return f"{(iso + '-01-01')[:10] if len(iso) < 10 else iso}T00:00:00Z"
