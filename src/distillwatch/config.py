"""Where a run keeps its things: one home folder with the archive, the database and the published snapshot."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

USER_AGENT = "distillwatch/{version}"
"""Followed by the topic's contact, so that whoever runs a crawled site knows whom to write to."""
DEFAULT_HOME = Path("data/build")


class Home(Struct, frozen=True):
    """The folders and files under one home."""

    root: Path

    @property
    def archive(self) -> Path:
        """WARC files, one folder a day."""
        return self.root / "archive"

    @property
    def database(self) -> Path:
        """The working database; readers use the copy in `public`."""
        return self.root / "knowledge.db"

    @property
    def public(self) -> Path:
        """The last complete snapshot: `public/site/` and `public/knowledge.db`."""
        return self.root / "public"

    @property
    def lock(self) -> Path:
        """Held by the one run that may write."""
        return self.root / "run.lock"
