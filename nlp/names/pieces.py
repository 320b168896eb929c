"""A text as the pieces that names are spelled with: runs of letters, numbers, single ideographs, runs of katakana.

"Ostra2.5-14B", "Ostra 2.5 14B" and "Ostra-2.5-14B" are the same pieces with other gaps between them, and a name in a
script without word borders is found as a run of its characters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MARK = "\u0300-\u036f\u20d0-\u20ff"
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HIRAGANA = "\u3041-\u309f"
HANGUL = "\u1100-\u11ff\uac00-\ud7af"
EAST = HAN + KATAKANA + HIRAGANA + HANGUL
PIECE = re.compile(
    rf"(?P<word>[^\W\d_{EAST}](?:[{MARK}]*[^\W\d_{EAST}])*[{MARK}]*)"
    rf"|(?P<number>\d+(?:\.\d+)*)|(?P<han>[{HAN}])|(?P<kana>[{KATAKANA}]+)|(?P<hangul>[{HANGUL}])"
)
LONGEST = 200  # characters without a space; what is longer is a hash or encoded data, not prose
# Addresses and code are not prose: a company's name inside one is no mention of the company.
ADDRESS = re.compile(
    rf"[^\s{EAST}]{{{LONGEST},}}|https?://\S+|www\.\S+|[A-Za-z0-9_.+-]{{1,64}}@[A-Za-z0-9-]+\.[\w.]+|`[^`\n]*`"
    r"|(?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|example|io|gov|edu|info|cn|de|fr|jp|uk|eu|dev|app|co)\b(?:/\S*)?"
)
ONE_OF_A_KIND = str.maketrans(
    dict.fromkeys("‐‑‒–−﹣－", "-") | dict.fromkeys("’ʼ‘＇", "'") | dict.fromkeys("・•‧⋅･", "·") | {"\u00a0": " "}
)


class Piece(NamedTuple):
    """`text[start:end]`, compared as `fold`; `script` is "word", "number", "han", "kana" or "hangul"."""

    text: str
    start: int
    end: int
    fold: str
    script: str


def pieces_of(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of `text[start:end]` with offsets into `text`; addresses and code spans hold none."""
    stop = len(text) if end is None else end
    holes = [(m.start(), m.end()) for m in ADDRESS.finditer(text, start, stop)]
    found: list[Piece] = []
    at = 0
    for piece in spelled(text, start, stop):
        while at < len(holes) and holes[at][1] <= piece.start:
            at += 1
        if at == len(holes) or piece.start < holes[at][0]:
            found.append(piece)
    return found


def spelled(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """All pieces of `text[start:end]`, addresses included: for names, which may look like one ("Z.ai")."""
    stop = len(text) if end is None else end
    found = []
    for match in PIECE.finditer(text, start, stop):
        piece = match[0]
        folded = piece.lower() if piece.isascii() else fold(piece)
        found.append(Piece(piece, match.start(), match.end(), folded, match.lastgroup or ""))
    return found


def fold(text: str) -> str:
    """The form in which pieces are compared: compatibility forms joined, marks composed, case folded."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def key_of(name: str) -> str:
    """One key for all spellings of a name that differ in case, spaces, hyphens and the cut between letters and digits.

    >>> key_of("Ostra2.5-14B") == key_of("ostra 2.5 14b")
    True
    """
    return "|".join(piece.fold for piece in spelled(name))


def plain_gap(gap: str) -> str:
    """What stands between two pieces, with all hyphens, apostrophes, middle dots and white space made one each."""
    return re.sub(r"\s+", " ", gap.translate(ONE_OF_A_KIND)) if gap else ""
