"""The reading half of a comparison: what some documents say, and what the rules find in some blocks of it.

Nothing is written here, so the work can be done by several processes at once; `compare` stores what comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlite_utils import Database

from distillwatch.graph import candidates, compare_places
from distillwatch.graph.candidates import Entry
from distillwatch.graph.compare_places import Place, Settlement
from distillwatch.graph.compare_read import Parties, comparable, notices, of_claims, of_documents
from distillwatch.graph.judge import Rule, judge_alone, judge_pair, told_once
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.world import World


class Scene(Struct, frozen=True):
    """What a comparison works with: all parties, the rules, and the time."""

    parties: Parties
    world: World
    rules: tuple[Rule, ...]
    version: str
    now: str

    @property
    def paired(self) -> list[Rule]:
        """The rules that judge two statements."""
        return [rule for rule in self.rules if not rule.single]


class Indexed(Struct, frozen=True, array_like=True):
    """What some documents say: the places of their statements, and what single statements gave."""

    entries: list[Entry]
    found: list[Judged]
    texts: dict[str, str]  # claim → its document, for the claims of `found`


class Compared(Struct, frozen=True, array_like=True):
    """What comparing some blocks gave."""

    pairs: int  # that were judged
    settled: list[Settlement]
    unshown: list[str]  # comparisons of blocks that were compared anew: gone unless found again
    found: list[Judged]
    texts: dict[str, str]


def read_documents(db: Database, documents: Sequence[str], scene: Scene) -> Indexed:
    """Read some documents: where their statements are compared, and what each gives against its own text."""
    statements = of_documents(db, documents, scene.parties)
    entries = [entry for s in statements if comparable(s) for entry in candidates.entries(s, scene.world)]
    scene.world.hear(statements)
    alone = [rule for rule in scene.rules if rule.single]
    found = list(judge_alone(statements, scene.world, alone))
    return Indexed(entries, found, _texts(found, {s.id: s for s in statements}))


def judge_blocks(db: Database, blocks: Sequence[str], scene: Scene) -> Compared:
    """Judge every pair of some blocks in which something is new."""
    places = compare_places.places(db, blocks)
    statements = _statements(db, places, scene)
    at: dict[str, frozenset[str]] = {}
    paired = scene.paired
    found, pairs, unshown = [], 0, list[str]()
    for place in places:
        for one, other in candidates.combined(place.with_news):
            a, b = statements[one.statement], statements[other.statement]
            if not candidates.worth_judging(one, other, a, b):
                continue
            if not candidates.is_home(place.block, blocks_of(a, at, scene), blocks_of(b, at, scene)):
                continue
            pairs += 1
            judged = judge_pair(*candidates.in_time(a, b), scene.world, paired)
            if judged is not None:
                found.append(judged)
        if place.again:
            homes = {key: blocks_of(statements[key], at, scene) for key in place.before}
            unshown += compare_places.shown(db, place, homes)
    found = told_once(_corrected(db, found, statements, paired, scene), statements, scene.world, paired)
    settled = [compare_places.settlement(place) for place in places]
    return Compared(pairs, settled, unshown, found, _texts(found, statements))


def blocks_of(statement: Statement, known: dict[str, frozenset[str]], scene: Scene) -> frozenset[str]:
    """The blocks of a statement; `known` keeps them."""
    if statement.id not in known:
        known[statement.id] = frozenset(candidates.keys(statement, scene.world))
    return known[statement.id]


def _texts(found: Iterable[Judged], statements: Mapping[str, Statement]) -> dict[str, str]:
    return {key: statements[key].text.id for judged in found for key in (judged.a, judged.b)}


def _statements(db: Database, places: Sequence[Place], scene: Scene) -> dict[str, Statement]:
    """The statements to compare, and in blocks that are compared anew those that stood for them."""
    wanted = {entry.statement for place in places for group in place.with_news for entry in group}
    wanted |= {claim for place in places if place.again for claim in place.before}
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
