"""Discussions saved as plain text: "Comment by NAME", an age line, paragraphs, nested bullets, "> " quotes."""

from __future__ import annotations

import re

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.boilerplate import is_site_line
from distillwatch.crawlers.page_words import pattern
from distillwatch.crawlers.quotes import quoted_from, unmarked
from distillwatch.crawlers.whitespace import readable, squeeze

_AUTHOR = pattern(
    "thread", "commented", before="^(?:", after=r"\s+(?:by|von|par|de)|(?=u/))\s*(?P<name>[\w/@.-]{2,40})(?:\s.*)?$"
)
_AGE = pattern("thread", "age", before="^", after=r"\b.{0,40}$")
_BULLET = re.compile(r"^(?P<indent>[ \t]*)[•◦▪‣*-]\s+")
# How a reply opens that no mark sets apart from the comment before it. From there on nobody is named as the speaker.
_REPLY = pattern("thread", "reply", before="^")


def is_thread_text(text: str) -> bool:
    """Whether the first lines name a commenter and the age of the comment."""
    head = [squeeze(line) for line in readable(text[:2000]).split("\n") if line.strip()][:12]
    named = [i for i, line in enumerate(head) if _AUTHOR.match(line)]
    return any(_AGE.match(line) for i in named for line in head[i : i + 3])


def thread_text_blocks(text: str) -> list[Block]:
    """Comment and quote blocks. A reply's parent is the comment that it is nested under.

    A name is carried only as far as the layout shows whose words they are: a bullet, a quoted line or an opening that
    answers ends it, since plain text does not mark replies of the first level. No speaker is better than a wrong one.
    """
    blocks: list[Block] = []
    speaker = ""
    parent: int | None = None
    inside = False  # whether the comment that the lines belong to has begun
    open_at: list[tuple[int, int]] = []  # (indent, index of the first words) of comments that may be answered
    indent: int | None = None  # of the comment that has begun with a bullet and said nothing yet
    for raw in readable(text).split("\n"):
        line = squeeze(raw)
        if not line or _AGE.match(line) or is_site_line(line):
            continue
        if named := _AUTHOR.match(line):
            speaker, parent, inside, indent, open_at = named["name"].removeprefix("u/"), None, False, None, []
            continue
        if bullet := _BULLET.match(raw):
            indent = len(bullet["indent"].expandtabs(4))
            open_at = [place for place in open_at if place[0] < indent]
            parent = open_at[-1][1] if open_at else None
            line, speaker = squeeze(raw[bullet.end() :]), ""
        words, marked = unmarked(line)
        if inside and not open_at and indent is None and (marked or _REPLY.match(line)):
            speaker = ""
        if marked:
            source = quoted_from(words, blocks)
            quoted = blocks[source].speaker if source is not None else ""
            blocks.append(Block(kind="quote", text=words, speaker=quoted, parent=parent if source is None else source))
        else:
            if indent is not None:
                open_at.append((indent, len(blocks)))
                indent = None
            blocks.append(Block(kind="comment", text=words, speaker=speaker, parent=parent))
        inside = True
    return blocks
