"""The archive keeps every byte, can be read by offset, and survives a kill at any byte."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from distillwatch.crawlers.archive import Archive, Place, read_record, read_warc
from distillwatch.crawlers.errors import ArchiveDamaged, ArchiveUnwritable
from distillwatch.records import Capture

BODIES = [b"<p>one</p>", "日本語 é".encode(), b"\x00\xff" * 5000, b""]
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "br"),
    ("X-Name", "caf\xe9"),
    ("Set-Cookie", "a=1"),
]
WHEN = "2026-11-22T02:15:00Z"


def write(root: Path, bodies: list[bytes] = BODIES) -> list[Place]:
    with Archive(root) as archive:
        return [
            archive.write(f"https://q.example/{n}", body, fetched_at=WHEN, status=200, headers=HEADERS)
            for n, body in enumerate(bodies)
        ]


def capture(place: Place) -> Capture:
    return Capture(
        id="c", source_id="s", url="u", final_url="u", fetched_at=WHEN,
        sha256=place.sha256, warc_file=place.file, warc_offset=place.offset,
    )  # fmt: skip


def test_records_come_back_by_offset_and_in_order(tmp_path: Path) -> None:
    places = write(tmp_path)
    assert [read_record(tmp_path, capture(p)).body for p in places] == BODIES
    records = list(read_warc(tmp_path / places[0].file))
    assert [r.body for r in records] == BODIES
    assert [(r.url, r.status, r.fetched_at) for r in records[:2]] == [
        ("https://q.example/0", 200, WHEN),
        ("https://q.example/1", 200, WHEN),
    ]
    assert {r.content_type for r in records} == {"text/html; charset=utf-8"}


def test_a_file_is_kept_as_a_resource(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        place = archive.write(
            "file:a.txt", b"hello", fetched_at=WHEN, status=None, headers=[("Content-Type", "text/plain")]
        )
    record = read_record(tmp_path, capture(place))
    assert (record.status, record.content_type, record.body) == (None, "text/plain", b"hello")


def test_another_reader_finds_the_files_valid(tmp_path: Path) -> None:
    places = write(tmp_path)
    with (tmp_path / places[0].file).open("rb") as stream:
        kinds = [record.record_type for record in ArchiveIterator(stream)]
    assert kinds == [WarcRecordType.response] * len(BODIES)


def test_two_runs_in_one_second_write_two_files(tmp_path: Path) -> None:
    assert write(tmp_path)[0].file != write(tmp_path)[0].file


def test_a_kill_at_any_byte_loses_at_most_the_last_record(tmp_path: Path) -> None:
    places = write(tmp_path / "whole")
    whole = (tmp_path / "whole" / places[0].file).read_bytes()
    for cut in range(0, len(whole) + 1, 97):
        root = tmp_path / str(cut)
        left = root / "2026-11-22" / "20261122T021500Z-0.warc.gz.open"
        left.parent.mkdir(parents=True)
        left.write_bytes(whole[:cut])
        Archive(root).close()
        kept = sum(
            1 for a, b in zip(places, [*places[1:], None], strict=True) if (b.offset if b else len(whole)) <= cut
        )
        closed = left.with_name("20261122T021500Z-0.warc.gz")
        assert [r.body for r in read_warc(closed)] == BODIES[:kept] if kept else not closed.exists()
        assert not left.exists()


def test_a_record_can_be_read_while_its_file_is_open(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        place = archive.write("https://q.example/", b"body", fetched_at=WHEN, status=200, headers=[])
        assert read_record(tmp_path, capture(place)).body == b"body"


def test_damage_is_named(tmp_path: Path) -> None:
    place = write(tmp_path)[1]
    file = tmp_path / place.file
    file.write_bytes(file.read_bytes()[: place.offset] + b"x" * 400)
    with pytest.raises(ArchiveDamaged, match=r"20261122.*at \d+"):
        read_record(tmp_path, capture(place))
    file.unlink()
    with pytest.raises(ArchiveDamaged, match="No such file"):
        read_record(tmp_path, capture(place))


def test_a_full_disk_leaves_the_archive_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tmp_path) as archive:
        first = archive.write("https://q.example/0", b"one", fetched_at=WHEN, status=200, headers=[])
        stream: BinaryIO = archive._writable(WHEN)

        class Full:
            """A disk that takes half of what it is given."""

            def write(self, data: bytes) -> int:
                stream.write(data[: len(data) // 2])
                raise OSError(28, "No space left on device")

            def __getattr__(self, name: str) -> object:
                return getattr(stream, name)

        monkeypatch.setattr(archive, "_stream", Full())
        with pytest.raises(ArchiveUnwritable, match=r"No space left.*make room"):
            archive.write("https://q.example/1", b"two" * 1000, fetched_at=WHEN, status=200, headers=[])
        monkeypatch.undo()
    assert [r.body for r in read_warc(tmp_path / first.file)] == [b"one"]
