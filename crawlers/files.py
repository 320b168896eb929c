"""Files and folders as a source: HTML, text, PDF, and WARC archives, read without a network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from distillwatch.crawlers.archive import Place, Record, read_warc
from distillwatch.crawlers.context import Collecting
from distillwatch.crawlers.items import LARGEST, Fetched, Note, read_note
from distillwatch.crawlers.parse import PARSER
from distillwatch.crawlers.pipelines.parsing import read_document
from distillwatch.crawlers.pipelines.refusals import RefusalsPipeline
from distillwatch.crawlers.pipelines.relevance import leave_out
from distillwatch.crawlers.pipelines.storing import keep
from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.records import Capture, Document, Source

_HTML = (".html", ".htm", ".xhtml")
_TEXT = (".txt", ".text", ".md", ".markdown", ".srt", ".vtt")
_PDF = (".pdf",)
_WARC = (".warc", ".warc.gz")
_RECORDS = ("html", "text/plain", "application/pdf")  # the content types of a WARC's pages
_OPAQUE = re.compile(rb"content-encoding:\s*(?!identity)\w|application/pdf")  # words are not to be seen in the bytes
_FILE = "file:"  # what the address of a file begins with
_IN_COMMON = 5  # one line in so many is shared by two states of one page, however much it was edited
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
    with its folders; see `_read_bytes` for two of different calls.
    """
    named: dict[str, Path] = {}
    for path, name in _below(paths):
        if named.setdefault(name, path) != path:
            name = _with_folders(path)
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
    """One file."""
    url = f"{_FILE}{name}"
    try:
        body = _bytes(path)
    except OSError as error:
        run.ledger(source.id).count("failed", url, str(error))
        run.issue(source.id, "failed", str(error), url)
        return
    _read_bytes(source, name, body, run, path=path)


def _read_bytes(
    source: Source,
    name: str,
    body: bytes,
    run: Collecting,
    *,
    path: Path | None = None,
    fetched_at: str = "",
    place: Place | None = None,
) -> None:
    """A file's bytes, read now or at an earlier time. Its capture's etag holds their hash and the parser's version.

    Where another page was read under the name (every second page that is saved is an `index.html`), the file at `path`
    is named with its folders: it is no revision of that page.
    """
    url, kind = f"{_FILE}{name}", _content_type(name.lower())
    sha256 = hashlib.sha256(body).hexdigest()
    etag = f"{sha256[:32]}-{PARSER}"
    last = run.sink.last_capture(url)
    if last is not None and last.etag == etag:
        run.ledger(source.id).count("unchanged")
        return
    item = Fetched(role="page", url=url, final_url=url, status=200, content_type=kind, body=body, etag=etag)
    if place is None and last is not None and last.sha256 == sha256 and last.warc_offset is not None:
        place = Place(last.warc_file, last.warc_offset, sha256)
    item.capture = _capture(item, source, fetched_at or run.clock(), status=None)
    read_document(item, source, file=name, least=1)
    if path is not None and name != _with_folders(path) and item.document is not None and last is not None:
        stands = run.sink.standing(item.document.url)
        if stands is not None and stands.file == name and _is_another(stands, item.document):
            _read_bytes(source, _with_folders(path), body, run, path=path)
            return
    _keep(source, item, run, place)


def _with_folders(path: Path) -> str:
    return path.resolve().as_posix().lstrip("/")


def _is_another(before: Document, now: Document) -> bool:
    """Whether two pages have neither their title nor a fifth of the shorter one's lines in common."""
    lines, others = (set(document.text.split("\n")) - {document.title} for document in (before, now))
    return before.title != now.title and _IN_COMMON * len(lines & others) < max(1, min(len(lines), len(others)))


