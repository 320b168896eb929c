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
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.site import downloads, env, search_index
from distillwatch.site.as_of import cut
from distillwatch.site.datasette_config import kept_tables, metadata
from distillwatch.site.figures import day_words
from distillwatch.site.ground import Ground
from distillwatch.site.page import Page
from distillwatch.site.pool import pages_written
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.site.writer import Entry, Writer
from distillwatch.topic import Topic, bundled
from distillwatch.workers import collected_seldom

STATIC = env.FOLDER / "static"

# The working database is indexed for writing; readers of the copy ask other questions.
INDEXES = """
CREATE INDEX IF NOT EXISTS contradictions_comparison ON contradictions(comparison_id);
CREATE INDEX IF NOT EXISTS contradictions_incident ON contradictions(incident_id);
CREATE INDEX IF NOT EXISTS claims_by_speaker ON claims(current, speaker_id, document_id, origin_id);
CREATE INDEX IF NOT EXISTS claims_by_subject ON claims(subject_id, current, id, document_id);
CREATE INDEX IF NOT EXISTS claims_by_object ON claims(object_id, current, id, document_id);
CREATE INDEX IF NOT EXISTS claims_of_speaker ON claims(speaker_id, id) WHERE speaker_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS claims_by_statement ON claims(current, proposition_id, evidence_class, origin_id,
  document_id, hedge, speech_act, unit, quantity_low, quantity_high, approx);
CREATE INDEX IF NOT EXISTS claims_by_document ON claims(current, document_id, evidence_class, speech_act, hedge);
CREATE INDEX IF NOT EXISTS claims_by_act ON claims(current, speech_act, proposition_id, subject_id);
CREATE INDEX IF NOT EXISTS claims_by_predicate ON claims(current, predicate, unit);
CREATE INDEX IF NOT EXISTS claims_outline ON claims(id, document_id);
CREATE INDEX IF NOT EXISTS documents_outline ON documents(id, source_id, published_at, outlet);
CREATE INDEX IF NOT EXISTS documents_by_kind ON documents(kind, source_id);
CREATE INDEX IF NOT EXISTS origins_repeated ON document_origins(origin_id, document_id, relation, similarity)
  WHERE relation <> 'original';
CREATE INDEX IF NOT EXISTS revisions_later ON revisions(document_id, seen_at) WHERE number > 1;
CREATE INDEX IF NOT EXISTS run_changes_run ON run_changes(run_id);
ANALYZE;
"""


class PublishReport(Struct, frozen=True, kw_only=True):
    """What a publication did. `changed` is False when the last snapshot was already what the database says."""

    snapshot: str
    changed: bool
    pages: int
    rendered: int
    reused: int
    search: bool = True  # an index of the pages was made; it is left out where pagefind is not installed
    dead_links: tuple[str, ...] = ()


class Manifest(Struct, frozen=True, kw_only=True):
    """What a snapshot was made of, kept beside it for the next build and for readers who check the files."""

    id: str
    inputs: str  # hash of code, templates and topic
    database: str  # SHA-256 of knowledge.db
    published_at: str
    files: dict[str, Entry]
    indexed: search_index.Indexed = {}


