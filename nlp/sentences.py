"""Sentence borders that survive abbreviations, initials, decimals, quotations and numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop after one of these ends nothing by itself.
NEVER_ENDS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt rev hon st vs cf al approx no nos fig figs sec art vol pp ed eds "
    "dept est "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri".split()
)
# These end a sentence only when the next word is one that seldom follows them inside a sentence.
MAY_END = frozenset("u.s u.k u.n e.u d.c a.m p.m inc corp ltd co llc plc etc jr sr ph.d e.g i.e".split())
STARTERS = frozenset(
    "the a an this that these those it its he she they we i you his her their our in on at by for from with as if when "
    "while but and or so yet however meanwhile although though after before since there here what who how why where "
    "which not no "
    "according asked neither both some many most all one two three last".split()
)
BORDER = re.compile(r"""(?P<stop>(?<![.!?…])[.!?…]+|[。！？]+)(?P<close>["'”’»“«)\]]*)(?P<gap>\s+|(?<=[。！？])|$)""")
CLOSES = re.compile(r"""["'“‘«(\[\s]*(?P<word>[^\s"'“‘«(\[]+)""")


def split(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of `text`, in order, without the white space around it."""
    start = 0
    for match in BORDER.finditer(text):
        if match.end() < len(text) and not _ends(text, start, match):
            continue
        yield from _trimmed(text, start, match.end("close"))
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match["stop"][0] in "。！？":
        return True
    following = CLOSES.match(text, match.end())
    if following is None:
        return True
    word = following["word"]
    if match["stop"] == ".":
        before = text[max(start, match.start() - 40) : match.start()].split()
        last = before[-1].lstrip("\"'“‘«([").casefold() if before else ""
        if last in NEVER_ENDS and not match["close"]:
            return last in {"no", "st", "mar", "sec", "art"} and word.casefold() in STARTERS
        if last in MAY_END:
            return word[:1].isupper() and word.casefold().strip(",") in STARTERS
        if len(last) == 1 and last.isalpha() and last != "i":
            return False  # an initial
        if last.isdigit() and text[start : match.start()].strip() == last:
            return False  # "1. First point"
    return not word[0].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
