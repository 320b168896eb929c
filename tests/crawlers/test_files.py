"""Files, folders and WARC archives as a source."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from distillwatch.crawlers.archive import Archive, read_record
from distillwatch.crawlers.items import Note
from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.errors import InputMissing
from distillwatch.records import Source
from tests.crawlers.crawling import article, feed, telling_of

MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here
NOW = "2026-11-01T08:00:00Z"  # by the clock of these tests
FILES = Source(id="files", name="Files", kind="files", url="")
PAGE = (
    "<html><head><title>{0}</title></head><body><h1>{0}</h1>"
    "<p>Norvane counted the boats of the port on Monday.</p></body></html>"
)


@pytest.fixture
def read_files(sink: MemorySink, tmp_path: Path, clock: Callable[[], str]) -> Callable[..., CollectReport]:
    def run(*paths: Path, **options: Any) -> CollectReport:
        return collect([Job(source=FILES, paths=paths)], sink, archive=tmp_path / "archive", clock=clock, **options)

    return run


def test_a_folder_is_read_in_order_and_twice_adds_nothing(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.html").write_text(PAGE.format("Boats"))
    (folder / "sub" / "a.txt").write_text("The port\nNorvane counted the boats on Monday.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    first = read_files(folder)
    assert (first.total("seen"), first.total("new"), len(first.documents)) == (2, 2, 2)
    assert sorted((d.url, d.file, d.kind) for d in sink.documents.values()) == [
        ("file:b.html", "b.html", "news"),
        ("file:sub/a.txt", "sub/a.txt", "news"),
    ]
    written = sum(f.stat().st_size for f in (tmp_path / "archive").rglob("*"))
    second = read_files(folder)
    assert (second.total("seen"), second.total("unchanged"), second.documents) == (2, 2, ())
    assert sum(f.stat().st_size for f in (tmp_path / "archive").rglob("*")) == written
    (folder / "b.html").write_text(PAGE.format("Boats, counted again"))
    assert read_files(folder).total("revised") == 1


def test_files_of_one_name_are_two_documents(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text(PAGE.format(name))
    assert read_files(tmp_path / "one", tmp_path / "two").total("new") == 2
    assert {d.title for d in sink.documents.values()} == {"one", "two"}


LINES = "".join(f"<p>The harbour office told line {n} of its report on the boats.</p>" for n in range(6))
FIRST = f"<html><head><title>Boats</title></head><body><h1>Boats</h1>{LINES}</body></html>"


@pytest.mark.parametrize(
    ("second", "documents", "revised"),
    [
        (FIRST.replace("Boats", "Boats, counted again"), 1, 1),  # another headline over the same text
        (FIRST.replace("told line", "never told line"), 1, 1),  # every line was edited, the headline stands
        (FIRST.replace("Boats", "Piers").replace("told line", "did not tell line"), 2, 0),  # another page
        (FIRST, 1, 0),
    ],
    ids=["headline", "text", "another", "same"],
)
def test_a_page_that_shares_its_file_name_with_one_of_an_earlier_call_is_no_revision_of_it(
    second: str,
    documents: int,
    revised: int,
    read_files: Callable[..., CollectReport],
    sink: MemorySink,
    tmp_path: Path,
) -> None:
    files = [tmp_path / name / "index.html" for name in ("one", "two")]
    for file, page in zip(files, (FIRST, second), strict=True):
        file.parent.mkdir()
        file.write_text(page)
    assert read_files(files[0]).total("new") == 1
    report = read_files(files[1])
    assert (len(sink.documents), report.total("revised")) == (documents, revised)
    if documents == 2:
        assert [read_files(file).total("unchanged") for file in files] == [1, 1]
        files[1].write_text(second.replace("of its report", "of the report"))
        assert read_files(files[1]).total("revised") == 1 and len(sink.documents) == 2


def test_what_cannot_be_read_is_counted_with_its_reason(
    read_files: Callable[..., CollectReport], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF" + b"\x00" * 40)
    report = read_files(tmp_path / "empty.txt", tmp_path / "binary.txt")
    assert report.total("empty") == 2
    assert report.lost == [
        "files: file:empty.txt: the response is empty",
        "files: file:binary.txt: the bytes are not text",
    ]


def test_missing_input_is_named(read_files: Callable[..., CollectReport], tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match=r"nothing\.html"):
        read_files(tmp_path / "nothing.html")
    (tmp_path / "bare").mkdir()
    with pytest.raises(InputMissing, match="bare"):
        read_files(tmp_path / "bare")


def test_a_warc_file_gives_pages_under_their_addresses(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    kept = "Norvane counted the boats of the port on Monday, and then it counted them a second time to be sure. " * 2
    pages = {
        "https://q.example/on": ("text/html", PAGE.format("On topic").replace("</p>", kept + "</p>")),
        "https://q.example/off": (
            "text/html",
            PAGE.format("Off topic")
            .replace("Norvane", "Somebody")
            .replace("</p>", kept.replace("Norvane", "Who") + "</p>"),
        ),
        "https://q.example/picture": ("image/png", "\x89PNG"),
    }
    with Archive(tmp_path / "old") as archive:
        for url, (kind, body) in pages.items():
            place = archive.write(
                url, body.encode(), fetched_at="2025-05-05T05:05:05Z", status=200, headers=[("Content-Type", kind)]
            )
    relevance = telling_of("Norvane")
    file = tmp_path / "old" / place.file
    report = read_files(file, relevance=relevance)
    assert (report.total("seen"), report.total("new"), report.total("off_topic")) == (2, 1, 1)
    (document,) = sink.documents.values()
    assert (document.url, document.first_seen) == ("https://q.example/on", "2025-05-05T05:05:05Z")
    assert all(read_record(tmp_path / "archive", c).url == c.url for c in sink.captures)
    again = read_files(file, relevance=relevance)
    assert (again.total("unchanged"), again.total("off_topic")) == (1, 1)


def warc(*records: tuple[str, bytes], date: str = "2025-05-05T05:05:05Z") -> bytes:
    """A WARC file as other programs write it: (address, HTTP answer) a record, each a gzip member."""
    members = []
    for url, answer in records:
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(members)


def answer(title: str, *, headers: str = "", body: bytes | None = None) -> bytes:
    """A page as a server sends it."""
    told = "Norvane counted the boats of the port on Monday, and then once more to be sure of it. " * 2
    page = PAGE.format(title).replace("</p>", f"{told}</p>").encode() if body is None else body
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + page


@pytest.mark.parametrize("date", ["../../outside/x", "the fifth of May", "0001-01-01T00:00:00+14:00", ""])
def test_a_date_that_is_none_names_no_file_and_dates_no_page(
    date: str, read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(warc(("https://q.example/a", answer("Boats")), date=date))
    assert read_files(tmp_path / "in").total("new") == 1
    (document,) = sink.documents.values()
    assert document.first_seen == NOW
    written = [file for file in tmp_path.rglob("*.warc.gz") if file.parent.name != "in"]
    assert [file.parent for file in written] == [tmp_path / "archive" / NOW[:10]]
    assert not (tmp_path.parent / "outside").exists()


def test_a_date_of_another_zone_is_told_in_utc(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    page = warc(("https://q.example/a", answer("Boats")), date="2025-05-05T05:05:05.25+02:00")
    (tmp_path / "a.warc.gz").write_bytes(page)
    read_files(tmp_path / "a.warc.gz")
    assert [c.fetched_at for c in sink.captures] == ["2025-05-05T03:05:05Z"]


def test_a_record_whose_body_is_not_what_it_says_costs_itself(
    read_files: Callable[..., CollectReport], tmp_path: Path
) -> None:
    broken = answer("Broken", headers="Content-Encoding: gzip\r\n", body=b"this is not gzip")
    file = tmp_path / "a.warc.gz"
    file.write_bytes(warc(("https://q.example/a", broken), ("https://q.example/b", answer("Boats"))))
    report = read_files(file)
    assert (report.total("new"), report.total("failed")) == (1, 1)
    assert report.lost[0].startswith("files: https://q.example/a: its body is not what its head says")


def test_a_file_that_breaks_off_is_told(read_files: Callable[..., CollectReport], tmp_path: Path) -> None:
    whole = warc(("https://q.example/a", answer("Boats"))), warc(("https://q.example/b", answer("Eels")))
    file = tmp_path / "a.warc.gz"
    file.write_bytes(whole[0] + whole[1][:-40])
    report = read_files(file)
    assert report.total("new") == 1
    assert any("breaks off within the record of https://q.example/b" in line for line in report.lost)


def test_the_archive_read_again_gives_every_page_back_to_its_source(
    crawl: Any, sink: MemorySink, tmp_path: Path, clock: Callable[[], str]
) -> None:
    crawl.page("/robots.txt", "", status=404)
    crawl.page("/feed.xml", feed("/a", "/b"), kind="application/rss+xml")
    crawl.page("/a", article("Boats"))
    crawl.page("/b", article("Eels"))
    crawl()
    page = tmp_path / "2025-03-04-port.txt"
    page.write_text("The port\n\nNorvane counted the boats.\n")
    again = Job(source=FILES, paths=(page,))
    collect([again], sink, archive=crawl.archive, clock=clock)
    first, written = dict(sink.documents), sorted(crawl.archive.rglob("*.warc.gz"))
    sizes = [file.stat().st_size for file in written]
    assert {d.source_id for d in first.values()} == {"quay", "files"}

    fresh = type(sink)()
    quay = Source(id="quay", name="Quay Press", kind="feed", url="https://quaypress.example/feed.xml", language="en")
    rebuild = Job(source=FILES, paths=(crawl.archive,))
    report = collect([rebuild], fresh, archive=crawl.archive, clock=clock, sources=[quay])
    assert (report.total("seen"), report.total("new")) == (3, 3)  # the feed is a list and no page
    plain = {key: replace(d, capture_id="", outlet="") for key, d in first.items()}
    assert {key: replace(d, capture_id="", outlet="") for key, d in fresh.documents.items()} == plain
    assert [file.stat().st_size for file in sorted(crawl.archive.rglob("*.warc.gz"))] == sizes
    assert all(read_record(crawl.archive, capture).body for capture in fresh.captures)


def test_another_archive_is_not_believed_what_it_notes(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    with Archive(tmp_path / "foreign") as archive:
        place = archive.write(
            "https://q.example/a", answer("Boats").partition(b"\r\n\r\n")[2], fetched_at=NOW, status=200,
            headers=[("Content-Type", "text/html")], note=Note(source="quay").written(),
        )  # fmt: skip
    quay = Source(id="quay", name="Quay Press", kind="feed", url="")
    assert read_files(tmp_path / "foreign" / place.file, sources=[quay]).total("new") == 1
    assert {d.source_id for d in sink.documents.values()} == {"files"}


def test_files_that_date_themselves_before_the_day_asked_for_are_left_out_until_they_are_wanted(
    read_files: Callable[..., CollectReport], sink: MemorySink, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2025-03-04-old.txt").write_text("The port\n\nNorvane counted the boats.\n")
    (tmp_path / "in" / "2025-05-06-new.txt").write_text("The quay\n\nNorvane counted the boats.\n")
    (tmp_path / "in" / "undated.txt").write_text("The pier\n\nNorvane counted the boats.\n")
    page = answer("Boats").replace(b"<body>", b"<body><time datetime='2025-01-02'>2 January 2025</time>")
    (tmp_path / "in" / "a.warc.gz").write_bytes(warc(("https://q.example/a", page)))
    report = read_files(tmp_path / "in", since="2025-04-01")
    assert (report.total("seen"), report.total("older"), report.total("new")) == (2, 2, 2)
    assert {d.title for d in sink.documents.values()} == {"The quay", "The pier"}
    assert read_files(tmp_path / "in").total("new") == 2
    assert all(read_record(tmp_path / "archive", capture).body for capture in sink.captures)
