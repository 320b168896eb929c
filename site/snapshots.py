"""The folders that a publication is built in, and the links that lead readers to the one that is whole.

`public/` holds `snapshots/<id>/{site,knowledge.db,datasette.json,manifest.json}`; `current` points at the one that
readers see, and `site` and `knowledge.db` lead through it, so that both change in one rename.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from distillwatch.errors import InputMissing
from distillwatch.site.ground import Ground
from distillwatch.site.search_index import Indexed
from distillwatch.site.writer import Entry, Sheaf


class Manifest(Struct, frozen=True, kw_only=True):
    """What a snapshot was made of, kept beside it for the next build and for readers who check the files."""

    id: str
    inputs: str  # hash of code, templates and topic
    database: str  # SHA-256 of knowledge.db
    published_at: str
    files: dict[str, Entry]
    sheaves: dict[str, Sheaf] = {}
    indexed: Indexed = {}


class Spare(NamedTuple):
    """The snapshot before the present one, which nobody sees any more, with the hashes of its files."""

    folder: Path
    files: dict[str, str]


def spare(public: Path) -> Spare | None:
    """The snapshot before the present one, if it is whole."""
    current = (public / "current").resolve()
    for folder in sorted((public / "snapshots").iterdir()):
        if not folder.name.startswith(".") and folder.resolve() != current:
            manifest = manifest_of(folder)
            if manifest is not None:
                return Spare(folder, {path: entry.sha256 for path, entry in manifest.files.items()})
    return None


def take_over(spare: Spare, building: Path) -> None:
    """Build in the snapshot before the present one: most of its files are as they will be.

    Once its manifest is gone, a build that is killed in it leaves nothing that anybody would take for a snapshot.
    """
    (spare.folder / "manifest.json").unlink()
    spare.folder.rename(building)


def shared(ground: Ground, last: Manifest) -> dict[str, str]:
    """Where there is no other snapshot yet: the files of the present one, to build in. Their hashes."""
    return {path: entry.sha256 for path, entry in last.files.items() if ground.share(path)}


def manifest_of(snapshot: Path) -> Manifest | None:
    """The manifest of a snapshot; None without one, or with one of another form."""
    try:
        return msgspec.json.decode((snapshot / "manifest.json").read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def switch(building: Path, snapshot: Path, public: Path) -> None:
    """Move the finished folder into place, point `current` at it, and drop all but the snapshot before."""
    before = (public / "current").resolve()
    if snapshot.exists():
        shutil.rmtree(snapshot)
    building.rename(snapshot)
    _point(public / "current", Path("snapshots") / snapshot.name)
    _point(public / "site", Path("current") / "site")
    _point(public / "knowledge.db", Path("current") / "knowledge.db")
    for old in snapshot.parent.iterdir():
        if old.resolve() not in (snapshot.resolve(), before):
            shutil.rmtree(old)


def _point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` in one step, whether it was there or not."""
    if link.exists() and not link.is_symlink():
        raise InputMissing(f"{link} is not a link; move it away, `publish` puts a link to the current snapshot there")
    fresh = link.with_name(f".{link.name}-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
