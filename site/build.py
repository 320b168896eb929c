"""Publish: pages and database into a fresh folder, checked, then switched in one step. No page depends on the clock."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.site import downloads, env, search_index
from distillwatch.site.copying import copy_database, file_digest
from distillwatch.site.datasette_config import metadata
from distillwatch.site.figures import day_words
from distillwatch.site.ground import Ground
from distillwatch.site.page import Page, Sheaves, all_parts
from distillwatch.site.pool import Chunk, Making
from distillwatch.site.reader import Reader, open_reader
from distillwatch.site.render import Made, Task, text_of
from distillwatch.site.snapshots import Manifest, manifest_of, shared, spare, switch, take_over
from distillwatch.site.writer import Writer, found_first
from distillwatch.topic import Topic, bundled
from distillwatch.workers import can_fork, collected_seldom

STATIC = env.FOLDER / "static"
EARLY = 1000  # pages that are made before all are known which are to be made: of more, the findable ones come first


class PublishReport(Struct, frozen=True, kw_only=True):
    """What a publication did. `changed` is False when the last snapshot was already what the database says."""

    snapshot: str
    changed: bool
    pages: int
    rendered: int
    reused: int
    search: bool = True  # an index of the pages was made; it is left out where pagefind is not installed
    dead_links: tuple[str, ...] = ()


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
    building, copied = (snapshots / f".{name}-{os.getpid()}" for name in ("building", "copied"))
    copied.mkdir()
    topic = _as_of(topic, as_of) if as_of else topic
    inputs = _inputs(topic)
    snapshot = copied / "knowledge.db"
    ground = Ground(str(building / "site"), str((public / "current" / "site").absolute()))
    with ThreadPoolExecutor(1) as beside:  # SQLite needs no Python while it copies
        copy = beside.submit(copy_database, database, snapshot, as_of, topic)
        last, before = manifest_of(public / "current"), spare(public)
        same = last if last is not None and last.inputs == inputs else None
        lying = before.files if before else shared(ground, same) if same else {}
        env.prepared()
        copy.result()
    with open_reader(snapshot, topic) as reader, ExitStack() as ahead:
        if processes > 1 and can_fork():
            ahead.enter_context(reader.reading_ahead(reader.fingerprints.queries()))
        parts, digest = _looked_at(reader)
        identity = hash_id(digest, inputs)
        if last is not None and last.id == identity:
            shutil.rmtree(copied)
            shutil.rmtree(building, ignore_errors=True)
            return PublishReport(
                snapshot=identity, changed=False, pages=len(last.files), rendered=0, reused=len(last.files)
            )
        if before:
            take_over(before, building)
        (building / "site").mkdir(parents=True, exist_ok=True)
        writer = Writer(ground, lying, same.files if same else {}, same.sheaves if same else {})
        with closing(Making(parts, writer.pages, reader, ground, processes)) as making:
            todo = _begun(writer, parts, making, reader)
            indexed, dead = _filled(writer, reader, todo, making.chunks(), same.indexed if same else {}, digest)
    writer.finish()
    snapshot.replace(building / "knowledge.db")
    copied.rmdir()
    manifest = Manifest(
        id=identity,
        inputs=inputs,
        database=digest,
        published_at=now,
        files=writer.files,
        sheaves=writer.sheaves,
        indexed=indexed or {},
    )
    (building / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    switch(building, snapshots / identity, public)
    return PublishReport(
        snapshot=identity,
        changed=True,
        pages=len(writer.files),
        rendered=writer.rendered,
        reused=len(writer.reused),
        search=indexed is not None,
        dead_links=tuple(dead),
    )


def _as_of(topic: Topic, day: str) -> Topic:
    """The topic with a notice that what came after a day is left out."""
    words = f"As known on {day_words(day)}. What came later is not shown."
    return msgspec.structs.replace(topic, notice=" ".join(part for part in (topic.notice, words) if part))


def _inputs(topic: Topic) -> str:
    """A hash of all that decides how pages look beside the database: code, templates, vocabulary, measured scores."""
    floor = (bundled("sample") / "floor.toml").read_text(encoding="utf-8")
    vocabulary = msgspec.json.encode(topic.vocabulary.predicates, order="sorted").decode()
    return hash_id(
        env.code_version(), topic.title, topic.description, topic.notice, topic.address, vocabulary + floor, length=32
    )


def _looked_at(reader: Reader) -> tuple[list[Page | Sheaves], str]:
    """All that the site is to consist of, and the hash of its database, which is made meanwhile."""
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(file_digest, reader.database)
        return all_parts(reader), digest.result()


def _begun(writer: Writer, parts: Sequence[Page | Sheaves], making: Making, reader: Reader) -> list[Task]:
    """The pages that are to be made, all begun, in their order.

    What documents are shown on is known first: where that is little, it is made beside the looking for the rest.
    """
    numbered = list(enumerate(parts))
    tied = writer.todo(part for part in numbered if isinstance(part[1], Sheaves))
    early = len(tied) <= EARLY
    if early:
        reader.fingerprints.naming("")  # pages ask for it, too: processes that are forked off need not find out again
        making.begin(tied)
    rest = writer.todo(part for part in numbered if not isinstance(part[1], Sheaves))
    todo = [*tied, *rest] if early else found_first([*tied, *rest])
    making.begin(rest if early else todo)
    return todo


def _filled(
    writer: Writer,
    reader: Reader,
    todo: Sequence[Task],
    chunks: Iterable[Chunk],
    last: search_index.Indexed,
    digest: str,
) -> tuple[search_index.Indexed | None, list[str]]:
    """Have every file of the site in its place; what its index for the search holds, and its dead links."""
    with search_index.Search(writer, Path(writer.ground.folder), last) as search:
        _beside(Path(writer.ground.folder).parent, reader.topic)
        for file in sorted(p for p in STATIC.rglob("*") if p.is_file()):
            writer.write(f"static/{file.relative_to(STATIC).as_posix()}", file.read_bytes())
        pages = _noted(chunks, writer, search)
        for _ in islice(pages, max((number for number, task in enumerate(todo, 1) if task.found), default=0)):
            pass
        search.begin()
        downloads.write(writer, reader, digest)
        for _ in pages:
            pass
        if reader.topic.address:  # the protocol wants whole addresses
            writer.write("sitemap.xml", text_of(_sitemap(writer.files), reader).encode("utf-8"))
        dead = writer.dead_links()  # no page points into the index
        return search.end(), dead


def _beside(snapshot: Path, topic: Topic) -> None:
    """What lies beside the site: the settings of Datasette. The place of the database is cleared of the one before."""
    (snapshot / "knowledge.db").unlink(missing_ok=True)  # a large file goes slowly
    settings = json.dumps(metadata(topic), ensure_ascii=False, indent=1)
    (snapshot / "datasette.json").write_text(settings, encoding="utf-8")


def _noted(chunks: Iterable[Chunk], writer: Writer, search: search_index.Search) -> Iterator[Made]:
    """The pages as they come, each taken note of."""
    for chunk in chunks:
        writer.links.note(chunk.noted)
        for made in chunk.made:
            writer.made(made)
            search.add(made)
            yield made


def _sitemap(files: Iterable[str]) -> Page:
    listed = sorted(path for path in files if path.endswith(".html") and path != "404.html")
    return Page(path="sitemap.xml", template="sitemap.xml", title="sitemap", context=lambda: {"paths_listed": listed})
