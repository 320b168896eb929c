"""Whatever changes in the database, a site built over the last one is the one that would be built from nothing."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distillwatch.site.build import publish
from distillwatch.topic import Topic

NOW, LATER = "2026-06-10T06:00:00Z", "2026-06-11T06:00:00Z"
WORDS = st.sampled_from(["Ostra", "Quellmark", "A name & more", "<b>bold</b>", "谁说的", ""])
DAYS = st.sampled_from(["2026-05-04", "2026-05", "2025", "2027-01-31", "", "no day"])
ENTITIES = st.sampled_from(["company-quellmark", "company-norvane", "company-tarsil", "model-ostra-2", None])
# what may change from one run to the next, and into what
CHANGES = {
    ("claims", "current"): st.sampled_from([0, 1]),
    ("claims", "hedge"): st.sampled_from(["none", "reportedly"]),
    ("claims", "polarity"): st.sampled_from(["+", "-"]),
    ("claims", "quantity_low"): st.sampled_from([None, 3.0, 120e9]),
    ("claims", "speaker_id"): ENTITIES,
    ("claims", "subject_id"): ENTITIES,
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


def apply(database: Path, changes: list[tuple[tuple[str, str], int, object]]) -> None:
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, database: Path, watch: Topic) -> Iterator[Path]:
    """A folder with the newsroom's database and its site."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copy(database, folder / "knowledge.db")
    publish(folder / "knowledge.db", folder / "public", watch, NOW)
    yield folder


@settings(max_examples=12, deadline=None)
@given(rounds=st.lists(st.lists(CHANGE, min_size=1, max_size=4), min_size=1, max_size=2))
def test_a_build_over_the_last_one_is_a_fresh_one(
    rounds: list[list[tuple[tuple[str, str], int, object]]], built: Path, watch: Topic
) -> None:
    with TemporaryDirectory() as made:
        folder, number = Path(made) / "over", count()
        shutil.copytree(built, folder, symlinks=True)
        for changes in rounds:
            apply(folder / "knowledge.db", changes)
            over = publish(folder / "knowledge.db", folder / "public", watch, LATER)
            fresh = Path(made) / f"fresh{next(number)}"
            anew = publish(folder / "knowledge.db", fresh, watch, LATER)
            assert digests(folder / "public" / "site") == digests(fresh / "site")
            assert over.dead_links == anew.dead_links
            assert over.snapshot == anew.snapshot
