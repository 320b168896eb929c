"""One response → one Document: the only way in for pages and files, pure and tested from files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import msgspec

from distillwatch.crawlers.address import canonical, own_address
from distillwatch.crawlers.bills import Bill, bill_blocks, bill_in_json, bill_in_xml
from distillwatch.crawlers.blocks import assemble
from distillwatch.crawlers.decode import decode
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.html_page import Page, read_html
from distillwatch.crawlers.items import LARGEST
from distillwatch.crawlers.kinds import Marks, kind_of
from distillwatch.crawlers.language import language_of
from distillwatch.crawlers.layout_text import text_blocks, title_of
from distillwatch.crawlers.pdf import is_pdf, read_pdf
from distillwatch.crawlers.published import Published, in_name, iso, visible
from distillwatch.crawlers.talk import spoken
from distillwatch.crawlers.thread_json import read_thread, thread_json_blocks
from distillwatch.crawlers.thread_text import is_thread_text, thread_text_blocks
from distillwatch.crawlers.transcripts import is_transcript, transcript_blocks
from distillwatch.crawlers.whitespace import squeeze
from distillwatch.ids import hash_id
from distillwatch.records import Document, Source

PARSER = "6"  # raise it when the same bytes give another document: files are then read again
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|table)\b", re.I)
_MARKUP_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")
_TEXT_TYPES = ("text/plain", "text/markdown", "text/x-markdown", "application/octet-stream", "application/x-subrip", "")
_PDF_TYPES = ("application/pdf", "application/x-pdf")
_JSON_TYPES = ("application/json", "text/json", "application/activity+json")
_TEXT_NAMES = (".md", ".txt", ".srt", ".vtt")
_HEAD_LINES = 8  # the lines of a text file that may hold its date
_HEAD_LINE = 160  # characters of such a line in a PDF, where a heading is a paragraph like any other


def parse(
    body: bytes,
    *,
    url: str,
    content_type: str,
    source: Source,
    fetched_at: str,
    capture_id: str = "",
    file: str = "",
    hint: FeedHint | None = None,
) -> Document:
    """Read a page or a text file. Offsets are code points into `Document.text`.

    The text holds the article as a reader sees it, or the comments of a discussion. Raises `Unreadable`, naming the
    address and the reason, when there is no text to be had.
    """
    if not body.strip():
        raise Unreadable(url, "the response is empty")
    if len(body) > LARGEST:
        raise Unreadable(url, f"{len(body):,} bytes is more than the {LARGEST:,} that are read")
    media = content_type.partition(";")[0].strip().lower()
    if media in _PDF_TYPES or is_pdf(body):
        return _document(_read_pdf(body, url, hint), url, source, fetched_at, capture_id, file, hint)
    if media and not media.startswith("text/") and media not in (*_MARKUP_TYPES, *_TEXT_TYPES, *_JSON_TYPES):
        raise Unreadable(url, f"{media} is not a text format that is read")
    if b"\x00\x00\x00" in body[:1000] and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(url, "the bytes are not text")
    if media in _JSON_TYPES:
        return _document(_read_json(body, url, hint), url, source, fetched_at, capture_id, file, hint)
    text = decode(body, content_type)
    bill = bill_in_xml(text) if media in ("application/xml", "text/xml") else None
    if bill is not None:
        return _document(_bill_page(bill), url, source, fetched_at, capture_id, file, hint)
    if media in _MARKUP_TYPES or (
        media not in _MARKUP_TYPES and _HTML.search(text[:3000]) and not url.endswith(_TEXT_NAMES)
    ):
        page = read_html(text, url=url, source=source, hint=hint)
    else:
        page = _read_text(text, source=source, name=file or url)
    return _document(page, url, source, fetched_at, capture_id, file, hint)


def _document(
    page: Page, url: str, source: Source, fetched_at: str, capture_id: str, file: str, hint: FeedHint | None
) -> Document:
    joined, segments = assemble(page.blocks)
    if not joined.strip():
        raise Unreadable(url, "no text of an article was found")
    address = canonical(hint.page) if hint is not None and hint.page else own_address(url, page.addresses)
    return Document(
        id=hash_id("document", address),
        source_id=source.id,
        url=address,
        kind=kind_of(page.blocks, page.marks, source.document_kind, decided=not _many_outlets(source)),
        language=language_of(
            (b.text for b in page.blocks if b.kind not in ("headline", "heading", "byline", "code", "table_row")),
            source.language,
        ),
        title=page.title or (hint.title if hint else "") or title_of(page.blocks),
        text=joined,
        segments=segments,
        outlet=page.outlet or (_host(address) if _many_outlets(source) else source.name),
        byline=page.byline or (hint.byline if hint else ""),
        published_at=page.published.value,
        published_precision=page.published.precision,
        published_from=page.published.found,
        modified_at=page.modified,
        first_seen=fetched_at,
        capture_id=capture_id,
        file=file,
        links=page.links,
    )


def _many_outlets(source: Source) -> bool:
    """Whether the pages of a source come from many outlets, so that its row says little about one of them."""
    return source.kind in ("files", "addresses") or source.tier == "aggregator"


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _bill_page(bill: Bill) -> Page:
    return Page(
        blocks=bill_blocks(bill),
        title=bill.title or bill.number,
        published=iso(bill.introduced),
        modified=bill.events[-1][0],
        marks=Marks(types=("Legislation",)),
    )


def _read_json(body: bytes, url: str, hint: FeedHint | None) -> Page:
    bill = bill_in_json(_decoded(body), hint.title if hint is not None else "")
    if bill is not None:
        return _bill_page(bill)
    thread = read_thread(body, url)
    started = iso(thread.started)
    return Page(
        blocks=thread_json_blocks(thread),
        title=squeeze(thread.title),
        byline="",
        published=Published(started.value, started.precision, "meta") if started.value else Published(),
        marks=Marks(is_thread=True),
        links=(thread.link,) if thread.link.startswith(("http://", "https://")) else (),
    )


def _decoded(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None


def _read_pdf(body: bytes, url: str, hint: FeedHint | None) -> Page:
    pdf = read_pdf(body, url)
    found = visible(b.text for b in pdf.blocks[:_HEAD_LINES] if len(b.text) <= _HEAD_LINE)
    stated = iso(hint.published) if hint is not None else Published()
    if not found.value and stated.value:
        found = Published(stated.value, stated.precision, "feed")
    if not found.value:
        found = in_name(PurePosixPath(urlsplit(url).path).name)
    if not found.value and pdf.created:
        found = Published(pdf.created, "day", "meta")
    shown = squeeze(" ".join(b.text for b in pdf.blocks[:_HEAD_LINES]))
    title = pdf.title if pdf.title and pdf.title.casefold() in shown.casefold() else title_of(pdf.blocks)
    return Page(blocks=pdf.blocks, title=title, published=found, marks=Marks(names=(PurePosixPath(url).name,)))


def _read_text(text: str, *, source: Source, name: str) -> Page:
    thread, timed = is_thread_text(text), is_transcript(text)
    read = transcript_blocks if timed else thread_text_blocks if thread else text_blocks
    blocks = read(text) if timed or thread else spoken(read(text))
    found = visible(b.text for b in blocks[:_HEAD_LINES] if b.kind in ("headline", "heading", "byline"))
    if not found.value:
        found = in_name(PurePosixPath(name).name)
    return Page(
        blocks=blocks,
        title=title_of(blocks),
        published=found,
        marks=Marks(types=("PodcastEpisode",) if timed else (), names=(PurePosixPath(name).name,), is_thread=thread),
    )
