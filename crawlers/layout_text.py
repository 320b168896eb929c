"""Plain text as blocks: titles, headings, lists, tables and quotes, read from the way the lines are laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from distillwatch.crawlers.blocks import Block, row, without
from distillwatch.crawlers.boilerplate import is_site_line, is_tail_heading
from distillwatch.crawlers.bylines import is_byline
from distillwatch.crawlers.calendar_words import printed_dates
from distillwatch.crawlers.quotes import attributed, unmarked, with_speakers
from distillwatch.crawlers.whitespace import readable, squeeze

_BULLET = re.compile(r"^(?:[-*+•●▪◦‣–]\s+)+(?:[•●▪◦‣]\s*)?(?=\S)")
_NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\S)")
_MARKED_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_HASH_END = re.compile(r"\s+#+$")
_PIPE_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_FENCE = re.compile(r"^(?:```|~~~)")
_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»」)\]]*$")
_SENTENCE_COMMA = re.compile(r"[,;。\uff0c\uff1b]$")
_TITLE_LIMIT = 200
_HEADING_LIMIT = 90
_TAIL_SHARE = 0.4  # a heading such as "Related" ends the text only where at most this part of it follows


class Line(Struct, frozen=True):
    """One line that says something: `alone` when blank lines (or the file's ends) stand on both sides."""

    text: str
    raw: str
    alone: bool


def text_blocks(text: str) -> list[Block]:
    """The blocks of a plain text or markdown file, what surrounds an article left out."""
    lines = _lines(text)
    spaced = sum(line.alone for line in lines) > len(lines) / 2
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        used = _fenced(lines, index, blocks) or _table(lines, index, blocks)
        if not used:
            used = 1
            following = lines[index + 1] if index + 1 < len(lines) else None
            blocks.append(_block(lines[index], following, first=not blocks, spaced=spaced, before=blocks))
        index += used
    said = without(blocks, {n for n, block in enumerate(blocks) if is_site_line(block.text)})
    return _without_tail(_leads(with_speakers(said)))


def title_of(blocks: Sequence[Block]) -> str:
    """The headline, else the first sentence of the text."""
    headline = next((b.text for b in blocks if b.kind == "headline"), "")
    if headline or not blocks:
        return headline
    first = next((b.text for b in blocks if b.kind in ("paragraph", "comment", "list_item", "quote")), blocks[0].text)
    return re.split(r"(?<=[.!?])\s|(?<=[。\uff01\uff1f])", first, maxsplit=1)[0][:_TITLE_LIMIT]


def _lines(text: str) -> list[Line]:
    raw = [line.rstrip() for line in readable(text).split("\n")]
    said = [(n, line) for n, line in enumerate(raw) if line.strip()]
    blank = {n for n, line in enumerate(raw) if not line.strip()} | {-1, len(raw)}
    return [Line(squeeze(line), line, n - 1 in blank and n + 1 in blank) for n, line in said]


def _block(line: Line, following: Line | None, *, first: bool, spaced: bool, before: Sequence[Block]) -> Block:
    text = line.text
    if first and _is_title(text):
        return Block(kind="headline", text=_bare_heading(text))
    if _MARKED_HEADING.match(text) or (_HASH_END.search(text) and not _END.search(text)):
        return Block(kind="heading", text=_bare_heading(text))
    quoted, marked = unmarked(text)
    if marked:
        return Block(kind="quote", text=quoted)
    if attributed(text):
        return Block(kind="paragraph", text=text)
    bullet = _BULLET.match(text)
    if bullet:
        return Block(kind="list_item", text=text[bullet.end() :])
    number = _NUMBER.match(text)
    if number and not text.endswith(":"):
        return Block(kind="list_item", text=text[number.end() :])
    if following is not None and text.endswith(":") and "|" in following.text and len(text) <= _HEADING_LIMIT:
        return Block(kind="caption", text=text)
    if len(before) <= 4 and (is_byline(text) or _is_dateline(text)):
        return Block(kind="byline", text=text)
    if _is_heading(line, following, spaced=spaced):
        return Block(kind="heading", text=text)
    return Block(kind="paragraph", text=text)


def _is_title(text: str) -> bool:
    return (
        len(text) <= _TITLE_LIMIT
        and not re.search(r"[.。…]$|[,;:\uff0c\uff1b\uff1a]$", text)
        and not _BULLET.match(text)
        and "|" not in text.strip("|")[:1]
    )


def _is_dateline(text: str) -> bool:
    """A line near the top that is a label with a month or day ("Site name April 2026"), and no sentence."""
    return len(text) <= 100 and not _END.search(text) and next(printed_dates(text), None) is not None


def _is_heading(line: Line, following: Line | None, *, spaced: bool) -> bool:
    """A short line without an end mark, where text follows; in a file with blank lines only when it stands alone."""
    text = line.text
    if len(text) > _HEADING_LIMIT or (_END.search(text) and not text.endswith("?")) or _SENTENCE_COMMA.search(text):
        return False
    if following is None or not any(c.isalpha() for c in text) or len(text.split()) > 12:
        return False
    if text.endswith((":", "\uff1a")):
        return True
    return line.alone if spaced else text[0].isupper() or not text[0].isascii()


def _bare_heading(text: str) -> str:
    return _HASH_END.sub("", _MARKED_HEADING.sub("", text))


def _fenced(lines: list[Line], index: int, blocks: list[Block]) -> int:
    """Number of lines of a fenced code block that opens here, 0 for none; the block is added."""
    if not _FENCE.match(lines[index].text):
        return 0
    end = next((n for n in range(index + 1, len(lines)) if _FENCE.match(lines[n].text)), None)
    if end is None:
        return 0
    blocks.append(Block(kind="code", text="\n".join(line.raw for line in lines[index + 1 : end]).strip("\n")))
    return end - index + 1


def _table(lines: list[Line], index: int, blocks: list[Block]) -> int:
    """Number of lines of a pipe or tab table that opens here, 0 for none; its rows are added under their caption."""
    mark = "|" if lines[index].text.count("|") >= 2 else "\t"
    end = index
    while end < len(lines) and _cells(lines[end], mark):
        end += 1
    if end - index < 2:
        return 0
    rows = [_cells(line, mark) for line in lines[index:end]]
    ruled = _PIPE_RULE.match(lines[index + 1].text) is not None
    parent = len(blocks) - 1 if blocks and blocks[-1].kind == "caption" else None
    head = rows[0] if ruled or mark == "\t" else []
    for number, cells in enumerate(rows):
        if not _PIPE_RULE.match(lines[index + number].text):
            blocks.append(row(cells, head=head if number else [], parent=parent))
    return end - index


def _cells(line: Line, mark: str) -> list[str]:
    """The cells of a table line, none when it is no such line."""
    source = line.text.strip().strip("|") if mark == "|" else line.raw.strip("\n")
    cells = [squeeze(cell) for cell in source.split(mark)]
    return cells if len(cells) >= 2 and any(cells) else []


def _leads(blocks: list[Block]) -> list[Block]:
    """List items after a line that ends with a colon belong to that line."""
    lead: int | None = None
    result = []
    for index, block in enumerate(blocks):
        if block.kind == "list_item":
            result.append(Block(kind="list_item", text=block.text, parent=lead))
            continue
        result.append(block)
        lead = index if block.text.endswith((":", "\uff1a")) else None
    return result


def _without_tail(blocks: list[Block]) -> list[Block]:
    """The blocks before the first heading that opens what is not the article, if little follows it."""
    whole = sum(len(b.text) for b in blocks)
    left = whole
    for index, block in enumerate(blocks):
        if (
            index
            and block.kind in ("heading", "paragraph", "caption")
            and left <= _TAIL_SHARE * whole
            and is_tail_heading(block.text)
        ):
            return blocks[:index]
        left -= len(block.text)
    return blocks
