"""Files and folders as a source: HTML, text, PDF, and WARC archives, read without a network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from distillwatch.crawlers.archive import Record, read_warc
from distillwatch.crawlers.context import Collecting
from distillwatch.crawlers.items import Fetched
from distillwatch.crawlers.parse import LARGEST, PARSER
from distillwatch.crawlers.pipelines.parsing import read_document
from distillwatch.crawlers.pipelines.refusals import RefusalsPipeline
from distillwatch.crawlers.pipelines.relevance import leave_out
from distillwatch.crawlers.pipelines.storing import keep
from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.records import Capture, Source

_HTML = (".html", ".htm", ".xhtml")
_TEXT = (".txt", ".text", ".md", ".markdown", ".srt", ".vtt")
_PDF = (".pdf",)
_WARC = (".warc", ".warc.gz")
_RECORDS = ("html", "text/plain", "application/pdf")  # the content types of a WARC's pages
_OPAQUE = re.compile(rb"content-encoding:\s*(?!identity)\w|application/pdf")  # words are not to be seen in the bytes
READ = (*_HTML, *_TEXT, *_PDF, *_WARC)


def collect_files(source: Source, paths: Sequence[Path], run: Collecting) -> None:
    """Read every file under `paths` into the store, each once: a file whose bytes are known is not read again.

    Raises InputMissing for a path that is not there; a file that cannot be read is counted with its reason.
    """
    ledger = run.ledger(source.id)
    for path, name in files_under(paths):
        if str(path).lower().endswith(_WARC):
            _read_archive(source, path, run)
        else:
            ledger.seen += 1
            _read_file(source, path, name, run)


def files_under(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """(file, its name) for each readable file: of a folder all below it in order, named from the folder on.

    The name identifies the file from run to run. Where two files of one call would share a name, the later one is named
    with its folders.
    """
    named: dict[str, Path] = {}
    for path, name in _below(paths):
        if named.setdefault(name, path) != path:
            name = path.resolve().as_posix().lstrip("/")
        yield path, name


def _below(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(READ))
            if not found:
                raise InputMissing(f"{path}: the folder holds no {', '.join(READ)} file")
            yield from ((p, p.relative_to(path).as_posix()) for p in found)
        elif path.is_file():
            yield path, path.name
        else:
            raise InputMissing(f"{path}: there is no such file or folder")


def _read_file(source: Source, path: Path, name: str, run: Collecting) -> None:
    """One file. Its capture's etag holds the hash of its bytes and the parser's version."""
    url = f"file:{name}"
    kind = _content_type(path.name.lower())
    try:
        body = _bytes(path)
    except OSError as error:
        run.ledger(source.id).count("failed", url, str(error))
        run.issue(source.id, "failed", str(error), url)
        return
    sha256 = hashlib.sha256(body).hexdigest()
    etag = f"{sha256[:32]}-{PARSER}"
    last = run.sink.last_capture(url)
    if last is not None and last.etag == etag:
        run.ledger(source.id).count("unchanged")
        return
    item = Fetched(role="page", url=url, final_url=url, status=200, content_type=kind, body=body, etag=etag)
    item.capture = _captured(item, source, run, run.clock(), status=None, last=last)
    read_document(item, source, file=name, least=1)
    keep(run, item, source.id)


def _read_archive(source: Source, path: Path, run: Collecting) -> None:
    """Pages of a WARC file, each under the address that it was fetched from; only those on the topic are kept."""
    relevance, ledger = run.relevance, run.ledger(source.id)

    def wanted(raw: bytes) -> bool:
        head = raw[: raw.find(b"\r\n\r\n")].lower() if raw.startswith(b"HTTP/") else b""
        if head and not any(kind.encode() in head for kind in _RECORDS):
            return False
        if relevance is None or _OPAQUE.search(head) or relevance.may_keep(raw):
            return True
        ledger.seen += 1
        ledger.count("off_topic")
        return False

    try:
        for record in read_warc(path, wanted):
            if any(kind in record.content_type for kind in _RECORDS):
                _read_record(source, record, run, path.name)
    except OSError as error:
        run.ledger(source.id).list_failed("failed", str(path), f"the archive cannot be read: {error}")
        run.issue(source.id, "failed", str(error), str(path))


def _read_record(source: Source, record: Record, run: Collecting, file: str) -> None:
    ledger = run.ledger(source.id)
    ledger.seen += 1
    last = run.sink.last_capture(record.url)
    if last is not None and last.sha256 == hashlib.sha256(record.body).hexdigest():
        ledger.count("off_topic" if last.error == "off_topic" else "unchanged")
        return
    item = Fetched(
        role="page",
        url=record.url,
        final_url=record.url,
        status=record.status or 200,
        content_type=record.content_type,
        body=record.body,
    )
    item.capture = _captured(item, source, run, record.fetched_at or run.clock(), status=item.status, last=None)
    RefusalsPipeline().process_item(item)
    if not item.outcome:
        read_document(item, source, file=file)
    if run.relevance is not None:
        leave_out(item, run.relevance)
    keep(run, item, source.id)


def _captured(
    item: Fetched, source: Source, run: Collecting, fetched_at: str, *, status: int | None, last: Capture | None
) -> Capture:
    """The capture of an item; its bytes go into the archive unless they are there already."""
    sha256 = hashlib.sha256(item.body).hexdigest()
    if last is not None and last.sha256 == sha256 and last.warc_file:
        file, offset = last.warc_file, last.warc_offset
    else:
        place = run.archive.write(
            item.url, item.body, fetched_at=fetched_at, status=status, headers=[("Content-Type", item.content_type)]
        )
        file, offset = place.file, place.offset
    return Capture(
        id=hash_id("capture", item.url, status, item.etag or fetched_at, sha256),
        source_id=source.id,
        url=item.url,
        final_url=item.url,
        fetched_at=fetched_at,
        status=status,
        content_type=item.content_type,
        sha256=sha256,
        warc_file=file,
        warc_offset=offset,
        etag=item.etag,
    )


def _content_type(name: str) -> str:
    if name.endswith(_PDF):
        return "application/pdf"
    return "text/html" if name.endswith(_HTML) else "text/plain"


def _bytes(path: Path) -> bytes:
    """A file's bytes; raises OSError for one that is larger than any article."""
    size = path.stat().st_size
    if size > LARGEST:
        raise OSError(f"{path}: {size:,} bytes is more than the {LARGEST:,} that are read")
    return path.read_bytes()
