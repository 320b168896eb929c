"""The archive: every response as it came, in gzipped WARC files (ISO 28500), one record and one gzip member a response.

A file that is being written ends in `.open`. A run that is killed leaves such a file behind; the next one cuts the torn
record at its end, if there is one, and closes it. So a closed file is whole, and opening the archive costs nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from msgspec import Struct
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from distillwatch.crawlers.errors import ArchiveDamaged, ArchiveUnwritable
from distillwatch.crawlers.items import LARGEST
from distillwatch.records import Capture

_OPEN = ".open"
_FULL = 1_000_000_000  # bytes: the size at which the WARC guidelines start a new file
_KINDS = WarcRecordType.response | WarcRecordType.resource
# Scrapy hands bodies over decoded and whole: what these headers say is no longer true of what is kept.
_UNTRUE = frozenset(("content-encoding", "transfer-encoding", "content-length"))


_NOTE = "X-Distillwatch"  # a header of our own, as ISO 28500 allows


class Place(Struct, frozen=True):
    """Where a record stands: a file in the archive, the offset of its gzip member, the SHA-256 of its payload."""

    file: str
    offset: int
    sha256: str


class Record(Struct, frozen=True, kw_only=True):
    """One archived response. `fetched_at` is "" where the file gives no time; `error` says why there is no body."""

    url: str
    fetched_at: str
    status: int | None
    content_type: str
    body: bytes
    offset: int = 0
    note: str = ""
    error: str = ""


class Archive:
    """Appends records to one file at a time. A context manager; only the run that holds the lock may open one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stream: BinaryIO | None = None
        self._path = root
        for left in sorted(root.glob(f"*/*{_OPEN}")):
            _close_torn(left)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(
        self,
        url: str,
        body: bytes,
        *,
        fetched_at: str,
        status: int | None,
        headers: Sequence[tuple[str, str]],
        note: str = "",
    ) -> Place:
        """Append a response (or, with status None, a file) and flush it. `note` is a line of ASCII to be kept with it.

        Raises ArchiveUnwritable when the disk refuses it; the archive is then as it was before.
        """
        stream = self._writable(fetched_at)
        start = stream.tell()
        packed = _packed(url, body, fetched_at, status, headers, note)
        try:
            stream.write(packed)
            stream.flush()
        except OSError as error:
            stream.truncate(start)
            raise ArchiveUnwritable(f"{self._path}: {error}; make room and run the same command again") from error
        return Place(str(self._path.relative_to(self.root)), start, hashlib.sha256(body).hexdigest())

    def close(self) -> None:
        """Put what was written safely on disk and close the file."""
        if self._stream is None:
            return
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._stream = None
        _opened(self._path).rename(self._path)

    def _writable(self, fetched_at: str) -> BinaryIO:
        if self._stream is not None and self._stream.tell() >= _FULL:
            self.close()
        if self._stream is None:
            self._path = _unused(self.root / fetched_at[:10], fetched_at)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = _opened(self._path).open("xb")
        return self._stream


def read_record(root: Path, capture: Capture) -> Record:
    """The archived response of a capture. Raises ArchiveDamaged, naming file and offset, when it is not as written."""
    if not capture.warc_file or capture.warc_offset is None:
        raise ArchiveDamaged(f"{capture.url}: the capture of {capture.fetched_at} has no archived response")
    path = root / capture.warc_file
    where = f"{path} at {capture.warc_offset}"
    path = path if path.exists() else _opened(path)
    try:
        with path.open("rb") as stream:
            stream.seek(capture.warc_offset)
            record = next(_records(stream), None)
    except OSError as error:
        raise ArchiveDamaged(f"{where}: {error}; restore the file from a backup") from error
    if record is None or (capture.sha256 and hashlib.sha256(record.body).hexdigest() != capture.sha256):
        raise ArchiveDamaged(f"{where}: the record is not the one that was written; restore the file from a backup")
    return record


