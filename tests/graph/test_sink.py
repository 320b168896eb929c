"""The store as collecting sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from distillwatch.crawlers.hosts import closed
from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.report import Failure, SourceCounts
from distillwatch.crawlers.sink import Sink
from distillwatch.graph.documents import load_document, load_revision, save_document
from distillwatch.graph.runs import (
    finish_run,
    last_asked,
    load_issues,
    record_sources,
    save_issue,
    start_run,
    usual_items,
)
from distillwatch.graph.sink import StoreSink
from distillwatch.records import Capture, Document, Issue
from tests.graph.builders import NOW, document, source, store

LATER = "2026-05-03T08:00:00Z"
ANSWER = Capture(
    id="c1", source_id="harbour-post", url="https://h.example/a", final_url="https://h.example/a", fetched_at=NOW,
    status=200, sha256="00", etag='"1"', warc_file="a.warc.gz", warc_offset=7,
)  # fmt: skip


def test_captures_and_documents_are_kept_together(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink: Sink = StoreSink(db)
    page = msgspec.structs.replace(document("a", "Headline", "Text."), capture_id="c1")
    assert sink.last_capture(ANSWER.url) is None
    assert sink.store(ANSWER, page) == "new"
    assert sink.last_capture(ANSWER.url) == ANSWER
    not_modified = msgspec.structs.replace(ANSWER, id="c2", status=304, sha256="", fetched_at=LATER, etag="")
    assert sink.store(not_modified, None) == "unchanged"
    assert sink.last_capture(ANSWER.url) == ANSWER
    assert db.conn.execute("SELECT first_seen, last_seen FROM documents").fetchone() == (NOW, LATER)


def test_a_file_given_by_hand_brings_its_own_source(tmp_path: Path) -> None:
    db = store(tmp_path)
    capture = msgspec.structs.replace(ANSWER, source_id="files", status=None)
    assert StoreSink(db).store(capture, document("a", "Headline", source_id="files")) == "new"
    assert StoreSink(db).last_capture(ANSWER.url) == capture


def test_issues_are_kept_once_a_run(tmp_path: Path) -> None:
    db = store(tmp_path)
    issue = Issue(
        stage="collect", source_id="harbour-post", level="warning", code="robots", message="forbidden", url="u"
    )
    for started in (NOW, LATER):
        sink = StoreSink(db, start_run(db, "collect", "0", started))
        sink.issue(issue)
        sink.issue(issue)
    save_issue(db, issue)
    assert load_issues(db) == [issue] * 3


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ({"seen": 20, "new": 20}, ""),
        ({"seen": 0}, "it listed no page, where it usually lists 20"),
        ({"seen": 0, "feed_failed": True}, "its list of pages could not be read"),
        ({"seen": 4, "new": 4}, "it listed 4 pages, far fewer than the usual 20"),
        ({"seen": 20, "new": 5, "blocked": 15, "failures": (Failure("u", "403"),)}, "15 of 20 pages were lost"),
    ],
)
def test_a_source_is_measured_by_what_it_usually_gives(tmp_path: Path, counts: dict[str, Any], note: str) -> None:
    db = store(tmp_path)
    for day in ("01", "02", "03"):
        run = start_run(db, "collect", "0", f"2026-05-{day}T08:00:00Z")
        record_sources(db, run, [SourceCounts(source_id="harbour-post", seen=20)])
    assert usual_items(db, "harbour-post") == 20 and usual_items(db, "inland-gazette") is None
    run = start_run(db, "collect", "0", LATER)
    record_sources(db, run, [SourceCounts(source_id="harbour-post", **counts)])
    assert db.conn.execute("SELECT note, items_expected FROM source_runs WHERE run_id = ?", (run,)).fetchone() == (
        note,
        20,
    )
    assert last_asked(db) == {"harbour-post": LATER}


def test_a_run_is_recorded_and_one_that_was_cut_off_is_told_by_the_next(tmp_path: Path) -> None:
    db = store(tmp_path)
    start_run(db, "run", "0.1", NOW)
    assert db.conn.execute("SELECT status FROM runs").fetchall() == [("running",)]
    run = start_run(db, "run", "0.1", LATER)
    finish_run(db, run, "ok", LATER, {"new": 1})
    assert db.conn.execute("SELECT status, finished_at, summary FROM runs ORDER BY started_at").fetchall() == [
        ("cut off", None, "{}"),
        ("ok", LATER, '{"new":1}'),
    ]


def test_a_page_that_is_gone_is_marked_and_stays(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    sink.store(ANSWER, msgspec.structs.replace(document("a", "Headline", "Text."), capture_id="c1"))
    gone = msgspec.structs.replace(ANSWER, id="c2", status=404, fetched_at=LATER, error="the page is gone (404)")
    assert sink.store(gone, None, gone=True) == "gone"
    assert db.conn.execute("SELECT gone_at, text FROM documents").fetchone() == (LATER, "Headline\nText.")
    never = msgspec.structs.replace(gone, id="c3", url="https://h.example/never")
    assert sink.store(never, None, gone=True) == "unchanged"
    back = msgspec.structs.replace(ANSWER, id="c4", fetched_at="2026-05-09T08:00:00Z")
    sink.store(back, msgspec.structs.replace(document("a", "Headline", "Text."), capture_id="c4"))
    assert db.conn.execute("SELECT gone_at FROM documents").fetchone() == (None,)


@pytest.mark.parametrize(
    ("texts", "is_the_same"),
    [
        (("Norvane counts requests", "Text."), True),  # the same text under a new address
        (("Norvane counts requests", "Text that was changed."), True),  # the same title
        (("Today in the harbour", "Another text."), False),  # an address that always gives the newest page
    ],
)
def test_a_page_that_moved_is_the_same_document(tmp_path: Path, texts: tuple[str, ...], is_the_same: bool) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    sink.store(ANSWER, msgspec.structs.replace(document("a", "Norvane counts requests", "Text."), capture_id="c1"))
    moved = msgspec.structs.replace(ANSWER, id="c2", final_url="https://h.example/new/a", fetched_at=LATER)
    sink.store(moved, msgspec.structs.replace(document("new/a", *texts), capture_id="c2"))
    assert db.conn.execute("SELECT count(*) FROM documents").fetchone() == (1 if is_the_same else 2,)


def test_pages_are_looked_at_again_often_while_they_are_new(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    sink.store(ANSWER, msgspec.structs.replace(document("a", "Headline", "Text."), capture_id="c1"))
    assert sink.due_again("harbour-post", "2026-05-02T20:00:00Z", 9) == []
    assert sink.due_again("harbour-post", "2026-05-03T08:00:01Z", 9) == [ANSWER.url]
    seen = msgspec.structs.replace(ANSWER, id="c2", status=304, sha256="", fetched_at="2026-05-12T08:00:00Z")
    sink.store(seen, None)
    assert sink.due_again("harbour-post", "2026-05-17T08:00:00Z", 9) == [], "15 days old, seen five days ago"
    assert sink.due_again("harbour-post", "2026-05-23T08:00:00Z", 9) == [ANSWER.url]
    failed = msgspec.structs.replace(seen, id="c3", status=500, fetched_at="2026-05-23T08:00:00Z", error="500")
    sink.store(failed, None)
    assert sink.due_again("harbour-post", "2026-05-24T08:00:00Z", 9) == [], "asked yesterday, though without success"


TEXT = ("Headline", *(f"Paragraph {n} says what Tarsil said of it at some length on that day." for n in range(20)))


@pytest.mark.parametrize(
    ("after", "is_cut"),
    [
        (TEXT[:4], True),
        ((*TEXT[:4], "Subscribe to read on."), True),
        ((*TEXT[:3], TEXT[3][:40] + " …", "Subscribe to read on."), True),
        (TEXT[:-1], False),  # the last paragraph was struck
        ((TEXT[0], *TEXT[12:16]), False),  # the beginning was struck
        ((TEXT[0], "This article was withdrawn because its account of the matter was found to be wrong."), False),
        ((TEXT[0],), False),
    ],
)
def test_a_teaser_does_not_replace_the_article(tmp_path: Path, after: tuple[str, ...], is_cut: bool) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    sink.store(ANSWER, msgspec.structs.replace(document("a", *TEXT), capture_id="c1"))
    again = msgspec.structs.replace(ANSWER, id="c2", fetched_at=LATER)
    stored = sink.store(again, msgspec.structs.replace(document("a", *after), capture_id="c2"))
    assert stored == ("truncated" if is_cut else "revised")
    assert (db.conn.execute("SELECT text FROM documents").fetchone()[0] == "\n".join(TEXT)) == is_cut


def test_closed_hosts_are_remembered_until_they_answer(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink: Sink = StoreSink(db)
    first = closed("h.example", "it failed", NOW)
    sink.close_host(first, NOW)
    second = closed("h.example", "it failed", first.until, before=first)
    sink.close_host(second, first.until)
    assert StoreSink(db).closed_hosts() == [second]
    assert (second.closures, second.until) == (2, "2026-05-02T11:00:00Z"), "the second pause is twice as long"
    sink.open_host("h.example")
    assert sink.closed_hosts() == []


def test_a_collapse_is_a_loss_and_short_pages_are_noted(tmp_path: Path) -> None:
    db = store(tmp_path)
    for number in range(12):
        page = document(f"p{number}", f"Headline {number}", "A sentence about the harbour. " * 40)
        save_document(db, msgspec.structs.replace(page, first_seen=NOW), NOW)
    run = start_run(db, "collect", "0", LATER)
    save_document(db, msgspec.structs.replace(document("s", "Headline", "A teaser."), first_seen=LATER), LATER)
    assert record_sources(db, run, [SourceCounts(source_id="harbour-post", seen=20, new=1)]) == []
    assert db.conn.execute("SELECT truncated, note FROM source_runs").fetchone() == (
        1, "1 of 1 new pages are far shorter than its pages were: teasers, perhaps, or a login wall",
    )  # fmt: skip
    for day in ("04", "05"):
        usual = [SourceCounts(source_id="harbour-post", seen=20)]
        record_sources(db, start_run(db, "collect", "0", f"2026-05-{day}T08:00:00Z"), usual)
    last = start_run(db, "collect", "0", "2026-05-06T08:00:00Z")
    assert record_sources(db, last, [SourceCounts(source_id="harbour-post", seen=3, unchanged=3)]) == [
        "harbour-post: it listed 3 pages, far fewer than the usual 20"
    ]


PAGE = (
    "<html><head><title>Boats</title></head><body><article><h1>Boats</h1>{line}"
    "<p>Norvane said on Tuesday that it had counted {count} odd requests to its interface over the summer.</p>"
    "<p>The port city's chamber of commerce has asked both companies to explain what the requests were for.</p>"
    "</article><aside class=related><ul><li><a href=/x>{related}</a></li></ul></aside></body></html>"
)


@pytest.mark.parametrize(
    ("before", "after", "stored"),
    [
        (
            "<p class=byline>By Ada Lind, 2 May 2026, 12:05</p>",
            "<p class=byline>By Ada Lind, 3 June 2026, 9:00</p>",
            "",
        ),
        ("<p class=timestamp>Updated 2 May 2026, 12:05</p>", "<p class=timestamp>Updated 4 May 2026, 17:45</p>", ""),
        ("<p>Updated <time>2 hours ago</time></p>", "<p>Updated <time>3 hours ago</time></p>", ""),
        ("<p>1,204 views · 3 min read</p>", "<p>1,305 views · 3 min read</p>", ""),
        ("<p>12 comments</p>", "<p>15 comments</p>", ""),
        ("<p>Stand: 02.05.2026, 12:05 Uhr</p>", "<p>Stand: 02.05.2026, 15:05 Uhr</p>", ""),
        ("<p>Mis à jour le 2 mai 2026 à 12h05</p>", "<p>Mis à jour le 3 juin 2026 à 15h05</p>", ""),
        ("<p>更新时间：2026-05-02 12:05</p>", "<p>更新时间：2026-05-02 15:05</p>", ""),
        ("<p class=byline>By Ada Lind, 2 May 2026</p>", "<p class=byline>By Bo Reyes, 2 May 2026</p>", "revised"),
        ("<p>The fine is 3 million.</p>", "<p>The fine is 4 million.</p>", "revised"),
        ("", "<p>Correction: an earlier version named the wrong firm.</p>", "revised"),
    ],
)
def test_clocks_and_counters_are_no_revision(tmp_path: Path, before: str, after: str, stored: str) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    origin = source("Harbour Post")
    texts = [PAGE.format(line=line, count=n, related=line[:9]) for line, n in ((before, 40), (after, 40), (after, 41))]
    outcomes = []
    for number, text in enumerate(texts):
        capture = msgspec.structs.replace(
            ANSWER, id=f"c{number}", sha256=f"{number}", fetched_at=f"2026-05-0{number + 3}"
        )
        page = parse(
            text.encode(), url=ANSWER.url, content_type="text/html", source=origin, fetched_at=capture.fetched_at,
            capture_id=capture.id,
        )  # fmt: skip
        page = msgspec.structs.replace(page, source_id="harbour-post", published_at="", published_precision="")
        outcomes.append(sink.store(capture, page))
    assert outcomes == ["new", stored or "unchanged", "revised"]
    assert db.conn.execute("SELECT last_seen FROM documents").fetchone() == ("2026-05-05",)


@pytest.mark.parametrize(
    ("change", "stored"),
    [
        ({}, "unchanged"),
        ({"byline": "Bo Reyes"}, "revised"),
        ({"published_at": "2026-05-02"}, "revised"),
        ({"title": "Another"}, "revised"),
    ],
)
def test_another_author_title_or_day_is_news_though_only_a_counter_moved(
    change: dict[str, str], stored: str, tmp_path: Path
) -> None:
    sink, pages = StoreSink(store(tmp_path)), []
    for number, count in enumerate(("12", "15")):
        raw = PAGE.format(line=f"<p>{count} comments</p>", count=40, related="")
        page = parse(
            raw.encode(), url=ANSWER.url, content_type="text/html", source=source("Harbour Post"), fetched_at=NOW,
            capture_id=f"c{number}",
        )  # fmt: skip
        pages.append(msgspec.structs.replace(page, source_id="harbour-post", **(change if number else {})))
    first, second = (msgspec.structs.replace(ANSWER, id=f"c{n}", sha256=f"{n}") for n in (0, 1))
    assert sink.store(first, pages[0]) == "new"
    assert sink.store(msgspec.structs.replace(second, fetched_at=LATER), pages[1]) == stored


def page_of(moment: str, words: str, *more: str) -> Document:
    return msgspec.structs.replace(document("a", "Headline", words, *more), capture_id=f"c{moment}", first_seen=moment)


def at(moment: str) -> Capture:
    return msgspec.structs.replace(ANSWER, id=f"c{moment}", fetched_at=moment, sha256=moment)


JANUARY, MARCH, MAY = "2026-01-05T08:00:00Z", "2026-03-05T08:00:00Z", "2026-05-05T08:00:00Z"
WORDS = {JANUARY: "Norvane may have done it.", MARCH: "Norvane perhaps did it.", MAY: "Norvane did it."}


@pytest.mark.parametrize(
    "order", [[JANUARY, MARCH, MAY], [MAY, JANUARY, MARCH], [MARCH, MAY, JANUARY], [MAY, MARCH, JANUARY]]
)
def test_an_old_archive_that_is_read_late_comes_before_what_stands(order: list[str], tmp_path: Path) -> None:
    db = store(tmp_path)
    for moment in order:
        StoreSink(db).store(at(moment), page_of(moment, WORDS[moment]))
    assert db.conn.execute("SELECT text, first_seen, last_seen, revision FROM documents").fetchall() == [
        (f"Headline\n{WORDS[MAY]}", JANUARY, MAY, 3)
    ]
    numbers = db.conn.execute("SELECT number, seen_at, text FROM revisions ORDER BY number").fetchall()
    assert numbers == [(n, moment, f"Headline\n{WORDS[moment]}") for n, moment in enumerate(WORDS, start=1)]
    stands = load_document(db, page_of(MAY, "").id)
    assert [stands.text[s.start : s.end] for s in stands.segments] == ["Headline", WORDS[MAY]]
    for moment in order:  # nothing comes of reading it again
        assert StoreSink(db).store(at(moment), page_of(moment, WORDS[moment])) == "unchanged"
    before = load_revision(db, db.conn.execute("SELECT id FROM revisions WHERE number = 1").fetchone()[0])
    assert [before.text[s.start : s.end] for s in before.segments] == ["Headline", WORDS[JANUARY]]


def test_an_old_archive_brings_back_no_page_that_is_gone_and_takes_none_away(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    assert sink.store(at(MARCH), page_of(MARCH, WORDS[MARCH])) == "new"
    assert sink.store(msgspec.structs.replace(at(JANUARY), id="c2", status=404), None, gone=True) == "unchanged"
    assert sink.store(msgspec.structs.replace(at(MAY), status=404), None, gone=True) == "gone"
    assert sink.store(at(JANUARY), page_of(JANUARY, WORDS[MARCH])) == "unchanged"
    assert db.conn.execute("SELECT gone_at, first_seen, last_seen FROM documents").fetchone() == (MAY, JANUARY, MARCH)


def test_what_is_fetched_now_is_news_whatever_the_clock_said_before(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink = StoreSink(db, start_run(db, "collect", "0", MARCH))
    sink.store(at(MAY), page_of(MAY, WORDS[MARCH]))
    assert sink.store(at(MARCH), page_of(MARCH, WORDS[MAY])) == "revised"
    assert load_document(db, page_of(MAY, "").id).text == f"Headline\n{WORDS[MAY]}"


def test_a_better_parser_reads_an_old_archive(tmp_path: Path) -> None:
    db = store(tmp_path)
    sink = StoreSink(db)
    for moment in (JANUARY, MARCH):  # the same page both times
        sink.store(msgspec.structs.replace(at(moment), sha256="s"), page_of(JANUARY, WORDS[MARCH]))
    better = page_of(JANUARY, WORDS[MARCH], "And more.")
    assert sink.store(msgspec.structs.replace(at(JANUARY), sha256="s"), better) == "revised"
    assert db.conn.execute("SELECT revision, last_seen FROM documents").fetchone() == (1, MARCH)
    assert load_document(db, page_of(MAY, "").id).text.endswith("And more.")
