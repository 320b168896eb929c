"""An index of the search is the same whatever order its maker gave the facets, and holds all that it held."""

from __future__ import annotations

import gzip
import json
from itertools import permutations
from typing import Any

import pytest

from distillwatch.site.search_order import ENTRY, MARK, settled, unpacked

FACETS = {
    "type": {"name": [0, 7], "document": list(range(8, 400))},
    "outlet": {"Quellmark Post": [1], "Ärzte": [70000]},
}


def cbor(value: Any) -> bytes:
    """A value of texts, numbers and lists as CBOR."""
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(item) for item in value)
    if isinstance(value, str):
        raw = value.encode("utf-8")
        return head(3, len(raw)) + raw
    return head(0, value)


def head(kind: int, number: int) -> bytes:
    for low, size in ((24, 1), (25, 2), (26, 4)):
        if number < 24:
            return bytes([kind << 5 | number])
        if number < 1 << 8 * size:
            return bytes([kind << 5 | low]) + number.to_bytes(size, "big")
    raise ValueError(number)


def read(value: bytes, at: int = 0) -> tuple[Any, int]:
    """(value, end) of the item at a place."""
    kind, low = value[at] >> 5, value[at] & 31
    size = 0 if low < 24 else 1 << (low - 24)
    number, at = (low if low < 24 else int.from_bytes(value[at + 1 : at + 1 + size], "big")), at + 1 + size
    if kind == 3:
        return value[at : at + number].decode("utf-8"), at + number
    if kind == 4:
        items = []
        for _ in range(number):
            item, at = read(value, at)
            items.append(item)
        return items, at
    return number, at


def index(facets: list[str], values: list[int]) -> dict[str, bytes]:
    """An index whose maker wrote facets and values in those orders."""
    files, listed = {}, []
    for number, facet in enumerate(facets):
        found = [[value, places] for value, places in FACETS[facet].items()]
        body = cbor([facet, [found[n] for n in values]])
        files[f"filter/en_000000{number}.pf_filter"] = gzip.compress(MARK + body)
        listed.append([facet, f"en_000000{number}"])
    meta = cbor(["1.5.2", [["en_aaaaaaa", 12]], [["a", "z", "en_bbbbbbb"]], listed, [], ["title"]])
    files["pagefind.en_0123456789.pf_meta"] = gzip.compress(MARK + meta)
    entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_0123456789", "wasm": "en", "page_count": 1}}}
    return files | {ENTRY: json.dumps(entry).encode("utf-8")}


def test_the_order_of_the_maker_is_forgotten() -> None:
    made = [settled(index(list(f), list(v))) for f in permutations(FACETS) for v in permutations(range(2))]
    assert all(one == made[0] for one in made)
    assert len(made[0]) == 4


def test_nothing_is_lost() -> None:
    files = settled(index(["outlet", "type"], [1, 0]))
    language = json.loads(files[ENTRY])["languages"]["en"]
    meta, _ = read(unpacked(files[f"pagefind.{language['hash']}.pf_meta"]))
    assert meta[:3] + meta[4:] == ["1.5.2", [["en_aaaaaaa", 12]], [["a", "z", "en_bbbbbbb"]], [], ["title"]]
    assert [name for name, _ in meta[3]] == ["outlet", "type"]
    for name, stored in meta[3]:
        (facet, values), _ = read(unpacked(files[f"filter/{stored}.pf_filter"]))
        assert facet == name
        assert dict(values) == FACETS[name]
        assert [value for value, _ in values] == sorted(FACETS[name])


def test_an_index_of_another_form_is_an_error() -> None:
    files = index(["type"], [0, 1])
    files["pagefind.en_0123456789.pf_meta"] = gzip.compress(MARK + cbor("text"))
    with pytest.raises(ValueError, match="where a list is expected"):
        settled(files)
