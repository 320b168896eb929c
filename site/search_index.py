"""The search index of the static pages, made by pagefind; made again only when what it reads of a page has changed.

Pagefind always reads everything. So that a few changed pages do not cost a whole index, they get a small one beside the
large one: the script of the search asks both, and leaves out what the large one still holds of them. Once the small one
has grown to a tenth of the pages, the large one is made anew.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from distillwatch.errors import DistillwatchError
from distillwatch.ids import hash_id
from distillwatch.site.search_order import ENTRY, settle, unpacked
from distillwatch.site.searchable import searchable
from distillwatch.site.writer import UNLINKED, Writer

FOLDER, LATE = UNLINKED, f"{UNLINKED}-late"
STALE = "stale.json"
# what the pages use of what pagefind makes; the rest is its ready-made user interfaces
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
CODE = ("pagefind.js", "pagefind-worker.js")  # the small index is read by the code of the large one
FEWEST = 1000  # pages: a smaller index is made anew in a second
MOST_LATE = 0.1

Indexed = dict[str, tuple[str, str]]  # path → hash of what was read of the page, name of its fragment


class IndexFailed(DistillwatchError):
    """The indexer ended with an error."""


def write(writer: Writer, site: Path, last: Mapping[str, tuple[str, str]], fewest: int = FEWEST) -> Indexed | None:
    """Have the index of all pages of `site` that are to be found; returns what the large one holds.

    `last` is what this returned for the last snapshot. None where pagefind is not installed.
    """
    if importlib.util.find_spec("pagefind") is None:
        return None
    wanted = {path: entry.found for path, entry in writer.files.items() if entry.found}
    changed = sorted(path for path, found in wanted.items() if path not in last or last[path][0] != found)
    left = sorted(path for path in last if path not in wanted or path in changed)
    few = len({*changed, *left}) <= (MOST_LATE * len(wanted) if len(wanted) >= fewest else 0)
    tool = version("pagefind")
    if last and few and writer.take_over_folder(FOLDER, f"{FOLDER}/{ENTRY}", tool):
        stale = {last[path][1]: _filters(site, last[path][1]) for path in left}
        _late(writer, site, changed, hash_id(tool, *(wanted[path] for path in changed), length=32))
        writer.write(f"{LATE}/{STALE}", _json({"late": bool(changed), "stale": stale}))
        return dict(last)
    with tempfile.TemporaryDirectory() as output:
        names = dict(_run(site, wanted, Path(output))) if wanted else {}
        _keep(writer, Path(output), FOLDER, tool)
    writer.write(f"{LATE}/{STALE}", _json({"late": False, "stale": {}}))
    return {path: (found, names[path]) for path, found in wanted.items() if path in names}


def _late(writer: Writer, site: Path, changed: list[str], key: str) -> None:
    """The small index of the pages that have changed since the large one was made."""
    if not changed or writer.take_over_folder(LATE, f"{LATE}/{ENTRY}", key):
        return
    with tempfile.TemporaryDirectory() as output:
        dict(_run(site, changed, Path(output)))
        _keep(writer, Path(output), LATE, key, CODE)


def _keep(writer: Writer, output: Path, folder: str, key: str, without: tuple[str, ...] = ()) -> None:
    for file in sorted(p for p in output.rglob("*") if p.is_file()):
        if not file.name.startswith(UNUSED) and file.name not in without:
            path = f"{folder}/{file.relative_to(output).as_posix()}"
            writer.write(path, file.read_bytes(), key if file.name == ENTRY else "")


def _run(site: Path, paths: Iterable[str], output: Path) -> Iterator[tuple[str, str]]:
    """Index the searchable parts of pages into `output`; yields path and name of the fragment of each."""
    with tempfile.TemporaryDirectory() as parts:
        for path in paths:
            part = Path(parts) / path
            part.parent.mkdir(exist_ok=True)
            part.write_text(searchable((site / path).read_text(encoding="utf-8")), encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", parts, "--output-path", str(output), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise IndexFailed(f"pagefind could not index {site}: {(done.stderr or done.stdout).strip()[-300:]}")
    settle(output)
    for file in (output / "fragment").glob("*.pf_fragment"):
        yield str(_fragment(file)["url"]).lstrip("/"), file.stem


def _filters(site: Path, name: str) -> dict[str, list[str]]:
    """The facets that the large index counts for a page."""
    filters: dict[str, list[str]] = _fragment(site / FOLDER / "fragment" / f"{name}.pf_fragment")["filters"]
    return filters


def _fragment(file: Path) -> dict[str, Any]:
    """What pagefind keeps of a page."""
    found: dict[str, Any] = json.loads(unpacked(file))
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")
