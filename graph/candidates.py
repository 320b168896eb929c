"""Which statements are compared at all: those that share a block, never all against all.

A block holds the statements of one group of predicates about one pair of parties (or one subject). Copies of one
sentence count once, and a crowded block is represented by the first texts that make each different statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from distillwatch.graph.quotes import quotes
from distillwatch.graph.statements import Party, Statement, fold
from distillwatch.graph.world import World
from distillwatch.ids import hash_id

CROWDED = 48
"""Up to this many statements of a block are all compared with each other."""
REPRESENTATIVES = 160
"""How many of a crowded block's different statements are compared, first seen first."""
VOICES = 2
"""How many texts of different origin stand for one statement of a crowded block."""


class Entry(Struct, frozen=True, array_like=True):
    """One statement's place in one block, as a row of `claim_blocks`."""

    block: str
    statement: str
    text: str
    signature: str
    origin: str
    rank: str
    told_of: str = ""  # ids of the incidents that it speaks of, spaced; "" where the fact belongs to none
    state: int = 0  # 0 new, 1 compared with the others of the block

    @property
    def affairs(self) -> list[str]:
        """The incidents that it speaks of; one for all where there is none."""
        return self.told_of.split(" ")

    @property
    def chosen(self) -> bool:
        """Whether it stands for the block already."""
        return self.state == 1


def entries(statement: Statement, world: World) -> list[Entry]:
    """The places of a statement: one for each of its blocks."""
    says, rank = signature(statement, world), f"{statement.text.rank} {statement.text.id} {statement.position:08}"
    text, group = statement.text, world.predicate(statement.predicate).group
    told = group == "response" or world.answers_for_parts(group)  # what somebody is accused of, and the answer
    affairs = " ".join(sorted(statement.incidents)) if told else ""
    return [Entry(key, statement.id, text.id, says, text.origin, rank, affairs) for key in keys(statement, world)]


def keys(statement: Statement, world: World) -> tuple[str, ...]:
    """The blocks that a statement belongs to."""
    entry = world.predicate(statement.predicate)
    group = entry.group or statement.predicate
    if group == "definition":
        return (group,)
    if group == "role":
        person = f"{group}|{statement.subject.id}"
        posts = world.marks.seats(statement.qualifiers.get("role", ""), statement.evidence, statement.object.kind)
        return (person, *(f"{group}|{post}|{statement.object.id}" for post in sorted(posts)))
    if group == "release" and statement.object:
        return (f"{group}|{statement.object.id}",)
    subjects = [statement.subject, *(world.party(m) for m in statement.subject.members)]
    if not statement.object:
        receiver = statement.qualifiers.get("to", "")
        to = (f"{group}|to|{fold(receiver)}",) if receiver else ()
        return (*(f"{group}|{s.id}" for s in subjects), *to)
    if not world.answers_for_parts(group):
        sums = _sums(statement, group, world)
        return tuple(sorted({_pair(group, s.id, statement.object.id) for s in subjects} | sums))
    # A firm answers for its models, a family for its versions.
    found = {_pair(group, world.root(s), world.root(statement.object)) for s in subjects}
    if statement.speaker:
        found.add(f"~{group}|{statement.subject.id}|by|{statement.speaker.id}")  # sorts last: see `is_home`
    return tuple(sorted(found))


def _sums(statement: Statement, group: str, world: World) -> set[str]:
    """A fine is known by its sum: who imposed it may be told differently."""
    q = statement.quantity
    return {f"{group}|{statement.object.id}|{q.figure}"} if q and world.marks.currency(q.unit) else set()


def _pair(group: str, one: str, other: str) -> str:
    return f"{group}|{min(one, other)}|{max(one, other)}"


def signature(statement: Statement, world: World) -> str:
    """Hash of what the rules look at, apart from the text: equal ones say the same thing in the same way, and with the
    same words where they quote.

    Speakers that the registry does not know (commenters) count as one voice.
    """
    s, q, w = statement, statement.quantity, statement.when
    said = (s.predicate, s.subject.id, s.object.id, s.object_text, _voice(s.speaker), s.act, s.polarity, s.hedge)
    figures = (q.low, q.high, q.unit, q.approx) if q else ()
    days = (w.start, w.end) if w else ()
    quoted = quotes(s.evidence) if s.speaker else []
    return hash_id((said, figures, days, sorted(s.qualifiers.items()), *([quoted] if quoted else [])))


