"""What pagefind leaves to chance, the order of facets and of their values, put in alphabetical order.

Without this two indexes of the same pages differ in their bytes. A file of the index is gzip around a mark and one
value in CBOR (RFC 8949); items are moved as they stand, so nothing else of them is touched.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256

MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
_FILTERS = 3  # the place of the list of facets in the value of a pf_meta file
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _SIMPLE = 0, 1, 2, 3, 4, 7


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """An index (path → bytes) with its facets in order; a file that changes gets the name that its bytes give it."""
    found = dict(files)
    entry = json.loads(found[ENTRY])
    for language in entry["languages"].values():
        items = _items(unpacked(found.pop(f"pagefind.{language['hash']}.pf_meta")))
        facets = [_items(facet) for facet in _items(items[_FILTERS])]
        names = sorted((_text(name), _facet(found, _text(stored))) for name, stored in facets)
        items[_FILTERS] = _array([_array([_as_text(name), _as_text(stored)]) for name, stored in names])
        language["hash"] = _put(found, "pagefind.{}.pf_meta", language["hash"], _array(items))
    found[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return found


def unpacked(body: bytes) -> bytes:
    """What a file of the index of these bytes holds, without gzip and mark."""
    return zlib.decompress(body, wbits=31).removeprefix(MARK)


def _facet(files: dict[str, bytes], stored: str) -> str:
    """Sort the values of a facet; the new name of its file."""
    name, values = _items(unpacked(files.pop(f"filter/{stored}.pf_filter")))
    ordered = sorted(_items(values), key=lambda value: _text(_items(value)[0]))
    return _put(files, "filter/{}.pf_filter", stored, _array([name, _array(ordered)]))


def _put(files: dict[str, bytes], path: str, stored: str, value: bytes) -> str:
    """Add a file that holds `value`, named by its hash where the `path` leaves room for it; that name."""
    language, _, old = stored.rpartition("_")
    name = f"{language}_{sha256(value).hexdigest()[: len(old)]}"
    if path.format(name) in files:
        raise FileExistsError(f"two files of the search index want the name {path.format(name)}")
    files[path.format(name)] = gzip.compress(MARK + value, mtime=0)
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
