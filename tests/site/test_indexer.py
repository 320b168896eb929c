"""The program that makes the index of the search, spoken to page by page."""

from __future__ import annotations

import json

import msgspec
import pytest

from distillwatch.site.indexer import Indexer, IndexFailed
from distillwatch.site.search_order import ENTRY, unpacked

PAGE = '<!doctype html><html lang="en"><head><title>{0}</title></head><body data-pagefind-body><p>{0}</p></body></html>'


def test_pages_that_were_added_are_found() -> None:
    with Indexer() as indexer:
        for number in range(300):
            indexer.add(f"document/d{number}.html", PAGE.format(f"Norvane, Tarsil & {number} ’ä”"))
        files = indexer.files()
    assert json.loads(files[ENTRY])["languages"]["en"]["page_count"] == 300
    kept = [msgspec.json.decode(unpacked(body)) for path, body in files.items() if path.startswith("fragment/")]
    assert {page["url"] for page in kept} == {f"/document/d{number}.html" for number in range(300)}
    assert all("Norvane, Tarsil & " in page["content"] for page in kept)


def test_nothing_to_be_found_is_an_index_too() -> None:
    with Indexer() as indexer:
        assert json.loads(indexer.files()[ENTRY])["languages"] == {}


def test_what_the_program_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with Indexer() as indexer:
        indexer._send(type="AddFile", index_id=7, file_path="a.html", url=None, file_contents="")
        with pytest.raises(IndexFailed, match="does not yet exist"):
            indexer.files()
    with Indexer() as indexer:
        indexer._process.kill()
        indexer._process.wait()
        with pytest.raises(IndexFailed, match="it ended without a word"):
            indexer.files()
    monkeypatch.setattr("distillwatch.site.indexer.get_executable", lambda: None)
    with pytest.raises(IndexFailed, match="install `pagefind\\[bin\\]`"):
        Indexer()


def test_its_program_ends_with_the_block() -> None:
    with pytest.raises(ZeroDivisionError), Indexer() as indexer:
        indexer.add("a.html", PAGE.format("a" * 1_000_000))
        raise ZeroDivisionError
    assert indexer._process.poll() is not None
