"""Compare: every pair of claims that can speak of one thing gets a verdict with its sentence, and contradictions a
flag.

Incremental: only documents whose claims, incident, origin or entities changed are looked at, and of their blocks only
the pairs with something new. A run that is broken off goes on where it stopped; a rerun with nothing new writes
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from distillwatch.graph import candidates, compare_flags, compare_places, flag_incidents, flag_life
from distillwatch.graph.compare_blocks import STAGE, Scene, dequeue, index, queued
from distillwatch.graph.compare_places import Place
from distillwatch.graph.compare_read import load_parties, notices, of_claims, of_documents
from distillwatch.graph.connection import transaction
from distillwatch.graph.dispute_rows import GROUPING, save_disputes
from distillwatch.graph.judge import Rule, judge_pair, rules, told_once
from distillwatch.graph.rows import changes
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.terms import load_terms
from distillwatch.graph.work import is_done, mark_done
from distillwatch.graph.world import World
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


def compare(db: Database, topic: Topic, now: str) -> CompareReport:
    """Bring comparisons and flags up to date. `now` is the time that new flags carry."""
    known = rules()
    version = hash_id(VERSION, *((rule.name, rule.version) for rule in known), _fingerprint(topic))
    state = hash_id(GROUPING, changes(db), text_hash(msgspec.json.encode(topic.decisions).decode()))
    if is_done(db, STAGE, "", state, version):
        return _report(db, 0, 0, Counter())
    parties = load_parties(db)
    world = World(
        parties.by_id, topic.vocabulary, owners=parties.owners, names=parties.names, terms=load_terms(topic.folder)
    )
    scene = Scene(parties=parties, world=world, rules=known, version=version, now=now)
    documents, counts = index(db, scene)
    pairs, more = _judge_blocks(db, scene)
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


def _judge_blocks(db: Database, scene: Scene) -> tuple[int, Counter[str]]:
    """Judge the queued blocks, some in a transaction; returns pairs judged and flags opened and reopened."""
    pairs, counts = 0, Counter[str]()
    scene.world.ask(lambda text: of_documents(db, [text], scene.parties))
    while blocks := queued(db, "block", _BLOCKS_AT_ONCE):
        with transaction(db):
            fresh, some = _compare(db, blocks, scene)
            counts += some
            pairs += fresh
            dequeue(db, "block", blocks)
    return pairs, counts


def _compare(db: Database, blocks: Sequence[str], scene: Scene) -> tuple[int, Counter[str]]:
    found_places = compare_places.places(db, blocks)
    statements = _statements(db, found_places, scene)
    at: dict[str, frozenset[str]] = {}
    paired = [rule for rule in scene.rules if not rule.single]
    found, pairs = [], 0
    for place in found_places:
        for one, other in candidates.combined(place.with_news):
            a, b = statements[one.statement], statements[other.statement]
            if not candidates.worth_judging(one, other, a, b):
                continue
            if not candidates.is_home(place.block, _at(a, at, scene), _at(b, at, scene)):
                continue
            pairs += 1
            judged = judge_pair(*candidates.in_time(a, b), scene.world, paired)
            if judged is not None:
                found.append(judged)
        if place.again:
            homes = {key: _at(statements[key], at, scene) for key in place.before}
            compare_places.queue_shown(db, place, homes)
    found = told_once(_corrected(db, found, statements, paired, scene), statements, scene.world, paired)
    compare_places.settle(db, found_places)
    return pairs, compare_flags.save(db, found, statements, scene.now)


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
    paired = [rule for rule in scene.rules if not rule.single]
    at: dict[str, frozenset[str]] = {}
    still = []
    for key, a, b in rows:
        meet = _at(known[a], at, scene) & _at(known[b], at, scene)
        judged = judge_pair(*candidates.in_time(known[a], known[b]), scene.world, paired) if meet else None
        if judged is not None and judged.verdict == "contradiction" and judged.id == key:
            still.append((key,))
    db.conn.executemany("INSERT OR IGNORE INTO compare_queue (task, item) VALUES ('unshown', ?)", still)
    db.conn.executemany("DELETE FROM compare_queue WHERE task = 'stale' AND item = ?", still)


def _at(statement: Statement, known: dict[str, frozenset[str]], scene: Scene) -> frozenset[str]:
    """The blocks of a statement."""
    if statement.id not in known:
        known[statement.id] = frozenset(candidates.keys(statement, scene.world))
    return known[statement.id]


def _statements(db: Database, found: Sequence[Place], scene: Scene) -> dict[str, Statement]:
    """The statements to compare, and in blocks that are compared anew those that stood for them."""
    wanted = {entry.statement for place in found for group in place.with_news for entry in group}
    wanted |= {claim for place in found if place.again for claim in place.before}
    return {s.id: s for s in of_claims(db, sorted(wanted), scene.parties)}


def _corrected(
    db: Database, found: list[Judged], statements: Mapping[str, Statement], paired: Sequence[Rule], scene: Scene
) -> list[Judged]:
    """The verdicts, where one publisher's texts differ judged again with its notices of correction at hand."""
    doubtful = {
        judged.id: (statements[judged.a], statements[judged.b])
        for judged in found
        if judged.verdict == "contradiction" and _one_publisher(statements[judged.a], statements[judged.b])
    }
    told = notices(db, {s.text.id for pair in doubtful.values() for s in pair}, scene.world.marks) if doubtful else {}
    if not told:
        return found
    again = []
    for judged in found:
        a, b = (_with_notice(s, told) for s in doubtful.get(judged.id, ()) or (None, None))
        again.append(judge_pair(a, b, scene.world, paired) or judged if a and b else judged)
    return again


def _one_publisher(a: Statement, b: Statement) -> bool:
    return bool(a.text.outlet) and a.text.outlet == b.text.outlet and a.text.origin != b.text.origin


def _with_notice(statement: Statement | None, told: Mapping[str, str]) -> Statement | None:
    if statement is None or statement.text.id not in told:
        return statement
    return replace(statement, text=replace(statement.text, notice=told[statement.text.id]))


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
