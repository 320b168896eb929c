"""Writes the files of one snapshot, taking over from the last one whatever has not changed."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from distillwatch.ids import text_hash
from distillwatch.site import env
from distillwatch.site.linkcheck import Links, anchors
from distillwatch.site.page import Page
from distillwatch.site.reader import Reader
from distillwatch.site.searchable import searchable

UNLINKED = "pagefind"  # folders that the script of the search reads; no page points there


class Entry(Struct, frozen=True):
    """A file of a snapshot: the fingerprint of its data, the hash of its bytes, the places others may point at.

    `found` is a hash of what the search index reads of it, "" for what is not to be found.
    """

    key: str
    sha256: str
    places: tuple[str, ...] = ()
    found: str = ""


class Writer:
    """`files` says what the snapshot holds; `rendered` and `reused` how each page came into it."""

    def __init__(self, folder: Path, present: dict[str, str], before: Path, last: dict[str, Entry]) -> None:
        """Write into `folder`, where files of the hashes `present` lie; take over from `before`, that holds `last`.

        A file may share its bytes on disk with other snapshots: it is replaced, never written into.
        """
        self.files: dict[str, Entry] = {}
        self.rendered = 0
        self.reused: list[str] = []
        self._folder = folder
        self._present = present
        self._before = before
        self._last = last
        self._links = Links()
        self._made: set[str] = set()

    def add(self, page: Page, reader: Reader) -> None:
        """Take `page` over or render it."""
        if page.path in self.files:
            raise ValueError(f"two pages want the path {page.path!r}")
        known = self._last.get(page.path)
        key = page.key() if page.key else ""
        if known is not None and key and known.key == key and self._take_over(page.path):
            self.files[page.path] = known
            self.reused.append(page.path)
            return
        template = env.environment().get_template(page.template)
        text = template.render(**page.context(), page=page, root=page.root, topic=reader.topic)
        self.rendered += 1
        if page.path.endswith(".html"):
            self._links.add(page.path, text)
        found = text_hash(searchable(text))[:32] if page.found_as else ""
        self.write(page.path, text.encode("utf-8"), key, anchors(text), found)

    def write(self, path: str, body: bytes, key: str = "", places: tuple[str, ...] = (), found: str = "") -> None:
        """Put a file under the site's root, as a link to the last snapshot's when its bytes are the same."""
        digest = sha256(body).hexdigest()
        known = self._last.get(path)
        if known is None or known.sha256 != digest or not self._take_over(path):
            self._place(path, digest, body)
        self.files[path] = Entry(key, digest, places, found)

    def take_over_folder(self, folder: str, entry: str, key: str) -> bool:
        """Have all that lay under `folder` here, too, if its file `entry` has that fingerprint; False if it has not."""
        known = self._last.get(entry)
        if known is None or known.key != key:
            return False
        for path, last in self._last.items():
            if path.startswith(f"{folder}/") and self._take_over(path):
                self.files[path] = last
        return True

    def finish(self) -> None:
        """Remove what lay in the folder and belongs to no file of this snapshot."""
        for path in self._present.keys() - self.files.keys():
            (self._folder / path).unlink()
            del self._present[path]

    def dead_links(self) -> list[str]:
        """Addresses that lead nowhere. Pages taken over are read again only if something that stood there is gone."""
        if any(path not in self.files for path in self._last if not path.startswith(UNLINKED)):
            for path in self.reused:
                if path.endswith(".html"):
                    self._links.add(path, (self._folder / path).read_text(encoding="utf-8"))
        return self._links.dead({path: entry.places for path, entry in self.files.items()})

    def _take_over(self, path: str) -> bool:
        """Have the last snapshot's file here, too; False when it is not there."""
        if self._present.get(path) == self._last[path].sha256:
            return True
        target = self._cleared(path)
        try:
            os.link(self._before / path, target)
        except OSError:  # gone, or a file system without hard links: write it instead
            return False
        return True

    def _place(self, path: str, digest: str, body: bytes) -> None:
        if self._present.get(path) != digest:
            self._cleared(path).write_bytes(body)

    def _cleared(self, path: str) -> Path:
        """The place of a file, with its folder there and nothing in it. Raises ValueError for one outside the site."""
        if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
            raise ValueError(f"the path {path!r} leads out of the site's folder")
        target = self._folder / path
        if path in self._present:
            target.unlink(missing_ok=True)
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return target
