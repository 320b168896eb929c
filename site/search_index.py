"""The search index of the static pages, made by pagefind; made again only when a page has changed.

Two indexes of the same pages answer alike, but pagefind orders facets by chance, so their bytes differ.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from distillwatch.errors import DistillwatchError
from distillwatch.ids import hash_id
from distillwatch.site.writer import Writer

FOLDER = "pagefind"
ENTRY = f"{FOLDER}/pagefind-entry.json"
# what the pages use of what pagefind makes; the rest is its ready-made user interfaces
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")


class IndexFailed(DistillwatchError):
    """The indexer ended with an error."""


def write(writer: Writer, site: Path) -> bool:
    """Index the pages of `site` that ask for it (`data-pagefind-body`); False where pagefind is not installed."""
    if importlib.util.find_spec("pagefind") is None:
        return False
    indexed = sorted((path, entry.sha256) for path, entry in writer.files.items() if path.endswith(".html"))
    key = hash_id(version("pagefind"), *(part for pair in indexed for part in pair), length=32)
    if writer.take_over_folder(FOLDER, ENTRY, key):
        return True
    with tempfile.TemporaryDirectory() as output:
        _run(site, Path(output))
        for file in sorted(p for p in Path(output).rglob("*") if p.is_file()):
            if not file.name.startswith(UNUSED):
                path = f"{FOLDER}/{file.relative_to(output).as_posix()}"
                writer.write(path, file.read_bytes(), key if path == ENTRY else "")
    return True


def _run(site: Path, output: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(output), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise IndexFailed(f"pagefind could not index {site}: {(done.stderr or done.stdout).strip()[-300:]}")
