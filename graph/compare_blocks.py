"""First half of a comparison: find what changed, and note which blocks have to be looked at again.

Everything is written in one transaction for some documents at a time; a run that breaks off leaves the rest in the
queue.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sqlite_utils import Database

from distillwatch.graph import compare_flags, compare_places
from distillwatch.graph.compare_judging import Indexed, Scene, read_documents
from distillwatch.graph.compare_pool import Workers
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import upsert
from distillwatch.graph.statements import fold
from distillwatch.ids import hash_id, text_hash

STAGE, PARTY_STAGE = "compare", "compare-party"
_DOCUMENTS_AT_ONCE = 1000


def index(db: Database, scene: Scene, workers: Workers) -> tuple[int, Counter[str]]:
    """Bring the blocks up to date and queue those that changed.

    Returns the number of documents that had changed, and the flags opened by rules for single statements.
    """
    counts = Counter[str]()
    states = dict(_states(db))
    done = dict(_done(db, STAGE, scene.version))
    known, parties = dict(_done(db, PARTY_STAGE, "")), _party_states(scene)
    spoken = _of_changed_parties(db, scene, known, parties)
    changed = [key for key, state in states.items() if done.get(key) != state or key in spoken]
    parts = [changed[start : start + _DOCUMENTS_AT_ONCE] for start in range(0, len(changed), _DOCUMENTS_AT_ONCE)]
    for some, indexed in zip(parts, workers.each(read_documents, Indexed, parts), strict=True):
        with transaction(db):
            _forget(db, json.dumps(some))
            counts += _store(db, indexed, scene)
            upsert(db, "work", [_mark(STAGE, key, states[key], scene) for key in some], ("stage", "input_id"))
    _remember_parties(db, scene, known, parties)
    return len(changed), counts


def _store(db: Database, indexed: Indexed, scene: Scene) -> Counter[str]:
    db.conn.executemany(
        """INSERT OR IGNORE INTO claim_blocks (block, claim_id, document_id, signature, origin, rank, affairs)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [(e.block, e.statement, e.text, e.signature, e.origin, e.rank, e.told_of) for e in indexed.entries],
    )
    enqueue(db, "block", {e.block for e in indexed.entries})
    return compare_flags.save(db, indexed.found, indexed.texts, scene.now)


def _forget(db: Database, wanted: str) -> None:
    """Take out what stands of some documents (a JSON list of ids), and queue what that may change."""
    db.conn.execute(
        """INSERT OR IGNORE INTO compare_queue (task, item) SELECT DISTINCT 'block', block FROM claim_blocks
           WHERE document_id IN (SELECT value FROM json_each(?))""",
        (wanted,),
    )
    for side in ("claim_a", "claim_b"):
        db.conn.execute(
            f"""INSERT OR IGNORE INTO compare_queue (task, item) SELECT 'stale', m.id FROM claims c
                JOIN comparisons m ON m.{side} = c.id WHERE c.document_id IN (SELECT value FROM json_each(?))""",
            (wanted,),
        )
    compare_places.unsettle(db, wanted)
    db.conn.execute("DELETE FROM claim_blocks WHERE document_id IN (SELECT value FROM json_each(?))", (wanted,))


def _states(db: Database) -> Iterator[tuple[str, str]]:
    """(Document, hash of all that a verdict on its statements may rest on), in the order of first sight."""
    rows = db.conn.execute(
        """WITH origin AS (
             SELECT document_id, min(origin_id) AS id FROM document_origins WHERE relation != 'cites' GROUP BY 1),
           affair AS (
             SELECT document_id, group_concat(id) AS ids FROM (
               SELECT document_id, incident_id AS id FROM incident_documents UNION ALL
               SELECT c.document_id, i.incident_id || i.claim_id FROM incident_claims i
                 JOIN claims c ON c.id = i.claim_id ORDER BY 1, 2) GROUP BY 1)
           SELECT d.id, d.revision_id || coalesce(w.stage_version, '') || coalesce(w.done_at, '') || '|' ||
             coalesce(d.outlet, '') || '|' || s.name || '|' || d.kind || d.language || coalesce(d.published_at, '') ||
             coalesce(d.published_from, '') || '|' || coalesce(origin.id, '') || '|' || coalesce(affair.ids, '')
           FROM documents d JOIN sources s ON s.id = d.source_id LEFT JOIN origin ON origin.document_id = d.id
           LEFT JOIN affair ON affair.document_id = d.id LEFT JOIN work w ON w.stage = 'extract' AND w.input_id = d.id
           ORDER BY d.first_seen, d.id"""
    )
    for key, state in rows:
        yield key, text_hash(state)