@collected_seldom()
def publish(database: Path, public: Path, topic: Topic, now: str, as_of: str = "", processes: int = 1) -> PublishReport:
    """Render everything that `database` says into `public` and switch readers over.

    With `as_of` (an ISO day) everything is as it was known then, database included, and every page says so. `now` is
    only noted in the manifest. Many pages are made by that many `processes`. Raises InputMissing when
    there is no database. A dead link inside does not stop it: it is in the report.
    """
    if not database.is_file():
        raise InputMissing(f"{database} is not there; run `distillwatch run` first")
    snapshots = public / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for left in snapshots.glob(".*"):  # of a build that was killed
        shutil.rmtree(left)
    copied = snapshots / f".copied-{os.getpid()}"
    copied.mkdir()
    if as_of:
        words = f"As known on {day_words(as_of)}. What came later is not shown."
        topic = msgspec.structs.replace(topic, notice=" ".join(part for part in (topic.notice, words) if part))
    inputs = hash_id(
        env.code_version(), topic.title, topic.description, topic.notice, topic.address, _shown_data(topic), length=32
    )
    last = _manifest(public / "current")
    same = last if last is not None and last.inputs == inputs else None
    building = snapshots / f".building-{os.getpid()}"
    spare = _spare(public)
    with ThreadPoolExecutor(1) as beside:  # SQLite needs no Python while it copies
        copy = beside.submit(copy_database, database, copied / "knowledge.db", as_of)
        present = _shared(public, building, same) if same and not spare else {}
        digest = copy.result()
    identity = hash_id(digest, inputs)
    if last is not None and last.id == identity:
        shutil.rmtree(copied)
        shutil.rmtree(building, ignore_errors=True)
        return PublishReport(
            snapshot=identity, changed=False, pages=len(last.files), rendered=0, reused=len(last.files)
        )
    if spare:
        present = _taken(spare, building)
    (building / "site").mkdir(parents=True, exist_ok=True)
    (copied / "knowledge.db").replace(building / "knowledge.db")
    copied.rmdir()
    ground = Ground(str(building / "site"), str((public / "current" / "site").absolute()))
    writer = Writer(ground, present, same.files if same else {})
    known = same.indexed if same else {}
    indexed: search_index.Indexed | None = None
    with open_reader(building / "knowledge.db", topic) as reader, search_index.beside(bool(known)) as indexer:

        def index() -> None:
            nonlocal indexed
            indexed = search_index.write(writer, building / "site", known, indexer)

        with pages_written(writer, reader, building / "knowledge.db", processes, indexer, index):
            for file in sorted(p for p in STATIC.rglob("*") if p.is_file()):
                writer.write(f"static/{file.relative_to(STATIC).as_posix()}", file.read_bytes())
            downloads.write(writer, reader, digest)
        if topic.address:  # the protocol wants whole addresses
            writer.write("sitemap.xml", text_of(_sitemap(writer.files), reader).encode("utf-8"))
    writer.finish()
    dead = writer.dead_links()
    manifest = Manifest(
        id=identity, inputs=inputs, database=digest, published_at=now, files=writer.files, indexed=indexed or {}
    )
    (building / "datasette.json").write_text(
        json.dumps(metadata(topic), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (building / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    _switch(building, snapshots / identity, public)
    return PublishReport(
        snapshot=identity,
        changed=True,
        pages=len(writer.files),
        rendered=writer.rendered,
        reused=len(writer.reused),
        search=indexed is not None,
        dead_links=tuple(dead),
    )


def _sitemap(files: Iterable[str]) -> Page:
    listed = sorted(path for path in files if path.endswith(".html") and path != "404.html")
    return Page(path="sitemap.xml", template="sitemap.xml", title="sitemap", context=lambda: {"paths_listed": listed})


def copy_database(database: Path, target: Path, as_of: str) -> str:
    """A compact copy of one consistent state of the database; its SHA-256."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()
    copy = sqlite3.connect(target)
    try:
        copy.execute("PRAGMA journal_mode = DELETE")
        if as_of:
            cut(copy, as_of)
            copy.execute("VACUUM")
        copy.executescript(INDEXES)
        for name, table in kept_tables().items():
            copy.execute(f'CREATE TABLE "{name}" AS {table["sql"]}')
        copy.commit()
    finally:
        copy.close()
    with target.open("rb") as handle:
        digest = sha256()
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _shown_data(topic: Topic) -> str:
    """What pages show that stands in no database: the vocabulary and the measured scores."""
    floor = (bundled("sample") / "floor.toml").read_text(encoding="utf-8")
    return msgspec.json.encode(topic.vocabulary.predicates, order="sorted").decode() + floor


def _spare(public: Path) -> Path | None:
    """The snapshot before the present one, if it is whole."""
    current = (public / "current").resolve()
    kept = (
        f for f in sorted((public / "snapshots").iterdir()) if not f.name.startswith(".") and f.resolve() != current
    )
    return next((folder for folder in kept if (folder / "manifest.json").is_file()), None)


def _taken(spare: Path, building: Path) -> dict[str, str]:
    """Build in the snapshot before the present one: most of its files are as they will be. Their hashes.

    Once its manifest is gone, a build that is killed in it leaves nothing that anybody would take for a snapshot.
    """
    manifest = _manifest(spare)
    if manifest is None:
        return {}
    (spare / "manifest.json").unlink()
    spare.rename(building)
    return {path: entry.sha256 for path, entry in manifest.files.items()}


def _shared(public: Path, building: Path, last: Manifest) -> dict[str, str]:
    """Where there is no other snapshot yet: the files of the present one, to build in. Their hashes."""
    ground = Ground(str(building / "site"), str((public / "current" / "site").absolute()))
    return {path: entry.sha256 for path, entry in last.files.items() if ground.share(path)}


def _manifest(snapshot: Path) -> Manifest | None:
    """The manifest of a snapshot; None without one, or with one of another form."""
    try:
        return msgspec.json.decode((snapshot / "manifest.json").read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _switch(building: Path, snapshot: Path, public: Path) -> None:
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