def read_warc(path: Path, wanted: Callable[[bytes], bool] | None = None) -> Iterator[Record]:
    """The responses of any WARC file, gzipped or not, in order; other records are passed over.

    `wanted` is asked with the raw bytes of each record, head and body, before anything is parsed, and what it does not
    want is passed over, too. A record whose body is not what its head says carries the reason in `error`; raises
    OSError where the file itself is damaged or breaks off.
    """
    with path.open("rb") as stream:
        yield from _records(stream, wanted)


def _records(stream: BinaryIO, wanted: Callable[[bytes], bool] | None = None) -> Iterator[Record]:
    for record in ArchiveIterator(stream, record_types=_KINDS, parse_http=False):
        declared, raw = record.content_length, record.reader.read()
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if len(raw) < declared:
            raise OSError(f"it breaks off within the record of {url}")
        if wanted is not None and not wanted(raw):
            continue
        content, body, error = WarcRecord(), b"", ""  # by itself: what fails in it does not end the file
        content.set_bytes_content(raw)
        content.is_http = record.is_http
        try:
            if content.is_http:
                content.parse_http(auto_decode="all")
            body = content.reader.read(LARGEST + 1)
        except OSError as broken:
            error = f"its body is not what its head says: {broken}"
        http = content.http_headers
        yield Record(
            url=url,
            fetched_at=_moment(record.headers.get("WARC-Date") or ""),
            status=int(http.status_code) if http is not None and http.status_code else None,
            content_type=str((record.headers if http is None else http).get("Content-Type") or ""),
            body=body,
            offset=record.stream_pos,
            note=record.headers.get(_NOTE) or "",
            error=error,
        )


def _moment(date: str) -> str:
    """A record's date as ISO 8601 UTC to the second, "" for anything else: it names a file and is compared as text."""
    try:
        at = dt.datetime.fromisoformat(date)
        utc = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _packed(
    url: str, body: bytes, fetched_at: str, status: int | None, headers: Sequence[tuple[str, str]], note: str
) -> bytes:
    """One record as one gzip member. It is made in memory first, so that a failure cannot leave half of it behind."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    told = {"WARC-Date": fetched_at, "WARC-Payload-Digest": f"sha256:{hashlib.sha256(body).hexdigest()}"}
    told |= {_NOTE: note} if note else {}
    payload = BytesIO(body)
    if status is None:
        kind = next((value for name, value in headers if name.lower() == "content-type"), "application/octet-stream")
        record = writer.create_warc_record(url, "resource", payload, len(body), kind, warc_headers_dict=told)
    else:
        kept = [(name, value) for name, value in headers if name.lower() not in _UNTRUE]
        http = StatusAndHeaders(str(status), [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload, len(body), warc_headers_dict=told, http_headers=http
        )
    writer.write_record(record)
    return buffer.getvalue()


def _opened(path: Path) -> Path:
    return path.with_name(path.name + _OPEN)


def _unused(folder: Path, fetched_at: str) -> Path:
    stamp = fetched_at.replace("-", "").replace(":", "")
    number = 0
    while (path := folder / f"{stamp}-{number}.warc.gz").exists() or _opened(path).exists():
        number += 1
    return path


def _close_torn(path: Path) -> None:
    """Cut the half record that a kill left at the end of a file, and give the file its closed name."""
    end = _whole_until(path)
    with path.open("r+b") as stream:
        stream.truncate(end)
    final = path.with_name(path.name.removesuffix(_OPEN))
    if end:
        path.rename(final)
    else:
        path.unlink()


def _whole_until(path: Path) -> int:
    """The offset behind the last gzip member that decompresses to its end."""
    end = position = 0
    with path.open("rb") as stream:
        unpacker = zlib.decompressobj(wbits=31)
        while chunk := stream.read(1 << 20):
            while chunk:
                try:
                    unpacker.decompress(chunk)
                except zlib.error:
                    return end
                if not unpacker.eof:
                    position += len(chunk)
                    break
                position += len(chunk) - len(unpacker.unused_data)
                end, chunk = position, unpacker.unused_data
                unpacker = zlib.decompressobj(wbits=31)
    return end
