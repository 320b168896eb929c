"""Which statements are compared at all: those that share a block, never all against all.

A block holds the statements of one group of predicates about one pair of parties (or one subject). Copies of one sentence
count once, and a crowded block is represented by the first texts that make each different statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from distillwatch.graph.statements import Party, Statement, fold
from distillwatch.graph.world import World

CROWDED = 48
"""Up to this many statements of a block are all compared with each other."""
REPRESENTATIVES = 160
"""How many of a crowded block's different statements are compared, first seen first."""
_VOICES = 2  # of a crowded block: texts of different origin that stand for one statement


def keys(statement: Statement, world: World) -> tuple[str, ...]:
    """The blocks that a statement belongs to."""
    entry = world.predicate(statement.predicate)
    group = entry.group or statement.predicate
    if group == "definition":
        return (group,)
    subjects = [statement.subject, *(world.party(m) for m in statement.subject.members)]
    if not statement.object:
        receiver = statement.qualifiers.get("to", "")
        to = (f"{group}|to|{fold(receiver)}",) if receiver else ()
        return (*(f"{group}|{s.id}" for s in subjects), *to)
    lifted = bool(entry.exclusive) or entry.accusation
    target = world.root(statement.object) if lifted else statement.object.id
    found = {_pair(group, world.root(s) if lifted else s.id, target) for s in subjects}
    if group == "role":
        found = {f"{group}|{statement.subject.id}"}
    elif group == "release":
        found = {f"{group}|{statement.object.id}"}
    elif statement.speaker and lifted:
        found.add(f"{group}|{statement.subject.id}|by|{statement.speaker.id}")
    return tuple(sorted(found))


def _pair(group: str, one: str, other: str) -> str:
    return f"{group}|{min(one, other)}|{max(one, other)}"


def signature(statement: Statement, world: World) -> tuple[object, ...]:
    """What the rules look at, apart from the text: equal signatures say the same thing in the same way.

    Speakers that the registry does not know (commenters) count as one voice.
    """
    s = statement
    q = (s.quantity.low, s.quantity.high, s.quantity.unit, s.quantity.approx) if s.quantity else None
    w = (s.when.start, s.when.end) if s.when else None
    return (
        s.predicate, s.subject.id, s.object.id, s.object_text, _voice(s.speaker), s.act, s.polarity, s.hedge, q, w,
        *sorted(s.qualifiers.items()),
    )  # fmt: skip


def _voice(speaker: Party) -> str:
    return speaker.id if speaker.kind or not speaker else "name:"


def blocks(statements: Iterable[Statement], world: World) -> dict[str, list[Statement]]:
    """Every block with two or more statements, in the order in which the texts were first seen."""
    found: dict[str, list[Statement]] = defaultdict(list)
    copied: set[tuple[object, ...]] = set()
    for statement in statements:
        copy = (statement.text.origin, signature(statement, world))
        if copy in copied and statement.text.origin != statement.text.id:
            continue  # a copy of a sentence that stands already
        copied.add(copy)
        for key in keys(statement, world):
            found[key].append(statement)
    return {key: members for key, members in found.items() if len(members) > 1}


def representatives(block: Sequence[Statement], world: World) -> Sequence[Statement]:
    """The statements of a block that are compared: all of a small one, the first of each kind of a crowded one."""
    if len(block) <= CROWDED:
        return block
    origins: dict[tuple[object, ...], set[str]] = defaultdict(set)
    chosen = []
    for statement in block:
        seen = origins[signature(statement, world)]
        if len(seen) < _VOICES and statement.text.origin not in seen:
            seen.add(statement.text.origin)
            chosen.append(statement)
            if len(chosen) == REPRESENTATIVES:
                break
    return chosen


def pairs(statements: Iterable[Statement], world: World) -> Iterator[tuple[Statement, Statement]]:
    """Every pair to compare, once, the earlier text first; `statements` come in the order of first sight."""
    found = blocks(statements, world)
    at: dict[str, set[str]] = defaultdict(set)
    for key, members in found.items():
        for member in members:
            at[member.id].add(key)
    for key in sorted(found):
        chosen = representatives(found[key], world)
        for i, a in enumerate(chosen):
            for b in chosen[i + 1 :]:
                if len(at[a.id]) == 1 or len(at[b.id]) == 1 or min(at[a.id] & at[b.id]) == key:
                    yield a, b
