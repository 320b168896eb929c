"""Publish: pages and database into a fresh folder, checked, then switched in one step.

`public/` holds `snapshots/<id>/{site,knowledge.db,datasette.json,manifest.json}`; `current` points at the one that
readers see, and `site` and `knowledge.db` lead through it, so that both change in one rename. No page depends on
the clock.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.site import env, linkcheck
from distillwatch.site.datasette_config import metadata
from distillwatch.site.page import Page, all_pages
from distillwatch.site.reader import Reader, open_reader
from distillwatch.topic import Topic


class PublishReport(Struct, frozen=True, kw_only=True):
    """What a publication did. `changed` is False when the last snapshot was already what the database says."""

    snapshot: str
    changed: bool
    pages: int
    rendered: int
    reused: int
    dead_links: tuple[str, ...] = ()


class Entry(Struct, frozen=True):
    """A file of a snapshot: the fingerprint of its data and the hash of its bytes."""

    key: str
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What a snapshot was made of, kept beside it for the next build and for readers who check the files."""

    id: str
    inputs: str  # hash of code, templates and topic
    database: str  # SHA-256 of knowledge.db
    published_at: str
    files: dict[str, Entry]


def publish(database: Path, public: Path, topic: Topic, now: str) -> PublishReport:
    """Render everything that `database` says into `public` and switch readers over.

    `now` is only noted in the manifest. Raises InputMissing when there is no database. A dead link inside does not
    stop it: it is in the report.
    """
    if not database.is_file():
        raise InputMissing(f"{database} is not there; run `distillwatch run` first")
    snapshots = public / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for left in snapshots.glob(".building-*"):  # of a build that was killed
        shutil.rmtree(left)
    building = snapshots / f".building-{os.getpid()}"
    building.mkdir()
    digest = _copy_database(database, building / "knowledge.db")
    inputs = hash_id(env.code_version(), topic.title, topic.description, topic.notice, _vocabulary(topic), length=32)
    identity = hash_id(digest, inputs)
    last = _last(public)
    if last is not None and last.id == identity:
        shutil.rmtree(building)
        return PublishReport(
            snapshot=identity, changed=False, pages=len(last.files), rendered=0, reused=len(last.files)
        )
    with open_reader(building / "knowledge.db", topic) as reader:
        builder = _Builder(
            building / "site", public / "current" / "site", last if last and last.inputs == inputs else None
        )
        builder.static(env.FOLDER / "static")
        for page in all_pages(reader):
            builder.add(page, reader)
    dead = linkcheck.dead_links(building / "site", builder.written, builder.vanished())
    manifest = Manifest(id=identity, inputs=inputs, database=digest, published_at=now, files=builder.files)
    (building / "datasette.json").write_text(
        json.dumps(metadata(topic), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (building / "manifest.json").write_bytes(msgspec.json.encode(manifest, order="sorted"))
    _switch(building, snapshots / identity, public)
    return PublishReport(
        snapshot=identity,
        changed=True,
        pages=len(builder.files),
        rendered=builder.rendered,
        reused=builder.reused,
        dead_links=tuple(dead),
    )


class _Builder:
    """Writes the files of one snapshot, taking over from the last one what has not changed."""

    def __init__(self, folder: Path, before: Path, last: Manifest | None) -> None:
        self.files: dict[str, Entry] = {}
        self.written: list[str] = []
        self.rendered = 0
        self.reused = 0
        self._folder = folder
        self._before = before
        self._last = last.files if last else {}

    def add(self, page: Page, reader: Reader) -> None:
        """Take `page` over or render it."""
        known = self._last.get(page.path)
        if page.path in self.files:
            raise ValueError(f"two pages want the path {page.path!r}")
        if known is not None and page.key and known.key == page.key and self._link(page.path):
            self.files[page.path] = known
            self.reused += 1
            return
        template = env.environment().get_template(page.template)
        text = template.render(**page.context(), page=page, root=page.root, topic=reader.topic)
        self.rendered += 1
        self._write(page.path, text.encode("utf-8"), page.key)

    def static(self, folder: Path) -> None:
        """Copy the style sheet and pictures."""
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            self._write(f"static/{file.relative_to(folder).as_posix()}", file.read_bytes(), "")

    def vanished(self) -> bool:
        """A page of the last snapshot is gone: pages taken over may point at it."""
        return any(path not in self.files for path in self._last)

    def _write(self, path: str, body: bytes, key: str) -> None:
        digest = sha256(body).hexdigest()
        known = self._last.get(path)
        if known is None or known.sha256 != digest or not self._link(path):
            target = self._target(path)
            target.write_bytes(body)
        self.written.append(path)
        self.files[path] = Entry(key, digest)

    def _link(self, path: str) -> bool:
        """Take the last snapshot's file over by a hard link; False when it is not there."""
        try:
            os.link(self._before / path, self._target(path))
        except OSError:  # gone, or a file system without hard links: write it instead
            return False
        return True

    def _target(self, path: str) -> Path:
        target = (self._folder / path).resolve()
        if not target.is_relative_to(self._folder.resolve()):
            raise ValueError(f"the path {path!r} leads out of the site's folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _copy_database(database: Path, target: Path) -> str:
    """A compact copy of one consistent state of the database; its SHA-256."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()
    with target.open("rb") as handle:
        digest = sha256()
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _vocabulary(topic: Topic) -> str:
    return msgspec.json.encode(topic.vocabulary.predicates, order="sorted").decode()


def _last(public: Path) -> Manifest | None:
    """The manifest of the snapshot that readers see now; None without one, or with one of another form."""
    try:
        return msgspec.json.decode((public / "current" / "manifest.json").read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _switch(building: Path, snapshot: Path, public: Path) -> None:
    """Move the finished folder into place, point `current` at it, and drop all but the snapshot before."""
    before = (public / "current").resolve() if (public / "current").exists() else None
    if snapshot.exists():
        shutil.rmtree(snapshot)
    building.rename(snapshot)
    _point(public / "current", Path("snapshots") / snapshot.name)
    _point(public / "site", Path("current") / "site")
    _point(public / "knowledge.db", Path("current") / "knowledge.db")
    for old in _others(snapshot.parent, {snapshot.resolve(), before}):
        shutil.rmtree(old)


def _others(snapshots: Path, kept: set[Path | None]) -> Iterable[Path]:
    return [folder for folder in sorted(snapshots.iterdir()) if folder.resolve() not in kept]


def _point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` in one step, whether it was there or not."""
    if link.exists() and not link.is_symlink():
        raise InputMissing(f"{link} is not a link; move it away, `publish` puts a link to the current snapshot there")
    fresh = link.with_name(f".{link.name}-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
