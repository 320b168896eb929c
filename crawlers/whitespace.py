"""One form for the white space and invisible characters of web text, so that offsets mean what a reader sees."""

from __future__ import annotations

import re
import unicodedata

# Spaces that a reader cannot tell from a plain one: no-break, figure, thin, ideographic and so on.
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# Characters without any width. U+200C and U+200D stay: Persian spelling and emoji sequences need them.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_BREAKS = dict.fromkeys([0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029], "\n")
_CONTROLS = dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0)])
_TABLE: dict[int, str | None] = {**_SPACES, **_INVISIBLE, **_BREAKS, **_CONTROLS}
_SURROGATES = re.compile("[\ud800-\udfff]")
_WIDE = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\u3001-\u3003\u3008-\u3011"
# A line break between two ideographs is source formatting: no space is shown for it.
_WIDE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*\n[ \t\n]*(?=[{_WIDE}])")
_RUN = re.compile(r"\s+")


def readable(text: str) -> str:
    """`text` in NFC, without controls and zero-width characters; line ends become newlines, odd spaces plain ones."""
    text = _SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def squeeze(text: str) -> str:
    """`readable` text on one line: each run of white space is one space, none at the ends.

    >>> squeeze("16\\u00a0million\\r\\n  exchanges ")
    '16 million exchanges'
    """
    return _RUN.sub(" ", _WIDE_BREAK.sub("", readable(text))).strip()
