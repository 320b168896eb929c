"""How much of one text stands in another: shingles of words, and small sketches that keep a fixed share of them.

The sketch is a FracMinHash (Irber et al. 2022, doi:10.1101/2022.01.11.475838): it keeps every shingle whose hash falls
below a fraction of the hash space. Unlike MinHash with a fixed size it estimates containment between texts of very
different length without bias, and containment is what tells a shortened copy from an article of its own.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

SIZE = 5
"""Words a shingle: five in a row are rarely shared by chance (Broder 1997 uses ten on web pages, news copies five)."""
SHARE = 4
"""One shingle in four is kept in the sketch: about a hundred for an article of 400 words."""
METHOD = f"fracminhash/{SIZE} words/1 in {SHARE}"

_TOKEN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads the combined hashes evenly
_NONE = np.zeros(0, dtype=np.uint64)


def tokens(text: str) -> list[str]:
    """Case-folded words; overlapping pairs of characters for scripts that put no spaces between words.

    >>> tokens("The Cable, 豆包!")
    ['the', 'cable', '豆包']
    """
    found: list[str] = []
    for word in _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if _UNSPACED.search(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            found.append(word)
    return found


def shingles(text: str) -> Hashes:
    """The hashes of the text's different shingles, sorted. A text of fewer than `SIZE` words has none."""
    words = np.fromiter((zlib.crc32(t.encode()) for t in tokens(text)), dtype=np.uint64)
    if len(words) < SIZE:
        return _NONE
    combined = np.zeros(len(words) - SIZE + 1, dtype=np.uint64)
    for offset in range(SIZE):  # unsigned arithmetic wraps around, as a hash should
        combined = (combined ^ words[offset : offset + len(combined)]) * _MULTIPLIER
        combined ^= combined >> np.uint64(29)
    return np.unique(combined)


def sketch(hashes: Hashes) -> Hashes:
    """The fixed share of the shingles that falls into the kept part of the hash space, sorted."""
    return hashes[hashes < np.uint64(2**64 // SHARE)]


def shared(a: Hashes, b: Hashes) -> int:
    """How many shingles two texts have in common."""
    return len(np.intersect1d(a, b, assume_unique=True))


def to_bytes(hashes: Hashes) -> bytes:
    """For a BLOB column: little-endian 64-bit integers."""
    return hashes.astype("<u8").tobytes()


def from_bytes(blob: bytes) -> Hashes:
    """The inverse of `to_bytes`."""
    return np.frombuffer(blob, dtype="<u8").astype(np.uint64)