def _of_changed_parties(db: Database, scene: Scene, before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Documents that speak of an entity whose identity, owner or family is not what it was, or by a name that was
    nobody's until now.
    """
    if not before:
        return set()
    changed = {key for key, state in now.items() if before.get(key) != state}
    if not changed:
        return set()
    wanted = json.dumps(sorted(changed & before.keys()))
    rows = db.conn.execute(
        """SELECT DISTINCT document_id FROM claims WHERE current AND (
             subject_id IN (SELECT value FROM json_each(?)) OR object_id IN (SELECT value FROM json_each(?))
             OR speaker_id IN (SELECT value FROM json_each(?)))""",
        (wanted, wanted, wanted),
    )
    canonical = {scene.parties.canonical[key] for key in changed}
    names = {name for name, key in scene.parties.names.items() if key in canonical}
    return {row[0] for row in rows} | (_of_receivers(db, scene, names) if names else set())


def _of_receivers(db: Database, scene: Scene, names: set[str]) -> set[str]:
    """Documents that tell of a letter to somebody with one of these names: receivers are known by their words only."""
    letters = [p.name for p in scene.world.predicates if p.incident == "letter"]
    rows = db.conn.execute(
        """SELECT document_id, coalesce(json_extract(qualifiers, '$.to'), ''), evidence FROM claims
           WHERE current AND predicate IN (SELECT value FROM json_each(?))""",
        (json.dumps(letters),),
    )
    found = set()
    for document, to, evidence in rows:
        receiver = fold(to or scene.world.marks.receiver(evidence))
        if receiver in names:
            found.add(document)
    return found


def _remember_parties(db: Database, scene: Scene, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    new = [_mark(PARTY_STAGE, key, state, scene) for key, state in now.items() if before.get(key) != state]
    with transaction(db):
        upsert(db, "work", new, ("stage", "input_id"))


def _mark(stage: str, key: str, state: str, scene: Scene) -> dict[str, str]:
    version = scene.version if stage == STAGE else ""
    return {"stage": stage, "input_id": key, "input_hash": state, "stage_version": version, "done_at": scene.now}


def _party_states(scene: Scene) -> dict[str, str]:
    """Entity → hash of all that a verdict may rest on: itself, and to whom it belongs up to the top of the chain."""
    world, states = scene.world, {}
    for key, itself in scene.parties.canonical.items():
        p = scene.parties.by_id[itself]
        family = (world.is_family(p), *world.chain(p.id), *(up for m in p.members for up in world.chain(m)))
        states[key] = hash_id(p.id, p.name, p.kind, *family, world.root(p), *p.members, p.born, p.died)
    return states


def _done(db: Database, stage: str, version: str) -> Iterator[tuple[str, str]]:
    sql = "SELECT input_id, input_hash FROM work WHERE stage = ? AND stage_version = ?"
    yield from db.conn.execute(sql, (stage, version))


def queued(db: Database, task: str) -> list[str]:
    """The items of a task, in order."""
    return [row[0] for row in db.conn.execute("SELECT item FROM compare_queue WHERE task = ? ORDER BY item", (task,))]


def enqueue(db: Database, task: str, items: Iterable[str]) -> None:
    """Put items on the queue that are not there yet."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO compare_queue (task, item) VALUES (?, ?)", [(task, item) for item in sorted(items)]
    )


def dequeue(db: Database, task: str, items: Iterable[str]) -> None:
    """Take finished items off the queue."""
    db.conn.executemany("DELETE FROM compare_queue WHERE task = ? AND item = ?", [(task, item) for item in items])
