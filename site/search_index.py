"""The search index of the static pages, made by pagefind; made again only when what it reads of a page has changed.

Pagefind always reads everything. So that a few changed pages do not cost a whole index, they get a small one beside the
large one: the script of the search asks both, and leaves out what the large one still holds of them. Once the small one
has grown to a tenth of the pages, the large one is made anew.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from distillwatch.ids import hash_id
from distillwatch.site.search_order import ENTRY, settled, unpacked
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


@contextmanager
def beside(known: bool) -> Iterator[Indexer | None]:
    """An indexer to be given the pages while they are made, where no index is known that may do with a small one."""
    if known or importlib.util.find_spec("pagefind") is None:
        yield None
        return
    from distillwatch.site.indexer import Indexer

    with Indexer() as indexer:
        yield indexer


def write(
    writer: Writer, site: Path, last: Mapping[str, tuple[str, str]], indexer: Indexer | None, fewest: int = FEWEST
) -> Indexed | None:
    """Have the index of all pages of `site` that are to be found; returns what the large one holds.

    `last` is what this returned for the last snapshot, `indexer` has been given all these pages in their order. None
    where pagefind is not installed.
    """
    if importlib.util.find_spec("pagefind") is None:
        return None
    wanted = {path: writer.files[path].found for path in writer.findable if writer.files[path].found}
    changed = [path for path, found in wanted.items() if path not in last or last[path][0] != found]
    left = sorted(path for path in last if path not in wanted or path in changed)
    few = len({*changed, *left}) <= (MOST_LATE * len(wanted) if len(wanted) >= fewest else 0)
    tool = version("pagefind")
    if last and few and writer.take_over_folder(FOLDER, f"{FOLDER}/{ENTRY}", tool):
        stale = {last[path][1]: _filters(site, last[path][1]) for path in left}
        _late(writer, site, changed, hash_id(tool, *(wanted[path] for path in changed), length=32))
        writer.write(f"{LATE}/{STALE}", _json({"late": bool(changed), "stale": stale}))
        return dict(last)
    names = _indexed(writer, site, wanted, FOLDER, tool, indexer=indexer)
    writer.write(f"{LATE}/{STALE}", _json({"late": False, "stale": {}}))
    return {path: (found, names[path]) for path, found in wanted.items() if path in names}


def _late(writer: Writer, site: Path, changed: list[str], key: str) -> None:
    """The small index of the pages that have changed since the large one was made."""
    if changed and not writer.take_over_folder(LATE, f"{LATE}/{ENTRY}", key):
        _indexed(writer, site, changed, LATE, key, without=CODE)


def _indexed(
    writer: Writer,
    site: Path,
    pages: Iterable[str],
    folder: str,
    key: str,
    without: tuple[str, ...] = (),
    indexer: Indexer | None = None,
) -> dict[str, str]:
    """Put the index of pages into a folder of the site; path → name of the fragment of each.

    The pages are read unless the `indexer` has them already.
    """
    with ExitStack() as stack:
        if indexer is None:
            indexer = stack.enter_context(beside(known=False))
            assert indexer is not None
            for path in pages:
                indexer.add(path, searchable((site / path).read_text(encoding="utf-8")))
        files = settled(indexer.files())
    names = {}
    for name, body in sorted(files.items()):
        if not name.startswith((*UNUSED, *without)):
            writer.write(f"{folder}/{name}", body, key if name == ENTRY else "")
            if name.endswith(FRAGMENT):
                names[str(_fragment(body)["url"]).lstrip("/")] = Path(name).stem
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
