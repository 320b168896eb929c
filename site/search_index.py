"""The search index of the static pages, made by pagefind; made again only when what it reads of a page has changed.

Pagefind always reads everything. So that a few changed pages do not cost a whole index, they get a small one beside the
large one: the script of the search asks both, and leaves out what the large one still holds of them. Once the small one
has grown to a tenth of the pages, the large one is made anew.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from distillwatch.ids import hash_id
from distillwatch.site.render import Made
from distillwatch.site.search_order import settled, unpacked
from distillwatch.site.searchable import searchable
from distillwatch.site.writer import UNLINKED, Writer

if TYPE_CHECKING:  # the site is whole without pagefind
    from distillwatch.site.indexer import Indexer

FOLDER, LATE = UNLINKED, f"{UNLINKED}-late"
STALE = "stale.json"
FRAGMENT = ".pf_fragment"
# what the pages use of what pagefind makes; the rest is its ready-made user interfaces
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
CODE = ("pagefind.js", "pagefind-worker.js")  # the small index is read by the code of the large one
FEWEST = 1000  # pages: a smaller index is made anew in a second
MOST_LATE = 0.1

Indexed = dict[str, tuple[str, str]]  # path → hash of what was read of the page, name of its fragment


class Search:
    """The index of one snapshot in the making. The block that it is used in ends its program, whatever comes of it."""

    def __init__(self, writer: Writer, site: Path, last: Mapping[str, tuple[str, str]]) -> None:
        """Of all pages of `site` that are to be found; `last` is what `end` returned for the last snapshot."""
        self._writer = writer
        self._site = site
        self._last = last
        self._open = ExitStack()
        self._indexer: Indexer | None = None
        self._rest = iter(writer.findable)
        self._tool = ""  # its version; "" where it is not installed
        self._small = False
        self._key = ""

    def __enter__(self) -> Self:
        """Begin the large index where none is known or, where few pages can have changed, a small one beside it.

        Where many are to be made it shows only then how many of them have changed.
        """
        if importlib.util.find_spec("pagefind") is not None:
            self._tool = version("pagefind")
            if not self._last or self._small_is_enough():
                self._start()
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def add(self, made: Made) -> None:
        """Take note of a page that was made; to be called in their order."""
        if self._indexer is not None and made.part:
            self._add_lying(iter(partial(next, self._rest), made.path))
            if self._new(made.path, made.found):
                self._indexer.add(made.path, made.part)

    def begin(self) -> None:
        """All pages that are to be found stand: have their index made, beside whatever comes next."""
        if not self._tool:
            return
        if self._indexer is None:
            self._small_is_enough()
            self._rest = iter(self._writer.findable)
            self._start()
        self._add_lying(self._rest)
        self._key = self._tool
        if self._small:
            wanted, last = self._wanted(), self._last
            changed = [path for path, found in wanted.items() if self._new(path, found)]
            left = sorted((last.keys() - wanted.keys()) | (last.keys() & set(changed)))
            stale = {last[path][1]: _filters(self._site, last[path][1]) for path in left}
            self._key = hash_id(self._tool, *(wanted[path] for path in changed), length=32)
            self._writer.write(f"{LATE}/{STALE}", _json({"late": bool(changed), "stale": stale}))
            if not changed or self._writer.sheaf_taken_over(LATE, self._key):
                self._indexer = None
        if self._indexer is not None:
            self._indexer.ask()

    def end(self) -> Indexed | None:
        """Put the index among the files of the site; what the large one holds. None where pagefind is not installed."""
        if not self._tool:
            return None
        if self._small:
            self._put(LATE, CODE)
            return dict(self._last)
        self._writer.write(f"{LATE}/{STALE}", _json({"late": False, "stale": {}}))
        names = self._put(FOLDER, ())
        return {path: (found, names[path]) for path, found in self._wanted().items() if path in names}

    def _new(self, path: str, found: str) -> bool:
        """Whether a page is for the index that is being made: a small one has those that the last large one lacks."""
        return not self._small or self._lacks(path, found)

    def _lacks(self, path: str, found: str) -> bool:
        """Whether the last large index does not hold a page as it is now."""
        return bool(found) and (path not in self._last or self._last[path][0] != found)

    def _small_is_enough(self) -> bool:
        """Whether a small index will do, even if every page that is not made yet should change."""
        files, findable = self._writer.files, self._writer.findable
        changed = {path for path in findable if path not in files or self._lacks(path, files[path].found)}
        gone = self._last.keys() - set(findable)
        few = len(findable) >= FEWEST and len(changed | gone) <= MOST_LATE * len(findable)
        self._small = few and self._writer.sheaf_taken_over(FOLDER, self._tool)
        return self._small

    def _start(self) -> None:
        from distillwatch.site.indexer import Indexer

        self._indexer = self._open.enter_context(Indexer())

    def _wanted(self) -> dict[str, str]:
        """Path → hash of what is read of each page that is to be found."""
        files = self._writer.files
        return {path: files[path].found for path in self._writer.findable if files[path].found}

    def _add_lying(self, paths: Iterable[str]) -> None:
        """Add those of the pages that stood in their place already."""
        assert self._indexer is not None
        for path in paths:
            if self._new(path, self._writer.files[path].found):
                page = (self._site / path).read_text(encoding="utf-8")
                if part := searchable(page):
                    self._indexer.add(path, part)

    def _put(self, folder: str, without: tuple[str, ...]) -> dict[str, str]:
        """Put what the program made, if it was asked, into a folder of the site; path → name of its fragment."""
        names: dict[str, str] = {}
        if self._indexer is None:
            return names
        files = {
            name: body
            for name, body in sorted(settled(self._indexer.files()).items())
            if not name.startswith((*UNUSED, *without))
        }
        for name, body in files.items():
            self._writer.write(f"{folder}/{name}", body)
            if name.endswith(FRAGMENT):
                names[str(_fragment(body)["url"]).lstrip("/")] = Path(name).stem
        self._writer.tie(folder, self._key, (f"{folder}/{name}" for name in files))
        return names


def _filters(site: Path, name: str) -> dict[str, list[str]]:
    """The facets that the large index counts for a page."""
    filters: dict[str, list[str]] = _fragment((site / FOLDER / "fragment" / f"{name}{FRAGMENT}").read_bytes())[
        "filters"
    ]
    return filters


def _fragment(body: bytes) -> dict[str, Any]:
    """What pagefind keeps of a page."""
    found: dict[str, Any] = msgspec.json.decode(unpacked(body))
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")
