"""The files of one snapshot: which are taken over from the last one, which are made anew, and what each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from distillwatch.site.ground import Ground, inside
from distillwatch.site.linkcheck import Links
from distillwatch.site.page import Page, Sheaves
from distillwatch.site.render import Made, Task

UNLINKED = "pagefind"  # folders that the script of the search reads; no page points there


class Entry(Struct, frozen=True, array_like=True):
    """A file of a snapshot: the fingerprint of its data, the hash of its bytes, the places others may point at.

    `found` is a hash of what the search index reads of it, "" for what is not to be found.
    """

    key: str
    sha256: str
    places: tuple[str, ...] = ()
    found: str = ""


class Sheaf(Struct, frozen=True, array_like=True):
    """Files that have one fingerprint; their own are left empty."""

    key: str
    paths: tuple[str, ...]


def found_first(tasks: Iterable[Task]) -> list[Task]:
    """Pages with those first that are to be found by the search, so that its index can be made beside the rest."""
    return sorted(tasks, key=lambda task: not task.found)


class Writer:
    """`files` and `sheaves` say what the snapshot holds; `rendered` and `reused` how each page came into it."""

    def __init__(
        self, ground: Ground, lying: dict[str, str], last: dict[str, Entry], last_sheaves: dict[str, Sheaf]
    ) -> None:
        """Build on `ground`, where files of the hashes `lying` are already; readers see `last`."""
        self.files: dict[str, Entry] = {}
        self.sheaves: dict[str, Sheaf] = {}
        self.ground = ground
        self.links = Links()
        self.rendered = 0
        self.reused: list[str] = []
        self.pages: dict[str, Page] = {}  # that are to be made, by path
        self.findable: list[str] = []  # pages that are to be found by the search, in their order
        self._lying = lying
        self._last = last
        self._last_sheaves = last_sheaves
        self._keys: dict[str, Callable[[], str] | str] = {}  # of the pages that are to be made

    def todo(self, parts: Iterable[tuple[int, Page | Sheaves]]) -> list[Task]:
        """The pages that are to be made of some parts of the site, each with its place among all; what the last
        snapshot has is taken over.

        Raises ValueError for a path that two pages have, or that leads out of the site.
        """
        found: list[Task] = []
        for place, part in parts:
            if not isinstance(part, Sheaves):
                found += self._single(place, part)
                continue
            for identity in part.of:
                name, key = f"{part.kind} {identity}", part.key(identity)
                if self.sheaf_taken_over(name, key):
                    self.reused += self.sheaves[name].paths
                else:
                    found += self._sheaf(place, identity, name, key, part.pages(identity))
        return found_first(found)

    def sheaf_taken_over(self, name: str, key: str) -> bool:
        """Have all files of a sheaf from the last snapshot, if all of them are there and it had that fingerprint."""
        sheaf = self._last_sheaves.get(name)
        if sheaf is None or sheaf.key != key or not all(map(self._take_over, sheaf.paths)):
            return False
        self.sheaves[name] = sheaf
        for path in sheaf.paths:
            self._reserve(path)
            entry = self.files[path] = self._last[path]
            if entry.found:
                self.findable.append(path)
        return True

    def _sheaf(self, place: int, of: str, name: str, key: str, pages: Iterable[Page]) -> Iterator[Task]:
        """The pages of a sheaf, but for those that are there and had its fingerprint."""
        sheaf, paths = self._last_sheaves.get(name), []
        there = frozenset(sheaf.paths if sheaf is not None and sheaf.key == key else ())
        for page in pages:
            paths.append(page.path)
            self._note(page)
            if page.path in there and self._take_over(page.path):
                self._reuse(page.path)
            else:
                yield self._task(page, "", place, of)
        self.sheaves[name] = Sheaf(key, tuple(paths))

    def _single(self, place: int, page: Page) -> Iterator[Task]:
        """A page, if it is not there with its fingerprint."""
        self._note(page)
        known = self._last.get(page.path)
        if page.key is None or known is None:
            yield self._task(page, page.key or "", place)
        elif known.key == (key := page.key()) and self._take_over(page.path):
            self._reuse(page.path)
        else:
            yield self._task(page, key, place)

    def _note(self, page: Page) -> None:
        self._reserve(page.path)
        if page.found_as:
            self.findable.append(page.path)

    def _task(self, page: Page, key: Callable[[], str] | str, place: int, of: str = "") -> Task:
        path, known = page.path, self._last.get(page.path)
        self._keys[path], self.pages[path] = key, page
        return Task(path, self._lying.get(path, ""), known.sha256 if known else "", place, of, bool(page.found_as))

    def _reuse(self, path: str) -> None:
        self.files[path] = self._last[path]
        self.reused.append(path)

    def _reserve(self, path: str) -> None:
        if path in self.files or path in self._keys:
            raise ValueError(f"two pages want the path {path!r}")
        if path not in self._last:  # those were looked at when they were made
            inside(path)

    def made(self, made: Made) -> None:
        """Take note of a page that was made for its task."""
        key = self._keys.pop(made.path)
        self.files[made.path] = Entry(key if isinstance(key, str) else key(), made.sha256, made.places, made.found)
        self.rendered += 1

    def write(self, path: str, body: bytes, key: str = "") -> None:
        """Put a file that is no page under the site's root."""
        digest, known = sha256(body).hexdigest(), self._last.get(inside(path))
        self.ground.put(path, body, digest, self._lying.get(path, ""), known.sha256 if known else "")
        self.files[path] = Entry(key, digest)

    def write_keyed(self, path: str, key: str, body: Callable[[], bytes]) -> None:
        """Put a file that is no page, whose bytes are only made if its fingerprint is not the last one's."""
        known = self._last.get(path)
        if known is not None and known.key == key and self._take_over(path):
            self.files[path] = known
        else:
            self.write(path, body(), key)

    def tie(self, name: str, key: str, paths: Iterable[str]) -> None:
        """Note that files that were put have one fingerprint, so that all can be taken over by it."""
        self.sheaves[name] = Sheaf(key, tuple(paths))

    def finish(self) -> None:
        """Remove what lay in the folder and belongs to no file of this snapshot."""
        for path in self._lying.keys() - self.files.keys():
            Path(self.ground.folder, path).unlink()
            del self._lying[path]

    def dead_links(self) -> list[str]:
        """Addresses that lead nowhere. Pages taken over are read again only if something that stood there is gone."""
        if any(path not in self.files for path in self._last if not path.startswith(UNLINKED)):
            for path in self.reused:
                if path.endswith(".html"):
                    self.links.add(path, Path(self.ground.folder, path).read_text(encoding="utf-8"))
        return self.links.dead({path: entry.places for path, entry in self.files.items()})

    def _take_over(self, path: str) -> bool:
        """Have the last snapshot's file here, too; False when it is not there."""
        lying = self._lying.get(path, "")
        return lying == self._last[path].sha256 or self.ground.share(path, lying)
