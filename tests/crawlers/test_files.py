"""Files, folders and WARC archives as a source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillwatch.crawlers.archive import Archive, read_record
from distillwatch.crawlers.report import CollectReport
from distillwatch.crawlers.run import Job, collect
from distillwatch.errors import InputMissing
from distillwatch.records import Source
from tests.crawlers.crawling import telling_of

MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here
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
