"""What programs read: feeds of the whole site, robots, search description; and the page that lists downloads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from distillwatch.site import linked, paths
from distillwatch.site.changes import summary
from distillwatch.site.claims import words
from distillwatch.site.disputes import load_disputes
from distillwatch.site.downloads import FORMATS, NETWORK, NOTE, SUMS, TABLES
from distillwatch.site.feeds import LENGTH, Entry, feed_pages, of_dispute, of_document, of_flag
from distillwatch.site.figures import day_words
from distillwatch.site.flags import load_flags
from distillwatch.site.page import Page, fixed, nothing
from distillwatch.site.queries import contradictions, disputes, documents, runs
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.runs import RunRow
from distillwatch.site.reader import Reader


def pages(reader: Reader) -> Iterator[Page]:
    """Three feeds in two formats each, and the files that crawlers look for."""
    title = reader.topic.title
    yield from feed_pages(reader, "feed.xml", title, "index.html", partial(_all, reader))
    yield from feed_pages(
        reader, "flags.xml", f"{title}: contradictions", "contradictions.html", partial(_flags, reader)
    )
    yield from feed_pages(reader, "changes.xml", f"{title}: runs", "changes.html", partial(_runs, reader))
    for name in ("robots.txt", "llms.txt", "opensearch.xml"):
        yield Page(path=name, template=name, title=name, context=nothing, key=fixed)
    yield Page(
        path="downloads.html",
        template="downloads.html",
        title="Feeds and downloads",
        section="about.html",
        context=lambda: {
            "linked": linked.node(
                reader,
                "Dataset",
                name=title,
                description=reader.topic.description,
                license="https://creativecommons.org/licenses/by/4.0/",
                distribution=[
                    {
                        "@type": "DataDownload",
                        "name": f"{table.name}.{suffix}",
                        "contentUrl": f"{reader.topic.address}downloads/{table.name}.{suffix}",
                    }
                    for table in TABLES
                    for suffix in FORMATS
                ],
            ),
            "tables": TABLES,
            "formats": list(FORMATS),
            "network": NETWORK,
            "note": NOTE,
            "sums": SUMS,
        },
        key=fixed,
    )


def _flags(reader: Reader) -> list[Entry]:
    return [of_flag(flag) for flag in load_flags(reader, contradictions.NEWEST, limit=LENGTH)]


def _all(reader: Reader) -> list[Entry]:
    return [
        *(of_dispute(dispute) for dispute in load_disputes(reader, disputes.NEWEST, limit=LENGTH)),
        *(of_document(row) for row in reader.rows(ListedRow, documents.LATEST, limit=LENGTH)),
    ]


def _runs(reader: Reader) -> list[Entry]:
    return [
        Entry(
            id=f"urn:distillwatch:run:{run.id}",
            title=f"{run.command}, {day_words(run.started_at)}",
            path=f"changes.html#run-{paths.safe_name(run.id)}",
            updated=run.finished_at or run.started_at,
            author=reader.topic.title,
            summary=f"{words()['run'].get(run.status, run.status)}: {summary(reader, run.id)}.",
        )
        for run in reader.rows(RunRow, runs.WITH_CHANGES, limit=LENGTH)
    ]
