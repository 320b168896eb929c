"""When two wordings count as one, for scoring."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def norm(text: str | None) -> str:
    """Case-folded, with punctuation and white space reduced to single spaces.

    >>> norm("Qwen2.5-14B, (new)")
    'qwen2 5 14b new'
    """
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text or "").casefold()).strip()


def tokens(text: str | None) -> list[str]:
    """Words and numbers; single characters in scripts without spaces."""
    return [part for word in _WORD.findall(norm(text)) for part in (word if _UNSPACED.search(word) else [word])]


def overlap(a: str | None, b: str | None) -> float:
    """How much of the shorter text's words the other one holds, 0 to 1."""
    x, y = Counter(tokens(a)), Counter(tokens(b))
    shorter = min(x.total(), y.total())
    return (x & y).total() / shorter if shorter else float(norm(a) == norm(b))
