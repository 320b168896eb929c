"""The folder that a site is built in, beside the one that readers see: files are shared where they are the same.

A file may share its bytes on disk with other snapshots, so it is replaced, never written into. Addresses are plain
strings: a site has tens of thousands of files, and paths as objects would cost as much as the files themselves.
"""
# ruff: noqa: PTH103, PTH108, PTH120, PTH123

from __future__ import annotations

import os
from contextlib import suppress

from msgspec import Struct


class Ground(Struct, frozen=True):
    """`folder` is built in; `seen` holds the site as readers have it now (it need not be there)."""

    folder: str
    seen: str

    def put(self, path: str, body: bytes, digest: str, lying: str = "", seen: str = "") -> None:
        """Have the file `path` hold `body`, of the hash `digest`.

        `lying` and `seen` are the hashes of the files of that path in the two folders, "" where there is none.
        """
        if digest == lying or (digest == seen and self.share(path, lying)):
            return
        target = f"{self.folder}/{path}"
        if lying:
            with suppress(FileNotFoundError):
                os.unlink(target)
        try:
            _write(target, body)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            _write(target, body)

    def share(self, path: str, lying: str = "") -> bool:
        """Have the file that readers see here, too; False when it is gone or cannot be shared on this file system."""
        target = f"{self.folder}/{path}"
        if lying:
            with suppress(FileNotFoundError):
                os.unlink(target)
        try:
            os.link(f"{self.seen}/{path}", target)
        except FileNotFoundError:  # the file, or the folder for it
            os.makedirs(os.path.dirname(target), exist_ok=True)
        except OSError:
            return False
        else:
            return True
        try:
            os.link(f"{self.seen}/{path}", target)
        except OSError:
            return False
        return True


def _write(target: str, body: bytes) -> None:
    with open(target, "wb", buffering=0) as handle:
        handle.write(body)


def inside(path: str) -> str:
    """`path` if it names a file under the site's root. Raises ValueError for one that leads out."""
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"the path {path!r} leads out of the site's folder")
    return path
