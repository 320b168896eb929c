"""What people decided about incidents: that two are one or never are, that one is two, and what one is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.decided import in_time
from distillwatch.graph.lineage import Lineage
from distillwatch.graph.threads import Thread, cut
from distillwatch.records import Decision

PAIRED = ("same", "not_same")


class Ruling(Struct, frozen=True):
    """One decision about an incident, which is known by the claim that it began with, else by the claims it held."""

    decision: str  # "same", "not_same" or "part"
    incident: str
    seed: str
    held: frozenset[str]
    other: Ruling | None = None  # same: the incident it is one with; not_same: the one it never is
    root: str = ""  # part: the firm whose threads are an incident of their own


def rulings(db: Database, decisions: Iterable[Decision], lineage: Lineage) -> list[Ruling]:
    """The decisions that apply to incidents of the store, oldest first; one on an unknown incident or name waits."""
    seeds = dict(db.conn.execute("SELECT id, coalesce(seed_claim_id, '') FROM incidents"))
    known = {row[0] for row in db.conn.execute("SELECT id FROM entities")}
    made = []
    for d in _latest(decisions):
        if d.target_id not in seeds:
            continue
        if d.decision in PAIRED and d.value in seeds:
            made.append(_ruling(db, d, seeds, other=_ruling(db, d, seeds, d.value)))
        elif d.decision == "part" and d.value in known:
            made.append(_ruling(db, d, seeds, root=lineage.root(d.value)))
    return made


def _latest(decisions: Iterable[Decision]) -> list[Decision]:
    """Those about incidents in the order of time; of those on whether two are one only the last on each pair."""
    ordered = in_time(decisions, "incidents")
    last = {frozenset((d.target_id, d.value)): d.id for d in ordered if d.decision in PAIRED}
    return [d for d in ordered if d.decision not in PAIRED or last[frozenset((d.target_id, d.value))] == d.id]


def titles(decisions: Iterable[Decision]) -> dict[str, str]:
    """Incident → the title that the last decision gives it."""
    return {d.target_id: d.value for d in in_time(decisions, "incidents") if d.decision == "rename" and d.value}


def kept(decisions: Iterable[Decision]) -> frozenset[str]:
    """The incidents that go on where another is decided to be the same."""
    return frozenset(d.target_id for d in in_time(decisions, "incidents") if d.decision == "same")


def ruled(groups: Sequence[Sequence[Thread]], made: Iterable[Ruling]) -> list[list[Thread]]:
    """The groups of threads as the decisions want them, one decision after the other."""
    now = [list(group) for group in groups]
    for ruling in made:
        at = _place(now, ruling)
        if at is None:
            continue
        if ruling.decision == "not_same":
            continue  # see `kept_apart`
        if ruling.other is not None:
            other = _place(now, ruling.other)
            if other is not None and other != at:
                now[at] += now[other]
                del now[other]
        elif ruling.root:
            seeded = _thread_of(now[at], ruling.seed)
            apart = [t for t in now[at] if ruling.root in t.key and t is not seeded]
            stays = [t for t in now[at] if t not in apart]
            if apart and stays:
                now[at] = stays
                now.append(apart)
    return now


def kept_apart(found: Sequence[Thread], made: Iterable[Ruling]) -> tuple[list[Thread], list[tuple[Thread, Thread]]]:
    """The threads, those cut in two that two incidents share which are never to be one, and the pairs that no group
    may hold both of."""
    now, apart = list(found), []
    for ruling in made:
        if ruling.decision != "not_same" or ruling.other is None:
            continue
        one, other = (_place([[thread] for thread in now], r) for r in (ruling, ruling.other))
        if one is None or other is None:
            continue
        if one == other:
            first, second = (_document_of(now[one], r) for r in (ruling, ruling.other))
            if first == second:
                continue  # one document tells both as one
            now[one : one + 1] = cut(now[one], first, second)
            other += 1
        apart.append((now[one], now[other]))
    return now, [(a, b) for a, b in apart if a in now and b in now]


def _document_of(thread: Thread, ruling: Ruling) -> str:
    """The document of a thread that tells how an incident began, else the first that tells of it."""
    told = [act for act in thread.acts if act.claim in ruling.held or act.claim == ruling.seed]
    return min(told, key=lambda act: (act.claim != ruling.seed, act.published, act.document)).document


def _ruling(
    db: Database, d: Decision, seeds: dict[str, str], incident: str = "", other: Ruling | None = None, root: str = ""
) -> Ruling:
    key = incident or d.target_id
    rows = db.conn.execute("SELECT claim_id FROM incident_claims WHERE incident_id = ?", (key,))
    return Ruling(d.decision, key, seeds[key], frozenset(row[0] for row in rows), other, root)


def _place(groups: Sequence[Sequence[Thread]], ruling: Ruling) -> int | None:
    """The group that holds the claim an incident began with, else the one with most of what it held."""
    at = _first(groups, lambda claim: claim == ruling.seed)
    return at if at is not None else _first(groups, ruling.held.__contains__)


def _first(groups: Sequence[Sequence[Thread]], wanted: Callable[[str], bool]) -> int | None:
    count = Counter(n for n, group in enumerate(groups) for t in group for act in t.acts if wanted(act.claim))
    return min(count, key=lambda n: (-count[n], n), default=None)


def _thread_of(group: Iterable[Thread], claim: str) -> Thread | None:
    return next((t for t in group if any(act.claim == claim for act in t.acts)), None)