def _read_archive(source: Source, path: Path, run: Collecting) -> None:
    """Pages of a WARC file, each under the address that it was fetched from; only those on the topic are kept.

    A file of this home's own archive is not archived again, and what it notes with each page is believed: the source
    that it was fetched for, what the source's list said of it, and that a list is no page.
    """
    own, relevance, ledger = _own(path, run), run.relevance, run.ledger(source.id)

    def wanted(raw: bytes) -> bool:
        if own is not None:
            return True
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
            if own is not None:
                _read_own(source, record, run, own)
            elif record.error or any(kind in record.content_type for kind in _RECORDS):
                _read_record(source, record, run, path.name)
    except OSError as error:
        run.ledger(source.id).list_failed("failed", str(path), f"the archive cannot be read: {error}")
        run.issue(source.id, "failed", str(error), str(path))


def _own(path: Path, run: Collecting) -> str | None:
    """The name of a file within this home's own archive, None for any other file."""
    root, file = run.archive.root.resolve(), path.resolve()
    return str(file.relative_to(root)) if file.is_relative_to(root) else None


def _read_own(source: Source, record: Record, run: Collecting, warc: str) -> None:
    """A record that this project wrote, read as it was when it was fetched."""
    note = read_note(record.note)
    if note is not None and note.role == "list":
        return
    place = Place(warc, record.offset, hashlib.sha256(record.body).hexdigest())
    if record.url.startswith(_FILE) and record.status is None:
        name = record.url.removeprefix(_FILE)
        run.ledger(source.id).seen += 1
        _read_bytes(source, name, record.body, run, fetched_at=record.fetched_at, place=place)
        return
    known = run.sources.get(note.source) if note is not None else None
    _read_record(source, record, run, "" if known else Path(warc).name, place=place, of=known, note=note)


def _read_record(
    source: Source,
    record: Record,
    run: Collecting,
    file: str,
    *,
    place: Place | None = None,
    of: Source | None = None,
    note: Note | None = None,
) -> None:
    """One page. It is counted for `source` and belongs to the source `of`, if that is known; `place` is where it is
    archived already.
    """
    ledger = run.ledger(source.id)
    ledger.seen += 1
    if record.error:
        ledger.count("failed", record.url, record.error)
        run.issue(source.id, "failed", record.error, record.url)
        return
    url = (note.asked if note is not None else "") or record.url
    last = run.sink.last_capture(url)
    if last is not None and last.sha256 == hashlib.sha256(record.body).hexdigest():
        ledger.count("off_topic" if last.error == "off_topic" else "unchanged")
        return
    item = Fetched(
        role="page",
        url=url,
        final_url=record.url,
        status=record.status or 200,
        content_type=record.content_type,
        body=record.body,
        hint=note.hint if note is not None else None,
    )
    item.capture = _capture(item, of or source, record.fetched_at or run.clock(), status=item.status)
    RefusalsPipeline().process_item(item)
    if not item.outcome:
        read_document(item, of or source, file=file)
    if run.relevance is not None and (of is None or of.options.get("keep") != "all"):
        leave_out(item, run.relevance)
    _keep(source, item, run, place)


def _keep(source: Source, item: Fetched, run: Collecting, place: Place | None) -> None:
    """Store one item and count it; its bytes go into the archive unless they are there already, at `place`.

    A page that was published before the day that was asked for is left alone, as if it had not been there.
    """
    assert item.capture is not None, "it was described before it was read"
    day = item.document.published_day if item.document is not None else ""
    if run.since and day and day < run.since:
        ledger = run.ledger(source.id)
        ledger.seen, ledger.older = ledger.seen - 1, ledger.older + 1
        return
    if place is None:
        capture, headers = item.capture, [("Content-Type", item.content_type)]
        place = run.archive.write(
            item.final_url, item.body, fetched_at=capture.fetched_at, status=capture.status, headers=headers
        )
    item.capture = msgspec.structs.replace(item.capture, warc_file=place.file, warc_offset=place.offset)
    keep(run, item, source.id)


def _capture(item: Fetched, source: Source, fetched_at: str, *, status: int | None) -> Capture:
    """The capture of an item that has no place in the archive yet."""
    sha256 = hashlib.sha256(item.body).hexdigest()
    return Capture(
        id=hash_id("capture", item.url, status, item.etag or fetched_at, sha256),
        source_id=source.id,
        url=item.url,
        final_url=item.final_url,
        fetched_at=fetched_at,
        status=status,
        content_type=item.content_type,
        sha256=sha256,
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
