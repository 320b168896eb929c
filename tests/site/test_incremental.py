"""Whatever changes in the database, a site built over the last one is the one that would be built from nothing."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distillwatch.site.build import PublishReport, publish
from distillwatch.topic import Topic

NOW, LATER = "2026-06-10T06:00:00Z", "2026-06-11T06:00:00Z"
WORDS = st.sampled_from(["Ostra", "Quellmark", "A name & more", "<b>bold</b>", "谁说的", ""])
DAYS = st.sampled_from(["2026-05-04", "2026-05", "2025", "2027-01-31", "", "no day"])
ENTITIES = st.sampled_from(["company-quellmark", "company-norvane", "company-tarsil", "model-ostra-2", None])
Change = tuple[tuple[str, str], int, object]  # (table, column), number of the row, new value
# what may change from one run to the next, and into what
CHANGES = {
    ("claims", "current"): st.sampled_from([0, 1]),
    ("claims", "hedge"): st.sampled_from(["none", "reportedly"]),
    ("claims", "polarity"): st.sampled_from(["+", "-"]),
    ("claims", "quantity_low"): st.sampled_from([None, 3.0, 120e9]),
    ("claims", "speaker_id"): ENTITIES,
    ("claims", "subject_id"): ENTITIES,
    ("contradiction_events", "reason"): WORDS,
    ("contradiction_events", "status"): st.sampled_from(["open", "resolved", "reopened"]),
    ("contradictions", "status"): st.sampled_from(["open", "dismissed", "confirmed"]),
    ("documents", "byline"): WORDS,
    ("documents", "gone_at"): DAYS,
    ("documents", "language"): st.sampled_from(["en", "fr"]),
    ("documents", "outlet"): WORDS,
    ("documents", "published_at"): DAYS,
    ("documents", "title"): WORDS,
    ("entities", "description"): WORDS,
    ("entities", "name"): WORDS,
    ("entities", "status"): st.sampled_from(["registered", "proposed"]),
    ("incidents", "summary"): WORDS,
    ("incidents", "title"): WORDS,
    ("mentions", "entity_id"): ENTITIES,
    ("origins", "kind"): st.sampled_from(["report", "release", "wire"]),
    ("sources", "name"): WORDS,
    ("sources", "tier"): st.sampled_from(["press", "wire", "forum"]),
}
CHANGE = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda place: st.tuples(st.just(place), st.integers(0, 60), CHANGES[place])
)


def digests(folder: Path) -> dict[str, str]:
    """Path → hash of each file; so few pages have one index for the search, which is made anew."""
    root = folder.resolve()
    files = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*")) if p.is_file()}
    return {path: hashlib.sha256(p.read_bytes()).hexdigest() for path, p in files.items()}


def apply(database: Path, changes: list[Change]) -> None:
    """Change one column of one row each; what a constraint forbids cannot happen, and is left out."""
    connection = sqlite3.connect(database)
    for (table, column), number, value in changes:
        row = f"(SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET ? % (SELECT COUNT(*) FROM {table}))"
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = {row}", (value, number))
        except sqlite3.IntegrityError:
            continue
    connection.commit()
    connection.close()


class Newsroom:
    """A folder with a database and the site made of it; it says little of itself where a test fails."""

    def __init__(self, folder: Path, topic: Topic) -> None:
        self.folder = folder
        self.topic = topic

    def __repr__(self) -> str:
        return f"Newsroom({self.folder})"

    def publish(self, public: Path, now: str = LATER) -> PublishReport:
        """Build what its database says into a folder."""
        return publish(self.folder / "knowledge.db", public, self.topic, now)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database: Path, watch: Topic) -> Newsroom:
    """Nobody changes it."""
    made = Newsroom(tmp_path_factory.mktemp("built"), watch)
    shutil.copy(database, made.folder / "knowledge.db")
    made.publish(made.folder / "public", NOW)
    return made


@settings(max_examples=8, deadline=None)
@given(rounds=st.lists(st.lists(CHANGE, min_size=1, max_size=4), min_size=1, max_size=2))
@example(rounds=[[(("documents", "published_at"), 2, "2025")]])  # a bare year is a number of days to SQLite
def test_a_build_over_the_last_one_is_a_fresh_one(rounds: list[list[Change]], built: Newsroom) -> None:
    with TemporaryDirectory() as made:
        copy = Newsroom(Path(made) / "copy", built.topic)
        shutil.copytree(built.folder, copy.folder, symlinks=True)
        for number, changes in enumerate(rounds):
            apply(copy.folder / "knowledge.db", changes)
            over, anew = copy.publish(copy.folder / "public"), copy.publish(Path(made) / str(number))
            assert digests(copy.folder / "public" / "site") == digests(Path(made) / str(number) / "site")
            assert (over.dead_links, over.snapshot) == (anew.dead_links, anew.snapshot)
