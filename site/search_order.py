"""What pagefind leaves to chance, the order of facets and of their values, put in alphabetical order.

Without this two indexes of the same pages differ in their bytes. A file of the index is gzip around a mark and one
value in CBOR (RFC 8949); items are moved as they stand, so nothing else of them is touched.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
_FILTERS = 3  # the place of the list of facets in the value of a pf_meta file
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _SIMPLE = 0, 1, 2, 3, 4, 7


def settle(output: Path) -> None:
    """Put the facets of the index in `output` in order; files that change get the name that their bytes give them."""
    entry = json.loads((output / ENTRY).read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        file = output / f"pagefind.{language['hash']}.pf_meta"
        items = _items(unpacked(file))
        facets = [_items(facet) for facet in _items(items[_FILTERS])]
        names = sorted((_text(name), _settled(output / "filter", _text(stored))) for name, stored in facets)
        items[_FILTERS] = _array([_array([_as_text(name), _as_text(stored)]) for name, stored in names])
        language["hash"] = _replaced(file, _array(items), "pagefind.", language["hash"])
    (output / ENTRY).write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def unpacked(file: Path) -> bytes:
    """What a file of the index holds, without gzip and mark."""
    return zlib.decompress(file.read_bytes(), wbits=31).removeprefix(MARK)


def _settled(folder: Path, stored: str) -> str:
    """Sort the values of a facet; the new name of its file."""
    file = folder / f"{stored}.pf_filter"
    name, values = _items(unpacked(file))
    ordered = sorted(_items(values), key=lambda value: _text(_items(value)[0]))
    return _replaced(file, _array([name, _array(ordered)]), "", stored)


def _replaced(file: Path, value: bytes, prefix: str, stored: str) -> str:
    """Write `value` into a file named by its hash instead of `file`; the name without prefix and suffix."""
    language, _, old = stored.rpartition("_")
    name = f"{language}_{sha256(value).hexdigest()[: len(old)]}"
    file.unlink()
    target = file.with_name(f"{prefix}{name}{file.suffix}")
    if target.exists():
        raise FileExistsError(f"two files of the search index want the name {target.name}")
    target.write_bytes(gzip.compress(MARK + value, mtime=0))
    return name


def _head(value: bytes, at: int) -> tuple[int, int, int]:
    """(kind, number, end) of the head of the item at a place."""
    kind, low = value[at] >> 5, value[at] & 31
    if low < 24:
        return kind, low, at + 1
    end = at + 1 + (1 << (low - 24))
    return kind, int.from_bytes(value[at + 1 : end], "big"), end


def _end(value: bytes, at: int) -> int:
    """Where the item that begins at a place ends. Raises ValueError for a kind that pagefind does not use."""
    kind, number, end = _head(value, at)
    if kind in (_BYTES, _TEXT):
        return end + number
    if kind == _ARRAY:
        for _ in range(number):
            end = _end(value, end)
    elif kind not in (_UNSIGNED, _NEGATIVE, _SIMPLE):
        raise ValueError(f"an item of kind {kind} is not expected in a search index")
    return end


def _items(value: bytes) -> list[bytes]:
    """The items of an array, as they stand."""
    kind, number, at = _head(value, 0)
    if kind != _ARRAY:
        raise ValueError(f"the search index holds an item of kind {kind} where a list is expected")
    found = []
    for _ in range(number):
        end = _end(value, at)
        found.append(value[at:end])
        at = end
    return found


def _text(value: bytes) -> str:
    kind, length, at = _head(value, 0)
    if kind != _TEXT:
        raise ValueError(f"the search index holds an item of kind {kind} where a text is expected")
    return value[at : at + length].decode("utf-8")


def _as_text(text: str) -> bytes:
    raw = text.encode("utf-8")
    return _with_head(_TEXT, len(raw)) + raw


def _array(items: Iterable[bytes]) -> bytes:
    found = list(items)
    return _with_head(_ARRAY, len(found)) + b"".join(found)


def _with_head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
