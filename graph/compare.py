"""Compare: every pair of claims that can speak of one thing gets a verdict with its sentence, and contradictions a
flag.

Incremental: only documents whose claims, incident, origin or entities changed are looked at, and of their blocks only
the pairs with something new. A run that is broken off goes on where it stopped; a rerun with nothing new writes
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph import candidates, compare_flags, compare_places, flag_incidents, flag_life
from distillwatch.graph.compare_blocks import STAGE, dequeue, enqueue, index, queued
from distillwatch.graph.compare_judging import Compared, Scene, blocks_of, judge_blocks
from distillwatch.graph.compare_pool import Workers, set_scene
from distillwatch.graph.compare_read import load_parties, of_claims
from distillwatch.graph.connection import transaction
from distillwatch.graph.dispute_rows import GROUPING, save_disputes
from distillwatch.graph.judge import judge_pair, rules
from distillwatch.graph.rows import changes
from distillwatch.graph.terms import load_terms
from distillwatch.graph.work import is_done, mark_done
from distillwatch.ids import hash_id, text_hash
from distillwatch.topic import Topic

VERSION = "1"
_BLOCKS_AT_ONCE = 250


class CompareReport(Struct, frozen=True, kw_only=True):
    """What this run looked at and changed, and what stands now."""

    documents: int  # that had changed
    pairs: int  # that were judged
    opened: int
    reopened: int
    resolved: int
    decided: int  # flags whose status a decision changed
    contradictions: int  # pairs that are open, reopened or confirmed, now
    disputes: int  # the questions that these pairs are about
    compatible: int
    cannot_compare: int


def compare(db: Database, topic: Topic, now: str, *, processes: int = 1) -> CompareReport:
    """Bring comparisons and flags up to date. `now` is the time that new flags carry.

    `processes`: how many read and judge where there is much to do; they are spawned, so the caller's main module must
    be one that can be imported.
    """
    known = rules()
    version = hash_id(VERSION, *((rule.name, rule.version) for rule in known), _fingerprint(topic))
    state = hash_id(GROUPING, changes(db), text_hash(msgspec.json.encode(topic.decisions).decode()))
    if is_done(db, STAGE, "", state, version):
        return _report(db, 0, 0, Counter())
    scene = set_scene(db, topic, load_parties(db), version, now)
    with Workers(db, topic, scene, processes) as workers:
        documents, counts = index(db, scene, workers)
        pairs, more = _judge_blocks(db, scene, workers)
    counts += more
    with transaction(db):
        _read_again(db, scene)
        counts["resolved"] += compare_flags.sweep(db, now)
        counts["decided"] += compare_flags.apply_decisions(db, topic.decisions)
        flag_incidents.place(db, now)
        flag_life.record(db, now)
        save_disputes(db, topic.vocabulary.predicates)
        mark_done(db, STAGE, "", state, version, now)
    return _report(db, documents, pairs, counts)


def _judge_blocks(db: Database, scene: Scene, workers: Workers) -> tuple[int, Counter[str]]:
    """Judge the queued blocks, some in a transaction; returns pairs judged and flags opened and reopened."""
    pairs, counts = 0, Counter[str]()
    blocks = queued(db, "block")
    parts = [blocks[start : start + _BLOCKS_AT_ONCE] for start in range(0, len(blocks), _BLOCKS_AT_ONCE)]
    for part, compared in zip(parts, workers.each(judge_blocks, Compared, parts), strict=True):
        with transaction(db):
            enqueue(db, "unshown", compared.unshown)
            compare_places.settle(db, compared.settled)
            counts += compare_flags.save(db, compared.found, compared.texts, scene.now)
            dequeue(db, "block", part)
        pairs += compared.pairs
    return pairs, counts


def _read_again(db: Database, scene: Scene) -> None:
    """Tell flags that the rules no longer give from those that other texts show now: the former are queued as stale,
    and a pair of which both statements still stand is judged once more by itself.
    """
    rows = db.conn.execute(
        """SELECT x.id, x.claim_a, x.claim_b FROM compare_queue q JOIN comparisons x ON x.id = q.item
           JOIN contradictions k ON k.comparison_id = x.id JOIN claims a ON a.id = x.claim_a
           JOIN claims b ON b.id = x.claim_b WHERE q.task = 'stale' AND k.status NOT IN ('resolved', 'dismissed')
             AND a.current AND b.current AND x.claim_a != x.claim_b"""
    ).fetchall()
    known = {s.id: s for s in of_claims(db, sorted({c for _, a, b in rows for c in (a, b)}), scene.parties)}
    paired = scene.paired
    at: dict[str, frozenset[str]] = {}
    still = []
    for key, a, b in rows:
        meet = blocks_of(known[a], at, scene) & blocks_of(known[b], at, scene)
        judged = judge_pair(*candidates.in_time(known[a], known[b]), scene.world, paired) if meet else None
        if judged is not None and judged.verdict == "contradiction" and judged.id == key:
            still.append((key,))
    db.conn.executemany("INSERT OR IGNORE INTO compare_queue (task, item) VALUES ('unshown', ?)", still)
    db.conn.executemany("DELETE FROM compare_queue WHERE task = 'stale' AND item = ?", still)


def _fingerprint(topic: Topic) -> str:
    """Hash of what the topic says on comparing."""
    read = [topic.vocabulary.predicates, topic.vocabulary.lexicon("compare"), load_terms(topic.folder)]
    return text_hash(msgspec.json.encode(read).decode())


def _report(db: Database, documents: int, pairs: int, counts: Mapping[str, int]) -> CompareReport:
    verdicts = dict(db.conn.execute("SELECT verdict, count(*) FROM comparisons GROUP BY 1").fetchall())
    flags = db.conn.execute("SELECT count(*) FROM contradictions WHERE status NOT IN ('dismissed', 'resolved')")
    disputes = db.conn.execute("SELECT count(*) FROM disputes WHERE open_pairs > 0 AND moved_to IS NULL")
    return CompareReport(
        documents=documents,
        pairs=pairs,
        opened=counts.get("open", 0),
        reopened=counts.get("reopened", 0),
        resolved=counts.get("resolved", 0),
        decided=counts.get("decided", 0),
        contradictions=int(flags.fetchone()[0]),
        disputes=int(disputes.fetchone()[0]),
        compatible=verdicts.get("compatible", 0),
        cannot_compare=verdicts.get("cannot_compare", 0),
    )
