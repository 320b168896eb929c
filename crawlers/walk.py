"""The visible text of a tree as blocks in reading order, each with the element that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.dom import BLOCKS, HEADINGS, SILENT, Element, is_hidden
from distillwatch.crawlers.tables import is_data_table, table_rows
from distillwatch.crawlers.whitespace import readable, squeeze
from distillwatch.records import SegmentKind

_BULLET = re.compile(r"^(?:[•●▪◦‣■·*–-]|\(?\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"[.!?…:;。\uff01\uff1f\uff1a\uff1b][\"'”’»」』)\]]*$")
_DEEPEST = 250  # nested elements: beyond any page that a person wrote, below Python's own limit


class Found(Struct, kw_only=True):
    """A block and where it stands; `linked` is the number of its characters that are link text."""

    block: Block
    element: Element
    linked: int = 0

    @property
    def link_share(self) -> float:
        """Which part of the text is link text, 0 to 1."""
        return self.linked / max(1, len(self.block.text))


def walk(root: Element, *, skip: Iterable[Element] = ()) -> list[Found]:
    """The blocks under `root`. Block elements and blank lines part them; inline elements neither glue nor split."""
    collector = _Collector(frozenset(skip))
    collector.visit(root, "paragraph", 0, False)
    collector.flush(root, "paragraph")
    return collector.found


def inline_text(element: Element) -> str:
    """All visible text of an element on one line; its blocks are parted by a space."""
    return " ".join(item.block.text for item in walk(element) if item.block.text)


class _Collector:
    """Gathers inline text until a block border is met. `_linked` counts link characters since the last border."""

    def __init__(self, skip: frozenset[Element]) -> None:
        self.found: list[Found] = []
        self._skip = skip
        self._buffer: list[str] = []
        self._linked = 0

    def visit(self, element: Element, kind: SegmentKind, depth: int, in_link: bool) -> None:
        self._add(element.text, in_link)
        for child in element:
            self._child(child, element, kind, depth, in_link)
            self._add(child.tail, in_link)

    def flush(self, element: Element, kind: SegmentKind) -> None:
        raw = "".join(self._buffer)
        linked, self._linked = self._linked, 0
        self._buffer.clear()
        for text, piece_kind in _pieces(raw, kind):
            self.found.append(
                Found(block=Block(kind=piece_kind, text=text), element=element, linked=min(linked, len(text)))
            )

    def _add(self, text: str | None, in_link: bool) -> None:
        if text:
            self._buffer.append(readable(text))
            self._linked += len(text) if in_link else 0

    def _child(self, child: Element, parent: Element, kind: SegmentKind, depth: int, in_link: bool) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in SILENT or child in self._skip or depth > _DEEPEST or is_hidden(child):
            if tag in BLOCKS or tag in ("nav", "script"):
                self.flush(parent, kind)
        elif tag == "br":
            self._buffer.append("\v")
        elif tag == "img":
            self._add(_emoji(child), in_link)
        elif tag == "table" and is_data_table(child):
            self.flush(parent, kind)
            self._table(child, depth)
        elif tag == "pre":
            self.flush(parent, kind)
            self._preformatted(child)
        elif tag == "q":
            self._buffer.append("“")
            self.visit(child, kind, depth + 1, in_link)
            self._buffer.append("”")
        elif tag == "sup" and _is_note_mark(child):
            return
        elif tag in BLOCKS:
            self.flush(parent, kind)
            inner = _kind_of(tag, kind)
            self.visit(child, inner, depth + 1, in_link)
            self.flush(child, inner)
        else:
            self.visit(child, kind, depth + 1, in_link or tag == "a")

    def _table(self, table: Element, depth: int) -> None:
        lead: int | None = None
        for caption in table.findall("caption"):
            self.visit(caption, "caption", depth + 1, False)
            self.flush(table, "caption")
            lead = len(self.found) - 1
        for block in table_rows(table, inline_text, parent=lead):
            self.found.append(Found(block=block, element=table))

    def _preformatted(self, element: Element) -> None:
        text = readable("".join(element.itertext())).strip("\n").rstrip()
        if text.strip():
            self.found.append(Found(block=Block(kind="code", text=text), element=element))


def _kind_of(tag: str, outer: SegmentKind) -> SegmentKind:
    if tag in HEADINGS:
        return "heading"
    if tag == "blockquote":
        return "quote"
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag in ("li", "dd", "dt"):
        return "quote" if outer == "quote" else "list_item"
    return outer


def _pieces(raw: str, kind: SegmentKind) -> list[tuple[str, SegmentKind]]:
    """The parts of one block that line breaks set apart: a blank line, a bullet, or a break after a whole sentence.

    One break inside a sentence (an address, a wrapped line) is a space.
    """
    pieces: list[tuple[str, SegmentKind]] = []
    blank = True
    for line in raw.split("\v"):
        text = squeeze(line)
        if not text:
            blank = True
            continue
        bullet = _BULLET.match(text) if len(raw) > len(line) else None
        if bullet and kind in ("paragraph", "list_item"):
            pieces.append((text[bullet.end() :], "list_item"))
        elif blank or not pieces or _SENTENCE_END.search(pieces[-1][0]):
            pieces.append((text, kind))
        else:
            pieces[-1] = (f"{pieces[-1][0]} {text}", pieces[-1][1])
        blank = False
    return pieces


def _emoji(image: Element) -> str:
    """The alternative text of a picture that stands for one character."""
    alt = image.get("alt") or ""
    return alt if 0 < len(alt) <= 4 and not alt.isascii() else ""


def _is_note_mark(sup: Element) -> bool:
    """A superscript that links to a note: a reader sees a mark, not a part of the word before it."""
    links = sup.findall(".//a")
    return bool(links) and all((a.get("href") or "").startswith("#") for a in links)
