"""Which statements of a block stand for it, in the store: the same ones whatever the order in which they came.

A statement that was compared gives way where an earlier text that says the same arrives later, and where a block
becomes crowded. Then the whole block is compared again, and what nothing shows any more is queued to be closed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from distillwatch.graph import candidates
from distillwatch.graph.candidates import Entry

NEW, STANDING, REPEAT = 0, 1, 2  # states of an entry


class Place(Struct, frozen=True):
    """A block: the groups within which its statements are compared, and whether all of them are compared anew."""

    block: str
    groups: list[list[Entry]]
    size: int
    crowded: bool
    again: bool
    before: frozenset[str]  # the claims that stood for it

    @property
    def with_news(self) -> list[list[Entry]]:
        """The groups in which something is new; none where there is nothing to compare with."""
        if self.size < 2:
            return []
        return [group for group in self.groups if any(not entry.chosen for entry in group)]


def places(db: Database, blocks: Sequence[str]) -> list[Place]:
    """Some blocks as they are to be compared, in order."""
    wanted = json.dumps(list(blocks))
    found: dict[str, list[Entry]] = defaultdict(list)
    rows = db.conn.execute(
        """SELECT block, claim_id, document_id, signature, origin, rank, affairs, state FROM claim_blocks
           WHERE block IN (SELECT value FROM json_each(?)) AND state < 2""",
        (wanted,),
    )
    for entry in msgspec.convert(rows.fetchall(), list[Entry]):
        found[entry.block].append(entry)
    crowded: dict[str, int] = dict(
        db.conn.execute(
            "SELECT block, stale FROM crowded_blocks WHERE block IN (SELECT value FROM json_each(?))", (wanted,)
        )
    )
    return [_place(key, found[key], crowded.get(key)) for key in sorted(found)]


def _place(block: str, entries: list[Entry], crowded: int | None) -> Place:
    """`crowded`: None where the block was not crowded; 1 where it was and all its entries are there to see anew."""
    was = crowded is not None
    voices = candidates.voices(entries)
    now = len(voices) > candidates.CROWDED or crowded == 0
    groups = candidates.grouped(voices, crowded=now)
    stood = {entry.statement: entry.text for entry in entries if entry.chosen}
    stand = {entry.statement: entry for group in groups for entry in group}
    texts = set(stood.values())
    promoted = any(not entry.chosen and entry.text in texts for entry in stand.values())
    again = bool(stood) and (was != now or promoted or not stood.keys() <= stand.keys())
    if again:
        groups = [[replace(entry, state=NEW) for entry in group] for group in groups]
    return Place(block, groups, len(entries), now, again, frozenset(stood))


class Settlement(Struct, frozen=True, array_like=True):
    """What is remembered of a block that was compared."""

    block: str
    fresh: list[tuple[str, str]]  # rank and claim of the entries that stand for it from now on
    crowded: bool
    again: bool  # whether those that stood for it do no more


def settlement(place: Place) -> Settlement:
    """What is to be remembered of a block."""
    fresh = {(entry.rank, entry.statement) for group in place.groups for entry in group if not entry.chosen}
    return Settlement(place.block, sorted(fresh), place.crowded, place.again)


def settle(db: Database, found: Sequence[Settlement]) -> None:
    """Remember which entries stand for their block, which repeat one that does, and which blocks are crowded."""
    blocks = json.dumps([p.block for p in found])
    again = json.dumps([p.block for p in found if p.again])
    db.conn.execute(
        "UPDATE claim_blocks SET state = 0 WHERE state = 1 AND block IN (SELECT value FROM json_each(?))", (again,)
    )
    db.conn.executemany(
        "UPDATE claim_blocks SET state = 1 WHERE block = ? AND rank = ? AND claim_id = ?",
        [(p.block, rank, claim) for p in found for rank, claim in p.fresh],
    )
    db.conn.execute(
        "UPDATE claim_blocks SET state = 2 WHERE state = 0 AND state < 2 AND block IN (SELECT value FROM json_each(?))",
        (blocks,),
    )
    db.conn.execute("DELETE FROM crowded_blocks WHERE stale AND block IN (SELECT value FROM json_each(?))", (blocks,))
    db.conn.executemany(
        "INSERT OR IGNORE INTO crowded_blocks (block) VALUES (?)", [(p.block,) for p in found if p.crowded]
    )


def unsettle(db: Database, wanted: str) -> None:
    """Before some documents (a JSON list of ids) lose their entries: what repeated one may have to stand for it, and a
    crowded block may be crowded no more."""
    db.conn.execute(
        """UPDATE crowded_blocks SET stale = 1 WHERE block IN (
             SELECT block FROM claim_blocks WHERE document_id IN (SELECT value FROM json_each(?)))""",
        (wanted,),
    )
    db.conn.execute(
        """UPDATE claim_blocks SET state = 0 WHERE state = 2 AND block IN (
             SELECT b.block FROM claim_blocks b WHERE b.document_id IN (SELECT value FROM json_each(?))
               AND (b.state = 1 OR b.block IN (SELECT block FROM crowded_blocks WHERE stale)))""",
        (wanted,),
    )


def shown(db: Database, place: Place, homes: Mapping[str, frozenset[str]]) -> list[str]:
    """The verdicts on pairs of a block that is compared anew: those that are not found again are to be closed.

    `homes`: the blocks of each claim; a verdict that was reached in another block is left alone.
    """
    stood = json.dumps(sorted(place.before))
    rows = db.conn.execute(
        """SELECT id, claim_a, claim_b FROM comparisons WHERE claim_a IN (SELECT value FROM json_each(?))
           AND claim_b IN (SELECT value FROM json_each(?)) AND claim_a != claim_b ORDER BY id""",
        (stood, stood),
    ).fetchall()
    return [key for key, a, b in rows if candidates.is_home(place.block, homes[a], homes[b])]
