"""What people decided about incidents: that two are one, that one is two, and what one is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.lineage import Lineage
from distillwatch.graph.threads import Thread
from distillwatch.records import Decision


class Ruling(Struct, frozen=True):
    """One decision about an incident, which is known by the claim that it began with, else by the claims it held."""

    decision: str  # "same", "part" or "rename"
    incident: str
    seed: str
    held: frozenset[str]
    other: Ruling | None = None  # same: the incident it is one with
    root: str = ""  # part: the firm whose threads are an incident of their own


def rulings(db: Database, decisions: Iterable[Decision], lineage: Lineage) -> list[Ruling]:
    """The decisions that apply to incidents of the store, oldest first; one on an unknown incident or name waits."""
    seeds = dict(db.conn.execute("SELECT id, coalesce(seed_claim_id, '') FROM incidents"))
    known = {row[0] for row in db.conn.execute("SELECT id FROM entities")}
    made = []
    for d in sorted(decisions, key=lambda d: (d.decided_at, d.id)):
        if d.target_table != "incidents" or d.target_id not in seeds:
            continue
        if d.decision == "same" and d.value in seeds:
            made.append(_ruling(db, d, seeds, other=_ruling(db, d, seeds, d.value)))
        elif d.decision == "part" and d.value in known:
            made.append(_ruling(db, d, seeds, root=lineage.root(d.value)))
    return made


def titles(decisions: Iterable[Decision]) -> dict[str, str]:
    """Incident → the title that the last decision gives it."""
    named = [d for d in decisions if d.target_table == "incidents" and d.decision == "rename" and d.value]
    return {d.target_id: d.value for d in sorted(named, key=lambda d: (d.decided_at, d.id))}


def kept(decisions: Iterable[Decision]) -> frozenset[str]:
    """The incidents that go on where another is decided to be the same."""
    return frozenset(d.target_id for d in decisions if d.target_table == "incidents" and d.decision == "same")


def ruled(groups: Sequence[Sequence[Thread]], made: Iterable[Ruling]) -> list[list[Thread]]:
    """The groups of threads as the decisions want them, one decision after the other."""
    now = [list(group) for group in groups]
    for ruling in made:
        at = _place(now, ruling)
        if at is None:
            continue
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
