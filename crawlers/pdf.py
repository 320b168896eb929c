"""PDF statements as blocks: paragraphs put together again, running heads left out, pages kept as headings."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from msgspec import Struct
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.layout_text import text_blocks
from distillwatch.crawlers.whitespace import readable, squeeze

SIGNATURE = b"%PDF-"
_MOST_PAGES = 300  # a longer file is a book or a dump
_EDGE = 2  # lines at the top and the bottom of a page that may be running heads
_SHORT_LINE = 0.75  # of the longest line: a shorter one that ends a sentence ends its paragraph
_END = re.compile(r"[.!?:…。\uff01\uff1f][\"'”’»」)\]]*$")
_ITEM = re.compile(r"^(?:[-*•●▪◦‣–]|\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)])\s+\S")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:\w{1,8}\s+)?\d{1,4}(?:\s*(?:/|\w{1,5})\s*\d{1,4})?\W*$")


class Pdf(Struct, frozen=True):
    """What a PDF holds: its blocks, a heading "Page N" before each page's first new paragraph, and its own metadata."""

    blocks: list[Block]
    title: str
    created: str  # ISO day, "" where the file gives none


def is_pdf(body: bytes) -> bool:
    """Whether the bytes are a PDF; a few bytes may stand before the signature (ISO 32000-1, annex H.3.4.1)."""
    return SIGNATURE in body[:1024]


def read_pdf(body: bytes, url: str) -> Pdf:
    """Read a PDF. Raises `Unreadable` for one that is damaged, locked, too long, or holds only pictures of text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it has mended
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted:
            raise Unreadable(url, "the PDF is locked by a password")
        if len(reader.pages) > _MOST_PAGES:
            raise Unreadable(url, f"{len(reader.pages)} pages are more than the {_MOST_PAGES} that are read")
        pages = [_lines(page.extract_text()) for page in reader.pages]
        about = reader.metadata
        title = squeeze(str(about.title or "")) if about is not None else ""
        made = about.creation_date if about is not None else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # pypdf meets a damaged file with any of these
        raise Unreadable(url, f"the PDF cannot be read ({type(error).__name__}: {error})") from error
    if not any(line for page in pages for line in page):
        raise Unreadable(url, "the PDF holds no text, only pictures; it would have to be put through OCR")
    text = "\n\n".join(_marked(_without_running_heads(pages)))
    return Pdf(text_blocks(text), title, made.date().isoformat() if made is not None else "")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in readable(text).split("\n")]


def _without_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages less page numbers and what stands, but for its figures, at the edge of half of the pages or more."""
    said = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(
        key for page in said for key in {_DIGITS.sub("#", line) for line in (*page[:_EDGE], *page[-_EDGE:])}
    )
    running = {key for key, count in edges.items() if count >= max(2, len(pages) / 2)}

    def runs(line: str) -> bool:
        return _DIGITS.sub("#", line) in running or _PAGE_NUMBER.match(line) is not None

    kept = []
    for page in pages:
        first = next((n for n, line in enumerate(page) if line.strip() and not runs(line)), len(page))
        last = next((n for n in range(len(page) - 1, first - 1, -1) if page[n].strip() and not runs(page[n])), first)
        kept.append(page[first : last + 1])
    return kept


def _marked(pages: Sequence[list[str]]) -> Iterator[str]:
    """The paragraphs, one that runs over a page's end in one piece, with a marked heading where a page begins."""
    open_part = ""
    marks: list[str] = []
    for number, page in enumerate(pages, start=1):
        parts = list(_paragraphs(page))
        if number > 1:
            marks.append(f"# Page {number}")
        for part in parts:
            if open_part and not _END.search(open_part) and part[0].islower():
                open_part = _joined(open_part, part)
                continue
            if open_part:
                yield open_part
            yield from marks
            marks.clear()
            open_part = part
    if open_part:
        yield open_part


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    widest = max((len(line) for line in lines), default=0)
    part, before = "", ""
    for line in lines:
        text = squeeze(line)
        ends = before and len(before) < _SHORT_LINE * widest and (_END.search(before) or text[:1].isupper())
        if part and (not text or ends or _ITEM.match(text)):
            yield part
            part = ""
        if text:
            part = _joined(part, text)
        before = text
    if part:
        yield part


def _joined(part: str, line: str) -> str:
    """Two lines as one; a word that was parted by a hyphen at the line's end is whole again."""
    if not part:
        return line
    if part.endswith(("\u00ad", "-")) and len(part) > 1 and part[-2].isalpha() and line[0].islower():
        return part[:-1] + line
    wide = ord(part[-1]) >= 0x3040 and ord(line[0]) >= 0x3040
    return f"{part}{line}" if wide else f"{part} {line}"