def _voice(speaker: Party) -> str:
    return speaker.id if speaker.kind or not speaker else "name:"


def voices(block: Sequence[Entry]) -> list[Entry]:
    """The entries of a block without copies: of each sentence of an origin the first."""
    chosen: list[Entry] = []
    heard: dict[str, set[str]] = defaultdict(set)
    for entry in sorted(block, key=_rank):
        if entry.origin not in heard[entry.signature]:
            heard[entry.signature].add(entry.origin)
            chosen.append(entry)
    return chosen


def representatives(block: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of a block that are compared with each other: one of each sentence of an origin."""
    return grouped(voices(block))


def grouped(chosen: list[Entry], *, crowded: bool | None = None) -> list[list[Entry]]:
    """The groups within which the entries of a block, without copies, are compared.

    Of a crowded block the first few of each incident, each incident by itself. `crowded` says whether it is where not
    all of its entries are given; None counts them.
    """
    if not (len(chosen) > CROWDED if crowded is None else crowded):
        return [chosen]
    affairs: dict[str, list[Entry]] = defaultdict(list)
    for entry in chosen:
        for affair in entry.affairs:
            affairs[affair].append(entry)
    return [_few(affairs[key]) for key in sorted(affairs)]


def _few(block: Sequence[Entry]) -> list[Entry]:
    few: list[Entry] = []
    count: dict[str, int] = defaultdict(int)
    for entry in block:
        count[entry.signature] += 1
        if count[entry.signature] <= VOICES:
            few.append(entry)
    return few[:REPRESENTATIVES]


def pairs(statements: Iterable[Statement], world: World) -> Iterator[tuple[Statement, Statement]]:
    """Every pair to compare, once, the earlier text first."""
    known = {s.id: s for s in statements}
    blocks: dict[str, list[Entry]] = defaultdict(list)
    for statement in known.values():
        for entry in entries(statement, world):
            blocks[entry.block].append(entry)
    at = {s.id: frozenset(keys(s, world)) for s in known.values()}
    for key in sorted(blocks):
        for one, other in combined(representatives(blocks[key])):
            a, b = known[one.statement], known[other.statement]
            if is_home(key, at[a.id], at[b.id]) and worth_judging(one, other, a, b):
                yield in_time(a, b)


def combined(groups: Iterable[Sequence[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Every pair within a group of which one is new, the earlier one first; a pair of two groups once."""
    seen: set[tuple[str, str]] = set()
    for number, group in enumerate(groups):
        for one, other in _with_news(sorted(group, key=_rank)):
            if number and (one.statement, other.statement) in seen:
                continue
            if " " in one.told_of and " " in other.told_of:
                seen.add((one.statement, other.statement))
            yield one, other


def _with_news(group: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    if not any(entry.chosen for entry in group):
        yield from combinations(group, 2)
        return
    for at, entry in enumerate(group):
        if not entry.chosen:
            yield from ((before, entry) for before in group[:at])
            yield from ((entry, after) for after in group[at + 1 :] if after.chosen)


def in_time(a: Statement, b: Statement) -> tuple[Statement, Statement]:
    """The two in the order of their texts: by publication, then as they came."""
    key_a, key_b = ((s.text.published or s.text.rank, s.text.rank, s.text.id, s.position, s.id) for s in (a, b))
    return (a, b) if key_a <= key_b else (b, a)


def worth_judging(one: Entry, other: Entry, a: Statement, b: Statement) -> bool:
    """Whether two statements differ in anything that a rule looks at: their words or, at least, their language."""
    return one.signature != other.signature or a.text.language != b.text.language


def is_home(block: str, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a pair that shares several blocks is compared in this one: each pair is compared once.

    That of its parties comes before that of its speaker, so that all pairs of two texts about two parties meet.
    """
    return (len(one) == 1 or len(other) == 1) or block == min(one & other)


def _rank(entry: Entry) -> str:
    return entry.rank
