"""Compare: every pair of claims that can speak of one thing gets a verdict with its sentence, and contradictions a
flag.

Incremental: only documents whose claims, incident, origin or entities changed are looked at, and of their blocks only
the pairs with something new. A run that is broken off goes on where it stopped; a rerun with nothing new writes
nothing.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from distillwatch.graph import candidates, compare_flags
from distillwatch.graph.candidates import Entry
from distillwatch.graph.compare_blocks import STAGE, Scene, dequeue, index, queued
from distillwatch.graph.compare_read import load_parties, notices, of_claims, of_documents
from distillwatch.graph.connection import transaction
from distillwatch.graph.dispute_rows import save_disputes
from distillwatch.graph.judge import Rule, judge_pair, rules, told_once
from distillwatch.graph.rows import changes
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.terms import load_terms
from distillwatch.graph.work import is_done, mark_done
from distillwatch.graph.world import World
from distillwatch.ids import hash_id, text_hash
from distillwatch.topic import Topic

VERSION = "1"
GROUPING = "1"
"""Counted up where disputes are made otherwise of the same flags."""
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
        counts["resolved"] += compare_flags.sweep(db, now)
        counts["decided"] += compare_flags.apply_decisions(db, topic.decisions)
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
    places = _places(db, blocks)
    chosen = {key: _chosen(entries) for key, entries in places.items()}
    news = {key: [group for group in few if any(not e.chosen for e in group)] for key, few in chosen.items()}
    statements = _statements(db, news, places, scene)
    at: dict[str, frozenset[str]] = {}
    paired = [rule for rule in scene.rules if not rule.single]
    found, pairs = [], 0
    for key, few in sorted(news.items()):
        for one, other in candidates.combined(few):
            a, b = statements[one.statement], statements[other.statement]
            if not candidates.worth_judging(one, other, a, b):
                continue
            for s in (a, b):
                if s.id not in at:
                    at[s.id] = frozenset(candidates.keys(s, scene.world))
            if not candidates.is_home(key, at[a.id], at[b.id]):
                continue
            pairs += 1
            judged = judge_pair(*candidates.in_time(a, b), scene.world, paired)
            if judged is not None:
                found.append(judged)
    found = told_once(_corrected(db, found, statements, paired, scene), statements, scene.world, paired)
    _settle(db, list(places), chosen)
    return pairs, compare_flags.save(db, found, statements, scene.now)


def _statements(
    db: Database, news: Mapping[str, list[list[Entry]]], places: Mapping[str, list[Entry]], scene: Scene
) -> dict[str, Statement]:
    """The statements to compare, and what else their texts say in the same blocks."""
    texts = {key: {entry.text for group in few for entry in group} for key, few in news.items()}
    wanted = {e.statement for key in news if len(places[key]) > 1 for e in places[key] if e.text in texts[key]}
    return {s.id: s for s in of_claims(db, sorted(wanted), scene.parties)}


def _settle(db: Database, blocks: Sequence[str], chosen: Mapping[str, list[list[Entry]]]) -> None:
    """Remember which entries stand for their block, and which repeat one that does."""
    fresh = {(e.block, e.rank, e.statement) for few in chosen.values() for group in few for e in group if not e.chosen}
    db.conn.executemany(
        "UPDATE claim_blocks SET state = 1 WHERE block = ? AND rank = ? AND claim_id = ?", sorted(fresh)
    )
    db.conn.execute(
        "UPDATE claim_blocks SET state = 2 WHERE state = 0 AND state < 2 AND block IN (SELECT value FROM json_each(?))",
        (json.dumps(blocks),),
    )


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


def _chosen(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Those that stand for the block, and in each group those that stood for it before."""
    groups = candidates.representatives(entries)
    here = {entry.statement for group in groups for entry in group}
    before = [entry for entry in entries if entry.chosen and entry.statement not in here]
    return [group + _of_the_same(before, group) for group in groups] if before else groups


def _of_the_same(before: Sequence[Entry], group: Sequence[Entry]) -> list[Entry]:
    affairs = {affair for entry in group for affair in entry.affairs}
    return [entry for entry in before if not affairs.isdisjoint(entry.affairs)]


def _places(db: Database, blocks: Sequence[str]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    rows = db.conn.execute(
        """SELECT block, claim_id, document_id, signature, origin, rank, affairs, state FROM claim_blocks
           WHERE block IN (SELECT value FROM json_each(?)) AND state < 2""",
        (json.dumps(list(blocks)),),
    )
    for entry in msgspec.convert(rows.fetchall(), list[Entry]):
        found[entry.block].append(entry)
    return found


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
