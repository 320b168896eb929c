"""Who says a quoted block: "— Name" lines under quotes, and "> " lines that repeat somebody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.dom import Element
from distillwatch.crawlers.whitespace import squeeze

_DASHED = re.compile(r"^(?:[—–―]{1,2}|--)\s*(?P<name>[^\s,(–—].{0,70}?)\s*(?:[,(–—].{0,80})?$")
_NAME_WORD = re.compile(
    r"^(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|[\w.@-]*\d[\w.-]*|de|da|di|von|van|der|la|le|al|bin|y|[\u3040-\u30ff\u4e00-\u9fff・·]{2,20})$"
)
_MARK = re.compile(r"^(?:>\s?)+")
_LOOKED_BACK = 300  # blocks: people quote what they have just read, and a long thread must not cost its square
_QUOTED_ENOUGH = 12  # characters of a repeated line: less is found in any text


def attributed(line: str) -> str:
    """The name in a line such as "— Ada Nwosu, engineer"; "" when the line is anything else."""
    match = _DASHED.match(line)
    if match is None or line.rstrip().endswith(("?", "!", "。", "\uff01", "\uff1f")):
        return ""
    words = match["name"].split()
    return match["name"] if len(words) <= 6 and all(_NAME_WORD.match(w) for w in words) else ""


def with_speakers(blocks: Sequence[Block]) -> list[Block]:
    """Blocks before a "— Name" line become quotes of that name, and the line a byline.

    All quote blocks in an unbroken row before the line are meant; without one, the one paragraph before it.
    """
    result = list(blocks)
    for index, block in enumerate(blocks):
        name = attributed(block.text) if block.kind in ("paragraph", "quote", "caption") else ""
        if not name or not index:
            continue
        quoted = [index - 1] if result[index - 1].kind in ("paragraph", "quote") else []
        if result[index - 1].kind == "quote":
            while quoted[-1] and result[quoted[-1] - 1].kind == "quote" and not result[quoted[-1] - 1].speaker:
                quoted.append(quoted[-1] - 1)
        for place in quoted:
            result[place] = msgspec.structs.replace(result[place], kind="quote", speaker=name)
        if quoted:
            result[index] = msgspec.structs.replace(block, kind="byline")
    return result


def cited(element: Element, text: str) -> str:
    """The name in the one `<cite>` of a quotation, where it closes its text; "" for none, or for a work's title."""
    cites = [squeeze(cite.text_content()) for cite in element.iter("cite")]
    return attributed(f"— {cites[0].lstrip('—–- ')}") if len(cites) == 1 and text.endswith(cites[0]) else ""


def unmarked(line: str) -> tuple[str, bool]:
    """(the line without "> " marks, whether it had any)."""
    match = _MARK.match(line)
    return (line[match.end() :].strip(), True) if match and match.end() < len(line) else (line, False)


def quoted_from(text: str, earlier: Sequence[Block]) -> int | None:
    """The index of the latest earlier block that holds the quoted words, None where no block does."""
    wanted = _plain(text)
    if len(wanted) < _QUOTED_ENOUGH:
        return None
    for index in range(len(earlier) - 1, max(-1, len(earlier) - 1 - _LOOKED_BACK), -1):
        if earlier[index].kind != "quote" and wanted in _plain(earlier[index].text):
            return index
    return None


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
